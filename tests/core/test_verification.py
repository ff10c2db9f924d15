"""What an answer of an outside party means, and how long it counts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shohay.core import verification as v

FIELDS = st.dictionaries(st.sampled_from(["name", "birth_date", "father_name"]), st.sampled_from(v.WORDS))


@given(FIELDS)
def test_the_level_follows_the_fields(fields: dict[str, str]):
    found = v.level(True, fields)
    known = [word for word in fields.values() if word != v.UNKNOWN]
    assert (found == v.EXACT) == (set(known) <= {v.SAME})
    assert (found == v.NONE) == (bool(known) and set(known) == {v.DIFFERS})
    assert v.level(False, fields) == v.NOT_FOUND


@given(FIELDS, st.sampled_from(["name", "birth_date", "father_name"]))
def test_a_worse_field_never_makes_a_better_level(fields: dict[str, str], field: str):
    order = [v.EXACT, v.PARTIAL, v.NONE]
    better = order.index(v.level(True, fields | {field: v.SAME}))
    assert order.index(v.level(True, fields | {field: v.DIFFERS})) >= better


def test_every_party_says_how_long_each_level_counts():
    at = datetime(2026, 11, 22, 6, tzinfo=UTC)
    for party in v.PARTIES.values():
        assert set(party.valid_days) == set(v.LEVELS)
        assert v.valid_until(party, v.EXACT, at) >= v.valid_until(party, v.NONE, at) > at
        assert party.about in ("identity", "account")
    assert v.valid_until(v.PARTIES["nid"], v.EXACT, at) - at == timedelta(days=365)


def test_findings_are_of_parties_that_exist():
    assert {party for party, _ in v.FINDINGS} | set(v.NOT_FOUND_FINDINGS) <= set(v.PARTIES)
    assert {severity for _, severity in v.FINDINGS.values()} == {"note", "doubt", "serious"}


def test_a_question_never_shows_its_number():
    asked = v.Question(7, "nid10", "1234567890", "ক", "", "", "", None, "female", "")
    assert "1234567890" not in f"{asked} {asked!r}"
