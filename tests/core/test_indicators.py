"""Small numbers stay hidden; shares add up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.indicators import SMALL, Targeting, largest_remainder, public, share, suppress_table


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (None, None)])
def test_public(count: int | None, shown: int | None) -> None:
    assert public(count) == shown


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), min_size=2, max_size=8))
def test_a_hidden_cell_cannot_be_worked_out(cells: dict[str, int]) -> None:
    shown = suppress_table(cells)
    hidden = [name for name, count in shown.items() if count is None]
    assert all(shown[name] == cells[name] for name in cells if name not in hidden)
    assert all(name in hidden for name, count in cells.items() if 0 < count < SMALL)
    others = [count for name, count in cells.items() if count and name not in hidden]
    assert len(hidden) != 1 or not others


def test_targeting_errors() -> None:
    found = Targeting(receive=200, entitled=300, both=120)
    assert found.inclusion_error == 40.0
    assert found.exclusion_error == 60.0
    assert Targeting(0, 0, 0).inclusion_error is None
    assert share(1, 3) == 33.3


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=20), st.integers(0, 5000))
def test_places_add_up(weights: list[float], places: int) -> None:
    shares = largest_remainder(weights, places)
    assert sum(shares) == (places if sum(weights) > 0 else 0)
    assert all(
        abs(got - places * weight / sum(weights)) <= 1 + 1e-6
        for got, weight in zip(shares, weights, strict=True)
        if sum(weights) > 0
    )
