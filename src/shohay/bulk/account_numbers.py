"""Opening sealed account numbers for a payment file, by the column."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pyarrow as pa

from shohay.bulk.sealing import ACCOUNT, KeyRing, open_sealed

TWO_PROCESSES_FROM = 300_000  # values; a second process costs about a second to start


def open_numbers(ring: KeyRing, kinds: pa.ChunkedArray, sealed: pa.ChunkedArray) -> pa.ChunkedArray:
    """The numbers of sealed accounts (hex text), in the same order.

    ValueError when one does not open. From TWO_PROCESSES_FROM values on, half of the work goes to a second process.
    """
    rows = len(sealed)
    if rows < TWO_PROCESSES_FROM:
        return pa.chunked_array([_open(ring.text, ring.digest_key, kinds.to_pylist(), sealed.to_pylist())], pa.string())
    half = rows // 2
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        first = pool.submit(_open, ring.text, ring.digest_key, kinds[:half].to_pylist(), sealed[:half].to_pylist())
        second = _open(ring.text, ring.digest_key, kinds[half:].to_pylist(), sealed[half:].to_pylist())
        return pa.chunked_array([first.result(), second], pa.string())


def _open(text: str, digest_key: str, kinds: list[str], sealed: list[str]) -> pa.Array:
    ring = KeyRing(text, digest_key)
    return pa.array(
        [open_sealed(ring, kind, ACCOUNT, bytes.fromhex(value)) for kind, value in zip(kinds, sealed, strict=True)],
        pa.string(),
    )
