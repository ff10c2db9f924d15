"""Scenario documents as the lab's forms make and change them, and their changes in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shohay.core import document
from shohay.core.definition import Benefit, Definition, Version
from shohay.core.messages import Refusal
from shohay.stages.programmes import definitions as catalogue
from shohay.stages.programmes import queries_drafts
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.parts.benefit import what_for
from shohay.web.templatetags.shohay import language, num, percent, taka

Document = dict[str, Any]
EXTRA = "extra"  # id of a benefit line or a condition that a form adds
MOST_WORDS = 5  # changes of a programme that a card tells


class Rules(NamedTuple):
    """A programme's definition and its version in force on the scenario's day."""

    definition: Definition
    version: Version


def fresh(title: tuple[str, str], on: date, codes: Iterable[str]) -> Document:
    """A scenario of published rules."""
    return {
        "format": 1, "title": {"bn": title[0], "en": title[1]}, "on": on.isoformat(), "years": 5, "take_up": 1.0,
        "administration": 0.0, "programmes": [{"code": code} for code in codes],
    }  # fmt: skip


def code_of(entry: Mapping[str, Any]) -> str:
    return str(entry.get("code") or (entry.get("new") or {}).get("code", ""))


def entry_of(scenario: Mapping[str, Any], code: str) -> dict[str, Any] | None:
    return next((entry for entry in scenario["programmes"] if code_of(entry) == code), None)


def with_entry(scenario: Mapping[str, Any], entry: Mapping[str, Any]) -> Document:
    """The scenario with this entry in the place of its programme's, or at the end."""
    code = code_of(entry)
    entries = [entry if code_of(one) == code else one for one in scenario["programmes"]]
    return {**scenario, "programmes": entries if entry in entries else [*entries, dict(entry)]}


def with_programmes(scenario: Mapping[str, Any], codes: Sequence[str]) -> Document:
    """The scenario with these programmes: those it had keep their changes, new ones come as published."""
    kept = [entry for entry in scenario["programmes"] if code_of(entry) in codes]
    had = {code_of(entry) for entry in kept}
    return {**scenario, "programmes": [*kept, *({"code": code} for code in codes if code not in had)]}


def take_up_of(scenario: Mapping[str, Any], code: str) -> float:
    share = scenario.get("take_up", 1.0)
    return float(share.get(code, 1.0) if isinstance(share, Mapping) else share)


def with_take_up(scenario: Mapping[str, Any], code: str, share: float) -> Document:
    """Another take-up for one programme; the same for all is told as one number."""
    shares = {code_of(entry): take_up_of(scenario, code_of(entry)) for entry in scenario["programmes"]} | {code: share}
    return {**scenario, "take_up": shares if len(set(shares.values())) > 1 else share}


def rules_of(entry: Mapping[str, Any], on: str) -> Rules:
    """What an entry's changes are laid over. Raises lab_rules_unknown, draft_unknown, scenario_no_version."""
    code = code_of(entry)
    if entry.get("new"):
        definition: Definition | None = Definition.parse(dumped(entry["new"]))
    elif entry.get("draft"):
        definition = queries_drafts.draft(str(entry["draft"]))
    else:
        definition = catalogue.definition_of(code)
    if definition is None:
        raise Refusal("lab_rules_unknown", code=code)
    version = definition.version_on(date.fromisoformat(on))
    if version is None:
        raise Refusal("scenario_no_version", code=code, on=on)
    return Rules(definition, version)


def dumped(whole: Mapping[str, Any]) -> str:
    """A document as YAML, as `shohay simulate` reads it."""
    return yaml.safe_dump(document.plain(whole), allow_unicode=True, sort_keys=False, width=110)


def title(scenario: Mapping[str, Any]) -> str:
    words = scenario["title"]
    return str(words["en" if language() == "en" else "bn"] or words["en"] or words["bn"])


# ------------------------------------------------------------------------------------------------ in words


def in_words(entry: Mapping[str, Any], on: str) -> list[str]:
    """What an entry changes, a sentence a change; [] for the rules as published."""
    told = []
    if entry.get("new"):
        told.append(_("A new programme"))
    if entry.get("draft"):
        told.append(_("Draft %(hash)s") % {"hash": str(entry["draft"])[:8]})
    change = entry.get("change") or {}
    if not change:
        return told
    version = rules_of(entry, on).version
    told += [_parameter(version, name, value) for name, value in (change.get("parameters") or {}).items()]
    told += [_criterion(version, id_, wanted) for id_, wanted in (change.get("criteria") or {}).items()]
    told += _places(change)
    if change.get("benefit") is not None:
        told += _benefit(version, change["benefit"])
    rest = {"compatible", "priority", "reference_date", "payee", "one_per_household"} & set(change)
    return told + [_("Other rules changed: %(names)s") % {"names": ", ".join(sorted(rest))}] * bool(rest)


