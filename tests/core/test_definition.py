"""Reading definitions: what is refused and how it is said, versions, hashes, sentences."""

from __future__ import annotations

import datetime as dt

import pytest

from shohay.core.definition import Definition
from shohay.core.document import figure, read
from shohay.core.facts import FACTS, render
from shohay.core.messages import Refusal
from shohay.policy import shipped

OAA = shipped.read("OAA", "definition.yaml")


def change(old: str, new: str) -> str:
    assert old in OAA
    return OAA.replace(old, new)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [", "definition_unreadable"),
        ("- 1", "definition_unreadable"),
        ("a: &x [1]\nb: *x", "definition_unreadable"),
        ("a: 1\na: 2", "definition_unreadable"),
        ("a: !!python/object/apply:os.system [ls]", "definition_unreadable"),
        ("[" * 100, "definition_unreadable"),
        ("a: 2026-02-30", "definition_unreadable"),
        ("a: " + "x" * 500_000, "definition_unreadable"),
        ("format: 1", "definition_wrong"),
        (change("unit: person", "unit: village"), "definition_wrong"),
        (change("unit: person", "unit: person\ncolour: red"), "definition_wrong"),
        (change("[2016-07-01, 2020-06-30]", "[2016-06-30, 2020-06-30]"), "definition_overlap"),
        (change("[2016-07-01, 2020-06-30]", "[2016-07-02, 2020-06-30]"), "definition_gap"),
        (change("[2015-07-01, 2016-06-30]", "[2016-06-30, 2015-07-01]"), "definition_wrong"),
        (change("- id: resident", "- id: age"), "definition_id_twice"),
        (change("- id: resident", "- id: alive"), "definition_id_twice"),
        (change("অন্তত {age_men} বছর", "অন্তত {age_mem} বছর"), "definition_text_blank"),
        (change('must: "is_permanent_resident"', 'must: "age"'), "definition_not_boolean"),
        (change('must: "is_permanent_resident"', 'must: "is_tall"'), "criterion_unknown_fact"),
        (change(":income_ceiling", ":ceiling"), "criterion_unknown_parameter"),
        (change("unit: person", "unit: household"), "definition_level"),
        (change("amount: rate", "amount: pay"), "criterion_unknown_parameter"),
        (change("{kind: cash, amount: rate, per: month, of: person}", "{kind: cash, amount: 0, per: month, of: person}"), "definition_wrong"),
        (change("{kind: cash, amount: rate, per: month, of: person}", "{kind: in_kind, per: month, of: person}"), "definition_wrong"),
        (change("by: is_landless", "by: sex"), "definition_not_boolean"),
        (change("when: \"age >= :age_women\"", "when: \"drop\""), "criterion_unreadable"),
        (change("    changes: {}", "    change: {}"), "definition_wrong"),
    ],
)  # fmt: skip
def test_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as found:
        Definition.parse(text)
    assert found.value.code == code or (code == "criterion_unreadable" and found.value.code.startswith("criterion_"))
    assert found.value.say("bn") != found.value.say("en")


def test_the_first_version_cannot_be_changes() -> None:
    with pytest.raises(Refusal, match="nothing stands before"):
        Definition.parse("format: 1\ncode: OAA\nversions: [{changes: {}}]")


@pytest.mark.parametrize("definition", shipped.definitions(), ids=lambda found: found.code)
def test_shipped_versions_meet_and_name_their_sources(definition: Definition) -> None:
    assert definition.versions[-1].valid[1] is None
    for version in definition.versions:
        assert all(legal.source and legal.confidence for legal in version.legal)
        assert version.priority[-1].by == "lot"
        for id_ in version.criterion_ids:
            sentence = version.sentence(id_)
            assert "{" not in sentence.bn + sentence.en
            assert any("\u0980" <= letter <= "\u09ff" for letter in sentence.bn)


def test_rates_of_the_old_age_allowance() -> None:
    definition = Definition.parse(OAA)
    for year, rate in ((2015, 400), (2016, 500), (2022, 500), (2023, 600), (2025, 650), (2030, 650)):
        version = definition.version_on(dt.date(year, 12, 1))
        assert version is not None
        assert version.values["rate"] == rate
    assert definition.version_on(dt.date(2015, 6, 30)) is None


def test_reference_date() -> None:
    fiscal, day = shipped.by_code()["OAA"][0].versions[-1], shipped.by_code()["MCBP"][0].versions[-1]
    assert fiscal.judged_on(dt.date(2027, 6, 30)) == dt.date(2026, 7, 1)
    assert fiscal.judged_on(dt.date(2027, 7, 1)) == dt.date(2027, 7, 1)
    assert day.judged_on(dt.date(2027, 6, 30)) == dt.date(2027, 6, 30)


def test_the_hash_is_of_the_content_not_of_the_layout() -> None:
    assert Definition.parse(OAA + "\n# a remark\n").sha256 == Definition.parse(OAA).sha256
    assert Definition.parse(change("value: 10000", "value: 10001")).sha256 != Definition.parse(OAA).sha256


def test_sentences_carry_figures_in_their_script() -> None:
    sentence = shipped.by_code()["OAA"][0].versions[-1].sentence("income")
    assert sentence.bn == "নিজের বার্ষিক আয় সর্বোচ্চ ১০,০০০ টাকা"
    assert sentence.en == "Own yearly income of at most Tk 10,000"


@pytest.mark.parametrize(
    ("value", "bn", "en"),
    [
        (0, "০", "0"),
        (999, "৯৯৯", "999"),
        (12345678, "১,২৩,৪৫,৬৭৮", "1,23,45,678"),
        (-1234, "-১,২৩৪", "-1,234"),
        (2.5, "২.৫", "2.5"),
    ],
)
def test_figures(value: float, bn: str, en: str) -> None:
    assert (figure(value, "bn"), figure(value, "en")) == (bn, en)


def test_words_stay_words() -> None:
    assert read("a: {on: yes, off: no, t: true}") == {"a": {"on": "yes", "off": "no", "t": True}}


def test_the_list_of_facts() -> None:
    assert len(FACTS) >= 60
    page = render()
    for name, fact in FACTS.items():
        assert f"`{name}`" in page
        assert all(need in FACTS for need in fact.needs)
        assert fact.text.bn != fact.text.en
