"""shohay bank start | stop | advance: the pretended bank of the demo, a process of its own on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from shohay.adapters.banks import MockBank

START_WITHIN = 20.0  # seconds
OPENING_BALANCE = 2 * 10**14  # poisha: more than a year of social security


def register(app: typer.Typer) -> None:
    bank = typer.Typer(no_args_is_help=True, help="The pretended bank of the demo (mock-bank).")
    bank.command("start")(start)
    bank.command("stop")(stop)
    bank.command("advance")(advance)
    app.add_typer(bank, name="bank")


def start() -> None:
    """Start the bank unless it answers already, with the account that pays."""
    settings = _settings()
    typer.echo(start_bank(settings.BANK_URL, settings.VAR))


def stop() -> None:
    """Stop the bank that was started from this folder."""
    typer.echo("stopped" if stop_bank(_settings().VAR) else "was not running")


def advance(days: Annotated[int, typer.Argument(help="How many days pass at the bank.")] = 1) -> None:
    """Let days pass at the bank: it books, reports, returns and issues statements."""
    from shohay.adapters.banks import MockBank

    typer.echo(str(MockBank(_settings().BANK_URL).advance(days)))


def _settings() -> Any:
    """The settings without Django: the bank needs no database."""
    return import_module("shohay.config.settings")


def start_bank(url: str, var: Path, today: date | None = None) -> str:
    """Start mock-bank for ``url`` with its database in VAR/bank; a sentence that says what happened.

    It outlives this command. Its clock begins at nine in the morning of ``today``; Fridays are its holidays.
    """
    from shohay.adapters.banks import MockBank
    from shohay.core.messages import Refusal

    bank = MockBank(url, timeout=5)
    if bank.ready():
        if not _ours(var):
            raise typer.Exit(_failed(f"Another program's bank answers at {url}. Set SHOHAY_BANK_URL to a free port."))
    else:
        process = _spawn(bank.port, var, today or _today())
        _wait(bank, process, var)
    try:
        _furnish(MockBank(url), today or _today())
    except Refusal as refusal:
        raise typer.Exit(_failed(str(refusal))) from refusal
    return f"the bank answers at {url}"


def _spawn(port: int, var: Path, today: date) -> subprocess.Popen[bytes]:
    folder = var / "bank"
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "mockbank", "--host", "127.0.0.1", "--port", str(port), "-q",
        "--db", str(folder / "bank.sqlite"), "--timezone", "Asia/Dhaka", "--clock", f"{today}T09:00",
    ]  # fmt: skip
    with (folder / "bank.log").open("ab") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    (folder / "pid").write_text(str(process.pid))
    return process


def _wait(bank: MockBank, process: subprocess.Popen[bytes], var: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until:
        if bank.ready():
            return
        if process.poll() is not None:
            break
        time.sleep(0.05)
    tail = (var / "bank" / "bank.log").read_text(errors="replace")[-800:]
    raise typer.Exit(_failed(f"The bank did not start. Its last words:\n{tail}"))


def _furnish(bank: MockBank, today: date) -> None:
    """The account that pays, and the Bangladeshi weekend."""
    from shohay.stages.payments.paying import PAYER, PAYING_ACCOUNT

    bank.open_account(PAYING_ACCOUNT, PAYER, OPENING_BALANCE)
    bank.close_fridays(today)


def stop_bank(var: Path) -> bool:
    """End the process whose number VAR/bank/pid keeps; whether there was one."""
    path = var / "bank" / "pid"
    if not path.exists():
        return False
    pid = int(path.read_text())
    path.unlink()
    if b"mockbank" not in _command_of(pid):  # the number may belong to another process by now
        return False
    os.kill(pid, signal.SIGTERM)
    return True


def _ours(var: Path) -> bool:
    """Whether the bank that runs keeps its books in this folder."""
    path = var / "bank" / "pid"
    return path.exists() and str(var / "bank" / "bank.sqlite").encode() in _command_of(int(path.read_text()))


def _command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _today() -> date:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return datetime.now(ZoneInfo("Asia/Dhaka")).date()


def _failed(text: str) -> int:
    typer.echo(text, err=True)
    return 1
