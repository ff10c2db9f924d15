"""The number of a ration is never mistaken for that of somebody else by one slip of the pen."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shohay.core.rations import PLACES, is_ration_number, ration_number

numbers = st.builds(ration_number, st.integers(1, 10**7), st.integers(1, PLACES - 1))


def test_how_it_looks() -> None:
    assert ration_number(12, 345) == "12-0345-31"
    assert ration_number(3, 123456).count("-") == 2


@given(numbers)
def test_a_number_is_one(number: str) -> None:
    assert is_ration_number(number)


@given(numbers, st.data())
def test_one_wrong_digit_shows(number: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([at for at, sign in enumerate(number) if sign.isdigit()]))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != number[place])
    assert not is_ration_number(number[:place] + digit + number[place + 1 :])


@given(numbers, st.data())
def test_two_neighbours_exchanged_show(number: str, data: st.DataObject) -> None:
    places = [at for at in range(len(number) - 1) if number[at] != number[at + 1] and "-" not in number[at : at + 2]]
    assume(places)
    at = data.draw(st.sampled_from(places))
    assert not is_ration_number(number[:at] + number[at + 1] + number[at] + number[at + 2 :])


@pytest.mark.parametrize("text", ["", "12-0345", "12-0345-32", "a-0345-61", "12-0-61", "১২-০৩৪৫-৬১"])
def test_what_is_none(text: str) -> None:
    assert not is_ration_number(text)


def test_a_list_has_an_end() -> None:
    with pytest.raises(ValueError, match="at most"):
        ration_number(1, PLACES)
