"""The purposes of personal data that come with Shohay, read once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from shohay.core.purposes import Purposes


@cache
def shipped() -> Purposes:
    """The document policy/privacy/purposes.yaml, parsed and checked."""
    return Purposes.parse(files("shohay.policy").joinpath("privacy", "purposes.yaml").read_text(encoding="utf-8"))
