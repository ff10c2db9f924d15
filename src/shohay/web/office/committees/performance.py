"""Annual performance agreements: what each ministry promised for the year, what it reached, who verified it."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_of
from shohay.stages.coordination import actions_performance as actions
from shohay.stages.coordination import queries_performance as queries
from shohay.stages.coordination.models_performance import PerformanceItem
from shohay.stages.coordination.queries_committees import fiscal_year_begins
from shohay.stages.programmes.models import Ministry
from shohay.web.office import desk, exports
from shohay.web.office.committees.forms import AchievedForm, ItemForm, ministries, ministry
from shohay.web.office.exports import Field
from shohay.web.parts import pager
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import digits, num

ORDER = ("ministry__order", "no", "id")


def this_year() -> str:
    begins = fiscal_year_begins(timezone.localdate()).year
    return f"{begins}-{(begins + 1) % 100:02d}"


def _asked(officer: Officer, asked: exports.Asked) -> dict[str, str]:
    years = queries.years(officer)
    year = asked.get("year", "")
    return {
        "fiscal_year": year if year in years else (years[0] if years else this_year()),
        "ministry": asked.get("ministry", officer.ministries[0] if len(officer.ministries) == 1 else ""),
        "state": asked.get("state", "") if asked.get("state", "") in PerformanceItem.State.values else "",
    }


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[PerformanceItem]:
    return queries.items(officer, **_asked(officer, asked))


exports.declare("performance", gettext_noop("Performance agreements"), _listed, ("plan.view",), [
    Field(gettext_noop("Ministry or division"), "ministry__name_{language}"),
    Field(gettext_noop("Fiscal year"), "fiscal_year"), Field(gettext_noop("No."), "no", "number"),
    Field(gettext_noop("What is to be achieved"), "title"), Field(gettext_noop("Unit"), "unit"),
    Field(gettext_noop("Target"), "target", "number"), Field(gettext_noop("Achieved"), "achieved", "number"),
    Field(gettext_noop("Weight of 100"), "weight", "number"), Field(gettext_noop("Points"), "points", "number"),
    Field(gettext_noop("State"), "state", "performance_state"),
    Field(gettext_noop("Item of the action plan"), "action_id"), Field(gettext_noop("Indicator"), "indicator_id"),
])  # fmt: skip


@require_GET
@desk.needs("plan.view")
def performance(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "performance", kind)
    return _list_page(request)


def _list_page(request: HttpRequest, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    asked = _asked(officer, request.GET.dict())
    new = {"fiscal_year": asked["fiscal_year"], "ministry": asked["ministry"]}
    context = {
        "rows": pager.page(request, queries.items(officer, **asked), order=ORDER), "asked": asked,
        "scores": _scores(queries.scores(officer, fiscal_year=asked["fiscal_year"])),
        "years": [(year, digits(year)) for year in queries.years(officer) or [this_year()]],
        "ministries": ministries(empty=""), "states": PerformanceItem.State.values,
        "item_form": ItemForm(initial=new, only=officer.ministries) if officer.may("plan.manage") else None,
        **forms,
    }  # fmt: skip
    return desk.page(request, "office/committees/performance.html", context, refusal=refusal)


def _scores(rows: list[queries.Scored]) -> Table | None:
    named = Ministry.objects.in_bulk([row.ministry for row in rows])
    at = desk.language() == "en"
    columns = [
        Column(
            _("Ministry or division"),
            lambda row: named[row.ministry].name_en if at else named[row.ministry].name_bn,
            "long",
            lambda row: f"?year={row.fiscal_year}&ministry={row.ministry}",
        ),
        Column(_("Items"), lambda row: row.items, "num", secondary=True),
        Column(_("Reported"), lambda row: row.reported, "num"),
        Column(_("Verified"), lambda row: row.verified, "num"),
        Column(_("Score of 100"), lambda row: num(row.score, 1), "digits"),
        Column(_("With what waits for verification"), lambda row: num(row.reported_score, 1), "digits", secondary=True),
    ]
    return Table(columns, rows, caption=_("Scores of the ministries"), hide_caption=True) if rows else None


@require_POST
@desk.needs("plan.manage")
def set_item(request: HttpRequest) -> HttpResponse:
    officer = desk.officer(request)
    form = ItemForm(request.POST, only=officer.ministries)

    def write() -> None:
        given = dict(form.cleaned_data)
        owner = ministry(given.pop("ministry"))
        if owner is None:
            raise Http404
        actions.set_item(ministry=owner, by=officer, **given)

    def again(why: str) -> HttpResponse:
        return _list_page(request, why, item_form=form)

    return desk.act(request, write, again, _("The item stands in the agreement."), "office:performance", form=form)


@require_GET
@desk.needs("plan.view")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    return _item_page(request, _mine(request, pk))


def _mine(request: HttpRequest, pk: int) -> PerformanceItem:
    row = queries.item(desk.officer(request), pk)
    if row is None:
        raise Http404
    return row


def _item_page(request: HttpRequest, row: PerformanceItem, refusal: str = "", **forms: Any) -> HttpResponse:
    officer = desk.officer(request)
    covered = officer.covers(ministry=row.ministry_id)
    reports = officer.may("plan.update") and covered and row.state != PerformanceItem.State.VERIFIED
    verifies = officer.may("plan.verify") and covered and row.state == PerformanceItem.State.REPORTED
    context = {
        "item": row, "files": evidence_of("performance", row.pk),
        "achieved_form": AchievedForm(initial={"achieved": row.achieved, "note": row.note}) if reports else None,
        "may_verify": verifies and row.reported_by != officer.username, **forms,
    }  # fmt: skip
    return desk.page(request, "office/committees/performance_item.html", context, refusal=refusal)


def _refused(request: HttpRequest, row: PerformanceItem, why: str, **forms: Any) -> HttpResponse:
    return _item_page(request, row, why, **forms)


@require_POST
@desk.needs("plan.update")
def report(request: HttpRequest, pk: int) -> HttpResponse:
    row, form = _mine(request, pk), AchievedForm(request.POST, request.FILES)

    def write() -> None:
        given, file = form.cleaned_data, form.cleaned_data["paper"]
        actions.report_achieved(
            item=row, achieved=given["achieved"], note=given["note"], data=file.read() if file else b"",
            file_name=file.name if file else "", title=row.title, by=desk.officer(request),
        )  # fmt: skip

    again = partial(_refused, request, row, achieved_form=form)
    said = _("It is reported. The Cabinet Division verifies it.")
    return desk.act(request, write, again, said, "office:performance-item", pk, form=form)


@require_POST
@desk.needs("plan.verify")
def verify(request: HttpRequest, pk: int) -> HttpResponse:
    row = _mine(request, pk)
    return desk.act(
        request, lambda: actions.verify_achieved(item=row, by=desk.officer(request)), partial(_refused, request, row),
        _("It is verified."), "office:performance-item", pk,
    )  # fmt: skip
