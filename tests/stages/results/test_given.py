"""Indicators made of records of this stage: agreements, assessments, frameworks, releases, benefits, survey rounds."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.programmes.models import Programme
from shohay.stages.programmes.models_budget import BudgetLine, NationalYear
from shohay.stages.results import given
from shohay.stages.results.models_codi import CodiAgreed, CodiField, CodiRound
from shohay.stages.results.models_dli import Dli, DliAgreement, DliClaim
from shohay.stages.results.models_evaluations import Evaluation, ProgrammeFramework
from shohay.stages.results.models_survey import SurveyEstimate, SurveyRound, SurveyRun
from tests.factories.world import make_programmes

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def sums(rows: list[given.Row], year: str, group: str = "") -> dict[str, int]:
    """Name -> what its rows of the year and group add up to."""
    found: dict[str, int] = {}
    for row in rows:
        if row["fiscal_year"] == year and (not group or row["group"] == group):
            found[row["name"]] = found.get(row["name"], 0) + row["value"]
    return found


def agreement() -> DliAgreement:
    return DliAgreement.objects.create(
        code="A1", name_bn="ক", name_en="A", currency="USD", ceiling=10**9, source="the agreement"
    )


def dli(code: str, value: int, **other: Any) -> Dli:
    texts = dict.fromkeys(
        ("area_bn", "area_en", "definition_bn", "definition_en", "unit", "protocol_bn", "protocol_en", "verifier_bn",
         "verifier_en"), "x",
    )  # fmt: skip
    return Dli.objects.create(
        code=code, agreement_id="A1", area=1, fiscal_year="2025-26", baseline=Decimal(0), target=Decimal(10),
        value=value, **{**texts, **other},
    )  # fmt: skip


def claim(of: Dli, earned: int, state: str = "verified", **other: Any) -> DliClaim:
    return DliClaim.objects.create(
        dli=of, actual=5, state=state, claimed_by="focal", claimed_role="focal_point", claimed_at=NOW,
        verified_value=5, verified_by="imed", verified_role="evaluator", verified_at=NOW, earned=earned, **other,
    )  # fmt: skip


def test_dlis_count_what_the_newest_verified_result_earned_and_no_example():
    agreement()
    first = dli("A1-1", 600_000)
    claim(first, 100_000, "paid", paid=100_000, paid_by="finance", paid_at=NOW)
    claim(first, 300_000)
    dli("A1-2", 400_000)
    claim(dli("A1-3", 900_000, example=True), 900_000)
    found = given.dlis()
    assert sums(found, "2025-26") == {"dli_due_cents": 1_000_000, "dli_verified_cents": 300_000}
    assert {row["origin"].split(" ")[0] for row in found} == {"A1-1", "A1-2", ""}


def test_assessments_are_brought_to_one_scale_and_counted_by_criterion():
    for code, criterion in (("1.1", 1), ("1.2", 1), ("2.1", 2)):
        CodiField.objects.create(
            code=code, order=int(code.replace(".", "")), criterion=criterion, criterion_bn="ক", criterion_en="C",
            name_bn="ক", name_en="F", three="1,2,2,3", document={},
        )  # fmt: skip
    closed = CodiRound.objects.create(
        level="system", fiscal_year="2024-25", state="consensus", opened_by="c", opened_at=NOW
    )
    example = CodiRound.objects.create(
        level="system", fiscal_year="2025-26", state="consensus", example=True, opened_by="c", opened_at=NOW
    )
    for row in (closed, example):
        for code, score, without in (("1.1", 4, ""), ("1.2", 2, ""), ("2.1", None, "no_evidence")):
            CodiAgreed.objects.create(
                round=row, field_id=code, score=score, without=without, agreed_by="c", agreed_at=NOW
            )
    assert given.assessments() == []  # nothing is closed yet
    CodiRound.objects.update(state="closed", closed_by="c", closed_at=NOW)
    found = given.assessments()
    assert {row["fiscal_year"] for row in found} == {"2024-25"}
    assert sums(found, "2024-25", "criterion:1") == {"codi_fields": 2, "codi_score_millionths": 1_333_333}
    assert sums(found, "2024-25", "criterion:2") == {}


def test_frameworks_are_counted_by_ministry_at_the_end_of_the_year():
    make_programmes()
    programme = Programme.objects.filter(in_list=True).order_by("-budget_crore", "order").first()
    assert programme is not None
    ProgrammeFramework.objects.create(
        programme=programme, approved_on=date(2024, 1, 1), recorded_by="a", verified_by="b"
    )
    Evaluation.objects.create(
        code="E1", kind="imed", title_bn="ক", programme=programme, state="completed", completed_on=date(2024, 5, 1),
        recorded_by="a", recorded_at=NOW,
    )  # fmt: skip
    found = given.frameworks(date(2026, 11, 22), (2023, 2026))
    major = min(20, Programme.objects.filter(in_list=True).count())
    assert sums(found, "2023-24") == {"programmes_major": major, "programmes_assessed": 1}
    assert sums(found, "2023-24", f"ministry:{programme.ministry_id}")["programmes_assessed"] == 1
    assert sums(found, "2026-27")["programmes_assessed"] == 1  # of May 2024: two and a half years ago


def test_money_released_by_its_day():
    make_programmes()
    for programme, year, released_on, poisha, example in (
        ("OAA", "2025-26", date(2025, 7, 10), 700, False),
        ("WDA", "2025-26", date(2025, 7, 11), 300, False),
        ("WDA", "2024-25", date(2025, 7, 1), 999, True),
    ):
        BudgetLine.objects.create(
            programme_id=programme, fiscal_year=year, allocation_poisha=1000, planned_release_on=date(2025, 7, 10),
            released_on=released_on, released_poisha=poisha, example=example, source="s", state="verified",
            submitted_by="a", submitted_at=NOW, decided_by="b", decided_at=NOW,
        )  # fmt: skip
    assert {row["fiscal_year"] for row in given.releases()} == {"2025-26"}
    assert sums(given.releases(), "2025-26") == {"release_due": 1000, "release_in_time": 700}


def test_a_benefit_loses_what_prices_rose_since_its_last_revision(monkeypatch: pytest.MonkeyPatch):
    from shohay.policy.shipped import definitions

    for year, index in (("2022-23", "80"), ("2023-24", "90"), ("2024-25", "100")):
        NationalYear.objects.create(fiscal_year=year, price_index=Decimal(index))
    old_age = next(one for one in definitions() if one.code == "OAA")
    monkeypatch.setattr(catalogue, "published", lambda: [old_age])
    found = given.real_benefits((2022, 2023, 2024, 2025))
    assert {row["fiscal_year"] for row in found} == {"2023-24", "2024-25"}  # of 500 in 2020-21 no index is known here
    assert sums(found, "2023-24", "programme:OAA") == {"benefit_base_poisha": 60_000, "benefit_real_poisha": 60_000}
    told = sums(found, "2024-25", "programme:OAA")
    assert told["benefit_base_poisha"] in (60_000, 65_000)
    base = 90 if told["benefit_base_poisha"] == 60_000 else 100
    assert told["benefit_real_poisha"] == told["benefit_base_poisha"] * base // 100


def survey_round(label: str, synthetic: bool = False) -> SurveyRound:
    made = SurveyRound.objects.create(
        survey="HIES", label=label, title_bn="ক", title_en="H", collected_on=date(2022, 7, 1), source="BBS",
        synthetic=synthetic, state="estimated", file_name="h.csv", file_sha256=label, mapping={}, mapping_sha256="m",
        data_sha256="d" * 64, path="surveys/h", imported_at=NOW, imported_by="bbs",
    )  # fmt: skip
    run = SurveyRun.objects.create(
        round=made, data_sha256=made.data_sha256, mapping_sha256="m", code_version="1", design={}, estimates=4,
        result_sha256="r", seconds=1, computed_at=NOW, computed_by="bbs",
    )  # fmt: skip
    for measure, programme, value in (
        ("headcount", "", 0.1875), ("headcount_reduction", "all", 0.25), ("benefit_cost", "all", 0.5),
        ("gap", "", 0.04), ("gap_reduction", "all", 0.2), ("gini", "", 0.33), ("gini_reduction", "all", 0.01),
    ):  # fmt: skip
        SurveyEstimate.objects.create(
            run=run,
            measure=measure,
            programme=programme,
            dimension="all",
            value=value,
            df=10,
            observations=100,
            base=100,
        )
    return made


def test_a_survey_round_gives_poverty_before_and_after_with_its_name():
    from shohay.stages.results.actions_indicators import load_indicators

    load_indicators(by=SYSTEM)
    survey_round("2022")
    survey_round("made up", synthetic=True)
    found = given.survey_rounds()
    assert sums(found, "2022-23") == {
        "poverty_before_millionths": 250_000, "poverty_after_millionths": 187_500,
        "poverty_gap_before_millionths": 50_000, "poverty_gap_after_millionths": 40_000,
        "gini_before_millionths": 333_333, "gini_after_millionths": 330_000, "gap_closed_millionths": 500_000,
    }  # fmt: skip
    assert {row["origin"].split(",")[0] for row in found} == {"HIES 2022"}
