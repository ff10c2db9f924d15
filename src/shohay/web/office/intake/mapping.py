"""An office's own headings: each is given a column of the template once, and remembered."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shohay.bulk.intake_template import load_template
from shohay.core.messages import Refusal
from shohay.stages.intake import actions, queries
from shohay.stages.intake.models import Upload
from shohay.web.office import desk, works
from shohay.web.office.intake.forms import MappingForm

JOB = "import_file"


@require_http_methods(["GET", "POST"])
@desk.needs("upload.create")
def mapping(request: HttpRequest, pk: str) -> HttpResponse:
    """The first rows, each heading with a choice; nearest columns are chosen beforehand."""
    officer = desk.officer(request)
    row: Upload | None = queries.uploads(officer).filter(pk=pk).first()
    if row is None or row.state == Upload.State.ADMITTED:
        raise Http404
    try:
        shown = queries.preview_of(row)
    except (Refusal, FileNotFoundError):
        return redirect("office:upload", pk)
    guesses = row.columns or queries.remembered(row, shown.headings) or shown.guesses
    template = load_template(row.template)
    form = MappingForm(request.POST or None, template=template, headings=shown.headings, guesses=guesses)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        refusal = desk.attempt(lambda: actions.map_columns(upload=row, columns=form.columns(), by=officer))
        if not refusal:
            works.start(JOB, subject=str(row.pk), by=officer, upload_id=str(row.pk))
            desk.done(request, _("The columns are known now, and will be the next time your office sends such a file."))
            return redirect("office:upload", pk)
    cells = [[one[place] if place < len(one) else "" for one in shown.rows[:3]] for place in range(len(shown.headings))]
    chosen = {code for code in (form.columns() if form.is_bound and form.is_valid() else guesses) if code}
    context = {
        "upload": row, "form": form, "columns": list(zip(form, cells, strict=True)),
        "lacking": [getattr(c, desk.language()) for c in template.columns if c.required and c.code not in chosen],
    }  # fmt: skip
    return desk.page(request, "office/intake/mapping.html", context, refusal=refusal)
