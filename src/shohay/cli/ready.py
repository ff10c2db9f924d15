"""What a command needs before it can work: the database running and Django set up."""

from __future__ import annotations

import os


def ready() -> None:
    """Start the private PostgreSQL unless DATABASE_URL names another, and set Django up."""
    os.umask(0o077)  # uploads, snapshots and results hold names: nobody else on this machine reads them
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shohay.config.settings")
    import django
    from django.conf import settings

    if settings.EMBEDDED:
        from importlib import import_module

        import_module("shohay.config.postgres").start(settings.VAR)
    django.setup()
