"""Names of places and programmes by code, kept in memory: they change with the reference data only."""

from __future__ import annotations

from shohay.stages.places import queries as places
from shohay.stages.programmes.models import Programme

_programmes: dict[str, tuple[str, str]] = {}


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
