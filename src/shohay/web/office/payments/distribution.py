"""Goods: lists prepared by one officer and approved by another, handed over, recorded by file or one by one, closed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.core.values import Period
from shohay.stages.accounts.officer import Officer
from shohay.stages.payments import actions, actions_kind
from shohay.stages.payments import queries_kind as queries
from shohay.stages.payments.models_kind import Distribution, HandoverFile, Ration
from shohay.stages.payments.terms import month_after
from shohay.web.office import desk, works
from shohay.web.office.payments.distribution_forms import BackForm, FileForm, OpenForm, RationForm, TakeForm
from shohay.web.office.words import say
from shohay.web.parts import names, pager
from shohay.web.templatetags.office import kg

JOB = "prepare_distributions"
SEES = ("distribution.view", "payroll.view")


# ------------------------------------------------------------------------------------------------ all lists


@require_GET
@desk.needs(*SEES)
def distributions(request: HttpRequest) -> HttpResponse:
    return _distributions_page(request)


def _distributions_page(request: HttpRequest, form: OpenForm | None = None, refusal: str = "") -> HttpResponse:
    officer = desk.officer(request)
    code, state = request.GET.get("programme", ""), request.GET.get("state", "")
    state = state if state in Distribution.State.values else ""
    found = queries.distributions(officer, code, state)
    if kind := desk.wants_file(request):
        return _distributions_file(found, kind)
    mine = queries.distributions(officer)
    codes = list(mine.order_by("programme_code").values_list("programme_code", flat=True).distinct())
    if form is None and officer.may("distribution.prepare"):
        form = OpenForm(programmes=_programmes(officer), initial={"month": timezone.localdate().replace(day=1)})
    context = {
        "rows": pager.page(request, found, order=("-cycle__period_start", "programme_code", "area_code", "id")),
        "totals": queries.totals(found), "form": form, "work": works.latest(JOB, ""),
        "programmes": codes, "programme": code, "states": Distribution.State.values, "state": state,
    }  # fmt: skip
    return desk.page(request, "office/payments/distributions.html", context, refusal=refusal)


def _programmes(officer: Officer) -> list[tuple[str, str]]:
    codes = [code for code in queries.programmes_in_kind(timezone.localdate()) if officer.covers(programme=code)]
    return [(code, names.programme(code, desk.language())) for code in sorted(codes)]


def _distributions_file(found: Any, kind: str) -> HttpResponse:
    header = [_("Programme"), _("Month"), _("Occasion"), _("Area"), _("State"), _("Rations"), _("Kg due"), _("Given"),
              _("Kg given")]  # fmt: skip
    rows = (
        (one.programme_code, f"{one.cycle.period_start:%Y-%m}", say("occasion", one.occasion) if one.occasion else "",
         names.area(one.area_code, desk.language()), say("distribution", one.state), one.rations,
         one.grams / 1000, one.given,
         one.given_grams / 1000)
        for one in found.iterator()
    )  # fmt: skip
    return desk.table_file("distributions", header, rows, kind)


@require_POST
@desk.needs("distribution.prepare")
def open_distribution(request: HttpRequest) -> HttpResponse:
    """Open the month and list who gets what: a job, since a programme may have millions."""
    officer = desk.officer(request)
    form = OpenForm(request.POST, programmes=_programmes(officer))
    refusal = ""
    if form.is_valid():
        given = form.cleaned_data
        first = given["month"].replace(day=1)
        cycles: list[Any] = []
        refusal = desk.attempt(
            lambda: cycles.append(
                actions.open_cycle(
                    programme_code=given["programme"], period=Period(first, month_after(first, 1)), by=officer
                )
            )
        )
        if not refusal:
            works.start(JOB, by=officer, cycle_id=cycles[0].pk, occasion=given["occasion"])
            return redirect("office:distributions")
    return _distributions_page(request, form, refusal)


# ------------------------------------------------------------------------------------------------ one list


@require_GET
@desk.needs(*SEES)
def distribution(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _mine(request, pk))


def _mine(request: HttpRequest, pk: int) -> Distribution:
    found = queries.distribution(desk.officer(request), pk)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, row: Distribution, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    union, state = request.GET.get("union", ""), request.GET.get("state", "")
    found = queries.rations(officer, row, union, state if state in Ration.State.values else "")
    unions = queries.by_union(officer, row)
    handing = row.state == Distribution.State.APPROVED
    context = {
        "list": row,
        "item": _item(found),
        "unions": unions, "union": union, "union_choices": _union_choices(unions),
        "states": Ration.State.values, "state": state,
        "rows": pager.page(request, found, order=("line_no",)),
        "files": list(queries.files(officer, row)[:20]),
        "not_given": sorted(row.not_given.items(), key=lambda pair: -pair[1]),
        "held": sorted(row.held_back.items(), key=lambda pair: -pair[1]),
        "left": row.rations - row.given - sum(row.not_given.values()),
        "left_grams": row.grams - row.given_grams,
        "own": row.prepared_by == officer.username,
        "may_approve": _may_approve(officer, row),
        "may_record": handing and officer.may("distribution.record"),
        "may_close": handing and officer.may("distribution.approve") and officer.covers(area=row.area_code),
        "file_form": FileForm(), "take_form": TakeForm(unions=_union_choices(unions)),
        **forms,
    }  # fmt: skip
    return desk.page(request, "office/payments/distribution.html", context, refusal=refusal)


def _item(found: Any) -> str:
    first = found.order_by().first()
    return say("item", first.item) if first else ""


def _union_choices(unions: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["area_code"], names.area(one["area_code"], desk.language())) for one in unions]


def _may_approve(officer: Officer, row: Distribution) -> bool:
    waits = row.state == Distribution.State.PREPARED and row.prepared_by != officer.username
    return waits and officer.may("distribution.approve") and officer.covers(area=row.area_code)


@require_POST
@desk.needs("distribution.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    refusal = desk.attempt(lambda: actions_kind.approve_distribution(distribution=row, by=desk.officer(request)))
    if refusal:
        return _page(request, row, refusal)
    desk.done(request, _("The list is approved. It can now be printed, and the goods handed over."))
    return redirect("office:distribution", pk)


@require_POST
@desk.needs("distribution.approve")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    refusal = desk.attempt(lambda: actions_kind.close_distribution(distribution=row, by=desk.officer(request)))
    if refusal:
        return _page(request, row, refusal)
    desk.done(request, _("The distribution is closed. Whoever did not come is written down as such."))
    return redirect("office:distribution", pk)


@require_POST
@desk.needs("distribution.record")
def take_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The list with names, to print or to fill in; that it was taken stands in the log."""
    row, officer = _mine(request, pk), desk.officer(request)
    form = TakeForm(request.POST, unions=_union_choices(queries.by_union(officer, row)))
    if not form.is_valid():
        return _page(request, row, take_form=form)
    lines: list[Ration] = []
    area = form.cleaned_data["union"]
    refusal = desk.attempt(
        lambda: lines.extend(actions_kind.release_list(distribution=row, area_code=area, by=officer))
    )
    if refusal:
        return _page(request, row, refusal)
    if request.POST.get("as") == "print":
        context = {
            "list": row, "lines": lines, "union": area, "item": say("item", lines[0].item) if lines else "",
            "grams": sum(line.grams for line in lines), "price": sum(line.price_poisha for line in lines),
        }  # fmt: skip
        return desk.page(request, "office/payments/distribution_list.html", context)
    return _list_file(row, lines)


