"""Numbers fall into their pieces and come together again; what they contradict is named."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.identity import KINDS, LENGTH, SEVERITY, clean, contradictions, disagreements, parse

TODAY = date(2026, 11, 22)
UPAZILAS = {"4952", "4918", "5063", "2608"}
DIGITS = st.sampled_from(KINDS).flatmap(
    lambda kind: st.tuples(st.just(kind), st.text("0123456789", min_size=LENGTH[kind], max_size=LENGTH[kind]))
)


def found(kind: str, digits: str, **changed: object) -> list[tuple[str, str, str]]:
    known: dict = {"birth_date": date(1960, 3, 1), "approximate": False, "area_code": "55495217", "today": TODAY}
    known |= {"upazilas": UPAZILAS} | changed
    return [(one.code, one.said, one.found) for one in contradictions(parse(kind, digits), **known)]


@given(DIGITS)
def test_the_pieces_make_the_number_again(number: tuple[str, str]):
    parts = parse(*number)
    assert parts.digits() == number[1]
    assert parse(parts.kind, parts.digits()) == parts


@given(DIGITS)
def test_the_thirteen_digits_are_the_end_of_the_seventeen(number: tuple[str, str]):
    kind, digits = number
    if kind == "nid17":
        short, long = parse("nid13", digits[4:]), parse(kind, digits)
        assert (short.zila, short.rmo, short.upazila, short.union, short.serial) == (
            long.zila, long.rmo, long.upazila, long.union, long.serial,
        )  # fmt: skip
        assert disagreements([("nid13", digits[4:]), number]) == []


@given(st.sampled_from(KINDS), st.text("0123456789", max_size=20))
def test_only_the_right_length_is_a_number(kind: str, digits: str):
    if len(digits) == LENGTH[kind]:
        assert parse(kind, digits).digits() == digits
    else:
        with pytest.raises(ValueError, match="digits"):
            parse(kind, digits)


def test_letters_and_unknown_kinds_are_refused():
    with pytest.raises(ValueError, match="10 digits"):
        parse("nid10", "12345678৯০")
    with pytest.raises(ValueError, match="unknown kind"):
        parse("passport", "1234567890")
    assert clean("১৯৬০-49 1 52 17 000123") == "1960491521700" + "0123"


@pytest.mark.parametrize(
    ("digits", "changed", "expected"),
    [
        ("19604915217000123", {}, []),
        ("19584915217000123", {}, [("birth_year_differs", "1960", "1958")]),
        ("19584915217000123", {"approximate": True}, []),
        ("19574915217000123", {"approximate": True}, [("birth_year_differs", "1960", "1957")]),
        ("19574915217000123", {"birth_date": None}, []),
        ("20304915217000123", {}, [("year_impossible", "1960", "2030")]),
        ("00014915217000123", {"birth_date": None}, [("year_impossible", "", "0001")]),
        ("19605016317000123", {}, [("district_differs", "49", "50")]),
        ("19600016317000123", {}, [("district_unknown", "49", "00")]),
        ("19604975217000123", {}, [("rmo_unknown", "", "7")]),
        ("19604919917000123", {}, [("upazila_unknown", "", "4999")]),
        ("19604999917000123", {}, []),  # a thana of a city corporation has a code of its own
    ],
)
def test_contradictions_of_seventeen_digits(digits: str, changed: dict, expected: list):
    assert found("nid17", digits, **changed) == expected


def test_what_a_smart_number_can_and_cannot_contradict():
    assert found("nid10", "1234567890") == []
    assert found("nid10", "1234567890", birth_date=date(2012, 1, 1)) == [("nid_too_young", "2012-01-01", "nid10")]
    assert found("brn17", "20124915217000123", birth_date=date(2012, 1, 1)) == []
    assert found("nid10", "1234567890", birth_date=date(2010, 11, 22)) == []  # sixteen today
    assert found("nid10", "1234567890", birth_date=date(2010, 11, 23)) != []


def test_two_numbers_of_one_person():
    assert disagreements([("nid13", "4915217000123"), ("nid17", "19604915217000124")])[0].code == "numbers_disagree"
    assert disagreements([("nid10", "1234567890"), ("nid17", "19604915217000124"), ("brn17", "2" * 17)]) == []


def test_every_contradiction_has_a_weight():
    assert set(SEVERITY.values()) == {"doubt", "note"}
