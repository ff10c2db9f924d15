"""The ``shohay`` command. Each file of this package adds its commands by a function ``register(app)``."""

from __future__ import annotations

import importlib
import pkgutil

import typer

import shohay.cli as package

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help="Shohay (সহায়)")

for module in sorted(info.name for info in pkgutil.iter_modules(package.__path__)):
    if module != "main" and (register := getattr(importlib.import_module(f"shohay.cli.{module}"), "register", None)):
        register(app)
