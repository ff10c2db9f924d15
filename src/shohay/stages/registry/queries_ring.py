"""The keys of the numbers, for whoever seals, opens or looks for one."""

from __future__ import annotations

from django.conf import settings

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing


def key_ring() -> KeyRing:
    """The keys as they are now: those that `shohay keys new` made, else those of the settings."""
    made = sealing.kept(settings.KEY_FOLDER) if settings.KEY_FOLDER else None
    return made or KeyRing(settings.KEY_RING, settings.DIGEST_KEY)
