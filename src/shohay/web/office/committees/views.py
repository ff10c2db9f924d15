"""Committees: who they are, how often they must meet and did, who sits there."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import events_about
from shohay.stages.coordination import actions_committees as actions
from shohay.stages.coordination import queries_committees as queries
from shohay.stages.coordination import queries_decisions
from shohay.stages.coordination.models_committees import Committee, CommitteeMember
from shohay.web.office import desk, exports
from shohay.web.office.committees.forms import EndSeatForm, SeatForm, districts, ministry
from shohay.web.office.exports import Field
from shohay.web.parts import names, pager
from shohay.web.parts.charts import chart
from shohay.web.parts.tables import Column, Table
from shohay.web.templatetags.shohay import num

STANDINGS = ("missed", "due")
AT_ONCE = 4_000  # rows of an export, all of the committees with room


def _asked(asked: exports.Asked) -> dict[str, str]:
    place = asked.get("place", "")
    standing = asked.get("standing", "")
    return {
        "kind": asked.get("kind", ""), "place": place if place.isdigit() else "", "text": asked.get("q", "").strip(),
        "standing": standing if standing in STANDINGS else "",
    }  # fmt: skip


def _listed(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    """The committees of the page's filters with what they held and missed, for a file."""
    on, language = timezone.localdate(), desk.language()
    rows = list(queries.committees(officer, on=on, **_asked(asked)).order_by("kind__order", "area_code", "code"))
    found = queries.standings([row.code for row in rows], on=on)
    return [
        {**found[row.code]._asdict(), "name": row.name_en if language == "en" else row.name_bn,
         "kind": row.kind.name_en if language == "en" else row.kind.name_bn, "area_code": row.area_code}
        for row in rows[:AT_ONCE]
    ]  # fmt: skip


_COUNTS = [
    Field(gettext_noop("Meetings required so far"), "required", "number"),
    Field(gettext_noop("Held"), "held", "number"), Field(gettext_noop("Missed"), "missed", "number"),
    Field(gettext_noop("Still due"), "due", "number"),
]  # fmt: skip
exports.declare("committees", gettext_noop("Committees"), _listed, ("committee.view",), [
    Field(gettext_noop("Committee"), "name"), Field(gettext_noop("Kind"), "kind"),
    Field(gettext_noop("Place"), "area_code", "area"), *_COUNTS, Field(gettext_noop("Due by"), "until", "day"),
])  # fmt: skip


def _by_district(officer: Officer, asked: exports.Asked) -> list[dict[str, Any]]:
    return [row._asdict() for row in queries.by_district(officer, on=timezone.localdate())]


exports.declare("committee-districts", gettext_noop("Meetings by district"), _by_district, ("committee.view",), [
    Field(gettext_noop("District"), "name", "area"), Field(gettext_noop("Committees"), "committees", "number"),
    *_COUNTS, Field(gettext_noop("Committees that missed any"), "behind", "number"),
])  # fmt: skip


@require_GET
@desk.needs("committee.view")
def committees(request: HttpRequest) -> HttpResponse:
    """The committees of my areas with filters; what was held and missed in all."""
    if kind := exports.wanted(request):
        return exports.answer(request, "committees", kind)
    officer, on, asked = desk.officer(request), timezone.localdate(), _asked(request.GET.dict())
    page = pager.page(request, queries.committees(officer, on=on, **asked), order=("kind__order", "area_code", "code"))
    found = queries.standings([row.code for row in page.rows], on=on)
    for row in page.rows:
        row.standing = found[row.code]
    kinds = queries.by_kind(officer, on=on)
    context = {
        "rows": page, "asked": asked, "tiles": _tiles(officer, kinds), "on": on,
        "all": sum(row.committees for row in kinds), "behind": sum(row.behind for row in kinds),
        "held": sum(row.held for row in kinds), "missed": sum(row.missed for row in kinds),
        "kinds": [(row.code, _local(row)) for row in queries.kinds()], "places": _places(officer),
    }  # fmt: skip
    return desk.page(request, "office/committees/committees.html", context)


def _local(row: Any) -> str:
    name: str = row.name_en if desk.language() == "en" else row.name_bn
    return name


def _places(officer: Officer) -> list[tuple[str, str]]:
    """Divisions and districts that the officer may choose from."""
    codes = sorted({code[:2] for code in districts()} | set(districts()))
    mine = [code for code in codes if officer.covers(area=code)]
    return [(code, names.area(code, desk.language())) for code in mine]


