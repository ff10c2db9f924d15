"""What may I get? Facts told one by one, answers with reasons, nothing swallowed."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shohay.bulk import fact_table, pmt, sample, snapshot
from shohay.bulk import facts as bulk_facts
from shohay.bulk.determination import answer, facts_of
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal
from shohay.policy import shipped

DAY = dt.date(2026, 11, 21)


def test_nothing_known_nothing_decided_but_what_is_missing_is_named() -> None:
    found = {one.code: one for one in answer({}, shipped.definitions(), DAY)}
    assert {one.outcome for code, one in found.items() if code not in ("BEDE", "DISADV", "TEA")} == {"cannot_tell"}
    assert found["BEDE"].outcome == "not_eligible"  # nobody is taken for a member of a community unless they say so
    assert {"sex", "birth_date", "annual_income"} <= set(found["OAA"].missing)


def test_reasons_in_both_languages() -> None:
    told = {"sex": "female", "age": 70, "is_permanent_resident": True, "has_identity": True, "annual_income": 20000,
            "receives_government_salary": False, "receives_government_pension": False, "receives": []}  # fmt: skip
    found = next(one for one in answer(told, shipped.definitions(), DAY) if one.code == "OAA")
    assert found.failed == ("income",)
    reason = next(one for one in found.criteria if one.holds is False)
    assert "১০,০০০" in reason.text_bn
    assert "10,000" in reason.text_en


def test_the_score_is_computed_from_assets_when_they_are_told() -> None:
    told = {"area_type": "rural", "is_household_resident": True, "has_government_salary": False, "has_government_pension": False,
            "household_receives": [], "members_under_13": 3, "members_6_to_12": 1, "members_6_to_12_in_school": 1,
            "has_daily_labourer": True, "rooms": 1, "walls": "mud", "has_television": False, "fans": 0, "mobile_phones": 1,
            "has_vehicle": False, "cultivable_decimals": 0}  # fmt: skip
    found = next(one for one in answer(told, shipped.definitions(), DAY, pmt.shipped()) if one.code == "FFP")
    assert found.outcome == "eligible"
    told.pop("fans")
    found = next(one for one in answer(told, shipped.definitions(), DAY, pmt.shipped()) if one.code == "FFP")
    assert (found.outcome, found.missing) == ("cannot_tell", ("fans",))


@pytest.mark.parametrize(
    "told",
    [
        {"sex": 1},
        {"age": "old"},
        {"age": True},
        {"is_head": "yes"},
        {"birth_date": "1990-01-01"},
        {"receives": "OAA"},
        {"age": 10**15},
        {"shoe_size": 42},
    ],
)
def test_facts_of_the_wrong_kind_are_refused(told: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        answer(told, shipped.definitions(), DAY)


def test_hostile_texts_are_only_texts() -> None:
    found = answer({"community": "x'); drop table y; --"}, shipped.definitions(), DAY)
    assert len(found) == len([one for one in shipped.definitions() if one.version_on(DAY)])


def test_no_programme_no_answer() -> None:
    assert answer({}, [], DAY) == []


def test_a_person_outside_the_snapshot(tmp_path: Path) -> None:
    where = sample.write(tmp_path, 100, DAY, upazilas=2)
    assert facts_of(where, 999_999, 1, shipped.definitions(), DAY, pmt.shipped()) == {}


def test_every_fact_can_be_computed() -> None:
    known = {*bulk_facts.PERSON_COLUMNS, *bulk_facts.HOUSEHOLD_COLUMNS, *bulk_facts.COUNTED, *bulk_facts.ANY, *bulk_facts.OF_HEAD,
             *bulk_facts.DERIVED, *bulk_facts.BY_FORMULA, *snapshot.AREA_FACTS, "division_code", "district_code",
             "receives", "household_receives"}  # fmt: skip
    assert set(FACTS) == known
    formula = pmt.shipped()
    for name, fact in FACTS.items():
        assert set(bulk_facts.inputs(name, formula)) == set(fact.needs), name


def test_the_rules_of_one_answer_are_not_those_of_the_next() -> None:
    """Plans are kept for the very definitions they were made of: a draft tried out is not the published rule."""
    oaa = shipped.by_code()["OAA"][0]
    version = oaa.versions[-1]
    young = version.model_copy(
        update={
            "parameters": {
                **version.parameters,
                "age_men": version.parameters["age_men"].model_copy(update={"value": 40}),
            }
        }
    )
    draft = oaa.model_copy(update={"versions": (*oaa.versions[:-1], young)})  # with the same hash
    facts = {"sex": "male", "birth_date": dt.date(1980, 1, 1)}
    for _turn in range(2):
        held = [
            next(reason.holds for reason in answer(facts, [one], DAY)[0].criteria if reason.id == "age")
            for one in (oaa, draft)
        ]
        assert held == [False, True]


def test_many_threads_have_the_same_answer() -> None:
    facts = {"sex": "female", "birth_date": dt.date(1950, 1, 1), "marital_status": "widowed"}
    expected = answer(facts, shipped.definitions(), DAY)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda turn: answer(facts, shipped.definitions(), DAY), range(12)))
    assert all(one == expected for one in found)


# what a rule turns into a no on purpose when nobody said it, and what the evaluator assumes of whoever asks
DEFAULTED = {
    "community",
    "head_community",
    "household_size",
    "receives",
    "household_receives",
    "is_alive",
    "is_duplicate",
}


@pytest.fixture(scope="module")
def citizens(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, object]]:
    """People of whom everything is known that can be told."""
    where = sample.write(tmp_path_factory.mktemp("citizens"), 400, DAY, upazilas=3)
    names = [name for name, fact in FACTS.items() if not fact.needs]
    rows = fact_table.persons(where, names, on=DAY).to_pylist()
    known = [{name: row[name] for name in names if row[name] is not None} for row in rows]
    return sorted(known, key=len, reverse=True)[:40]


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_what_is_not_told_is_never_a_silent_no(citizens: list[dict[str, object]], data: st.DataObject) -> None:
    """An answer given while facts are missing stays when they are told; else it says which are missing."""
    whole = data.draw(st.sampled_from(citizens))
    kept = data.draw(st.sets(st.sampled_from(sorted(whole.keys()))))
    told = {name: value for name, value in whole.items() if name in kept | DEFAULTED}
    formula = pmt.shipped()
    for partial, full in zip(
        answer(told, shipped.definitions(), DAY, formula),
        answer(whole, shipped.definitions(), DAY, formula),
        strict=True,
    ):
        for before, after in zip(partial.criteria, full.criteria, strict=True):
            if before.holds is None:
                assert before.missing, (partial.code, before.id)
                assert not set(before.missing) & told.keys(), (partial.code, before.id)
            else:
                assert after.holds is before.holds, (partial.code, before.id)
