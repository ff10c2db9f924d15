"""Annual performance agreements: targets set, achievements reported, verified elsewhere. And trainings given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Sum
from django.utils import timezone

from shohay.core.bangla import to_latin_digits
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.audit.actions_evidence import attach
from shohay.stages.coordination.models import ActionItem
from shohay.stages.coordination.models_performance import PerformanceItem, Training, TrainingDistrict
from shohay.stages.places.models import Area
from shohay.stages.programmes.models import Ministry
from shohay.stages.results.models import Indicator

State = PerformanceItem.State
YEAR = re.compile(r"(\d{4})-(\d{2})")
OF_DISTRICTS = (
    Training.Audience.DIVISION,
    Training.Audience.DISTRICT,
    Training.Audience.UPAZILA,
    Training.Audience.FIELD_STAFF,
)


def set_item(
    *,
    ministry: Ministry,
    fiscal_year: str,
    title: str,
    unit: str,
    target: Decimal,
    weight: Decimal,
    direction: str = "up",
    action: str = "",
    indicator: str = "",
    by: Officer,
) -> PerformanceItem:
    """An item of a ministry's agreement. ``action`` is a code of the plan, ``indicator`` one of the results framework.

    Raises performance_year, performance_target, performance_weight (more than 100 in all), decision_action_unknown.
    """
    by.require("plan.manage", ministry=ministry.pk)
    year = _year(fiscal_year)
    if target < 0 or (target == 0 and direction == "up") or not 0 < weight <= 100:
        raise Refusal("performance_target")
    with transaction.atomic():
        Ministry.objects.select_for_update().get(pk=ministry.pk)  # two items at once would both fit under the hundred
        others = PerformanceItem.objects.filter(ministry=ministry, fiscal_year=year)
        so_far = others.aggregate(sum=Sum("weight"), last=Max("no"))
        if (total := (so_far["sum"] or 0) + weight) > 100:
            raise Refusal("performance_weight", year=year, sum=total)
        row = PerformanceItem.objects.create(
            ministry=ministry, fiscal_year=year, no=(so_far["last"] or 0) + 1, title=title.strip(), unit=unit.strip(),
            direction=direction, target=target, weight=weight, action=_action(action),
            indicator=Indicator.objects.filter(pk=indicator).first(), set_by=by.username, set_at=timezone.now(),
        )  # fmt: skip
        _record("performance.set", row, by, target=str(target), weight=str(weight))
    return row


def report_achieved(
    *,
    item: PerformanceItem,
    achieved: Decimal,
    note: str = "",
    data: bytes = b"",
    file_name: str = "",
    title: str = "",
    by: Officer,
) -> PerformanceItem:
    """What the ministry achieved; again until it is verified. Raises performance_target, wrong_state."""
    by.require("plan.update", ministry=item.ministry_id)
    if achieved < 0:
        raise Refusal("performance_target")
    with transaction.atomic():
        row = _locked(item, State.SET, State.REPORTED)
        before, row.achieved, row.note, row.state = row.achieved, achieved, note.strip(), State.REPORTED
        row.reported_by, row.reported_at = by.username, timezone.now()
        row.save(update_fields=["achieved", "note", "state", "reported_by", "reported_at"])
        if data:
            attach(data=data, file_name=file_name, title=title, subject=("performance", row.pk), by=by)
        _record("performance.reported", row, by, before=None if before is None else str(before), achieved=str(achieved))
    return row


def verify_achieved(*, item: PerformanceItem, by: Officer) -> PerformanceItem:
    """Another office has seen what shows it. Raises same_person, wrong_state."""
    by.require("plan.verify", ministry=item.ministry_id)
    with transaction.atomic():
        row = _locked(item, State.REPORTED)
        if row.reported_by == by.username:
            raise Refusal("same_person")
        row.state, row.verified_by, row.verified_at = State.VERIFIED, by.username, timezone.now()
        row.save(update_fields=["state", "verified_by", "verified_at"])
        _record("performance.verified", row, by, achieved=str(row.achieved))
    return row


def record_training(
    *,
    audience: str,
    topic: str,
    title: str,
    first_day: date,
    last_day: date,
    women: int,
    men: int,
    districts: Sequence[str] = (),
    ministry: Ministry | None = None,
    place: str = "",
    data: bytes = b"",
    file_name: str = "",
    by: Officer,
) -> Training:
    """A training that was given. Raises training_nobody, training_days, training_district_unknown,
    training_districts_missing."""
    by.require("training.record", ministry=ministry.pk if ministry else None)
    if women < 0 or men < 0 or women + men == 0:
        raise Refusal("training_nobody")
    if last_day < first_day or last_day > timezone.localdate():
        raise Refusal("training_days")
    codes = _districts(districts, by)
    if audience in OF_DISTRICTS and not codes:
        raise Refusal("training_districts_missing")
    with transaction.atomic():
        row = Training.objects.create(
            audience=audience, topic=topic, title=title.strip(), first_day=first_day, last_day=last_day, women=women,
            men=men, ministry=ministry, place=place.strip(), recorded_by=by.username, recorded_at=timezone.now(),
        )  # fmt: skip
        TrainingDistrict.objects.bulk_create(TrainingDistrict(training=row, area_code=code) for code in codes)
        if data:
            attach(data=data, file_name=file_name, title=row.title, subject=("training", row.pk), by=by)
        record(
            action="training.recorded", by=by, subject=("training", row.pk),
            detail={"audience": audience, "topic": topic, "women": women, "men": men, "districts": codes},
        )  # fmt: skip
    return row


def _year(text: str) -> str:
    text = to_latin_digits(text).strip()
    found = YEAR.fullmatch(text)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise Refusal("performance_year", year=text[:20])
    return text


def _action(code: str) -> ActionItem | None:
    if not code.strip():
        return None
    found = ActionItem.objects.filter(pk=code.strip()).first()
    if found is None:
        raise Refusal("decision_action_unknown", code=code.strip()[:20])
    return found


def _districts(codes: Sequence[str], by: Officer) -> list[str]:
    asked = sorted(set(codes))
    known = set(Area.objects.filter(level=Area.Level.DISTRICT, code__in=asked).values_list("code", flat=True))
    for code in asked:
        if code not in known or not by.covers(area=code):
            raise Refusal("training_district_unknown", code=code[:12])
    return asked


def _locked(item: PerformanceItem, *states: str) -> PerformanceItem:
    row = PerformanceItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.state not in states:
        raise Refusal("wrong_state", state=row.state)
    return row


def _record(action: str, item: PerformanceItem, by: Officer, **detail: object) -> None:
    record(
        action=action, by=by, subject=("performance", item.pk),
        detail={"ministry": item.ministry_id, "fiscal_year": item.fiscal_year, "no": item.no, **detail},
    )  # fmt: skip