def _list_file(row: Distribution, lines: list[Ration]) -> HttpResponse:
    """The list to fill in: the columns that come back are empty, and what was recorded already is filled."""
    asked = {column.code: getattr(column, desk.language()) for column in queries.HEADINGS}
    header = [asked["number"], _("Name"), _("Father"), _("Household"), _("Union or ward"), _("Kg due")]
    header += [_("To pay (taka)"), asked["given"], asked["kg"], asked["given_on"], asked["reason"]]
    said = {"given": say("yes_no", "yes"), "not_given": say("yes_no", "no"), "due": ""}
    rows = (
        (line.number, line.person.name_bn, line.person.father_name, line.household.reference,
         names.area(line.area_code, desk.language()), line.grams / 1000, line.price_poisha / 100, said[line.state],
         line.given_grams / 1000 if line.state == "given" else "", f"{line.given_on:%d/%m/%Y}" if line.given_on else "",
         say("ration_reason", line.reason) if line.reason else "")
        for line in lines
    )  # fmt: skip
    return desk.table_file(f"distribution-{row.pk}", header, rows)


# ------------------------------------------------------------------------------------------------ who collected


@require_POST
@desk.needs("distribution.record")
def record_file(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _mine(request, pk), FileForm(request.POST, request.FILES)
    refusal, made = "", list[HandoverFile]()
    if form.is_valid():
        given = form.cleaned_data["file"]
        path = getattr(given, "temporary_file_path", None)
        refusal = desk.attempt(
            lambda: made.append(
                actions_kind.record_handover(
                    distribution=row, data=Path(path()) if path else given.read(), file_name=given.name,
                    by=desk.officer(request),
                )
            )
        )  # fmt: skip
        if not refusal:
            return redirect("office:handover-file", made[0].pk)
    return _page(request, row, refusal, file_form=form)


@require_GET
@desk.needs(*SEES)
def handover_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What a file did, and which of its rows were not applied and why."""
    row = queries.file(desk.officer(request), pk)
    if row is None:
        raise Http404
    found = queries.errors(row)
    if kind := desk.wants_file(request):
        header = [_("Line"), _("Column"), _("What stands there"), _("Reason")]
        lines = (
            (one.line, _column(one.column), one.value, queries.error_words(one.code, desk.language()))
            for one in found.iterator()
        )
        return desk.table_file(f"to-correct-{row.sha256[:8]}", header, lines, kind)
    page = pager.page(request, found, order=("line", "id"))
    for one in page.rows:
        one.words, one.title = queries.error_words(one.code, desk.language()), _column(one.column)
    return desk.page(request, "office/payments/handover_file.html", {"file": row, "rows": page})


def _column(code: str) -> str:
    return queries.column_title(code, desk.language()) if code else ""


@require_GET
@desk.needs("distribution.record")
def ration(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: what is due, what was given; the record, or taking it back."""
    return _ration_page(request, _my_ration(request, pk))


def _my_ration(request: HttpRequest, pk: int) -> Ration:
    found = queries.ration(desk.officer(request), pk)
    if found is None:
        raise Http404
    return found


def _ration_page(request: HttpRequest, row: Ration, refusal: str = "", **forms: Any) -> HttpResponse:
    handing = row.distribution.state == Distribution.State.APPROVED
    context = {
        "ration": row,
        "list": row.distribution,
        "item": say("item", row.item),
        "form": RationForm(initial={"given": "yes"}) if handing and row.state == Ration.State.DUE else None,
        "back_form": BackForm()
        if handing and row.state != Ration.State.DUE and desk.officer(request).may("distribution.approve")
        else None,
        **forms,
    }
    return desk.page(request, "office/payments/ration.html", context, refusal=refusal)


@require_POST
@desk.needs("distribution.record")
def record_ration(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, refusal = _my_ration(request, pk), RationForm(request.POST), ""
    if form.is_valid():
        said = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions_kind.record_ration(
                ration=row, given=said["given"] == "yes", grams=form.grams(), given_on=said["given_on"],
                reason=said["reason"], by=desk.officer(request),
            )
        )  # fmt: skip
        if not refusal:
            desk.done(request, _("Recorded: %(number)s, %(kg)s.") % {"number": row.number, "kg": _given(pk)})
            return redirect("office:distribution", row.distribution_id)
    return _ration_page(request, row, refusal, form=form)


def _given(pk: int) -> str:
    return kg(Ration.objects.get(pk=pk).given_grams)


@require_POST
@desk.needs("distribution.approve")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    row, form, refusal = _my_ration(request, pk), BackForm(request.POST), ""
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        refusal = desk.attempt(
            lambda: actions_kind.take_back_record(ration=row, reason=reason, by=desk.officer(request))
        )
        if not refusal:
            desk.done(request, _("The record is taken back: the ration is due again."))
            return redirect("office:ration", pk)
    return _ration_page(request, row, refusal, back_form=form)
