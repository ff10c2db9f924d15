"""shohay worker: carry out the background steps that screens and commands put into the queue."""

from __future__ import annotations

from typing import Annotated, cast

import typer

from shohay.cli.ready import ready


def register(app: typer.Typer) -> None:
    app.command()(worker)


def worker(
    once: Annotated[bool, typer.Option(help="End when the queue is empty.")] = False,
    concurrency: Annotated[int, typer.Option(help="Steps at the same time.")] = 2,
) -> None:
    """Carry out background work; stops with Ctrl-C, finishing the step in hand."""
    ready()
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.django_connector import DjangoConnector

    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector):
        app.run_worker(wait=not once, concurrency=concurrency, fetch_job_polling_interval=2.0)
