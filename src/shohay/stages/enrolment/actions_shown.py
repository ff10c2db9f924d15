"""Writing down that a list of beneficiaries was shown in public."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.enrolment.models import Enrolment, ListShown

DAYS_BACK = 366  # what is older is no news and belongs to a year that was reported


def record_list_shown(
    *, programme_code: str, area_code: str, shown_on: date, way: str, data: bytes, file_name: str, by: Officer
) -> ListShown:
    """The list of a programme in a union was shown. ``data``: a photo, the minutes, a print of the page.

    Raises not_allowed, list_shown_day, list_shown_nobody, list_shown_before, evidence_*.
    """
    by.require("list.publish", area=area_code, programme=programme_code)
    today = timezone.localdate()
    if not today - timedelta(DAYS_BACK) <= shown_on <= today:
        raise Refusal("list_shown_day", on=shown_on.isoformat())
    people = Enrolment.objects.filter(
        programme_code=programme_code, area_code=area_code, valid__contains=shown_on
    ).count()
    if not people:
        raise Refusal("list_shown_nobody", on=shown_on.isoformat())
    with transaction.atomic():
        row, new = ListShown.objects.get_or_create(
            programme_code=programme_code, area_code=area_code, shown_on=shown_on, way=ListShown.Way(way).value,
            defaults={"people": people, "recorded_by": by.username, "recorded_at": timezone.now()},
        )  # fmt: skip
        if not new:
            raise Refusal("list_shown_before", on=shown_on.isoformat())
        attach(data=data, file_name=file_name, title=programme_code, subject=("list_shown", row.pk), by=by)
        record(
            action="list.shown", by=by, subject=("list_shown", row.pk), area_code=area_code,
            programme_code=programme_code, detail={"on": shown_on.isoformat(), "way": row.way, "people": people},
        )  # fmt: skip
    return row
