"""A small synthetic world and the processes of the pretended parties, for the tests that need them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shohay.adapters.simulators.world import build
from tests.household_files import data

TODAY = date(2026, 11, 22)
KEY = "contract-test-key"


def make_world(folder: Path, rows: list[dict[str, str]], truth: list[dict[str, Any]] | None = None) -> Path:
    """``rows`` as in tests.household_files; ``truth`` rows of kind, household_reference, line_no, detail."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "households.csv").write_bytes(data(rows))
    schema = pa.schema(
        [(name, pa.string()) for name in ("kind", "household_reference", "detail")] + [("line_no", pa.int16())]
    )
    pq.write_table(pa.Table.from_pylist(truth or [], schema=schema), folder / "truth.parquet")
    build(file=folder / "households.csv", truth=folder / "truth.parquet", out=folder / "world", today=TODAY)
    return folder / "world"


class Party:
    """A running simulator: its address, its levers, its counts."""

    def __init__(self, port: int) -> None:
        self.port, self.url = port, f"http://127.0.0.1:{port}"

    def control(self, **levers: object) -> dict[str, Any]:
        """Move levers; tells what there is now."""
        return self.post("/_control", levers)[1]

    @property
    def counts(self) -> dict[str, int]:
        return self.control()["counts"]

    def post(self, path: str, body: object, **headers: str) -> tuple[int, Any]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("POST", path, json.dumps(body).encode(), {"Authorization": f"Bearer {KEY}", **named})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, json.loads(text) if text[:1] == b"{" else text
        finally:
            connection.close()


@contextmanager
def running(party: str, world: Path, *options: str) -> Iterator[Party]:
    """The process of ``party``, listening; ended afterwards."""
    command = [sys.executable, "-c", "from shohay.cli.main import app; app()", "simulate", party, "--world", str(world)]
    environment = {**os.environ, "SHOHAY_PARTY_KEY": KEY}
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()  # printed once the port is open: no waiting by the clock
            assert "listening on" in line, line
            yield Party(int(line.split()[-1]))
        finally:
            process.terminate()
            process.stdout.close()
            process.wait(10)
