"""A real mock-bank process on a free port of loopback, for the tests that need one."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from shohay.adapters.banks import MockBank
from shohay.stages.payments.paying import PAYER, PAYING_ACCOUNT

SUNDAY = date(2026, 11, 22)
OPENING = 10**12  # poisha


@contextmanager
def running(folder: Path, today: date = SUNDAY) -> Iterator[MockBank]:
    """The bank, its account and weekend, at nine in the morning of ``today``; its database is folder/bank.sqlite."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "mockbank", "--port", str(port), "--db", str(folder / "bank.sqlite"),
        "--timezone", "Asia/Dhaka", "--clock", f"{today}T09:00",
    ]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            assert "listening" in process.stderr.readline()  # printed once the port is open: no waiting by the clock
            bank = MockBank(f"http://127.0.0.1:{port}", timeout=30)
            bank.open_account(PAYING_ACCOUNT, PAYER, OPENING)
            bank.close_fridays(today)
            yield bank
        finally:
            process.terminate()
            process.stderr.close()
            process.wait(10)
