"""Drafts of definitions: the list, one draft with its difference and cases, and what two people do with it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core import definition_edit
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import events_about
from shohay.stages.programmes import actions_drafts as actions
from shohay.stages.programmes import queries_drafts
from shohay.stages.programmes.models_drafts import DefinitionDraft
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.office.programmes import shown
from shohay.web.office.programmes.editing import tabs
from shohay.web.office.programmes.forms import CasesForm, FileForm, NewForm
from shohay.web.parts import names, pager
from shohay.web.parts.forms import offer

VIEWS, WRITES, PUBLISHES = "definition.view", "definition.propose", "definition.publish"
STATES = ("open", "submitted", "published", "dropped")


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[DefinitionDraft]:
    state = asked.get("state", "")
    rows = queries_drafts.drafts(officer)
    return rows.filter(state=state) if state in STATES else rows


exports.declare("rule-drafts", gettext_noop("Drafts of rules"), _found, (VIEWS,), [
    Field(gettext_noop("Programme"), "programme__name_{language}"), Field(gettext_noop("State"), "state", "rule_draft"),
    Field(gettext_noop("Written by"), "started_by", "officer"), Field(gettext_noop("Begun"), "started_at", "moment"),
    Field(gettext_noop("Last saved"), "saved_at", "moment"), Field(gettext_noop("Revision"), "revision", "number"),
    Field(gettext_noop("Decided by"), "decided_by", "officer"), Field(gettext_noop("Fingerprint"), "sha256"),
])  # fmt: skip


@require_GET
@desk.needs(VIEWS)
def drafts(request: HttpRequest) -> HttpResponse:
    """Every draft, and how a new one is begun."""
    if kind := exports.wanted(request):
        return exports.answer(request, "rule-drafts", kind)
    return _list(request)


def _list(request: HttpRequest, refusal: str = "", new: NewForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    state = request.GET.get("state", "")
    context = {
        "rows": pager.page(request, _found(officer, request.GET), order=("-saved_at", "-id")),
        "state": state, "states": STATES,
        "new": (new or _new_form()) if officer.may(WRITES) else None,
        "file": FileForm() if officer.may(WRITES) else None,
    }  # fmt: skip
    return desk.page(request, "office/programmes/drafts.html", context, refusal=refusal)


def _new_form(data: Any = None) -> NewForm:
    form = NewForm(data, initial={"first": queries_drafts.begins_next(None, timezone.localdate())})
    language = desk.language()
    codes = queries_drafts.without_rules().values_list("code", flat=True)
    offer(form, "programme", [(code, f"{names.programme(code, language)} ({code})") for code in codes])
    return form


# ------------------------------------------------------------------------------------------------ beginning


@require_POST
@desk.needs(WRITES)
def start(request: HttpRequest, code: str) -> HttpResponse:
    """A new version of published rules."""
    made: list[DefinitionDraft] = []
    refusal = desk.attempt(lambda: made.append(actions.start_draft(programme=code, by=desk.officer(request))))
    return _begun(request, made, refusal)


@require_POST
@desk.needs(WRITES)
def start_new(request: HttpRequest) -> HttpResponse:
    """Rules for a programme that has none."""
    form = _new_form(request.POST)
    if not form.is_valid():
        return _list(request, new=form)
    made: list[DefinitionDraft] = []
    refusal = desk.attempt(lambda: made.append(actions.start_new(**form.cleaned_data, by=desk.officer(request))))
    return _begun(request, made, refusal)


@require_POST
@desk.needs(WRITES)
def import_file(request: HttpRequest) -> HttpResponse:
    """A draft from a YAML file."""
    text, refusal = _uploaded(request)
    made: list[DefinitionDraft] = []
    if not refusal:
        refusal = desk.attempt(lambda: made.append(actions.import_draft(text=text, by=desk.officer(request))))
    return _begun(request, made, refusal)


def _uploaded(request: HttpRequest) -> tuple[str, str]:
    """The text of the file sent, and why it cannot be read."""
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return "", _("Choose a YAML file first.")
    file = form.cleaned_data["file"]
    if file.size > 4 * definition_edit.LONGEST:
        return "", _("The file is too large for a definition.")
    try:
        return file.read().decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        return "", _("The file is not written in UTF-8. Save it as UTF-8 and try again.")


def _begun(request: HttpRequest, made: list[DefinitionDraft], refusal: str) -> HttpResponse:
    if refusal:
        return _list(request, refusal)
    desk.done(request, _("A draft was begun. It counts for nothing until another officer has published it."))
    return redirect("office:rule-draft", made[0].pk)


# ------------------------------------------------------------------------------------------------ one draft


@require_GET
@desk.needs(VIEWS)
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the draft stands, what is missing, what speaks against it, and what can be done now."""
    return _page(request, shown.draft_or_404(request, pk))


