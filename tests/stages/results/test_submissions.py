"""Reported values: sent with evidence, verified by another office, every version kept, what never came is listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.results import actions_submissions as actions
from shohay.stages.results import queries_submissions as queries
from shohay.stages.results import queries_values
from shohay.stages.results.actions_indicators import load_indicators
from shohay.stages.results.models_values import Submission

CODE, YEAR = "OC-21", "2024-25"  # transition and graduation: each of two ministries
FOCAL = Officer("focal", "focal_point", ("",), ("",), ("MoSW",))
COLLEAGUE = Officer("focal3", "focal_point", ("",), ("",), ("MoSW",))
OTHER = Officer("focal2", "focal_point", ("",), ("",), ("MoWCA",))
IMED = Officer("imed", "evaluator", ("",), ("",))
PDF = b"%PDF-1.4\n%an example\n%%EOF\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def loaded(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    load_indicators(by=SYSTEM)


def send(by: Officer = FOCAL, **other: Any) -> Submission:
    given: dict[str, Any] = {
        "code": CODE, "fiscal_year": YEAR, "ministry": by.ministries[0], "numerator": 3, "denominator": 4,
        "measured_on": date(2025, 6, 30), "source": "Annual report", "evidence": ("report.pdf", PDF, "Report"), **other,
    }  # fmt: skip
    return actions.submit(**given, by=by)


def test_a_verified_value_counts_and_the_one_before_stays():
    first = send()
    assert (first.version, first.state, first.value) == (1, "submitted", 75)
    assert queries_values.series(CODE) == []
    actions.verify(submission=first, by=IMED)
    assert queries_values.series(CODE) == [(YEAR, 75)]
    second = send(numerator=4, based_on=1)
    assert queries_values.series(CODE) == [(YEAR, 75)]  # until somebody verified the newer one
    actions.verify(submission=second, by=IMED)
    assert queries_values.series(CODE) == [(YEAR, 100)]
    states = list(Submission.objects.order_by("version").values_list("version", "state", "decided_by"))
    assert states == [(1, "superseded", "imed"), (2, "verified", "imed")]


def test_the_ministries_together_are_sums_over_sums():
    actions.verify(submission=send(), by=IMED)
    actions.verify(submission=send(OTHER, numerator=0, denominator=1), by=IMED)
    assert queries_values.series(CODE) == [(YEAR, 60)]  # 3 of 4 and 0 of 1


def test_neither_the_sender_nor_the_same_kind_of_office_verifies():
    row = send()
    for by in (FOCAL, COLLEAGUE):
        with pytest.raises(Refusal):
            actions.verify(submission=row, by=by)
    bbs = Officer("bbs", "statistics", ("",), ("",))
    survey = actions.submit(
        code="IM-06", fiscal_year=YEAR, ministry="SID", numerator=24, denominator=100, measured_on=date(2025, 1, 1),
        source="MICS", evidence=("m.pdf", PDF, "MICS"), by=bbs,
    )  # fmt: skip
    with pytest.raises(Refusal, match="another office"):
        actions.verify(submission=survey, by=Officer("bbs2", "statistics", ("",), ("",)))


def test_the_database_refuses_the_same_person_and_the_same_office():
    row = send()
    for who, role in (("focal", "evaluator"), ("imed", "focal_point")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Submission.objects.filter(pk=row.pk).update(state="verified", decided_by=who, decided_role=role)


def test_without_evidence_it_can_only_be_returned_with_a_reason():
    row = send(evidence=None)
    with pytest.raises(Refusal, match="without evidence"):
        actions.verify(submission=row, by=IMED)
    with pytest.raises(Refusal, match="Say why"):
        actions.return_(submission=row, reason="  ", by=IMED)
    actions.return_(submission=row, reason="The report is missing", by=IMED)
    with pytest.raises(Refusal, match="already been decided"):
        actions.verify(submission=row, by=IMED)


def test_two_people_write_at_once_both_stay_and_the_verifier_sees_both():
    send()
    mine = send(numerator=2, based_on=1)
    theirs = send(COLLEAGUE, numerator=4, based_on=1)
    assert (mine.unaware_of, theirs.unaware_of) == (None, 2)
    assert list(queries.beside(theirs)) == [mine]
    assert queries.waiting(IMED).count() == 2
    actions.verify(submission=theirs, by=IMED)
    assert queries.waiting(IMED).count() == 0
    assert Submission.objects.count() == 3
    assert queries_values.series(CODE) == [(YEAR, 100)]


def test_a_denominator_of_zero_is_sent_without_a_value_only_when_there_was_nothing():
    with pytest.raises(Refusal, match="denominator of zero"):
        send(numerator=1, denominator=0)
    row = send(numerator=0, denominator=0)
    assert row.value is None
    actions.verify(submission=row, by=IMED)
    assert queries_values.series(CODE) == [(YEAR, None)]


@pytest.mark.parametrize(
    ("other", "code"),
    [
        ({"numerator": 5}, "indicator_share"),
        ({"numerator": -1}, "indicator_number"),
        ({"numerator": float("nan")}, "indicator_number"),
        ({"code": "OC-01"}, "indicator_is_computed"),
        ({"code": "XX-01"}, "indicator_unknown"),
        ({"code": "IN-05"}, "indicator_not_yours"),
        ({"fiscal_year": "2024-26"}, "indicator_year"),
        ({"source": " "}, "indicator_source"),
        ({"measured_on": date(2126, 1, 1)}, "indicator_day"),
        ({"ministry": "MoWCA"}, "not_allowed"),
    ],
)
def test_what_cannot_be_is_refused(other: dict[str, Any], code: str):
    with pytest.raises(Refusal) as refused:
        send(**other)
    assert refused.value.code == code
    assert Submission.objects.count() == 0


def test_who_never_sent_anything_is_listed():
    send()
    day = date(2025, 10, 1)
    missing = {(one.code, one.ministry_code) for one in queries.missing(IMED, YEAR, day)}
    assert (CODE, "MoSW") not in missing
    assert (CODE, "MoWCA") in missing
    assert ("IN-05", "FD") in missing
    assert {one.ministry_code for one in queries.missing(OTHER, YEAR, day)} == {"MoWCA"}
    assert queries.missing(IMED, YEAR, date(2025, 9, 30)) == []  # the last day is in time
