"""Who was selected and not enrolled, and why: of one list, of a programme, or of all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.core.bangla import to_latin_digits
from shohay.stages.accounts.officer import Officer
from shohay.stages.enrolment import queries
from shohay.stages.enrolment.models import LeftOut
from shohay.stages.targeting import queries as targeting
from shohay.web.office import desk
from shohay.web.office.words import say
from shohay.web.parts import names, pager


@require_GET
@desk.needs("list.view")
def left_out(request: HttpRequest) -> HttpResponse:
    """``?list=12`` narrows to one list; reason and programme are filters."""
    officer = desk.officer(request)
    asked = to_latin_digits(request.GET.get("list", ""))
    chosen = targeting.lists(officer).filter(pk=int(asked)).first() if asked.isdigit() else None
    number = (chosen.pk if chosen else 0) if asked else None
    code, reason = request.GET.get("programme", ""), request.GET.get("reason", "")
    found = queries.left_out(officer, number, code, reason)
    if desk.wants_file(request):
        header = [
            _("Programme"),
            _("Rank"),
            _("Person"),
            _("Household"),
            _("Area"),
            _("Reason"),
            _("What stands in the way"),
        ]
        rows = (
            (row.programme_code, row.rank, row.person_id, row.household.reference,
             names.area(row.area_code, desk.language()), say("left_out", row.reason), row.other_programme)
            for row in found[: desk.EXPORT_UP_TO]
        )  # fmt: skip
        return desk.table_file("left-out", header, rows)
    context = {
        "list": chosen,
        "rows": pager.page(request, found, order=("-selection_list_id", "rank", "id")),
        "by_reason": queries.left_out_by_reason(officer, number, code),
        "reasons": LeftOut.Reason.values, "reason": reason,
        "programmes": _programmes(officer), "programme": code,
    }  # fmt: skip
    return desk.page(request, "office/enrolment/left_out.html", context)


def _programmes(officer: Officer) -> list[str]:
    rows = queries.left_out(officer).order_by("programme_code")
    return list(rows.values_list("programme_code", flat=True).distinct())
