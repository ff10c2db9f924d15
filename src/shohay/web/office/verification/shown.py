"""What pages show of an answer and of a finding: in words, with the masks that the reader is due."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shohay.stages.places import queries as places
from shohay.stages.registry import queries_verification as queries
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_verification import Finding, Verification
from shohay.web.office import desk
from shohay.web.office.words import say
from shohay.web.office.words_verification import TONES_OF
from shohay.web.templatetags.office import masked_name
from shohay.web.templatetags.shohay import day, digits, icon, num


class Verified(NamedTuple):
    """One line of "Verified by"."""

    party: str
    asked_at: datetime
    level: SafeString
    differs: str
    valid_until: datetime
    is_over: bool


class Told(NamedTuple):
    """A finding in words."""

    row: Finding
    what: str
    said: str
    found: str
    state: SafeString
    severity: SafeString


def badge(kind: str, code: str) -> SafeString:
    """The words of a code with icon and tone, as the badge of a state."""
    tone, picture = TONES_OF[kind].get(code, ("", "info-circle-fill"))
    return format_html('<span class="state {}">{}{}</span>', tone, icon(picture), say(kind, code))


def verified(person: Person) -> list[Verified]:
    now = timezone.now()
    return [
        Verified(
            say("party", row.party), row.asked_at, badge("level", row.level), _differs(row), row.valid_until,
            row.valid_until < now,
        )
        for row in queries.verified(person)
    ]  # fmt: skip


def _differs(row: Verification) -> str:
    """What differs or is close, field by field; what the party tells beyond."""
    said = []
    for field, word in row.fields.items():
        name = say("answer_field", field)
        if field == "alive" and word == "differs":
            said.append(_("died on %(day)s") % {"day": day(date.fromisoformat(row.detail["died_on"]))})
        elif field == "state" and word == "differs":
            said.append(_("wallet is %(state)s") % {"state": say("wallet_state", row.detail.get("state", ""))})
        elif word == "differs":
            said.append(_("%(field)s differs") % {"field": name})
        elif word == "close":
            said.append(_("%(field)s nearly the same") % {"field": name})
    return ", ".join(said)


def told(row: Finding, *, masked: bool) -> Told:
    """``masked``: the reader has not opened the record, so names show their first letters."""
    return Told(
        row, say("finding", row.code), _value(row, row.said, masked), _value(row, row.found, masked),
        badge("finding_state", row.state), badge("severity", row.severity),
    )  # fmt: skip


def _value(row: Finding, value: str, masked: bool) -> str:
    """What stands on one side, in words."""
    if not value:
        return ""
    if row.code == "name_differs":
        return masked_name(value) if masked else value
    if row.code == "parent_differs":
        return say("answer_field", value)
    if row.code in ("birth_date_differs", "died", "nid_too_young") and value[:4].isdigit():
        return day(date.fromisoformat(value))
    if row.code in ("numbers_disagree", "nid_too_young"):
        return say("identity", value)
    if row.code in ("district_differs", "district_unknown"):
        return _district(value)
    if row.code == "number_shared":
        return _("%(n)s other records") % {"n": num(int(value))}
    kinds = {"disability_differs": "disability", "wallet_closed": "wallet_state"}
    return say(kinds[row.code], value) if row.code in kinds else digits(value)


def _district(zila: str) -> str:
    """The name of a district by the two digits of identity numbers."""
    names: dict[str, Any] = places.AREA_NAMES()
    for code, pair in names.items():
        if len(code) == 4 and code[2:] == zila:
            return f"{pair[desk.language() == 'en']} ({digits(zila)})"
    return digits(zila)