def value_in_words(value: object, unit: str) -> str:
    """A parameter's figure with its unit."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, int | float):
        return say(unit, value) if unit else str(value)
    if unit.startswith("taka"):
        told = taka(round(value * 100))
        return told if unit == "taka" else f"{told} {say('lab_per', unit)}"
    return f"{num(value, 0 if float(value).is_integer() else 2)} {say('unit', unit) if unit else ''}".strip()


def _parameter(version: Version, name: str, value: object) -> str:
    known = version.parameters.get(name)
    told = value_in_words(value, known.unit if known else "")
    if known is None:
        return f"{say('parameter', name)}: {told}"
    return _("%(what)s: %(new)s, not %(old)s") % {
        "what": say("parameter", name), "new": told, "old": value_in_words(known.value, known.unit),
    }  # fmt: skip


def _criterion(version: Version, id_: str, wanted: object) -> str:
    known = id_ in version.criterion_ids
    sentence = version.sentence(id_).in_language(language()) if known else ""
    if wanted is None:
        return _("Condition dropped: %(text)s") % {"text": sentence}
    must = wanted.get("must", "") if isinstance(wanted, Mapping) else wanted
    if known:
        return _("Condition “%(text)s” now: %(must)s") % {"text": sentence, "must": must}
    return _("Condition added: %(must)s") % {"must": must}


def _places(change: Mapping[str, Any]) -> list[str]:
    told = []
    if change.get("quota") == "none":
        told.append(_("No quota: everyone eligible"))
    elif change.get("quota"):
        told.append(_("Quota changed"))
    if change.get("places") is not None:
        told.append(_("%(n)s places in all") % {"n": num(change["places"])})
    if areas := change.get("universal_in"):
        text = ngettext("Everyone eligible in %(n)s upazila", "Everyone eligible in %(n)s upazilas", len(areas))
        told.append(text % {"n": num(len(areas))})
    if change.get("universal_where"):
        told.append(_("Everyone eligible where: %(must)s") % {"must": change["universal_where"]})
    return told


def _benefit(version: Version, lines: Sequence[Mapping[str, Any]]) -> list[str]:
    before = {line.id: line for line in version.benefit}
    told = []
    for raw in lines:
        line = Benefit.model_validate(raw)
        if before.get(line.id) != line:
            told.append(_("Benefit: %(text)s") % {"text": benefit_in_words(version, line)})
    gone = set(before) - {str(raw.get("id", "regular")) for raw in lines}
    return told + [_("Benefit dropped: %(text)s") % {"text": benefit_in_words(version, before[id_])} for id_ in gone]


def benefit_in_words(version: Version, line: Benefit) -> str:
    """ "৳ 650 a month, for pupils in primary school"."""
    amount = version.values.get(line.amount) if isinstance(line.amount, str) else line.amount
    told = taka(int(amount) * 100) if isinstance(amount, int | float) else f"{num(line.quantity)} {line.unit}"
    what = what_for(line, language())
    return f"{told} {say('per', line.per)}" + (f" ({what})" if what else "")


class Card(NamedTuple):
    """A scenario as the page of its comparison shows it."""

    place: int
    title: str
    on: date
    facts: list[tuple[str, str]]
    programmes: list[tuple[str, str, list[str]]]  # code, name, changes in words


def card(place: int, scenario: Mapping[str, Any]) -> Card:
    on = str(scenario["on"])
    share = scenario.get("take_up", 1.0)
    asks = _("differs by programme") if isinstance(share, Mapping) else percent(share, 0)
    facts = [
        (_("Years"), num(scenario.get("years", 5))), (_("Take-up"), asks),
        (_("Administration"), percent(scenario.get("administration", 0.0))),
    ]  # fmt: skip
    if scenario.get("line"):
        facts.append(
            (_("Poverty line"), _("%(amount)s a person and month") % {"amount": taka(round(scenario["line"] * 100))})
        )
    programmes = []
    for entry in scenario["programmes"]:
        code = code_of(entry)
        own = (entry.get("new") or {}).get("title")
        name = own["en" if language() == "en" else "bn"] if own else names.programme(code, language())
        programmes.append((code, name, in_words(entry, on)))
    return Card(place, title(scenario), date.fromisoformat(on), facts, programmes)