def _tiles(officer: Officer, kinds: list[queries.Counted]) -> list[dict[str, object]]:
    """One tile a kind: held of what was required; it opens its committees."""
    named = {kind.code: kind for kind in queries.kinds()}
    here = reverse("office:committees")
    return [
        {
            "label": _local(named[row.name]),
            "value": num(row.held),
            "note": _("held · %(missed)s missed · %(due)s still due")
            % {"missed": num(row.missed), "due": num(row.due)},
            "href": f"{here}?kind={row.name}",
            "tone": "bad" if row.missed else "",
        }
        for row in kinds
    ]


@require_GET
@desk.needs("committee.view")
def by_district(request: HttpRequest) -> HttpResponse:
    """Due, held and missed of the committees of each district and its upazilas, on the map and in a table."""
    if kind := exports.wanted(request):
        return exports.answer(request, "committee-districts", kind)
    rows = queries.by_district(desk.officer(request), on=timezone.localdate())
    here = reverse("office:committees")
    columns = [
        Column(_("District"), lambda row: row.name, "area", lambda row: f"{here}?place={row.name}"),
        Column(_("Committees"), lambda row: row.committees, "num", secondary=True),
        Column(_("Required so far"), lambda row: row.required, "num", secondary=True),
        Column(_("Held"), lambda row: row.held, "num"),
        Column(_("Missed"), lambda row: row.missed, "num"),
        Column(_("Still due"), lambda row: row.due, "num"),
    ]
    title = _("Share of the required meetings that were missed, by district")
    table = Table(columns, rows, caption=title, hide_caption=True, tall=True)
    shown = [
        {"code": row.name, "name": names.area(row.name, desk.language()),
         "value": round(100 * row.missed / row.required, 1) if row.required else None}
        for row in rows
    ]  # fmt: skip
    data = {"places": shown, "name": _("Missed"), "unit": "%"}
    context = {
        "map": chart("missed", "map", title, table, data) if rows else None,
        "behind": sum(row.missed > 0 for row in rows), "all": len(rows), "on": timezone.localdate(),
    }  # fmt: skip
    return desk.page(request, "office/committees/districts.html", context)


# ------------------------------------------------------------------------------------------------- one committee


@require_GET
@desk.needs("committee.view")
def committee(request: HttpRequest, code: str) -> HttpResponse:
    return _committee_page(request, found(request, code))


def found(request: HttpRequest, code: str) -> Committee:
    row = queries.committee(desk.officer(request), code)
    if row is None:
        raise Http404
    return row


def _committee_page(request: HttpRequest, row: Committee, refusal: str = "", **forms: Any) -> HttpResponse:
    """Its rhythm and where that is written, its members, its meetings, what it decided and is open."""
    officer, on = desk.officer(request), timezone.localdate()
    manages = queries.may_manage(officer, row)
    binding = queries_decisions.decisions(officer, on=on, state="binding", committee=row.code)
    context = {
        "committee": row, "standing": queries.standings([row.code], on=on)[row.code], "on": on, "manages": manages,
        "members": queries.members(row, on=on), "meetings": list(queries.meetings(officer, row)[:12]),
        "open": binding.order_by("due_on", "id"),
        "children": row.children.filter(officer.area_filter()).count(),
        "events": events_about("committee", row.pk)[:8],
        "seat_form": SeatForm(initial={"valid_from": on, "seat": "member"}) if manages else None,
        **forms,
    }  # fmt: skip
    return desk.page(request, "office/committees/committee.html", context, refusal=refusal)


@require_POST
@desk.needs("committee.manage")
def seat(request: HttpRequest, code: str) -> HttpResponse:
    row, form = found(request, code), SeatForm(request.POST)

    def sit() -> None:
        given = {**form.cleaned_data, "ministry": ministry(form.cleaned_data["ministry"])}
        actions.seat_member(committee=row, by=desk.officer(request), **given)

    again = partial(_refused, request, row, seat_form=form)
    return desk.act(request, sit, again, _("The seat is taken."), "office:committee", code, form=form)


@require_POST
@desk.needs("committee.manage")
def end_seat(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    row, form = found(request, code), EndSeatForm(request.POST)
    member = CommitteeMember.objects.filter(committee=row, pk=pk).select_related("committee").first()
    if member is None:
        raise Http404

    def end() -> None:
        actions.end_seat(member=member, on=form.cleaned_data["on"], by=desk.officer(request))

    again = partial(_refused, request, row, end_form=form)
    return desk.act(request, end, again, _("The seat is ended."), "office:committee", code, form=form)


def _refused(request: HttpRequest, row: Committee, why: str, **forms: Any) -> HttpResponse:
    return _committee_page(request, row, why, **forms)
