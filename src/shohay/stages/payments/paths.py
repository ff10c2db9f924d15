"""Paths are kept in the database relative to VAR, so that a restored backup may live elsewhere."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from shohay.bulk.payroll import file_sha256


def var(path: str) -> Path:
    """A kept path on this machine."""
    return Path(settings.VAR) / path


def kept(path: Path) -> str:
    """How a path on this machine is kept."""
    return str(path.relative_to(settings.VAR))


def whole(path: str, sha256: str) -> bool:
    """Whether a kept file is there and still has the bytes that were written."""
    return var(path).exists() and file_sha256(var(path)) == sha256