def _page(request: HttpRequest, row: DefinitionDraft, refusal: str = "", reason: str = "") -> HttpResponse:
    officer = desk.officer(request)
    made = queries_drafts.parsed(queries_drafts.text_of(row))
    changes = queries_drafts.difference(row) or []
    mine = officer.username == row.started_by
    waits, is_open = row.state == "submitted", row.state == "open"
    groups = shown.grouped(changes)
    counts = {group.part: len(group.rows) for group in groups}
    context = {
        "draft": row, "made": made, "version": made.versions[-1] if made else None, "tab": "draft",
        "problems": shown.problems(row) if is_open or waits else [],
        "warnings": shown.warnings(row, made, timezone.localdate()), "counts": counts, "changes": len(changes),
        "table": [(name, title, href, counts.get(name, 0)) for name, title, href in tabs(row)["parts"]],
        "may_write": mine and is_open and officer.may(WRITES),
        "may_take_back": mine and waits, "may_decide": waits and not mine and officer.may(PUBLISHES),
        "may_drop": (is_open or waits) and (mine or officer.may(PUBLISHES)), "reason": reason,
        "events": shown.timeline(events_about(actions.SUBJECT, row.pk)[:60]), "own": mine and waits,
        "groups": groups if waits else [],  # who publishes reads them here
    }  # fmt: skip
    return desk.page(request, "office/programmes/draft.html", context, refusal=refusal)


@require_GET
@desk.needs(VIEWS)
def difference(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft changes, part by part, in words."""
    row = shown.draft_or_404(request, pk)
    changes = queries_drafts.difference(row)
    context = {
        "draft": row,
        "groups": shown.grouped(changes or []),
        "readable": changes is not None,
        "tab": "difference",
    }
    return desk.page(request, "office/programmes/difference.html", context)


@desk.needs(VIEWS)
def cases(request: HttpRequest, pk: int) -> HttpResponse:
    """The cases judged live: expected, by the published rules, by the draft. The writer keeps own cases here."""
    row, officer, refusal = shown.draft_or_404(request, pk), desk.officer(request), ""
    form = CasesForm(request.POST or None, initial={"cases": row.cases})
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["cases"]
        refusal = desk.attempt(lambda: actions.save_cases(draft=pk, text=text, by=officer))
        if not refusal:
            desk.done(request, _("The cases are kept with the draft."))
            return redirect("office:rule-draft-cases", pk)
        row.refresh_from_db()
    made = queries_drafts.parsed(queries_drafts.text_of(row))
    rows = shown.case_rows(row, made) if made else []
    context = {
        "draft": row, "rows": rows, "readable": made is not None, "tab": "cases", "has_base": bool(row.base_sha256),
        "wrong": sum(not one.ok for one in rows), "changed": sum(one.changed for one in rows),
        "form": form if row.state == "open" and officer.username == row.started_by else None,
    }  # fmt: skip
    return desk.page(request, "office/programmes/cases.html", context, refusal=refusal)


@desk.needs(VIEWS)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft as YAML: to read, to take along, and to bring back changed."""
    row, officer, refusal = shown.draft_or_404(request, pk), desk.officer(request), ""
    may_write = row.state == "open" and officer.username == row.started_by and officer.may(WRITES)
    if request.method == "POST":
        text, refusal = _uploaded(request)
        revision = shown.revision_read(request)
        refusal = refusal or desk.attempt(
            lambda: actions.save_draft(draft=pk, revision=revision, whole=text, what="file", by=officer)
        )
        if not refusal:
            desk.done(request, _("The file is now the draft."))
            return redirect("office:rule-draft", pk)
        row.refresh_from_db()
    context = {
        "draft": row,
        "text": queries_drafts.text_of(row),
        "tab": "file",
        "file": FileForm() if may_write else None,
    }
    return desk.page(request, "office/programmes/file.html", context, refusal=refusal)


@require_GET
@desk.needs(VIEWS)
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest revision as a file."""
    row = shown.draft_or_404(request, pk)
    return yaml_file(queries_drafts.text_of(row), f"{row.programme_id}-draft-{row.revision}")


def yaml_file(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return response


# ------------------------------------------------------------------------------------------------ what is decided


@require_POST
@desk.needs(WRITES, PUBLISHES)
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """submit, take-back, publish, return or drop."""
    row, officer = shown.draft_or_404(request, pk), desk.officer(request)
    reason = request.POST.get("reason", "")
    acts: dict[str, tuple[Any, str]] = {
        "submit": (
            lambda: actions.submit_draft(draft=pk, note=reason, by=officer),
            _("Submitted. Another officer publishes it or sends it back."),
        ),
        "take-back": (lambda: actions.take_back(draft=pk, by=officer), _("The draft is open again.")),
        "publish": (
            lambda: actions.publish_draft(draft=pk, by=officer),
            _("Published. From now on decisions, answers to citizens and payrolls use these rules from their day."),
        ),
        "return": (lambda: actions.return_draft(draft=pk, reason=reason, by=officer), _("Sent back with your reason.")),
        "drop": (lambda: actions.drop_draft(draft=pk, reason=reason, by=officer), _("The draft was dropped.")),
    }
    act, said = acts[what]
    if refusal := desk.attempt(act):
        row.refresh_from_db()
        return _page(request, row, refusal, reason)
    desk.done(request, said)
    return redirect("office:definition", row.programme_id) if what == "publish" else redirect("office:rule-draft", pk)
