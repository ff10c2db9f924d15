"""Dated values in words, and form fields for them: one place that knows how a column is read, shown and asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from shohay.core.families import WASHINGTON_GROUP
from shohay.stages.registry import dated_facts
from shohay.web.office import desk, fields
from shohay.web.office.words import choices, say
from shohay.web.office.words_events import EVENT_WORDS
from shohay.web.parts import names
from shohay.web.parts.forms import BanglaDecimalField
from shohay.web.templatetags.shohay import day, digits, num, taka

YES_NO = frozenset({
    "birth_date_approximate", "disability_card", "school_listed", "government_salary", "government_pension",
    "permanent_resident", "has_television", "has_vehicle", "has_daily_labourer", "disaster_hit", "is_pregnant",
    "has_anc_card",
})  # fmt: skip
BY_THE_WAY = ("school_listed", "birth_date_approximate")  # left out of what is said at a glance
NAMED = frozenset(
    {"school_class", "pregnancy_month", "pregnancy_order", "rooms", "fans", "mobile_phones", *WASHINGTON_GROUP}
)
LAND = ("homestead_decimals", "cultivable_decimals")
HIDDEN = ("name_key",)
LONGEST = {"name_bn": 300, "name_en": 300, "father_name": 300, "mother_name": 300, "address_bn": 250, "occupation": 20,
           "community": 20}  # fmt: skip


def in_words(fact: str, value: Mapping[str, Any], references: Mapping[int, str]) -> str:
    """A whole value in one line; ``references`` are the numbers of households by id. '–' where nothing is known."""
    if fact == "membership":
        if value["household"] is None:
            return _("in no household")
        return f"{digits(references.get(value['household'], '–'))}, {say('relation', value['relation'])}"
    shown = [
        (name, one(name, given)) for name, given in value.items() if name not in HIDDEN and given not in (None, "", [])
    ]
    if len(shown) == 1:
        return shown[0][1]
    labels = {name: say("column", name) for name, _text in shown}
    own = say("fact", fact)  # "Marital status: Widowed" under the heading "Marital status" would say it twice
    return "; ".join(text if labels[name] == own else f"{labels[name]}: {text}" for name, text in shown) or "–"


def brief(value: Mapping[str, Any]) -> str:
    """What is worth saying at a glance: no "no", no zero, no name of a column where the value says it all."""
    said = []
    for column, given in value.items():
        if (
            column in (*HIDDEN, *BY_THE_WAY)
            or given in (None, "", "none", [], False, 0)
            or (column in WASHINGTON_GROUP and given < 3)
        ):
            continue
        text = say("column", column) if given is True else one(column, given)
        said.append(f"{say('column', column)}: {text}" if column in NAMED else text)
    return ", ".join(said)


def one(column: str, value: Any) -> str:
    """One value of a column in words."""
    if column in dated_facts.DATES:
        return day(date.fromisoformat(value))
    if column in YES_NO:
        return say("yes_no", value)
    if column == "annual_income":
        return taka(value * 100)
    if column in WASHINGTON_GROUP:
        return say("difficulty", value)
    if column in dated_facts.CHOICES or column in ("where", "occupation"):
        return say(column, value)
    if column == "area_code":
        return names.area(value, desk.language())
    if column == "declared_programmes":
        return ", ".join(names.programme(code, desk.language()) for code in value)
    return num(value, 0 if value == int(value) else 2) if isinstance(value, int | float) else digits(value)


def field(column: str, *, required: bool = False) -> forms.Field:
    """The form field of a column."""
    label = say("column", column)
    if column in YES_NO:
        return fields.pick(
            label, [("", say("yes_no", "unknown")), ("yes", say("", "yes")), ("no", say("", "no"))], required=False
        )
    if column in dated_facts.CHOICES:
        codes = dated_facts.CHOICES[column]
        empty = [] if required or "" not in codes else [("", "–")]
        return fields.pick(label, empty + choices(column, [code for code in codes if code]), required=required)
    if column == "occupation":
        return fields.pick(label, [("", "–"), *choices(column, EVENT_WORDS[column])], required=required)
    if column in dated_facts.DATES:
        return fields.day(label, required=required)
    if column in WASHINGTON_GROUP:
        return fields.pick(label, [("", "–"), *choices("difficulty", "1234")], required=required)
    if column in LAND:
        return BanglaDecimalField(label=label, min_value=0, max_value=dated_facts.AT_MOST[column], required=required)
    if column in dated_facts.AT_MOST:
        return fields.whole(label, required=required)
    return fields.line(label, longest=LONGEST.get(column, 200), required=required)


def read(column: str, given: Any) -> Any:
    """What the form gave as the registry keeps it: True, False or None; a number; a text."""
    if column in YES_NO:
        return {"yes": True, "no": False}.get(given, False if column == "birth_date_approximate" else None)
    if column in WASHINGTON_GROUP:
        return int(given) if given else None
    if column in LAND:
        return None if given is None else float(given)
    return given.strip() if isinstance(given, str) else given


def initial(column: str, value: Any) -> Any:
    """The present value as the form shows it."""
    if column in YES_NO:
        return {True: "yes", False: "no"}.get(value, "")
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return date.fromisoformat(value) if column in dated_facts.DATES and value else value
