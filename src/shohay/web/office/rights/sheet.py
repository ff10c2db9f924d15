"""The sheet of everything that is held on a person: what, from where, what it is used for, who looked at it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from shohay.core.purposes import DATA, LAW
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.queries import events_about
from shohay.stages.registry import queries, queries_consent, queries_history, queries_quality
from shohay.stages.registry.models import Person
from shohay.web.office import desk
from shohay.web.office.registry import changes, record, values
from shohay.web.office.words import say

LOOKED = ("person.opened", "person.revealed", "person.sheet_printed", "household.opened")


def sheet(officer: Officer, person: Person) -> dict[str, Any]:
    """Everything for the page, numbers masked: the paper leaves the office."""
    household = person.household
    return {
        "facts": record.facts(person),
        "numbers": _numbers(person),
        "members": queries.members(household),
        "history": _history(officer, person),
        "decisions": record.decisions(officer, person),
        "timeline": [event for event in record.timeline(officer, person) if event["icon"] != "lock"],
        "looked": _looked(person),
        "findings": queries_quality.findings_of(household.pk, person.pk),
        "requests": queries_consent.requests_of(person),
        **told(person),
    }


def told(person: Person) -> dict[str, Any]:
    """What the household was told and agreed to, and the purposes with their basis."""
    document, notices = queries_consent.purposes(), list(queries_consent.notices(person.household))
    agreed = notices[0].agreed if notices else []
    language = desk.language()
    return {
        "document": document,
        "notice": notices[0] if notices else None,
        "notices": notices,
        "purposes": [
            {
                "text": purpose.text.in_language(language),
                "legal": purpose.legal.in_language(language),
                "data": ", ".join(DATA[name].in_language(language) for name in purpose.data),
                "kept": purpose.kept.in_language(language),
                "by_law": purpose.basis == LAW,
                "agreed": purpose.id in agreed,
            }
            for purpose in document.purposes
        ],
    }


def _numbers(person: Person) -> list[tuple[str, str]]:
    masked = queries.masked(person)
    shown = []
    if masked["identity"]:
        shown.append((say("identity", masked["identity_kind"]), masked["identity"]))
    if masked["account"]:
        shown.append((say("account", masked["account_kind"]), masked["account"]))
    return shown


def _history(officer: Officer, person: Person) -> list[dict[str, Any]]:
    """Each dated value with the days it held, where it came from and when we learned it."""
    rows = queries_history.person_history(officer, person)
    references = changes.references(row.value.get("household") for row in rows)
    return [
        {
            "fact": say("fact", row.fact), "value": values.in_words(row.fact, row.value, references),
            "since": row.valid.lower, "until": row.valid.upper, "source": say("known_from", row.source),
            "known": row.known.lower, "by": row.recorded_by, "replaced": row.known.upper is not None,
        }
        for row in rows
    ]  # fmt: skip


def _looked(person: Person) -> list[dict[str, Any]]:
    """Who opened the record or that of the household, when and what for: the trace that the person may see."""
    events = [*events_about("person", person.pk), *events_about("household", person.household_id)]
    found = [event for event in events if event.action in LOOKED]
    return [
        {
            "at": event.at,
            "who": event.actor,
            "role": event.role,
            "what": say("event", event.action),
            "why": _why(event.reason),
        }
        for event in sorted(found, key=lambda event: event.seq, reverse=True)
    ]


def _why(reason: str) -> str:
    code, colon, note = reason.partition(":")
    words = say("purpose", code) if code else ""
    return f"{words}:{note}" if colon else words or _("printed for the person")
