"""Addresses of pages that may be written down, sent or logged: they carry no number that belongs to a person."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from shohay.core.bangla import to_latin_digits

# NID (10, 13, 17 digits), birth registration (17), mobile (11), account: also with blanks or hyphens between digits
LONG_NUMBER = re.compile(r"(?:\d[\s\-–]*){10,}")


def without_numbers(address: str) -> str:
    """``address`` without the parameters in which a long number stands, in digits of either script."""
    parts = urlsplit(address)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not LONG_NUMBER.search(to_latin_digits(f"{name} {value}"))
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))
