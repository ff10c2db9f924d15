"""Several processes as one command: they begin together and end together."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import typer

from shohay.cli import children, serve

FOR_EVER = "import time\nwhile True: time.sleep(0.1)"


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """``keep`` takes Ctrl-C for itself; the tests get it back."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def python(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code])


def test_when_one_ends_by_itself_all_end_and_the_command_fails(capsys):
    kept = {"web": python(FOR_EVER), "worker": python("raise SystemExit(3)")}
    with pytest.raises(typer.Exit) as ended:
        children.keep(kept, lambda: None)
    assert ended.value.exit_code == 1
    assert "the worker ended by itself (code 3)" in capsys.readouterr().err
    assert kept["web"].returncode == -signal.SIGTERM


def test_ctrl_c_ends_all_and_is_no_failure():
    kept = {"web": python(FOR_EVER), "worker": python(FOR_EVER)}

    def begun() -> None:
        raise KeyboardInterrupt

    children.keep(kept, begun)
    assert {child.returncode for child in kept.values()} == {-signal.SIGTERM}


def test_serve_with_a_worker_starts_both(monkeypatch: pytest.MonkeyPatch):
    started: list[tuple[str, ...]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        started.append(arguments)
        return python(FOR_EVER)

    monkeypatch.setattr(children, "shohay", start)
    monkeypatch.setattr(
        children, "keep", lambda kept, begun, address: [child.kill() or child.wait() for child in kept.values()]
    )
    serve.serve(address="127.0.0.1:8123", workers=1, worker=True)
    assert started == [("serve", "--address", "127.0.0.1:8123", "--workers", "1"), ("worker",)]
