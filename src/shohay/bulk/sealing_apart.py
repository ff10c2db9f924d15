"""Digests and seals of many numbers, made in a process of their own while this one reads and writes tables.

A thread would not do: Python hashes and encrypts value by value under the interpreter's lock, and whoever feeds a COPY
needs that lock for every piece. The numbers go to the other process through a pipe as Arrow columns, never to disk.
"""

from __future__ import annotations

import os
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from threading import Thread
from typing import Any

import pyarrow as pa

from shohay.bulk.sealing import KeyRing, digest_all, seal_all

APART_FROM = 100_000  # numbers from which another process is worth its start, half a second


class Sealer:
    """A context manager; ``expected`` is about how many numbers there will be. Work is done in order."""

    def __init__(self, ring: KeyRing, expected: int) -> None:
        self.keys = (ring.text, ring.digest_key)
        self.pool: Executor = (
            ProcessPoolExecutor(1, get_context("spawn"), _end_with_the_parent)
            if expected >= APART_FROM
            else ThreadPoolExecutor(1)
        )

    def __enter__(self) -> Sealer:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def digests(self, kinds: pa.ChunkedArray, numbers: pa.ChunkedArray) -> Future[pa.Array]:
        """To come: the digest of each number, in the same order."""
        return self.pool.submit(_digests, self.keys, kinds, numbers)

    def seals(self, place: str, kinds: pa.ChunkedArray, numbers: pa.ChunkedArray) -> Future[pa.Array]:
        """To come: each number sealed for ``place``, in the same order."""
        return self.pool.submit(_seals, self.keys, place, kinds, numbers)


def _end_with_the_parent() -> None:
    """A killed load leaves no process that holds numbers: it would wait for ever to hand over its answer."""

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    if parent := parent_process():
        Thread(target=watch, args=[parent.sentinel], daemon=True).start()


def _digests(keys: tuple[str, str], kinds: Any, numbers: Any) -> pa.Array:
    return pa.array(digest_all(KeyRing(*keys), kinds.to_pylist(), numbers.to_pylist()), pa.binary())


def _seals(keys: tuple[str, str], place: str, kinds: Any, numbers: Any) -> pa.Array:
    return pa.array(seal_all(KeyRing(*keys), kinds.to_pylist(), place, numbers.to_pylist()), pa.binary())
