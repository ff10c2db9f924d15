"""A file that was attached as evidence, handed out as what its bytes are and never opened inside a page."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_GET

from shohay.stages.audit.models_evidence import Evidence
from shohay.stages.audit.queries import evidence_path
from shohay.stages.coordination.queries_decisions import may_read_file
from shohay.stages.enrolment.queries_shown import may_read as may_read_list
from shohay.stages.results.queries_codi import may_read_score
from shohay.web.office import desk

# what the file proves -> what one must be allowed to see; any other subject: one of VIEWS
SUBJECTS = {
    "plan_update": ("plan.view",),
    "indicator_value": ("indicator.view",),
    "budget_line": ("budget.view",),
    "dli": ("dli.view",),
    "dli_claim": ("dli.view",),
    "codi": ("codi.view",),
    "codi_score": ("codi.view",),
    "evaluation": ("evaluation.view",),
    "recommendation": ("evaluation.view",),
    "framework": ("evaluation.view",),
    "meeting": ("committee.view",),
    "decision": ("committee.view",),
    "training": ("committee.view",),
    "performance": ("plan.view",),
    "list_shown": ("enrolment.view",),
}
VIEWS = (
    "plan.view", "indicator.view", "codi.view", "budget.view", "dli.view", "evaluation.view", "committee.view",
    "survey.view", "report.view",
)  # fmt: skip


@require_GET
@desk.needs(*VIEWS, "enrolment.view")
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """The file as an attachment, for whoever may see what it proves."""
    row = Evidence.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    needed = SUBJECTS.get(row.subject_type, VIEWS)
    if not desk.may_open(desk.officer(request), needed):
        raise PermissionDenied(", ".join(needed))
    if row.subject_type == "codi_score" and not may_read_score(desk.officer(request), row.subject_id):
        raise PermissionDenied("codi.view")  # assessors are blind to each other until the consensus
    if row.subject_type in ("meeting", "decision") and not may_read_file(
        desk.officer(request), row.subject_type, row.subject_id
    ):
        raise Http404  # of a committee elsewhere
    if row.subject_type == "list_shown" and not may_read_list(desk.officer(request), row.subject_id):
        raise Http404  # names of people of another upazila
    path = evidence_path(row)
    if not path.exists():
        raise Http404
    response = FileResponse(path.open("rb"), as_attachment=True, filename=row.file_name, content_type=row.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
