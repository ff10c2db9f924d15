"""shohay migrate, manage, serve, stop: the database schema and the web process."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(migrate)
    app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})(manage)
    app.command()(serve)
    app.command()(stop)


def migrate() -> None:
    """Bring the database to the present schema."""
    ready()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def manage(context: typer.Context) -> None:
    """Any Django command: ``shohay manage makemigrations registry``."""
    ready()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["shohay manage", *context.args])


def serve(
    address: Annotated[str, typer.Option(help="Where to listen.")] = "127.0.0.1:8000",
    workers: Annotated[int, typer.Option(help="Web processes.")] = 2,
    worker: Annotated[bool, typer.Option(help="Start a worker for the background work beside it.")] = False,
) -> None:
    """Serve the site; stops with Ctrl-C. Background work waits until a worker runs: ``shohay worker``, or --worker."""
    if worker:
        _with_worker(address, workers)
        return
    ready()
    from django.conf import settings
    from gunicorn.app.wsgiapp import WSGIApplication

    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns where there is none

    sys.argv = ["gunicorn", "--bind", address, "--workers", str(workers), "--threads", "4", "--timeout", "120",
                "--log-level", "warning", "shohay.config.wsgi"]  # fmt: skip
    WSGIApplication("%(prog)s [OPTIONS] [APP_MODULE]").run()


def _with_worker(address: str, workers: int) -> None:
    """The web and the worker as children of this process; they end together."""
    from shohay.cli import children

    ready()  # the private PostgreSQL runs before both look for it
    started = {
        "web": children.shohay("serve", "--address", address, "--workers", str(workers)),
        "worker": children.shohay("worker"),
    }
    children.keep(started, lambda: typer.echo(f"http://{address}   (Ctrl-C ends it)"), address)


def stop() -> None:
    """Stop the private PostgreSQL of this folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shohay.config.settings")
    from importlib import import_module

    from django.conf import settings

    import_module("shohay.config.postgres").stop(settings.VAR)
    typer.echo("stopped")
