"""shohay simulate PARTY, shohay simulators: the outside parties of the demo and the tests, each its own process.

``shohay simulate SCENARIO.yaml...`` simulates programme rules: see cli/simulating.py.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

START_WITHIN = 30.0  # seconds
_STARTED: dict[str, subprocess.Popen[bytes]] = {}  # by this process, so that it can wait for their end


def register(app: typer.Typer) -> None:
    app.command()(simulate)
    group = typer.Typer(help="All pretended outside parties at once.", no_args_is_help=True)
    group.command("world")(world)
    group.command("start")(start)
    group.command("stop")(stop)
    app.add_typer(group, name="simulators")


def simulate(
    names: Annotated[
        list[str],
        typer.Argument(
            help="Up to four scenarios (YAML); or nid, civil_registration, disability_register, sim_owner, wallets."
        ),
    ],
    port: Annotated[int, typer.Option(help="On loopback; 0 = any free one, which is printed.", min=0)] = 0,
    world: Annotated[
        Path | None, typer.Option(help="What `shohay simulators world` made; else VAR/simulators.")
    ] = None,
    slow: Annotated[float, typer.Option(help="Milliseconds before each answer.", min=0)] = 0,
    wrong: Annotated[float, typer.Option(help="Share of calls answered with nonsense.", min=0, max=1)] = 0,
    fail: Annotated[float, typer.Option(help="Share of calls that break.", min=0, max=1)] = 0,
    rate: Annotated[float, typer.Option(help="Calls a second that are taken; 0 = any number.", min=0)] = 0,
    down: Annotated[bool, typer.Option("--down", help="Cut every connection.")] = False,
    data: Annotated[str, typer.Option(help="Scenarios: registry, or survey:PATH of a survey base.")] = "registry",
    sample: Annotated[
        float, typer.Option(help="Scenarios: share of the registry's households.", min=0.0001, max=1)
    ] = 1,
    seed: Annotated[int, typer.Option(help="Scenarios: seed of take-up and lots.")] = 1,
    on: Annotated[str, typer.Option(help="Scenarios: another day than theirs (ISO).")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Scenarios: the whole result as JSON.")] = False,
) -> None:
    """Simulate what programme rules would do (SCENARIO.yaml ...); or be an outside party until interrupted."""
    from shohay.cli import simulating

    if simulating.are_scenarios(names):
        simulating.scenarios(names, data=data, sample=sample, seed=seed, as_json=as_json, on=on)
        return
    _be(
        names[0], world or _settings().VAR / "simulators", port, slow=slow, fail=fail, wrong=wrong, down=down, rate=rate
    )


def _be(party: str, folder: Path, port: int, **levers: Any) -> None:
    """Be an outside party until interrupted."""
    from shohay.adapters.simulators.parties import PARTIES
    from shohay.adapters.simulators.server import Levers, run

    if party not in PARTIES:
        raise typer.BadParameter(f"unknown party; there are: {', '.join(PARTIES)}", param_hint="NAMES")
    key = os.environ.get("SHOHAY_PARTY_KEY", "")
    try:
        run(party=party, world=folder, port=port, key=key, levers=Levers(**levers))
    except KeyboardInterrupt:
        raise typer.Exit from None
    except FileNotFoundError:
        typer.echo(f"nothing in {folder} for {party}: run shohay simulators world first", err=True)
        raise typer.Exit(1) from None


def world(
    file: Annotated[Path | None, typer.Option(help="The synthetic household file; else that of the demo.")] = None,
    truth: Annotated[Path | None, typer.Option(help="truth.parquet beside it.")] = None,
    out: Annotated[Path | None, typer.Option(help="Else VAR/simulators.")] = None,
) -> None:
    """Make what the pretended parties know, from a synthetic household file and its planted truth."""
    settings = _settings()
    source = file or settings.VAR / "synth" / "households.csv"
    if not source.exists():
        typer.echo(f"{source} is not there: shohay demo or shohay synth makes one", err=True)
        raise typer.Exit(1)
    typer.echo(str(make_world(source, truth or source.with_name("truth.parquet"), out or settings.VAR / "simulators")))


def make_world(file: Path, truth: Path, out: Path) -> dict[str, int]:
    """Rows of each party."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from shohay.adapters.simulators.world import build

    return build(file=file, truth=truth, out=out, today=datetime.now(ZoneInfo("Asia/Dhaka")).date())


def start() -> None:
    """Start every party that does not run yet, where the settings say that they answer."""
    settings = _settings()
    if not (settings.VAR / "simulators" / "nid.arrow").exists():
        world()
    for party, url in settings.PARTY_URLS.items():
        typer.echo(f"{party}\t{start_party(party, url, settings.VAR)}")


def start_party(party: str, url: str, var: Path) -> str:
    """Start it; a sentence about it. It outlives this command; VAR/simulators has its log."""
    folder, port = var / "simulators", urlsplit(url).port or 80
    if _answers(port):
        return f"answers already at {url}"
    with (folder / f"{party}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", "from shohay.cli.main import app; app()", "simulate", party, "--port", str(port)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            env={**os.environ, "SHOHAY_VAR": str(var)},
        )  # fmt: skip
    (folder / f"{party}.pid").write_text(str(process.pid))
    _STARTED[party] = process
    until = time.monotonic() + START_WITHIN
    while time.monotonic() < until and process.poll() is None:
        if _answers(port):
            return f"answers at {url}"
        time.sleep(0.05)
    return f"did not start: see {folder / f'{party}.log'}"


def stop() -> None:
    """End the parties that were started from this folder."""
    var = _settings().VAR
    for path in sorted((var / "simulators").glob("*.pid")):
        if stop_party(path.stem, var):
            typer.echo(f"{path.stem} stopped")


def stop_party(party: str, var: Path) -> bool:
    """End a party that was started from this folder; False where none runs."""
    path = var / "simulators" / f"{party}.pid"
    try:
        pid = int(path.read_text())
        path.unlink()
        if b"simulate" not in Path(f"/proc/{pid}/cmdline").read_bytes():  # the number may be another's by now
            return False
        os.kill(pid, signal.SIGTERM)
    except OSError:
        return False
    finally:
        if process := _STARTED.pop(party, None):
            process.terminate()
            process.wait(10)
    return True


def _answers(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _settings() -> Any:
    """The settings without Django: a simulator needs no database."""
    return import_module("shohay.config.settings")
