"""Rounds of household surveys: the list, a new file, a round's figures with their errors, two rounds beside."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.results import actions_survey as actions
from shohay.stages.results import queries_survey as queries
from shohay.stages.results.models_survey import SurveyEstimate, SurveyRound, SurveyRun
from shohay.stages.results.queries_submissions import document_of
from shohay.web.office import desk, exports, works
from shohay.web.office.surveys import lists, show  # noqa: F401 - declares the lists as files
from shohay.web.office.surveys.forms import RoundForm
from shohay.web.office.words import say
from shohay.web.parts import pager
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import day, digits, num, percent

JOB = "estimate_survey"
SEES, SENDS = "survey.view", "survey.import"


@require_GET
@desk.needs(SEES)
def surveys(request: HttpRequest) -> HttpResponse:
    """All rounds, newest first."""
    if kind := exports.wanted(request):
        return exports.answer(request, "surveys", kind)
    found = list(queries.rounds(desk.officer(request)))
    done = [row for row in found if row.state == SurveyRound.State.ESTIMATED]
    return desk.page(request, "office/surveys/surveys.html", {
        "table": _rounds(found), "done": [(str(row.pk), _named(row)) for row in done],
        "first": str(done[1].pk) if len(done) > 1 else "", "second": str(done[0].pk) if done else "",
    })  # fmt: skip


def _named(row: SurveyRound) -> str:
    title = row.title_en if desk.language() == "en" else row.title_bn
    return f"{title}, {digits(row.label)}"


def _rounds(rows: list[SurveyRound]) -> Table:
    columns = [
        Column(_("Survey"), _named, "long", lambda row: reverse("office:survey", args=[row.pk])),
        Column(_("State"), lambda row: row.state, "state", context="survey_round"),
        Column(_("Field work"), lambda row: row.collected_on, "day"),
        Column(_("Households"), lambda row: row.counts.get("good"), "num"),
        Column(_("Left out"), lambda row: row.counts.get("bad"), "num", secondary=True),
        Column(_("Imported"), lambda row: row.imported_at, "moment", secondary=True),
    ]
    empty = (_("No survey yet"), _("When the statistics officer sends microdata, their figures appear here."))
    return Table(columns, rows, caption=_("Survey rounds"), hide_caption=True, empty=empty)


@desk.needs(SENDS)
def new(request: HttpRequest) -> HttpResponse:
    """Send microdata in; they are checked at once, estimating is a job."""
    form = RoundForm(request.POST or None, request.FILES or None)
    refusal, made = "", list[SurveyRound]()
    if request.method == "POST" and form.is_valid():
        given, officer = form.cleaned_data, desk.officer(request)
        refusal = desk.attempt(lambda: made.append(actions.import_round(
            data=_data(given["file"]), file_name=given["file"].name, mapping=given["mapping"], by=officer)
        ))  # fmt: skip
        if made:
            if made[0].state == SurveyRound.State.READY:
                works.start(JOB, by=officer, subject=str(made[0].pk), round_id=made[0].pk)
            return redirect("office:survey", made[0].pk)
    return desk.page(request, "office/surveys/new.html", {"form": form, "sample": _sample()}, refusal=refusal)


def _data(sent: Any) -> bytes | Path:
    """A large file is on disk already."""
    return Path(sent.temporary_file_path()) if hasattr(sent, "temporary_file_path") else bytes(sent.read())


def _sample() -> str:
    return files("shohay.web.office.surveys").joinpath("sample.yaml").read_text(encoding="utf-8")


@require_GET
@desk.needs(SENDS)
def sample(request: HttpRequest) -> HttpResponse:
    """The sample of a mapping document as a file."""
    response = HttpResponse(_sample(), content_type="text/yaml; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="survey-mapping.yaml"'
    return response


def _found(request: HttpRequest, pk: int) -> SurveyRound:
    row = queries.rounds(desk.officer(request)).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@require_GET
@desk.needs(SEES)
def survey(request: HttpRequest, pk: int) -> HttpResponse:
    """One round: the news, welfare, who is reached, by group, what it says about indicators, how sure it is."""
    row = _found(request, pk)
    if kind := exports.wanted(request):
        return exports.answer(request, "survey", kind, round=row.pk)
    return _page(request, row)


def _page(request: HttpRequest, row: SurveyRound, refusal: str = "") -> HttpResponse:
    officer, run = desk.officer(request), queries.latest_run(row)
    context: dict[str, Any] = {
        "round": row, "name": _named(row), "run": run, "work": works.latest(JOB, str(row.pk)),
        "findings": [(say("survey_finding", code), number) for code, number in row.counts.get("by_code", {}).items()],
        "old_code": bool(run and run.code_version != queries.code_version()), "facts": _facts(row, run),
    }  # fmt: skip
    if run:
        context |= _figures(request, officer, row, run)
    return desk.page(request, "office/surveys/survey.html", context, refusal=refusal)


def _figures(request: HttpRequest, officer: Officer, row: SurveyRound, run: SurveyRun) -> dict[str, Any]:
    programmes, dimensions = queries.programmes(row), queries.dimensions(row)
    programme = _asked(request, "programme", programmes, "all")
    dimension = _asked(request, "by", dimensions, dimensions[0])
    whole = list(queries.estimates(officer, run, dimension="all"))
    of_group = list(queries.estimates(officer, run, dimension=dimension))
    has = queries.measures_by_group(officer, run, ("", programme))
    offered = [measure for measure in show.BY_GROUP if measure in has]
    measure = _asked(request, "measure", offered, "coverage")
    of = "" if measure in show.WELFARE else programme
    values = queries.indicator_values(row)
    return {
        "news": _news(whole), "programme": programme, "by": dimension, "measure": measure,
        "programmes": [(code, show.programme(code)) for code in programmes],
        "dimensions": [(code, say("survey_dimension", code)) for code in dimensions],
        "measures": [(code, say("survey_measure", code)) for code in offered],
        "programme_name": show.programme(programme),
        "welfare": show.measures([r for r in whole if not r.programme], show.WELFARE, _("Welfare and poverty")),
        "targeting": show.measures([r for r in whole if r.programme == programme], show.TARGETING, _("Who is reached")),
        "chart": show.groups([r for r in of_group if r.programme == of], measure, dimension),
        "chart_of": show.programme(of) if of else "",
        "indicators": show.indicators(values, _titles(values)) if values else None,
    }  # fmt: skip


def _asked(request: HttpRequest, name: str, known: list[str], usual: str) -> str:
    asked = request.GET.get(name, usual)
    return asked if asked in known else usual if usual in known else known[0] if known else ""


def _titles(values: list[queries.IndicatorValue]) -> dict[str, str]:
    found = {value.code: document_of(value.code) for value in values}
    return {code: document.name.in_language(desk.language()) for code, document in found.items() if document}


def _news(rows: list[SurveyEstimate]) -> str:
    """One sentence: poverty with its interval, who is reached, which poor people are not."""
    of = {(row.measure, row.programme): row for row in rows}
    poor, reached, missed = of.get(("headcount", "")), of.get(("coverage", "all")), of.get(("under_coverage", "all"))
    if poor is None or poor.value is None:
        return ""
    told = _("%(share)s of the people live below the poverty line (95%% confidence interval %(interval)s).") % {
        "share": percent(poor.value), "interval": show.interval(poor),
    }  # fmt: skip
    if reached and reached.value is not None and missed and missed.value is not None:
        text = _("%(reached)s live in a household that some programme reaches; of the poor, %(missed)s do not.")
        told += " " + text % {"reached": percent(reached.value), "missed": percent(missed.value)}
    return told


def _facts(row: SurveyRound, run: SurveyRun | None) -> list[tuple[str, str]]:
    facts = [
        (_("Field work"), day(row.collected_on)), (_("Source"), row.source),
        (_("Households"), num(row.counts.get("good"))), (_("Rows left out"), num(row.counts.get("bad"))),
    ]  # fmt: skip
    if run:
        design = run.design
        facts += [
            (_("People they stand for"), num(round(design["people"]))),
            (_("Strata"), num(design["strata"])), (_("Primary sampling units"), num(design["clusters"])),
            (_("Strata with a single unit"), num(design["lonely"])),
            (_("Data, code"), f"{run.data_sha256[:12]} · {run.code_version}"),
        ]  # fmt: skip
    return facts


@require_GET
@desk.needs(SENDS)
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found in the file, row by row, to correct it."""
    row = _found(request, pk)
    if kind := exports.wanted(request):
        return exports.answer(request, "survey-findings", kind, round=row.pk)
    page = pager.page(request, queries.findings(desk.officer(request), row), order=("line", "id"))
    columns = [
        Column(_("Line"), lambda one: one.line or None, "num"),
        Column(_("Column"), lambda one: one.column),
        Column(_("What is wrong"), lambda one: say("survey_finding", one.code), "long"),
        Column(_("What stands there"), lambda one: one.value),
        Column(_("The row"), lambda one: _("was kept") if one.is_warning else _("was left out")),
    ]
    table = Table(columns, page.rows, caption=_("Findings"), hide_caption=True,
                  empty=(_("Nothing found"), _("Every row of the file is in order.")))  # fmt: skip
    return desk.page(
        request, "office/surveys/findings.html", {"round": row, "name": _named(row), "table": table, "page": page}
    )


