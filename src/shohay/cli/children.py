"""Several processes as one command: the site with its worker, watched until one of them ends."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import typer

Children = dict[str, subprocess.Popen[bytes]]


def shohay(*arguments: str) -> subprocess.Popen[bytes]:
    """Another ``shohay`` command as a child of this one."""
    return subprocess.Popen([str(Path(sys.executable).with_name("shohay")), *arguments])


def keep(children: Children, begun: Callable[[], object], address: str = "") -> None:
    """Until Ctrl-C; when one ends by itself, all end and the command fails. ``begun`` once ``address`` answers."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    ended = None
    try:
        ended = _until_answers(address, children) if address else None
        if ended is None:
            begun()
        while ended is None:
            ended = _first_ended(children)
    except KeyboardInterrupt:
        typer.echo("\nending")
    finally:
        _end(children)
    if ended is not None:
        typer.echo(f"the {ended} ended by itself (code {children[ended].returncode}); see above for why", err=True)
        raise typer.Exit(1)


def _until_answers(address: str, children: Children) -> str | None:
    """Wait until the site takes connections; the name of a child that ended first."""
    host, port = address.rsplit(":", 1)
    while (ended := _first_ended(children)) is None:
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                break
    return ended


def _first_ended(children: Children) -> str | None:
    """Wait a moment for each child; the name of one that has ended."""
    for name, child in children.items():
        try:
            child.wait(timeout=0.3)
        except subprocess.TimeoutExpired:
            continue
        return name
    return None


def _end(children: Children) -> None:
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
