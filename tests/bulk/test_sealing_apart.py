"""Numbers sealed in another process are what this one would have made of them, in their order."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

from shohay.bulk import sealing_apart
from shohay.bulk.sealing import IDENTITY, KeyRing, digest, open_sealed
from shohay.bulk.sealing_apart import Sealer

RING = KeyRing(f"k2:{'cd' * 32},k1:{'ab' * 32}", "ef" * 32)
KINDS = pa.chunked_array([["nid10", "brn17"], ["nid17"]])
NUMBERS = pa.chunked_array([["1234567890", "19601234567890123"], ["19601234567890123"]])

PARENT = """
import time
import pyarrow as pa
from shohay.bulk.sealing import KeyRing
from shohay.bulk.sealing_apart import APART_FROM, Sealer
if __name__ == "__main__":
    sealer = Sealer(KeyRing("k1:" + "ab" * 32, "ef" * 32), APART_FROM)
    many = pa.chunked_array([["1234567890"] * 100_000])
    sealer.digests(many, many).result()
    sealer.digests(many, many)  # an answer larger than a pipe holds
    print(*sealer.pool._processes, flush=True)
    time.sleep(60)
"""


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


def test_a_killed_parent_leaves_nobody_behind(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        child = int(parent.stdout.readline())
        os.kill(child, 0)
        parent.kill()
        # the child had this pipe too: its end is read when both have ended
        ended, _, _ = select.select([parent.stdout], [], [], 30)
        if not ended:
            os.kill(child, signal.SIGKILL)
        assert ended
        assert parent.stdout.read() == ""
