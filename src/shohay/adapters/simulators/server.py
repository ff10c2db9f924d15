"""The process of a pretended party: HTTP/1.1 on loopback by asyncio, with a lever for everything that goes wrong.

``POST <one>`` takes a record, ``POST <many>`` up to ``most`` of them. A request id that was answered before gets the
same answer again and counts as a replay: as with real bulk services, asking twice costs once. ``GET /_control`` tells
the counts and the levers, ``POST /_control`` moves levers.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections import OrderedDict
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from shohay.adapters.simulators.parties import PARTIES
from shohay.adapters.simulators.world import FILES, Known

REPLAYS = 20_000  # request ids whose answers are remembered
REASONS = {
    200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 413: "Content Too Large",
    429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable",
}  # fmt: skip


@dataclass
class Levers:
    """``slow``: milliseconds a call; ``fail`` and ``wrong``: share of calls that break or are answered with nonsense;
    ``down``: connections are cut; ``rate``: calls a second that are taken, 0 = any number."""

    slow: float = 0.0
    fail: float = 0.0
    wrong: float = 0.0
    down: bool = False
    rate: float = 0.0


@dataclass
class Counts:
    """What was asked: ``calls`` of any kind, ``answered`` with data, ``records`` in them, ``replays`` among them."""

    calls: int = 0
    answered: int = 0
    records: int = 0
    replays: int = 0
    limited: int = 0
    failed: int = 0
    wrong: int = 0
    cut: int = 0


@dataclass
class Simulator:
    party: str
    known: Known
    key: str = ""
    most: int = 500
    levers: Levers = field(default_factory=Levers)
    counts: Counts = field(default_factory=Counts)
    _remembered: OrderedDict[str, bytes] = field(default_factory=OrderedDict)
    _allowance: tuple[float, float] = (0.0, 1.0)  # when, how many calls may come at once

    async def serve(self, port: int) -> None:
        """Until cancelled. Says on standard output when it listens."""
        server = await asyncio.start_server(self._connection, "127.0.0.1", port, limit=1 << 24)
        print(f"{self.party} listening on {server.sockets[0].getsockname()[1]}", flush=True)
        async with server:
            await server.serve_forever()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._one_request(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _one_request(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Read, answer; whether the connection stays open."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        if path == "/_control":
            status, answer, more = self._control(method, body)
        else:
            self.counts.calls += 1
            if self.levers.down:
                self.counts.cut += 1
                return False
            if self.levers.slow:
                await asyncio.sleep(self.levers.slow / 1000)
            status, answer, more = self._answer(path, headers, body)
        writer.write(
            f"HTTP/1.1 {status} {REASONS[status]}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(answer)}\r\n{more}\r\n".encode()
            + answer
        )
        await writer.drain()
        return True

    def _control(self, method: str, body: bytes) -> tuple[int, bytes, str]:
        if method == "POST":
            known = {one.name for one in fields(Levers)}
            for name, value in json.loads(body).items():
                if name in known:
                    setattr(self.levers, name, value)
        told = {"party": self.party, "levers": asdict(self.levers), "counts": asdict(self.counts)}
        return 200, json.dumps(told).encode(), ""

    def _answer(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes, str]:
        one, many, name, answering = PARTIES[self.party]
        if self.key and headers.get("authorization") != f"Bearer {self.key}":
            return 401, b"{}", ""
        if path not in (one, many):
            return 404, b"{}", ""
        request_id = headers.get("x-request-id", "")
        if remembered := self._remembered.get(request_id):
            self.counts.replays += 1
            return 200, remembered, ""
        if wait := self._over_the_rate():
            self.counts.limited += 1
            return 429, b"{}", f"Retry-After: {wait:.2f}\r\n"
        if self._drawn("fail", self.levers.fail):
            self.counts.failed += 1
            return (500, 503)[self.counts.failed % 2], b"<html>error</html>", ""
        try:
            asked = json.loads(body)
            records = asked[name] if path == many else [asked]
            if len(records) > self.most:
                return 413, b"{}", ""
            results = answering(self.known, records)
        except (ValueError, KeyError, TypeError, AttributeError):
            return 400, b"{}", ""
        if self._drawn("wrong", self.levers.wrong):
            self.counts.wrong += 1
            return 200, self._nonsense(results), ""
        told = json.dumps({"results": results} if path == many else results[0], separators=(",", ":")).encode()
        self.counts.answered += 1
        self.counts.records += len(records)
        self._remember(request_id, told)
        return 200, told, ""

    def _over_the_rate(self) -> float:
        """0 when the call is taken, else the seconds to wait (a bucket that holds the calls of one second)."""
        if not self.levers.rate:
            return 0.0
        now, (then, left) = time.monotonic(), self._allowance
        left = min(max(self.levers.rate, 1.0), left + (now - then) * self.levers.rate)
        self._allowance = (now, left - 1 if left >= 1 else left)
        return 0.0 if left >= 1 else (1 - left) / self.levers.rate

    def _drawn(self, what: str, share: float) -> bool:
        """By the number of the call, so that the same sequence of calls goes the same way."""
        if not share:
            return False
        drawn = hashlib.sha256(f"{what}:{self.counts.calls}".encode()).digest()[:4]
        return int.from_bytes(drawn) < share * 2**32

    def _nonsense(self, results: list[dict[str, Any]]) -> bytes:
        """Four ways to be wrong: cut short, one answer missing, somebody else's answer, words nobody agreed on."""
        way = self.counts.wrong % 4
        if way == 0:
            return json.dumps({"results": results}).encode()[: -max(5, len(results))]
        if way == 1:
            return json.dumps({"results": results[1:]}).encode()
        if way == 2:
            return json.dumps({"results": [{**results[0], "id": -1}, *results[1:]]}).encode()
        return json.dumps({"result": "ok"}).encode()

    def _remember(self, request_id: str, told: bytes) -> None:
        if request_id:
            self._remembered[request_id] = told
            if len(self._remembered) > REPLAYS:
                self._remembered.popitem(last=False)


def run(*, party: str, world: Path, port: int, key: str = "", levers: Levers | None = None) -> None:
    """Be this party until the process ends. FileNotFoundError when the world was not made."""
    simulator = Simulator(party, Known(world / f"{FILES[party]}.arrow"), key=key, levers=levers or Levers())
    asyncio.run(simulator.serve(port))
