"""An allocation is proposed by one, approved by another, and only then are the quotas what it says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.utils import timezone

from shohay.core.allocation import Document
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.models import Event
from shohay.stages.places.models import Area, AreaFact
from shohay.stages.registry.models import Snapshot
from shohay.stages.targeting import actions
from shohay.stages.targeting import actions_allocation as allocations
from shohay.stages.targeting import queries_allocation as queries
from shohay.stages.targeting.models import Allocation, Quota, Run
from tests.factories.world import HERE, THERE, UNION_HERE, UNION_THERE, make_person, make_places, make_programmes

MANAGER = Officer("manager", "programme_manager", ("",), ("",))
CABINET = Officer("cabinet", "cabinet", ("",), ("",))
YEAR = "2026-27"
ASKED = """
format: 1
title: {bn: "বয়স্ক ভাতা", en: "Old age allowance"}
programme: OAA
fiscal_year: 2026-27
quota: 10
weights: [{fact: persons}, {fact: poverty_rate}]
missing: parent
"""


@pytest.fixture
def country(db: None, settings, tmp_path: Path) -> Run:
    """Three people here, one there; the division's rate here, an own one there; two found eligible here."""
    settings.VAR = tmp_path
    make_places()
    make_programmes()
    for union in (UNION_HERE, UNION_HERE, UNION_HERE, UNION_THERE):
        make_person(union)
    Area.objects.filter(code__in=(HERE, THERE)).update(area_sqkm=100)
    for area, name, value, year in (
        ("55", "poverty_rate", 20, 2022), ("5549", "poverty_rate", 70.8, 2016), (THERE, "poverty_rate", 60, 2022),
        ("5549", "population", 900, 2022), (THERE, "population", 300, 2022),
    ):  # fmt: skip
        AreaFact.objects.create(area_id=area, name=name, value=value, year=year, source="test")
    (tmp_path / "runs" / "x").mkdir(parents=True)
    pq.write_table(
        pa.table({"programme_code": ["OAA", "OAA", "WDA"], "upazila_code": [HERE, HERE, THERE]}),
        tmp_path / "runs" / "x" / "ranked.parquet",
    )
    snapshot = Snapshot.objects.create(
        as_of=date(2026, 7, 1), path="snapshots/x", sha256="x", counts={}, taken_at=timezone.now(), taken_by="system"
    )
    return Run.objects.create(
        snapshot=snapshot, on=date(2026, 7, 1), definitions={"OAA": "x"}, definitions_sha256="x", engine="duckdb",
        result_path="runs/x", result_sha256="x", started_at=timezone.now(), finished_at=timezone.now(),
        started_by="system",
    )  # fmt: skip


def document(**changes: str) -> Document:
    text = ASKED
    for name, value in changes.items():
        text = "\n".join(line for line in text.splitlines() if not line.startswith(f"{name}:")) + f"\n{name}: {value}\n"
    return Document.parse(text)


def quotas(year: str = YEAR) -> dict[str, int]:
    return dict(Quota.objects.filter(programme_code="OAA", fiscal_year=year).values_list("area_code", "slots"))


def test_approved_by_another_the_shares_are_the_quotas(country: Run):
    Quota.objects.create(programme_code="OAA", fiscal_year="2025-26", area_code=HERE, slots=2, set_by="manager")
    made = allocations.propose_allocation(document=document(), by=MANAGER)
    assert quotas() == {}, "proposing sets nothing"
    with pytest.raises(Refusal) as same:
        allocations.approve_allocation(allocation=made, by=MANAGER)
    assert same.value.code == "same_person"
    allocations.approve_allocation(allocation=made, by=CABINET)
    assert quotas() == {HERE: 5, THERE: 5}  # 3 x 20 to 1 x 60
    rows = {row.code: row for row in queries.stored_rows(made)}
    assert rows[HERE].place.before == 2
    assert rows[HERE].place.eligible == 2
    assert [code for code, _ in rows[HERE].notes] == ["parent", "over_eligible"]
    line = queries.compared(list(rows.values()))
    assert (line.gainers, line.losers, line.gained, line.before, line.above, line.surplus) == (2, 0, 8, 2, 2, 8)
    assert list(Event.objects.order_by("seq").values_list("action", flat=True))[-2:] == [
        "allocation.proposed", "allocation.approved",
    ]  # fmt: skip


