"""The links of the chain for goods: lists of rice prepared and approved, handed over, counted."""

from __future__ import annotations

import csv
import hashlib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from shohay.cli.world import Counted, Progress, World

if TYPE_CHECKING:
    from shohay.core.definition import Version
    from shohay.stages.payments.models_kind import Distribution

# Months of the two Eids (the day hangs on the moon; a month seldom does). Beyond them the last one known is taken.
EIDS = {
    "eid_ul_fitr": ("2025-03", "2026-03", "2027-03", "2028-02", "2029-02", "2030-02"),
    "eid_ul_azha": ("2025-06", "2026-05", "2027-05", "2028-05", "2029-04", "2030-04"),
}
# of a hundred people: so many did not come, were gone, or got less because the stock ran short
MISSED, MOVED, SHORT = 4, 1, 3


def months(world: World) -> dict[str, tuple[date, str]]:
    """For each programme of goods the last month, up to this one, in which it gives: (first day, occasion or '')."""
    from shohay.stages.programmes.definitions import definitions_on

    found = {}
    for definition in definitions_on(world.today):
        version = definition.version_on(world.today)
        if version is not None and not version.pays_cash:
            found[definition.programme] = _month_of(world.today, version)
    return {code: month for code, month in found.items() if month is not None}


def _month_of(today: date, version: Version) -> tuple[date, str] | None:
    """The latest month in which a line of goods falls due."""
    from shohay.core.entitlement import turns
    from shohay.core.values import Period
    from shohay.stages.payments.terms import month_after

    lines = [line for line in version.benefit if line.kind == "in_kind"]
    if any(line.per == "event" for line in lines):
        eids = [(date.fromisoformat(f"{month}-01"), name) for name, of in EIDS.items() for month in of]
        return max(((first, name) for first, name in eids if first <= today and first >= version.first), default=None)
    this = today.replace(day=1)
    for back in range(12):
        first = month_after(this, -back)
        if first >= version.first and any(turns(line, Period(first, month_after(first, 1))) for line in lines):
            return first, ""
    return None


def enrolled_from(world: World) -> dict[str, date]:
    """The day from which people of a programme of goods are enrolled, so that they are served in the demo."""
    return {code: min(first, world.quarter.first) for code, (first, _) in months(world).items()}


def distribute(world: World, progress: Progress) -> Counted:
    """The manager lists who gets how much of what; the upazila's officers approve."""
    from shohay.core.values import Period
    from shohay.stages.payments import actions, actions_kind
    from shohay.stages.payments.models_kind import Distribution, Ration
    from shohay.stages.payments.terms import month_after

    by = world.officer("manager")
    for code, (first, occasion) in months(world).items():
        cycle = actions.open_cycle(programme_code=code, period=Period(first, month_after(first, 1)), by=by)
        actions_kind.prepare_distributions(cycle=cycle, occasion=occasion, by=by, progress=progress)
    waiting = list(Distribution.objects.filter(state="prepared").order_by("id"))
    for number, one in enumerate(waiting, start=1):
        actions_kind.approve_distribution(distribution=one, by=world.officer("upazila"))
        progress("lists", number, len(waiting))
    return Counted(Ration.objects.count(), Distribution.objects.filter(state="approved").count())


def hand_over(world: World, progress: Progress) -> Counted:
    """The lists come back filled in; the file of each upazila is recorded, and the distribution closed.

    In a few upazilas a list stays open, so that the screens show one in the middle of its work.
    """
    from shohay.stages.payments import actions_kind
    from shohay.stages.payments.models_kind import Distribution, Ration

    by = world.officer("upazila")
    approved = list(Distribution.objects.filter(state="approved").order_by("id"))
    folder = world.var / "synth" / "handover"
    folder.mkdir(parents=True, exist_ok=True)
    for number, one in enumerate(approved, start=1):
        file = _filled(one, world.today, folder / f"list-{one.pk}.csv")
        actions_kind.record_handover(distribution=one, data=file, file_name=file.name, by=by)
        if one.pk % 5:
            actions_kind.close_distribution(distribution=one, by=by)
        progress("lists", number, len(approved))
    return Counted(Ration.objects.count(), Ration.objects.filter(state="given").count())


def _filled(of: Distribution, today: date, path: Path) -> Path:
    """What the union sends back: nearly everybody came; the same people in every run of the demo."""
    from shohay.stages.payments.models_kind import Ration

    lines = Ration.objects.filter(distribution=of).order_by("line_no").values_list("number", "grams", "enrolment_id")
    on = min(today, max(of.cycle.period_start.replace(day=18), of.cycle.period_start))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["নম্বর", "পেয়েছেন", "কেজি দেওয়া হয়েছে", "তারিখ", "না পাওয়ার কারণ"])
        writer.writerows(_said(number, grams, enrolment, of.pk % 5 == 0, on) for number, grams, enrolment in lines)
    return path


def _said(number: str, grams: int, enrolment: int, still_open: bool, on: date) -> list[str]:
    lot = int.from_bytes(hashlib.sha256(f"handover:{enrolment}".encode()).digest()[:4]) % 100
    if still_open and lot >= 65:
        return [number, "", "", "", ""]
    day = f"{on:%d/%m/%Y}"
    if lot < MISSED:
        return [number, "না", "", "", "নিতে আসেননি"]
    if lot < MISSED + MOVED:
        return [number, "না", "", "", "এলাকা ছেড়েছেন"]
    if lot < MISSED + MOVED + SHORT:
        return [number, "হ্যাঁ", f"{grams / 1000 - 2:g}", day, "মজুত কম"]
    return [number, "হ্যাঁ", "", day, ""]
