"""Cases judged before and after: what differs is told, nonsense is refused with the name of the case."""

from __future__ import annotations

import datetime as dt

import pytest

from shohay.bulk import case_results
from shohay.core import definition_edit, document
from shohay.core.definition import Definition
from shohay.core.messages import Refusal
from shohay.policy import shipped

OAA = shipped.by_code()["OAA"][0]
HEAD = """on: 2026-11-21
given: {is_permanent_resident: true, has_identity: true, receives_government_salary: false,
        receives_government_pension: false, annual_income: 8000, sex: male}
cases:
"""


def draft(**figures: int) -> Definition:
    whole = definition_edit.appended(document.read(OAA.text), dt.date(2027, 7, 1))
    version = definition_edit.edited(whole)
    changed = {name: {**version["parameters"][name], "value": value} for name, value in figures.items()}
    parameters = {**version["parameters"], **changed}
    return Definition.parse(document.write(definition_edit.with_edited(whole, {**version, "parameters": parameters})))


def test_a_draft_of_next_year_is_judged_as_though_it_held_already():
    text = (
        HEAD
        + """
  - {id: sixty, facts: {birth_date: 1966-01-01}, expect: {eligible: false, because: [age]}}
  - {id: seventy, facts: {birth_date: 1956-01-01}, period: [2026-07-01, 2026-10-01], expect: {eligible: true, pays: 1950}}
  - {id: before, on: 2024-01-15, facts: {birth_date: 1966-01-01}, expect: {eligible: false, because: [age]}}
"""
    )
    same = case_results.judge(draft(), OAA, text, "")
    assert [(one.changed, one.wrong) for one in same] == [(False, ())] * 3
    sixty, seventy, before = case_results.judge(draft(age_men=60, rate=800), OAA, text, "")
    assert (sixty.changed, sixty.before.outcome, sixty.now.outcome) == (True, "not_eligible", "eligible")
    assert sixty.wrong != ()
    assert (seventy.before.pays, seventy.now.pays, seventy.expected.pays) == (1950, 2400, 1950)
    assert (before.changed, before.wrong) == (False, ())  # a version of the past is not touched


def test_own_cases_are_marked_and_a_value_that_does_not_fit_is_told():
    one, strange = case_results.judge(
        OAA, None, "", HEAD + "  - {id: a, facts: {birth_date: 1956-01-01}, expect: {eligible: true}}\n"
        "  - {id: b, facts: {annual_income: many}, expect: {eligible: true}}\n",
    )  # fmt: skip
    assert (one.own, one.wrong, one.before) == (True, (), None)
    assert "annual_income" in strange.wrong[0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{id: a, expect: {eligible: perhaps}}", "eligible"), ("{id: a}", "expect"), ("{expect: {eligible: true}}", "id"),
        ("{id: a, on: tomorrow, expect: {eligible: true}}", "day"), ("5", "int"),
        ("{id: a, facts: {agee: 1}, expect: {eligible: true}}", "agee"), ("{id: a, facts: [1], expect: {eligible: true}}", ""),
        ("{id: a, expect: {eligible: false, because: age}}", "lists"), ("{id: a, slots: some, expect: {eligible: true}}", "slots"),
        ("{id: a, period: [1, 2], expect: {eligible: true}}", "two days"), ("{id: a, expect: {eligible: true, pays: much}}", "pays"),
    ],
)  # fmt: skip
def test_cases_that_cannot_be_read_are_refused(line: str, words: str):
    with pytest.raises(Refusal) as told:
        case_results.read(f"{HEAD}  - {line}\n")
    assert told.value.code == "draft_cases_wrong"
    assert words in told.value.say("en")


def test_no_cases_are_no_fault():
    assert case_results.read("  \n") == []