@require_POST
@desk.needs(SENDS)
def estimate(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)
    works.start(JOB, by=desk.officer(request), subject=str(row.pk), round_id=row.pk)
    return redirect("office:survey", row.pk)


@require_GET
@desk.needs(SEES)
def compare(request: HttpRequest) -> HttpResponse:
    """Two rounds: every figure that both have, and whether the difference may be chance."""
    if kind := exports.wanted(request):
        return exports.answer(request, "survey-compare", kind)
    officer = desk.officer(request)
    done = [row for row in queries.rounds(officer) if row.state == SurveyRound.State.ESTIMATED]
    by_pk = {str(row.pk): row for row in done}
    first, second = by_pk.get(request.GET.get("first", "")), by_pk.get(request.GET.get("second", ""))
    context: dict[str, Any] = {
        "done": [(pk, _named(row)) for pk, row in by_pk.items()], "first": request.GET.get("first", ""),
        "second": request.GET.get("second", ""), "made_up": False, "same": first is not None and first == second,
    }  # fmt: skip
    if first and second and first != second:
        context |= _compared(request, officer, first, second)
    return desk.page(request, "office/surveys/compare.html", context)


def _compared(request: HttpRequest, officer: Officer, first: SurveyRound, second: SurveyRound) -> dict[str, Any]:
    runs = (queries.latest_run(first), queries.latest_run(second))
    if runs[0] is None or runs[1] is None:
        return {}
    programmes = [code for code in queries.programmes(first) if code in queries.programmes(second)]
    dimensions = ["all", *(code for code in queries.dimensions(first) if code in queries.dimensions(second))]
    programme, dimension = _asked(request, "programme", programmes, "all"), _asked(request, "by", dimensions, "all")
    old, new = runs[0], runs[1]
    welfare = queries.compare(officer, old, new, dimension=dimension)
    reach = queries.compare(officer, old, new, dimension=dimension, programme=programme) if programme else []
    sure = sum(bool(row.change and row.change.sure) for row in welfare + reach)
    order = (*show.TARGETING[:1], "beneficiary_share", "benefit_share", *show.TARGETING[1:])
    labels = digits(first.label), digits(second.label)
    return {
        "programme": programme, "by": dimension, "made_up": first.synthetic or second.synthetic,
        "programmes": [(code, show.programme(code)) for code in programmes],
        "dimensions": [(code, say("survey_dimension", code)) for code in dimensions],
        "programme_name": show.programme(programme), "sure": sure,
        "number": len(welfare) + len(reach),
        "welfare": show.compared(welfare, show.WELFARE, *labels, _("Welfare and poverty")),
        "targeting": show.compared(reach, order, *labels, _("Who is reached")),
    }  # fmt: skip
