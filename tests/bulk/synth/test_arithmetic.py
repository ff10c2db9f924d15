"""The vectorised arithmetic against its plain meaning."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk.synth import arrow, file_form, frame, names, numbers
from shohay.bulk.synth.areas import spread
from shohay.bulk.synth.raking import rake
from shohay.bulk.synth.tables import rows

patient = settings(deadline=None)  # the first call of each reads its tables


@patient
@given(st.lists(st.tuples(st.integers(0, 10**17 - 1), st.sampled_from([0, 10, 13, 17])), min_size=1, max_size=40))
def test_digit_strings_are_zero_filled_numbers(given_: list[tuple[int, int]]) -> None:
    values, lengths = np.array([v for v, _ in given_]), np.array([n for _, n in given_])
    wanted = [str(v).zfill(17)[17 - n :] if n else None for v, n in given_]
    assert numbers.digit_strings(values, lengths).to_pylist() == wanted


@patient
@given(st.sets(st.integers(0, 656_000_000), min_size=2, max_size=60), st.integers(0, 2**31))
def test_people_never_share_a_number_by_chance(ordinals: set[int], seed: int) -> None:
    ordinal = np.array(sorted(ordinals))
    assert len(set(numbers.mobile(ordinal, seed).tolist())) == len(ordinals)
    assert len(set(numbers.smart_nid(ordinal, seed).tolist())) == len(ordinals)
    assert all(1_300_000_000 <= number < 2_000_000_000 for number in numbers.mobile(ordinal, seed).tolist())


@patient
@given(st.sets(st.integers(0, 999_999), min_size=2, max_size=60), st.integers(0, 5_000), st.integers(0, 2**31))
def test_serials_differ_inside_a_union(ordinals: set[int], union: int, seed: int) -> None:
    found = numbers.serials(np.array(sorted(ordinals)), np.full(len(ordinals), union), seed)
    assert len(set(found.tolist())) == len(ordinals)


def test_a_local_number_reads_as_its_parts() -> None:
    made = numbers.local_number(np.array([55495247]), np.array([0]), np.array([101]))
    assert made.tolist() == [4_915_247_000_101]  # zila 49, rural 1, upazila 52, union 47


@patient
@given(st.lists(st.floats(0.01, 1000), min_size=1, max_size=30), st.integers(0, 10_000))
def test_households_are_spread_exactly(weights: list[float], households: int) -> None:
    counts = spread(np.array(weights), households)
    assert counts.sum() == households
    exact = np.array(weights) / sum(weights) * households
    assert np.abs(counts - exact).max() <= 1


@patient
@given(st.dates(dt.date(1900, 1, 1), dt.date(2030, 1, 1)))
def test_dates_are_written_in_each_way(day: dt.date) -> None:
    number = np.full(5, frame.day_number(day), dtype=np.int32)
    number[4] = frame.NO_DAY
    found = file_form.written_dates(number, np.array([0, 1, 2, 3, 0])).to_pylist()
    slashes = f"{day.day:02d}/{day.month:02d}/{day.year}"
    bangla = slashes.translate(str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯"))
    assert found == [day.isoformat(), slashes, slashes.replace("/", "-"), bangla, None]


def test_programme_bits_are_codes() -> None:
    bits = np.array([0, frame.OAA | frame.FFP, frame.EGPP])
    assert arrow.programme_texts(bits).to_pylist() == [None, "OAA;FFP", "EGPP"]
    assert arrow.programme_lists(bits).to_pylist() == [[], ["OAA", "FFP"], ["EGPP"]]
    at, codes = arrow.programme_rows(bits)
    assert list(zip(at.tolist(), codes.to_pylist(), strict=True)) == [(1, "OAA"), (1, "FFP"), (2, "EGPP")]


def test_another_spelling_is_one_of_the_same_name() -> None:
    spellings = {bn: row["bn"] for row in rows("names") for bn in row["bn"].split("|") if row["part"] == "given"}
    rng = np.random.default_rng(4)
    group, sex, cohort = np.zeros(500, dtype=np.int8), np.ones(500, dtype=np.int8), np.full(500, 1, dtype=np.int8)
    first = names.draw_names(rng, group, sex, cohort)
    other = names.respell(rng, first, 1.0)
    given_names = names.part("given").bn.to_pylist()
    changed = 0
    for before, after in zip(first[:, 1], other[:, 1], strict=True):
        assert spellings[given_names[before]] == spellings[given_names[after]]
        changed += given_names[before] != given_names[after]
    assert changed > 50


def test_a_name_is_written_from_its_parts() -> None:
    parts = [names.part(name) for name in names.PARTS]
    one = np.array([[0, 5, 3, -1]], dtype=np.int16)
    spelt = names.spell(names.codes(one))
    assert spelt.bn.to_pylist() == [
        " ".join(part.bn[i].as_py() for part, i in zip(parts, one[0], strict=True) if i >= 0)
    ]
    assert spelt.en.to_pylist() == [
        " ".join(part.en[i].as_py() for part, i in zip(parts, one[0], strict=True) if i >= 0)
    ]


def test_raking_meets_targets_and_says_when_it_cannot() -> None:
    x = np.array([[0, 1], [1, 1], [2, 1], [3, 1]], dtype=float)
    weights = rake(x, np.array([1.2, 1.0]))
    assert weights @ x[:, 0] == pytest.approx(1.2)
    assert weights.sum() == pytest.approx(1)
    with pytest.raises(ValueError, match="cannot meet"):
        rake(x, np.array([5.0, 1.0]))


def test_every_calibration_row_names_its_source_and_confidence() -> None:
    for table in ("national", "age_sex", "widowhood", "disability", "disability_kinds", "division", "district", "city"):
        for row in rows(table):
            assert row["source"], (table, row)
            assert row["confidence"], (table, row)
