"""Who was selected and not enrolled, and why: of one list, of a programme, or of all."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from shohay.core.bangla import to_latin_digits
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import queries
from shohay.stages.enrolment.models import LeftOut
from shohay.stages.targeting import queries as targeting
from shohay.stages.targeting.models import SelectionList
from shohay.web.office import desk, exports
from shohay.web.office.exports import Field
from shohay.web.parts import pager


def _list(officer: Officer, asked: exports.Asked) -> SelectionList | None:
    number = to_latin_digits(asked.get("list", ""))
    found: SelectionList | None = targeting.lists(officer).filter(pk=int(number)).first() if number.isdigit() else None
    return found


def _number(officer: Officer, asked: exports.Asked) -> int | None:
    """Of the list that the address names: 0, which no list has, where the officer may not see it; None for all."""
    if not asked.get("list"):
        return None
    chosen = _list(officer, asked)
    return chosen.pk if chosen else 0


def _found(officer: Officer, asked: exports.Asked) -> QuerySet[LeftOut]:
    number = _number(officer, asked)
    return queries.left_out(officer, number, asked.get("programme", ""), asked.get("reason", ""))


exports.declare("left-out", _("Selected but not enrolled"), _found, ("list.view",), [
    Field(_("Programme"), "programme_code", "programme"), Field(_("Rank"), "rank", "number"),
    Field(_("Person"), "person_id", "number"), Field(_("Household"), "household__reference"),
    Field(_("Area"), "area_code", "area"), Field(_("Reason"), "reason", "left_out"),
    Field(_("What stands in the way"), "other_programme", "programme"),
])  # fmt: skip


@require_GET
@desk.needs("list.view")
def left_out(request: HttpRequest) -> HttpResponse:
    """``?list=12`` narrows to one list; reason and programme are filters."""
    if kind := exports.wanted(request):
        return exports.answer(request, "left-out", kind)
    officer, asked = desk.officer(request), request.GET
    code = asked.get("programme", "")
    context = {
        "list": _list(officer, asked),
        "rows": pager.page(request, _found(officer, asked), order=("-selection_list_id", "rank", "id")),
        "by_reason": queries.left_out_by_reason(officer, _number(officer, asked), code),
        "reasons": LeftOut.Reason.values, "reason": asked.get("reason", ""),
        "programmes": _programmes(officer), "programme": code,
    }  # fmt: skip
    return desk.page(request, "office/enrolment/left_out.html", context)


def _programmes(officer: Officer) -> list[str]:
    rows = queries.left_out(officer).order_by("programme_code")
    return list(rows.values_list("programme_code", flat=True).distinct())