def test_a_quota_changed_after_the_proposal_stops_the_approval(country: Run):
    made = allocations.propose_allocation(document=document(), by=MANAGER)
    actions.set_quotas(programme_code="OAA", fiscal_year=YEAR, slots={HERE: 7}, by=MANAGER)
    with pytest.raises(Refusal) as stale:
        allocations.approve_allocation(allocation=made, by=CABINET)
    assert (stale.value.code, stale.value.params["areas"]) == ("allocation_stale", HERE)
    assert quotas() == {HERE: 7}
    allocations.return_allocation(allocation=made, reason="চলতি কোটা বদলেছে", by=CABINET)
    again = allocations.propose_allocation(document=document(), by=MANAGER)
    allocations.approve_allocation(allocation=again, by=CABINET)
    assert quotas() == {HERE: 5, THERE: 5}
    with pytest.raises(Refusal) as over:
        allocations.approve_allocation(allocation=again, by=CABINET)
    assert over.value.code == "allocation_not_waiting"


def test_one_proposal_waits_at_a_time_and_an_area_without_part_loses_its_quota(country: Run):
    Quota.objects.create(programme_code="OAA", fiscal_year=YEAR, area_code="999999", slots=4, set_by="manager")
    made = allocations.propose_allocation(document=document(), by=MANAGER)
    with pytest.raises(Refusal) as waiting:
        allocations.propose_allocation(document=document(), by=MANAGER)
    assert waiting.value.code == "allocation_waiting"
    allocations.approve_allocation(allocation=made, by=CABINET)
    assert quotas() == {HERE: 5, THERE: 5, "999999": 0}
    assert Allocation.objects.get().rows.get(area_code="999999").state == "nobody"


def test_a_quota_above_the_eligible_moves_on_where_asked_or_is_refused(country: Run):
    everybody = {"surplus": "redistribute", "weights": "[{fact: persons}]"}
    with pytest.raises(Refusal) as short:
        queries.preview(document(**everybody), MANAGER)
    assert (short.value.code, short.value.params["missing"]) == ("quota_ceilings_short", 8)
    rows = queries.preview(document(**everybody, quota="2"), MANAGER).rows
    assert {row.code: row.places for row in rows} == {HERE: 2, THERE: 0}


def test_a_district_total_is_cut_to_its_upazila_by_land_and_said_so(country: Run):
    rows = queries.preview(document(weights="[{fact: population}]"), MANAGER).rows
    assert {row.code: row.places for row in rows} == {HERE: 7, THERE: 3}  # 900 to 300: both end in a half
    assert rows[1].notes[0] == ("land", {"fact": "population", "area": "5549", "year": 2022})
    with pytest.raises(Refusal) as missing:
        queries.preview(document(weights="[{fact: population}]", missing="refuse"), MANAGER)
    assert (missing.value.code, missing.value.params["areas"]) == ("allocation_figure_missing", HERE)


def test_the_published_number_may_be_scaled_to_the_people(country: Run):
    assert queries.preview(document(quota="published"), MANAGER).slots == 500_000
    with pytest.raises(Refusal) as unknown:
        queries.preview(document(quota="scaled"), MANAGER)
    assert unknown.value.code == "quota_no_national"
    Area.objects.filter(level="division").update(population=1000)
    assert queries.preview(document(quota="scaled"), MANAGER).slots == 1000  # 4 of 2,000 people


def test_only_who_covers_the_programme_proposes_and_only_an_approver_approves(country: Run):
    other = Officer("other", "programme_manager", ("",), ("WDA",))
    upazila = Officer("upazila", "upazila_officer", (HERE,), ("",))
    made = allocations.propose_allocation(document=document(), by=MANAGER)
    for refused in (
        lambda: queries.preview(document(), other), lambda: allocations.approve_allocation(allocation=made, by=upazila),
        lambda: allocations.approve_allocation(allocation=made, by=other),
    ):  # fmt: skip
        with pytest.raises(Refusal) as why:
            refused()
        assert why.value.code == "not_allowed"


def test_poverty_pulls_the_curve_above_the_people(country: Run):
    found = queries.preview(document(quota="1000"), MANAGER)
    line, concentration = queries.curves(found.rows)["after"]
    assert line[0] == (0.0, 0.0)
    assert concentration > 0.2


def test_a_snapshot_says_whose_figure_an_area_has_and_gives_no_upazila_its_districts_total(country: Run, settings):
    from shohay.stages.accounts.officer import SYSTEM
    from shohay.stages.registry.actions import take_snapshot

    taken = take_snapshot(as_of=date(2026, 7, 1), by=SYSTEM)
    areas = {
        row["area_code"]: row
        for row in pq.read_table(settings.VAR / "snapshots" / taken.sha256 / "areas.parquet").to_pylist()
    }
    here, there = areas[UNION_HERE], areas[UNION_THERE]
    assert (here["poverty_rate"], here["poverty_rate_from"]) == (70.8, "5549")
    assert (there["poverty_rate"], there["poverty_rate_from"]) == (60, THERE)
    assert (here["population"], here["population_from"]) == (None, None)
    assert (there["population"], there["population_from"]) == (300, THERE)
    assert here["is_coastal"] is None, "what no list tells stays unknown"
