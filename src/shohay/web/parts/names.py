"""Names of places, programmes and officers by code, kept in memory: they seldom change."""

from __future__ import annotations

from time import monotonic

from shohay.stages.accounts.models import User
from shohay.stages.places import queries as places
from shohay.stages.programmes.models import Programme

_programmes: dict[str, tuple[str, str]] = {}
_officers: dict[str, tuple[str, str]] = {}
_officers_read = [0.0]  # when, by the monotonic clock
OFFICERS_FOR = 60.0  # seconds that names of officers are kept: an account may be added or renamed
NOBODY_NAMED = {
    "": ("আবেদনকারী নিজে", "The person"),
    "system": ("প্ল্যাটফর্ম নিজে", "The platform itself"),
    "matcher": ("মেলানোর যন্ত্র", "The matching machine"),
}


def programme(code: str, language: str) -> str:
    """The name of a programme; the code itself when it is not in the catalogue."""
    if code and code not in _programmes:
        _programmes.update({row[0]: row[1:] for row in Programme.objects.values_list("code", "name_bn", "name_en")})
    pair = _programmes.get(code)
    return pair[language == "en"] if pair else code


def area(code: str, language: str) -> str:
    """The name of a place; '' is the whole country."""
    if not code:
        return "Bangladesh" if language == "en" else "সমগ্র বাংলাদেশ"
    return places.name_of(code, language) or code


def officer(username: str, language: str) -> str:
    """The name of an officer, of the machine or of nobody; the username itself when there is no such account."""
    pair = NOBODY_NAMED.get(username)
    if pair is None:
        if monotonic() - _officers_read[0] > OFFICERS_FOR:
            _officers.clear()
        if username not in _officers:
            _officers_read[0] = monotonic()
            found = User.objects.values_list("username", "name_bn", "name_en")
            _officers.update({row[0]: (row[1] or row[2] or row[0], row[2] or row[1] or row[0]) for row in found})
            _officers.setdefault(username, (username, username))
        pair = _officers[username]
    return pair[language == "en"]
