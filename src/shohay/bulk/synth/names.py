"""Bangla and English names that belong together, and stay together inside a household.

A name is four indexes into the lists of names.csv (honorific, given, second, family; -1 = none), so drawing and
comparing is arithmetic; letters are put together once per different name. Every spelling variant is an entry of
its own and knows the next variant of the same name: that is how a second registration comes to be spelt otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from shohay.bulk.synth.tables import rows

GROUPS = ("muslim", "hindu", "tea", "buddhist", "christian")
MUSLIM, HINDU, TEA, BUDDHIST, CHRISTIAN = range(5)
COHORTS = ("old", "mid", "young")
PARTS = ("honorific", "given", "second", "family")
FIRST_SPELLING = 0.62  # share of the usual spelling among all spellings of a name
BASE = 4096  # more than the entries of any list

Names = np.ndarray  # int16 [..., 4]


@dataclass(frozen=True)
class Part:
    """One list: its spellings, the next spelling of each, and how to draw from it by (group, sex, cohort)."""

    bn: pa.Array
    en: pa.Array
    other: np.ndarray  # int16: another spelling of the same name
    draws: dict[tuple[int, int, int], tuple[np.ndarray, np.ndarray, float]]  # entries, cut points, share who have it


@lru_cache
def part(name: str) -> Part:
    """A list of names.csv with all its spellings."""
    bn: list[str] = []
    en: list[str] = []
    other: list[int] = []
    chosen: dict[tuple[int, int, int], list[tuple[int, float]]] = {}
    share: dict[tuple[int, int, int], float] = {}
    for row in (row for row in rows("names") if row["part"] == name):
        bangla, english = row["bn"].split("|"), row["en"].split("|")
        spellings = [(b, e) for b in range(len(bangla)) for e in range(len(english))]
        first = len(bn)
        for b, e in spellings:
            bn.append(bangla[b])
            en.append(english[e])
            other.append(first + (b + 1) % len(bangla) * len(english) + (e + 1) % len(english))
        for key in _keys(row):
            rest = (1 - FIRST_SPELLING) / max(len(spellings) - 1, 1)
            weights = [FIRST_SPELLING if i == 0 else rest for i in range(len(spellings))]
            chosen.setdefault(key, []).extend((first + i, float(row["weight"]) * w) for i, w in enumerate(weights))
            share[key] = share.get(key, 0.0) + float(row["weight"]) / 100
    draws = {
        key: (np.array([e for e, _ in found], dtype=np.int16), _cuts([w for _, w in found]), _share(name, share[key]))
        for key, found in chosen.items()
    }
    return Part(pa.array(bn), pa.array(en), np.array(other, dtype=np.int16), draws)


def _keys(row: dict[str, str]) -> list[tuple[int, int, int]]:
    sexes = [0, 1] if row["sex"] == "any" else [("male", "female").index(row["sex"])]
    cohorts = [0, 1, 2] if row["cohort"] == "any" else [COHORTS.index(row["cohort"])]
    return [(GROUPS.index(row["group"]), sex, cohort) for sex in sexes for cohort in cohorts]


def _cuts(weights: list[float]) -> np.ndarray:
    shares = np.cumsum(weights) / np.sum(weights)
    shares[-1] = 1.000001
    return shares.astype(np.float32)


def _share(name: str, weight: float) -> float:
    """Given and family names everybody has; honorifics and Hindu middle names as often as their weights (percent)."""
    return 1.0 if name in ("given", "family") or weight > 0.99 else weight


def draw_names(rng: np.random.Generator, group: np.ndarray, sex: np.ndarray, cohort: np.ndarray) -> Names:
    """Names for arrays of one shape: religion group, sex (0, 1), cohort (0 old, 1 middle, 2 young)."""
    shape, flat = group.shape, group.size
    key = ((group.astype(np.int8) * 2 + sex) * 3 + cohort).ravel()
    order = np.argsort(key, kind="stable")
    ends = np.searchsorted(key[order], np.arange(31))
    found = np.full((flat, 4), -1, dtype=np.int16)
    for p, name in enumerate(PARTS):
        uniform, has = rng.random(flat, dtype=np.float32), rng.random(flat, dtype=np.float32)
        for k in range(30):
            here = order[ends[k] : ends[k + 1]]
            drawing = part(name).draws.get((k // 6, k // 3 % 2, k % 3))
            if drawing is None or not len(here):
                continue
            entries, cuts, share = drawing
            values = entries[np.searchsorted(cuts, uniform[here], side="right")]
            found[here, p] = np.where(has[here] < share, values, -1) if share < 1 else values
    return found.reshape(*shape, 4)


def respell(rng: np.random.Generator, names: Names, often: float = 0.6) -> Names:
    """The same names written differently: parts in another spelling, the honorific sometimes left out."""
    changed = names.copy()
    for p, name in enumerate(PARTS):
        other = part(name).other
        if len(other):
            swap = (names[:, p] >= 0) & (rng.random(len(names)) < often)
            changed[:, p] = np.where(swap, other[names[:, p]], names[:, p])
    changed[:, 0] = np.where(rng.random(len(names)) < 0.3, -1, changed[:, 0])
    return changed


def codes(names: Names) -> np.ndarray:
    """One whole number per name (int64): equal names, equal numbers."""
    parts = names.astype(np.int64) + 1
    return ((parts[:, 0] * BASE + parts[:, 1]) * BASE + parts[:, 2]) * BASE + parts[:, 3]


def _indexes(values: np.ndarray, shift: int) -> pa.Array:
    index = (values // BASE**shift) % BASE - 1
    return pa.array(index, mask=index < 0, type=pa.int64())


@dataclass(frozen=True)
class Spelt:
    """The different names among many, written out; ``at`` says which one each of the many is."""

    bn: pa.Array
    en: pa.Array
    at: np.ndarray

    def take(self, column: str, start: int, end: int) -> pa.Array:
        return getattr(self, column).take(pa.array(self.at[start:end]))


def spell(values: np.ndarray) -> Spelt:
    """Write names out from their codes, each different one once."""
    unique, at = np.unique(values, return_inverse=True)
    written = {}
    for language in ("bn", "en"):
        pieces = [getattr(part(name), language).take(_indexes(unique, 3 - p)) for p, name in enumerate(PARTS)]
        written[language] = pc.binary_join_element_wise(*pieces, " ", null_handling="skip")
    return Spelt(written["bn"], written["en"], at)


_KEYS: dict[str, str] = {}


def name_keys(bn: pa.Array, key: Callable[[str], str]) -> pa.Array:
    """The phonetic key of each name; a name met before is looked up (names repeat, people do not matter here)."""
    texts = bn.to_pylist()
    for text in texts:
        if text not in _KEYS:
            _KEYS[text] = key(text)
    return pa.array([_KEYS[text] for text in texts], type=pa.string())
