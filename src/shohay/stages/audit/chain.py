"""The hash of an event: SHA-256 over the previous hash and the canonical JSON (RFC 8785) of the row."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

GENESIS = "0" * 64

FIELDS = (
    "seq", "actor", "role", "action", "subject_type", "subject_id", "area_code", "programme_code", "reason", "detail",
)  # fmt: skip


def hash_of(event: Any) -> str:
    """Hex digest of one event; ``event`` has the columns of models.Event as attributes."""
    row = {name: getattr(event, name) for name in FIELDS}
    row["at"] = event.at.isoformat()
    return hashlib.sha256(event.prev_hash.encode() + rfc8785.dumps(row)).hexdigest()
