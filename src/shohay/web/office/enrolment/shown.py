"""Lists of beneficiaries shown in public: which were, which never, and writing down that one was."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.core.values import FiscalYear
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import evidence_on
from shohay.stages.enrolment import actions_shown, queries_shown
from shohay.stages.enrolment.models import ListShown
from shohay.web.office import desk, exports, fields
from shohay.web.office.exports import Field
from shohay.web.office.words import choices
from shohay.web.parts import names, pager
from shohay.web.parts.forms import offer
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import area, day, digits, num

MOST_PAIRS = 40  # a nation has thousands: the table begins with those never shown
FILES = ".pdf,.png,.jpg,.jpeg,.xlsx,.csv,.docx"


class ShownForm(forms.Form):
    """A list, the day, the way, and the file that proves it."""

    which = fields.pick(gettext_lazy("Programme and union"), ())
    shown_on = fields.day(gettext_lazy("Shown on"))
    way = fields.pick(gettext_lazy("How"), ())
    paper = fields.file(
        gettext_lazy("Proof"), kinds=FILES,
        help_text=gettext_lazy("A photo of the meeting or the board, the minutes, or a print of the page."),
    )  # fmt: skip

    def __init__(self, *args: Any, pairs: list[queries_shown.Pair], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "which", [(f"{one.programme_code}|{one.area_code}", _named(one)) for one in pairs])
        offer(self, "way", choices("list_way", ListShown.Way.values))


def _named(one: queries_shown.Pair) -> str:
    return f"{names.programme(one.programme_code, desk.language())} · {area(one.area_code)}"


def _asked(asked: exports.Asked) -> dict[str, str]:
    way = asked.get("way", "")
    return {"programme": asked.get("programme", ""), "way": way if way in ListShown.Way.values else ""}


def _listed(officer: Officer, asked: exports.Asked) -> QuerySet[ListShown]:
    return queries_shown.shown(officer, **_asked(asked))


exports.declare("lists-shown", gettext_noop("Lists shown in public"), _listed, ("enrolment.view",), [
    Field(gettext_noop("Programme"), "programme_code", "programme"), Field(gettext_noop("Area"), "area_code", "area"),
    Field(gettext_noop("Shown on"), "shown_on", "day"), Field(gettext_noop("How"), "way", "list_way"),
    Field(gettext_noop("Beneficiaries"), "people", "number"),
    Field(gettext_noop("Recorded by"), "recorded_by", "officer"),
])  # fmt: skip


@require_GET
@desk.needs("enrolment.view")
def lists_shown(request: HttpRequest) -> HttpResponse:
    if kind := exports.wanted(request):
        return exports.answer(request, "lists-shown", kind)
    return _page(request)


def _page(request: HttpRequest, refusal: str = "", form: ShownForm | None = None) -> HttpResponse:
    officer, today, asked = desk.officer(request), timezone.localdate(), _asked(request.GET.dict())
    pairs = queries_shown.pairs(officer, today)
    page = pager.page(request, queries_shown.shown(officer, **asked), order=("-shown_on", "-id"))
    files = evidence_on("list_shown", [row.pk for row in page.rows])
    for row in page.rows:
        row.files = files[str(row.pk)]
    if officer.may("list.publish") and form is None:
        form = ShownForm(pairs=pairs)
    context = {
        "rows": page, **asked, "ways": ListShown.Way.values,
        "programmes": sorted({one.programme_code for one in pairs}),
        "tiles": _tiles(pairs), "due": _due(pairs), "more": max(0, len(pairs) - MOST_PAIRS), "shown_form": form,
    }  # fmt: skip
    return desk.page(request, "office/enrolment/shown.html", context, refusal=refusal)


def _tiles(pairs: list[queries_shown.Pair]) -> list[dict[str, object]]:
    year = FiscalYear.of(timezone.localdate())
    shown = sum(1 for one in pairs if one.shown_on and one.shown_on >= year.first_day)
    never = sum(1 for one in pairs if one.shown_on is None)
    told = (
        (_("Lists: programmes and unions"), len(pairs), ""),
        (_("Shown in %(year)s") % {"year": digits(str(year))}, shown, "good" if pairs and shown == len(pairs) else ""),
        (_("Never shown"), never, "bad" if never else "good"),
    )
    return [{"label": label, "value": num(n), "note": "", "href": "", "tone": tone} for label, n, tone in told]


def _due(pairs: list[queries_shown.Pair]) -> Table:
    columns = [
        Column(_("Programme"), lambda one: names.programme(one.programme_code, desk.language()), "long"),
        Column(_("Union or ward"), lambda one: area(one.area_code)),
        Column(_("Beneficiaries"), lambda one: one.people, "num"),
        Column(_("Last shown"), lambda one: day(one.shown_on) if one.shown_on else _("Never")),
    ]
    return Table(columns, pairs[:MOST_PAIRS], caption=_("Lists by the day they were last shown"), hide_caption=True,
                 tall=True, empty=(_("No list yet"), _("Lists appear here when people are enrolled.")))  # fmt: skip


@require_POST
@desk.needs("list.publish")
def record(request: HttpRequest) -> HttpResponse:
    officer = desk.officer(request)
    form = ShownForm(request.POST, request.FILES, pairs=queries_shown.pairs(officer, timezone.localdate()))

    def write() -> None:
        given = form.cleaned_data
        programme, _bar, union = given["which"].partition("|")
        actions_shown.record_list_shown(
            programme_code=programme, area_code=union, shown_on=given["shown_on"], way=given["way"],
            data=given["paper"].read(), file_name=given["paper"].name, by=officer,
        )  # fmt: skip

    def again(why: str) -> HttpResponse:
        return _page(request, why, form)

    return desk.act(request, write, again, _("It is written down that the list was shown."), "office:lists-shown",
                    form=form)  # fmt: skip
