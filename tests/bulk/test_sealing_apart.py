"""Numbers sealed in another process are what this one would have made of them, in their order."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor

import pyarrow as pa
import pytest

from shohay.bulk import sealing_apart
from shohay.bulk.sealing import IDENTITY, KeyRing, digest, open_sealed
from shohay.bulk.sealing_apart import Sealer

RING = KeyRing(f"k2:{'cd' * 32},k1:{'ab' * 32}", "ef" * 32)
KINDS = pa.chunked_array([["nid10", "brn17"], ["nid17"]])
NUMBERS = pa.chunked_array([["1234567890", "19601234567890123"], ["19601234567890123"]])


@pytest.mark.parametrize("apart_from", [1, 1_000])
def test_here_or_apart_it_is_the_same(monkeypatch: pytest.MonkeyPatch, apart_from: int) -> None:
    monkeypatch.setattr(sealing_apart, "APART_FROM", apart_from)
    with Sealer(RING, len(NUMBERS)) as sealer:
        assert isinstance(sealer.pool, ProcessPoolExecutor) is (apart_from == 1)
        digests, seals = sealer.digests(KINDS, NUMBERS), sealer.seals(IDENTITY, KINDS, NUMBERS)
        pairs = list(zip(KINDS.to_pylist(), NUMBERS.to_pylist(), strict=True))
        assert digests.result().to_pylist() == [digest(RING, kind, number) for kind, number in pairs]
        opened = [
            open_sealed(RING, kind, IDENTITY, sealed)
            for (kind, _), sealed in zip(pairs, seals.result().to_pylist(), strict=True)
        ]
    assert opened == NUMBERS.to_pylist()


def test_leaving_early_does_not_wait_for_what_was_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing_apart, "APART_FROM", 1)
    with Sealer(RING, 3) as sealer:
        waiting = [sealer.digests(KINDS, NUMBERS) for _ in range(50)]
    assert any(one.cancelled() for one in waiting)
