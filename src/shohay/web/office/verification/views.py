"""Verification by outside parties: how the parties are doing, runs over an area, and what does not agree."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.registry import actions_identity, actions_verification
from shohay.stages.registry import queries_verification as queries
from shohay.stages.registry.models_verification import Finding, VerificationRun
from shohay.web.office import desk, exports, works
from shohay.web.office.registry import record
from shohay.web.office.registry import views as people
from shohay.web.office.verification import lists, shown
from shohay.web.office.verification.forms import DecideForm, StartForm
from shohay.web.office.words import choices, say
from shohay.web.parts import names, pager
from shohay.web.templatetags.shohay import num, percent

JOB = "verify"
LATEST = 20
COUNTRY = "country"  # what the form calls the whole country, whose code is ''
OPEN = ("waiting", "running", "paused")


@require_GET
@desk.needs("verification.view")
def overview(request: HttpRequest) -> HttpResponse:
    return _overview(request)


def _overview(request: HttpRequest, form: StartForm | None = None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    parties = [
        {"code": code, "row": row, "circuit": shown.badge("circuit", row.circuit if row and row.calls else "never")}
        for code, row in queries.parties()
    ]
    runs = [
        {"row": run, "state": shown.badge("verification_run", run.state), "share": _share(run)}
        for run in queries.runs(officer)[:LATEST]
    ]
    waiting = queries.findings(officer).values_list("severity", flat=True)
    context = {
        "parties": parties, "runs": runs, "unsettled": waiting.count(),
        "form": form or (StartForm(areas=_areas(officer)) if officer.may("verification.start") else None),
    }  # fmt: skip
    return desk.page(request, "office/verification/verification.html", context, refusal=refusal)


def _areas(officer: Officer) -> list[tuple[str, str]]:
    """The officer's areas and the places in them."""
    mine = [
        (code, names.area(code, desk.language())) if code else (COUNTRY, _("the whole country"))
        for code in officer.areas
    ]
    return [*mine, *[(code, name) for code, name in record.areas_to_choose(officer) if code not in officer.areas]]


def _share(run: VerificationRun) -> str:
    return percent((run.answered + run.given_up) / run.total, 0) if run.total else "–"


@require_POST
@desk.needs("verification.start")
def start(request: HttpRequest) -> HttpResponse:
    """The run is a row at once; whom to ask is found out by the job."""
    officer = desk.officer(request)
    form, refusal = StartForm(request.POST, areas=_areas(officer)), ""
    if form.is_valid():
        made: list[VerificationRun] = []
        party, area = form.cleaned_data["party"], form.cleaned_data["area"].removeprefix(COUNTRY)
        refusal = desk.attempt(
            lambda: made.append(actions_verification.start_verification(party=party, area=area, by=officer))
        )
        if not refusal:
            works.start(JOB, by=officer, subject=str(made[0].pk), run_id=made[0].pk)
            return redirect("office:verification-run", made[0].pk)
    return _overview(request, form, refusal)


@require_GET
@desk.needs("verification.view")
def run(request: HttpRequest, pk: int) -> HttpResponse:
    return _run(request, _mine(request, pk))


def _run(request: HttpRequest, mine: VerificationRun, refusal: str = "") -> HttpResponse:
    done = mine.answered
    levels = [
        {"level": shown.badge("level", level), "number": mine.levels[level], "share": mine.levels[level] / done}
        for level in ("exact", "partial", "none", "not_found")
        if mine.levels.get(level)
    ]
    tiles = [
        (_("To ask"), mine.total, _("%(n)s answers still counted") % {"n": num(mine.still_valid)}, ""),
        (_("Answered"), done, _share(mine), "good" if mine.total and done == mine.total else ""),
        (_("Does not agree"), mine.findings, "", "wait" if mine.findings else ""),
    ]
    if mine.given_up:
        tiles.append((_("Given up"), mine.given_up, _("calls that failed too often"), "bad"))
    context = {
        "run": mine, "state": shown.badge("verification_run", mine.state), "levels": levels,
        "tiles": [{"label": a, "value": num(b), "note": c, "tone": d} for a, b, c, d in tiles],
        "work": works.latest(JOB, str(mine.pk)), "is_open": mine.state in OPEN,
    }  # fmt: skip
    return desk.page(request, "office/verification/run.html", context, refusal=refusal)


@require_POST
@desk.needs("verification.start")
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up now what was put down or cut off."""
    mine = _mine(request, pk)
    if mine.state in OPEN:
        works.start(JOB, by=desk.officer(request), subject=str(mine.pk), run_id=mine.pk)
    return redirect("office:verification-run", mine.pk)


@require_POST
@desk.needs("verification.start")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    mine = _mine(request, pk)
    refusal = desk.attempt(lambda: actions_verification.cancel_verification(run=mine, by=desk.officer(request)))
    if refusal:
        return _run(request, _mine(request, pk), refusal)
    desk.done(request, _("Nobody else is asked. The answers that came stay."))
    return redirect("office:verification-run", mine.pk)


def _mine(request: HttpRequest, pk: int) -> VerificationRun:
    found = queries.runs(desk.officer(request)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ---------------------------------------------------------------------------------------------------- what differs


@require_GET
@desk.needs("finding.decide", "verification.view")
def findings(request: HttpRequest) -> HttpResponse:
    """What does not agree, what weighs most first; open ones unless asked otherwise."""
    if kind := exports.wanted(request):
        return exports.answer(request, "findings", kind)
    asked = {name: request.GET.get(name, "") for name in lists.FILTERS}
    state = request.GET.get("state", "open")
    rows = pager.page(request, lists.findings(desk.officer(request), request.GET), order=("weight", "-id"), size=20)
    context = {
        **asked, "state": state, "rows": rows, "told": [shown.told(row, masked=True) for row in rows.rows],
        "states": choices("finding_state", Finding.State.values), "sources": choices("party", queries.SOURCES),
        "severities": choices("severity", ("serious", "doubt", "note")), "codes": choices("finding", queries.CODES),
    }  # fmt: skip
    return desk.page(request, "office/verification/findings.html", context)


@require_GET
@desk.needs("finding.decide", "verification.view")
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    return _finding(request, _found(request, pk))


@require_POST
@desk.needs("finding.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, refusal = _found(request, pk), DecideForm(request.POST), ""
    if form.is_valid():
        given = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions_identity.decide_finding(
                finding=row, decision=given["decision"], note=given["note"], by=desk.officer(request)
            )
        )
        if not refusal:
            desk.done(request, _("Settled: %(how)s.") % {"how": say("finding_state", given["decision"])})
            return redirect("office:findings")
    return _finding(request, row, form, refusal)


def _finding(request: HttpRequest, row: Finding, form: DecideForm | None = None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    is_opened = people._is_open(request, row.person_id)
    may_decide = officer.may("finding.decide") and row.state == "open"
    context = {
        "told": shown.told(row, masked=not is_opened), "is_opened": is_opened, "source": say("party", row.source),
        "form": form or (DecideForm() if may_decide else None),
    }  # fmt: skip
    return desk.page(request, "office/verification/finding.html", context, refusal=refusal)


def _found(request: HttpRequest, pk: int) -> Finding:
    row = queries.findings(desk.officer(request), state="").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row
