"""What a draft changes: the newest version of one document against the newest of another, part by part, in words.

Versions of the past are compared too: a document that rewrites them says so, since payments were made by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from shohay.core import definition_words as words
from shohay.core.definition import Criterion, Definition, Version
from shohay.core.definition_words import Names
from shohay.core.messages import Text

PARTS = ("about", "criteria", "parameters", "benefit", "selection", "compatible", "transitions", "past")
LABELS = {
    "title": Text("নাম", "Title"),
    "unit": Text("একক", "Unit"),
    "valid": Text("মেয়াদ", "Valid"),
    "reference_date": Text("বয়স গণনার তারিখ", "Day on which ages are counted"),
    "order": Text("শর্তের ক্রম", "Order of the conditions"),
    "select_from": Text("বাছাই", "Chosen"),
    "payee": Text("টাকা পান", "Paid to"),
    "one_per_household": Text("পরিবারে একজন", "One in a household"),
    "quota": Text("কোটা", "Quota"),
    "priority": Text("অগ্রাধিকার", "Priority"),
    "default": Text("অন্য সব কর্মসূচি", "All other programmes"),
    "scope": Text("কার হিসাবে", "Counted over"),
    "reason": Text("নাগরিককে বলা কারণ", "Reason told to the citizen"),
    "rhythm": Text("পরিশোধের সময়", "Paid"),
    "due": Text("পরিশোধের দিন", "Days of payment"),
    "channels": Text("মাধ্যম", "Channels"),
    "verify": Text("যাচাই", "Verified"),
    "letters": Text("চিঠি", "Letters"),
    "note": Text("টীকা", "Note"),
    "legal": Text("আইনি সূত্র", "Legal source"),
    "version": Text("আগের সংস্করণ", "Earlier version"),
}


class Change(NamedTuple):
    """One thing that differs. ``kind``: added, removed or changed; ``old`` and ``new`` in words, None where absent."""

    part: str
    kind: str
    label: Text
    old: Text | None
    new: Text | None


def compare(before: Definition | None, after: Definition, names: Names | None = None) -> list[Change]:
    """Everything in which the newest version of ``after`` differs from that of ``before``; all is new without one."""
    known = names or {}
    old, new = before.versions[-1] if before else None, after.versions[-1]
    found = [
        *_pairs("about", _about(before, old, known), _about(after, new, known)),
        *_criteria(old, new),
        *_pairs("parameters", _parameters(old), _parameters(new)),
        *_pairs("benefit", _benefit(old), _benefit(new)),
        *_pairs("selection", _selection(old), _selection(new)),
        *_pairs("compatible", _compatible(old, known), _compatible(new, known)),
        *_pairs("transitions", _transitions(old, known), _transitions(new, known)),
        *_past(before, after),
    ]
    return found


def _pairs(part: str, old: Mapping[Any, tuple[Text, Text]], new: Mapping[Any, tuple[Text, Text]]) -> list[Change]:
    """(label, words) by key on both sides -> what was added, removed or changed, in the new order."""
    found = []
    for key in dict.fromkeys((*new, *old)):
        was, is_ = old.get(key), new.get(key)
        if was is None and is_ is not None:
            found.append(Change(part, "added", is_[0], None, is_[1]))
        elif is_ is None and was is not None:
            found.append(Change(part, "removed", was[0], was[1], None))
        elif was is not None and is_ is not None and was[1] != is_[1]:
            found.append(Change(part, "changed", is_[0], was[1], is_[1]))
    return found


def _plain(value: object) -> Text:
    return Text(str(value), str(value))


def _about(whole: Definition | None, version: Version | None, names: Names) -> dict[Any, tuple[Text, Text]]:
    if whole is None or version is None:
        return {}
    told = {
        "title": whole.title.as_text(),
        "unit": words.code(whole.unit),
        "valid": words.days(version.first, version.valid[1]),
        "reference_date": words.code(version.reference_date),
        "note": _plain(version.note),
        "letters": _plain(", ".join(f"{name}: {letter}" for name, letter in version.letters.items())),
    }
    rows: dict[Any, tuple[Text, Text]] = {name: (LABELS[name], text) for name, text in told.items() if text.en}
    return rows | {("legal", one.source): (LABELS["legal"], words.legal(one)) for one in version.legal if one.source}


def _criteria(old: Version | None, new: Version) -> list[Change]:
    was = {one.id: one for one in old.criteria} if old else {}
    is_ = {one.id: one for one in new.criteria}
    found = []
    for id_ in dict.fromkeys((*is_, *was)):
        before = _criterion(old, was[id_]) if old and id_ in was else None
        after = _criterion(new, is_[id_]) if id_ in is_ else None
        if before != after:
            kind = "added" if before is None else "removed" if after is None else "changed"
            found.append(Change("criteria", kind, Text(id_, id_), before, after))
    kept = [id_ for id_ in was if id_ in is_]
    order = [id_ for id_ in is_ if id_ in was]
    if kept != order:
        found.append(Change("criteria", "changed", LABELS["order"], _plain(", ".join(kept)), _plain(", ".join(order))))
    return found


def _criterion(version: Version, one: Criterion) -> Text:
    """The sentence as citizens read it, with its figures, and the expression behind it."""
    said = version.sentence(one.id)
    return Text(f"{said.bn} — {one.must}", f"{said.en} — {one.must}")


def _parameters(version: Version | None) -> dict[Any, tuple[Text, Text]]:
    if version is None:
        return {}
    return {name: (Text(name, name), words.parameter(one)) for name, one in version.parameters.items()}


def _benefit(version: Version | None) -> dict[Any, tuple[Text, Text]]:
    if version is None:
        return {}
    lines: dict[Any, tuple[Text, Text]] = {}
    for number, line in enumerate(version.benefit):
        label = line.text.as_text() if line.text else Text(line.id, line.id)
        lines[(line.id, sum(one.id == line.id for one in version.benefit[:number]))] = (
            label,
            words.benefit(version, line),
        )
    payment = version.payment
    told = {
        "rhythm": words.code(payment.rhythm), "due": _plain(", ".join(payment.due)),
        "channels": _plain(", ".join(payment.channels)), "verify": _plain(", ".join(version.verify)),
    }  # fmt: skip
    return lines | {name: (LABELS[name], text) for name, text in told.items() if text.en}


def _selection(version: Version | None) -> dict[Any, tuple[Text, Text]]:
    if version is None:
        return {}
    told = {
        "select_from": words.code(version.select_from), "payee": words.code(version.payee),
        "one_per_household": words.code(version.one_per_household), "quota": words.quota(version.quota),
        "priority": words.order(version.priority),
    }  # fmt: skip
    return {name: (LABELS[name], text) for name, text in told.items()}


def _compatible(version: Version | None, names: Names) -> dict[Any, tuple[Text, Text]]:
    if version is None:
        return {}
    rules = version.compatible
    told: dict[Any, tuple[Text, Text]] = {
        "default": (LABELS["default"], words.code(rules.default)),
        "scope": (LABELS["scope"], words.code(rules.scope)),
        "reason": (LABELS["reason"], rules.reason.as_text()),
    }
    with_ = {code: (words.programme(code, names), words.code(rule)) for code, rule in rules.with_.items()}
    return told | {("with", code): row for code, row in with_.items()}


def _transitions(version: Version | None, names: Names) -> dict[Any, tuple[Text, Text]]:
    if version is None:
        return {}
    ends = {("end", one.on): (words.code(one.on), words.end(one)) for one in version.ends}
    moves = {
        ("move", one.from_): (words.programme(one.from_, names), words.move(one, names)) for one in version.moves_in
    }
    return {**ends, **moves}


def _past(before: Definition | None, after: Definition) -> list[Change]:
    """Versions that were there already and read otherwise now; the end of the newest one is no rewriting."""
    if before is None:
        return []
    found = []

    def told(one: Version) -> Text:
        return words.days(one.first, one.valid[1])

    count = len(before.versions)
    for number, (old, new) in enumerate(zip(before.versions, after.versions, strict=False), start=1):
        newest_continued = number == count < len(after.versions)
        if number == len(after.versions):
            continue  # the version that is compared part by part
        same = old.model_copy(update={"valid": (old.first, None)}) == new.model_copy(
            update={"valid": (new.first, None)}
        )
        if not same or (old.valid != new.valid and not (newest_continued and old.valid[1] is None)):
            found.append(Change("past", "changed", LABELS["version"], told(old), told(new)))
    found += [
        Change("past", "removed", LABELS["version"], told(old), None) for old in before.versions[len(after.versions) :]
    ]
    return found
