"""Calling an outside party that may be slow, busy, wrong or gone: one ``Line`` a party, shared by all its callers.

A call that breaks is made again after a pause that doubles; after too many failures in a row the circuit opens and
nobody calls until it has rested; then one call is let through, and when that one is answered all may call again. A 429
says how long everybody waits and counts as no failure. Nothing that is sent or received is ever written to a log.
"""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any, TypeVar
from urllib.parse import urlsplit

from shohay.core.verification import CallFailed, CallRefused, PartyOut, Standing

T = TypeVar("T")
CLOSED, OPEN, HALF_OPEN = "closed", "open", "half_open"
MOST_REFUSALS = 30  # times in a row that one call may be told to wait


@dataclass(frozen=True)
class Clock:
    """Replaced in tests: there an hour passes at once."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True)
class Patience:
    """How often, how long. ``rest`` doubles with each probe that fails, up to ``longest_rest``."""

    attempts: int = 4
    first_pause: float = 0.5
    longest_pause: float = 20.0
    open_after: int = 5  # failures in a row
    rest: float = 30.0
    longest_rest: float = 600.0
    timeout: float = 30.0


class Line:
    """A line to ``url``. ``calls_a_second`` is kept over all threads; ``key`` proves who we are."""

    def __init__(
        self, url: str, *, key: str = "", calls_a_second: float = 50, patience: Patience | None = None,
        clock: Clock | None = None,
    ) -> None:  # fmt: skip
        self.url, self.key, self.gap = urlsplit(url), key, 1 / calls_a_second
        self.patience, self.clock = patience or Patience(), clock or Clock()
        self._lock = threading.Lock()
        self._own = threading.local()
        self._next = 0.0  # when the next call may go out
        self._circuit, self._until, self._rest = CLOSED, 0.0, self.patience.rest
        self._in_a_row = 0
        self._probing = False
        self._calls = self._refused = self._failed = 0
        self._last_error = ""

    def standing(self) -> Standing:
        """How it is doing; the counts begin again."""
        with self._lock:
            wait = max(0.0, self._until - self.clock.now()) if self._circuit == OPEN else 0.0
            told = Standing(self._circuit, wait, self._calls, self._refused, self._failed, self._last_error)
            self._calls = self._refused = self._failed = 0
            self._last_error = ""
            return told

    def call(self, path: str, body: dict[str, Any], *, request_id: str, read: Callable[[dict[str, Any]], T]) -> T:
        """POST ``body`` and give what ``read`` makes of the answer; ``read`` raises ValueError for a wrong one.

        ``request_id`` stays the same when the call is made again, so the party can tell. Raises PartyOut, CallFailed,
        CallRefused.
        """
        data = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        attempt = refusals = 0
        while True:
            self._ask_leave()
            try:
                status, headers, answer = self._post(path, data, request_id)
                if status == 200:
                    found = read(json.loads(answer))
                    self._went_well()
                    return found
                problem = f"HTTP {status}"
            except (OSError, HTTPException, ValueError, KeyError, TypeError) as error:
                status, headers, problem = 0, {}, type(error).__name__
            if status == 429:
                refusals += 1
                self._hold(headers.get("retry-after", ""), refusals)
                if refusals < MOST_REFUSALS:
                    continue
            if 400 <= status < 500 and status != 429:
                self._went_well()  # it answers: the circuit has no reason to open
                raise CallRefused(problem)
            self._went_wrong(problem)
            attempt += 1
            if attempt >= self.patience.attempts:
                raise CallFailed(problem)
            self.clock.sleep(self._pause(attempt))

    def _pause(self, attempt: int) -> float:
        """Half of it is chance, so that many callers do not come back in the same moment."""
        longest: float = min(self.patience.first_pause * 2 ** (attempt - 1), self.patience.longest_pause)
        return longest * (0.5 + random.random() / 2)

    # --- circuit and pace

    def _ask_leave(self) -> None:
        """Wait for this call's turn; PartyOut while the circuit is open or another call is trying it out."""
        with self._lock:
            now = self.clock.now()
            if self._circuit != CLOSED:
                if now < self._until:
                    raise PartyOut(self._until - now)
                if self._probing:
                    raise PartyOut(1.0)
                self._circuit, self._probing = HALF_OPEN, True
            turn = max(now, self._next)
            self._next = turn + self.gap
            self._calls += 1
        if turn > now:
            self.clock.sleep(turn - now)

    def _went_well(self) -> None:
        with self._lock:
            self._circuit, self._in_a_row, self._probing, self._rest = CLOSED, 0, False, self.patience.rest

    def _went_wrong(self, problem: str) -> None:
        with self._lock:
            self._failed += 1
            self._in_a_row += 1
            self._last_error = problem
            if self._probing:
                self._rest = min(self._rest * 2, self.patience.longest_rest)
            if self._probing or self._in_a_row >= self.patience.open_after:
                self._circuit, self._probing = OPEN, False
                self._until = self.clock.now() + self._rest

    def _hold(self, retry_after: str, refusals: int) -> None:
        """Nobody calls before the party's ``Retry-After`` has passed (seconds); a probe that is told so is answered."""
        try:
            seconds = min(max(float(retry_after), 0.0), self.patience.longest_rest)
        except ValueError:
            seconds = self._pause(refusals)
        with self._lock:
            self._refused += 1
            if self._probing:
                self._circuit, self._probing = CLOSED, False
            self._next = max(self._next, self.clock.now() + seconds)

    # --- the wire

    def _post(self, path: str, data: bytes, request_id: str) -> tuple[int, dict[str, str], bytes]:
        headers = {"Content-Type": "application/json", "X-Request-Id": request_id}
        if self.key:
            headers["Authorization"] = f"Bearer {self.key}"
        connection = self._connection()
        try:
            connection.request("POST", self.url.path.rstrip("/") + path, data, headers)
            answer: HTTPResponse = connection.getresponse()
            body = answer.read()
        except BaseException:
            connection.close()
            raise
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body

    def _connection(self) -> HTTPConnection:
        """This thread's own connection, kept open between calls."""
        if not hasattr(self._own, "connection"):
            kind = HTTPSConnection if self.url.scheme == "https" else HTTPConnection
            self._own.connection = kind(self.url.hostname or "", self.url.port, timeout=self.patience.timeout)
        connection: HTTPConnection = self._own.connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        if hasattr(self._own, "connection"):
            self._own.connection.close()
