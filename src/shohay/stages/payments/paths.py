"""Paths are kept in the database relative to VAR, so that a restored backup may live elsewhere."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def var(path: str) -> Path:
    """A kept path on this machine."""
    return Path(settings.VAR) / path


def kept(path: Path) -> str:
    """How a path on this machine is kept."""
    return str(path.relative_to(settings.VAR))
