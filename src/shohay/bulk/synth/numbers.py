"""Identity numbers, wallets and bank accounts with the right structure, unique by construction.

Uniqueness comes from arithmetic, not from looking: each person has one ordinal, and multiplying by a number that
shares no factor with the range is a permutation of the range.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pyarrow as pa

from shohay.bulk.synth.tables import cut_points, district_rows, rows

NO_ID, NID10, NID13, NID17, BRN17 = range(5)
ID_KINDS = ("", "nid10", "nid13", "nid17", "brn17")
ID_LENGTH = np.array([0, 10, 13, 17, 17], dtype=np.int64)
NO_ACCOUNT, MFS, BANK = range(3)
ACCOUNT_KINDS = ("", "mfs", "bank")
PEOPLE_PER_HOUSEHOLD = 16  # ordinals reserved for each household

SMART_RANGE, SMART_STEP = 9_000_000_000, 3_141_592_653_587 % 9_000_000_000 | 1
MOBILE_RANGE, MOBILE_STEP = 700_000_000, 447_213_597
SERIAL_RANGE, SERIAL_STEP = 1_000_000, 611_953


def _coprime(step: int, size: int) -> int:
    """The next step that shares no factor with the range."""
    while np.gcd(step, size) != 1:
        step += 1
    return step


def scramble(ordinal: np.ndarray, step: int, size: int, seed: int) -> np.ndarray:
    """A permutation of 0..size-1 applied to ordinals (int64), different for each seed."""
    multiplier = _coprime(step, size)
    return (ordinal % size * multiplier + (seed * 7_919 + 12_345) % size) % size


def mobile(ordinal: np.ndarray, seed: int) -> np.ndarray:
    """Mobile numbers 013..019 as int64 (leading zero left out), one for each ordinal below 700 million."""
    found = scramble(ordinal, MOBILE_STEP, MOBILE_RANGE, seed)
    return (13 + found // 100_000_000) * 100_000_000 + found % 100_000_000


def smart_nid(ordinal: np.ndarray, seed: int) -> np.ndarray:
    """10-digit numbers of the smart card."""
    return 1_000_000_000 + scramble(ordinal, SMART_STEP, SMART_RANGE, seed)


def local_number(area: np.ndarray, kind: np.ndarray, serial: np.ndarray) -> np.ndarray:
    """The 13 digits zila 2, RMO 1, upazila 2, union 2, serial 6 (int64); ``area`` = 8-digit code, ``kind`` of area."""
    rmo = np.array([1, 2, 9], dtype=np.int64)[kind]
    zila, upazila, union = area // 10_000 % 100, area // 100 % 100, area % 100
    return (((zila * 10 + rmo) * 100 + upazila) * 100 + union) * 1_000_000 + serial


def serials(ordinal_in_union: np.ndarray, union: np.ndarray, seed: int) -> np.ndarray:
    """Six-digit serials, unique inside a union while it has fewer than a million ordinals."""
    found = ordinal_in_union % SERIAL_RANGE * _coprime(SERIAL_STEP, SERIAL_RANGE) + union * 4_241 + seed
    return found % SERIAL_RANGE


def identity_numbers(kind: np.ndarray, smart: np.ndarray, local: np.ndarray, birth_year: np.ndarray) -> np.ndarray:
    """The number of each person as int64 (0 = none), by kind."""
    long = birth_year * 10_000_000_000_000 + local
    return np.choose(kind, [np.zeros_like(smart), smart, local, long, long])


def digit_strings(values: np.ndarray, lengths: np.ndarray) -> pa.Array:
    """Whole numbers as strings of the given lengths with leading zeros; length 0 = null. Vectorised."""
    width = int(lengths.max(initial=0))
    digits = np.empty((len(values), max(width, 1)), dtype=np.uint8)
    rest = values.astype(np.int64)
    for column in range(width - 1, -1, -1):
        quotient = rest // 10
        digits[:, column] = (rest - quotient * 10).astype(np.uint8) + 48
        rest = quotient
    keep = np.arange(digits.shape[1])[None, :] >= (digits.shape[1] - lengths)[:, None]
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    missing = np.packbits(lengths > 0, bitorder="little")
    buffers = [pa.py_buffer(missing.tobytes()), pa.py_buffer(offsets.tobytes()), pa.py_buffer(digits[keep].tobytes())]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


def digests(values: np.ndarray, salt: int) -> pa.Array:
    """32 hexadecimal digits standing for a number (0 = null): equal numbers, equal digests; not a secret."""
    with np.errstate(over="ignore"):
        words = np.empty((len(values), 2), dtype=np.uint64)
        for column in range(2):
            x = values.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(salt * 2 + column + 1)
            x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            words[:, column] = x ^ (x >> np.uint64(31))
    table = np.frombuffer("".join(f"{i:02x}" for i in range(256)).encode(), dtype="<u2")
    text = table[words.view(np.uint8)]
    there = values > 0
    offsets = np.concatenate([[0], np.cumsum(there * 32)]).astype(np.int32)
    missing = np.packbits(there, bitorder="little")
    buffers = [pa.py_buffer(missing.tobytes()), pa.py_buffer(offsets.tobytes()), pa.py_buffer(text[there].tobytes())]
    return pa.Array.from_buffers(pa.string(), len(values), buffers)


@lru_cache
def providers() -> tuple[pa.Array, np.ndarray]:
    """Wallet providers and their cut points."""
    found = rows("phone_provider")
    return pa.array([row["provider"] for row in found]), cut_points([float(row["weight"]) for row in found])


@lru_cache
def branches() -> tuple[list[str], np.ndarray]:
    """Routing numbers of payable branches by district, and where each district's begin (65 offsets).

    Only numbers whose check digit holds (weights 5-7-1) and that are branches, not settlement points.
    """
    import bdbanks

    by_district: dict[str, list[str]] = {}
    for bank in bdbanks.banks(payable_only=True):
        for branch in bank.branches:
            holds = sum(int(d) * (5, 7, 1)[i % 3] for i, d in enumerate(branch.routing)) % 10 == 0
            if holds and not branch.is_settlement_endpoint:
                by_district.setdefault(branch.routing[3:5], []).append(branch.routing)
    found: list[str] = []
    offsets = [0]
    for row in district_rows():
        for code in row["routing_district"].split("/"):
            found += sorted(by_district.get(code, []))
        offsets.append(len(found))
    return found, np.array(offsets, dtype=np.int64)
