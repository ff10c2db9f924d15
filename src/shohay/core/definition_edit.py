"""Changing a definition that is being written: pure steps on the document, and everything that is wrong with it.

A document here is what ``document.read`` gives. The edited version is the last one, always written out in full; the
versions before it stay as they are, but for the day on which an open one ends (``set_validity``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from shohay.core import document
from shohay.core.criteria import check
from shohay.core.definition import Definition, unfold
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal, Text, say

Document = dict[str, Any]
ONE_DAY = dt.timedelta(days=1)
LONGEST = 200_000  # letters of a document that is kept


class Problem(NamedTuple):
    """Something that must be mended before a document can be submitted: the part of the page it stands in, and why."""

    part: str
    text: Text


def edited(whole: Document) -> Document:
    """The last version in full, as a copy that may be changed."""
    return dict(unfold(str(whole.get("code", "?")), whole.get("versions"))[-1])


def with_edited(whole: Document, version: Document) -> Document:
    """The document with its last version replaced."""
    return {**whole, "versions": [*whole["versions"][:-1], version]}


def appended(whole: Document, first: dt.date) -> Document:
    """The document with a new last version from ``first``: what held before, without its sources and notes.

    Raises Refusal('draft_overlap') or ('draft_gap') when ``first`` does not follow what is there.
    """
    copy = {name: value for name, value in edited(whole).items() if name not in ("valid", "legal", "note", "status")}
    source = {"source": "", "kind": "rule", "confidence": "high"}  # to be filled in before submitting
    begun = {"valid": [first, None], "legal": [source], **copy}
    return set_validity(
        {**whole, "versions": [*whole["versions"], begun]}, first, None, follows=_is_open(edited(whole))
    )


def _is_open(version: Mapping[str, Any]) -> bool:
    return days(version)[1] is None


def days(version: Mapping[str, Any]) -> tuple[dt.date, dt.date | None]:
    """The first and the last day (None = open), also where the file wrote them as texts."""
    first, last = (dt.date.fromisoformat(day) if isinstance(day, str) else day for day in version["valid"])
    return first, last


def set_validity(whole: Document, first: dt.date, last: dt.date | None, *, follows: bool) -> Document:
    """The days of the last version. ``follows``: the version before it was open and ends the day before ``first``.

    Raises Refusal('draft_ends_early'), ('draft_overlap') or ('draft_gap'), which say from which day it may hold.
    """
    if last is not None and last < first:
        raise Refusal("draft_ends_early", first=first, last=last)
    versions = list(whole["versions"])
    if len(versions) > 1:
        versions[-2] = _ended(versions[-2], first, follows)
    versions[-1] = {**edited(whole), "valid": [first, last]}
    return {**whole, "versions": versions}


def _ended(before: Document, first: dt.date, follows: bool) -> Document:
    """The version before, ended where it was open; refused where the two do not meet."""
    began, ends = days(before)
    if first <= began:
        raise Refusal("draft_overlap", first=first, began=began, next=began + ONE_DAY)
    if follows or ends is None:
        return {**before, "valid": [began, first - ONE_DAY]}
    if first <= ends:
        raise Refusal("draft_overlap", first=first, began=began, next=ends + ONE_DAY)
    if first > ends + ONE_DAY:
        raise Refusal("draft_gap", first=first, last=ends, next=ends + ONE_DAY)
    return before


def begun(code: str, title: Text, unit: str, first: dt.date) -> Document:
    """A document for a programme that has no rules: the least that can be read, to be made into what is meant."""
    version = {
        "valid": [first, None],
        "legal": [{"source": "", "kind": "rule", "confidence": "high"}],
        "reference_date": "fiscal_year",
        "select_from": "applicants",
        "payee": "self" if unit == "person" else "woman",
        "parameters": {"rate": {"value": 500, "unit": "taka_per_month"}},
        "criteria": [_first_criterion(unit)],
        "compatible": {
            "default": "allowed",
            "reason": {"bn": "এর সঙ্গে চলে না এমন কোনো ভাতা নেই", "en": "No allowance that excludes this one"},
        },
        "priority": [{"by": "pmt_score", "order": "asc"}, {"by": "lot"}],
        "quota": {"by": "upazila", "from": "allocation"},
        "benefit": [{"kind": "cash", "amount": "rate", "per": "month", "of": unit}],
        "payment": {"rhythm": "quarterly", "channels": ["mfs", "bank"]},
        "verify": ["nid", "alive"],
        "ends": [{"on": "death", "from": "next_month"}],
    }
    return {
        "format": 1, "code": code, "programme": code, "unit": unit, "title": {"bn": title.bn, "en": title.en},
        "versions": [version],
    }  # fmt: skip


def _first_criterion(unit: str) -> Document:
    if unit == "person":
        text = {"bn": "আবেদনের এলাকার স্থায়ী বাসিন্দা", "en": "Permanent resident of the area applied in"}
        return {"id": "resident", "must": "is_permanent_resident", "text": text}
    text = {"bn": "পরিবারে অন্তত একজন সদস্য আছেন", "en": "The household has at least one member"}
    return {"id": "household", "must": "household_size >= 1", "text": text}


# ------------------------------------------------------------------------------------------------ criteria


def put_criterion(whole: Document, id_: str, criterion: Document) -> Document:
    """A criterion in the place of ``id_``, or at the end. Raises Refusal('definition_id_twice')."""
    version = edited(whole)
    criteria = list(version.get("criteria") or [])
    others = [one["id"] for one in criteria if one["id"] != id_]
    if criterion["id"] in others:
        raise Refusal("definition_id_twice", code=whole.get("code", "?"), id=criterion["id"])
    kept = [criterion if one["id"] == id_ else one for one in criteria]
    if criterion not in kept:
        kept.append(criterion)
    return with_edited(whole, {**version, "criteria": kept})


def move_criterion(whole: Document, id_: str, by: int) -> Document:
    """The criterion one place up (-1) or down (1); at the edge nothing moves."""
    version = edited(whole)
    criteria = list(version["criteria"])
    at = next((number for number, one in enumerate(criteria) if one["id"] == id_), None)
    if at is not None and 0 <= at + by < len(criteria):
        criteria[at], criteria[at + by] = criteria[at + by], criteria[at]
    return with_edited(whole, {**version, "criteria": criteria})


def drop_criterion(whole: Document, id_: str) -> Document:
    version = edited(whole)
    return with_edited(whole, {**version, "criteria": [one for one in version["criteria"] if one["id"] != id_]})


# ------------------------------------------------------------------------------------------------ what is wrong

# words of a place in the document -> the part of the editor where it is mended
PARTS = {
    "criteria": "criteria", "parameters": "parameters", "benefit": "benefit", "payment": "benefit",
    "quota": "selection", "priority": "selection", "compatible": "compatible",
    "ends": "transitions", "moves_in": "transitions",
    "legal": "about", "valid": "about", "title": "about", "reference_date": "about",
}  # fmt: skip


def problems(whole: Document) -> list[Problem]:
    """Everything that keeps the document from being submitted; empty when it may be."""
    try:
        version = edited(whole)
    except Refusal as wrong:
        return [problem("yaml", wrong)]
    found = [*_empty(version), *_unreadable(version)]
    try:
        Definition.parse(document.write(whole))
    except Refusal as wrong:
        told = problem(_part_of(wrong), wrong)
        known = found and (wrong.code == "definition_wrong" or wrong.code.startswith("criterion_"))
        found += [] if known else [told]
    return found


def _unreadable(version: Mapping[str, Any]) -> list[Problem]:
    """The expressions that cannot be run, each in its part."""
    values = {name: one.get("value") for name, one in (version.get("parameters") or {}).items()}
    texts = [("criteria", one.get("must")) for one in version.get("criteria") or []]
    texts += [("selection", one.get("by")) for one in version.get("priority") or [] if one.get("by") != "lot"]
    texts += [("selection", (version.get("quota") or {}).get("universal_where"))]
    texts += [("transitions", one.get("when")) for one in version.get("moves_in") or []]
    found = []
    for part, text in texts:
        try:
            check(str(text), FACTS, values) if text else None
        except Refusal as wrong:
            found.append(problem(part, wrong))
    return found


def problem(part: str, wrong: Refusal) -> Problem:
    return Problem(part, Text(wrong.say("bn"), wrong.say("en")))


def _said(part: str, code: str, **params: object) -> Problem:
    return Problem(part, Text(say(code, "bn", **params), say(code, "en", **params)))


def _empty(version: Mapping[str, Any]) -> list[Problem]:
    """What the schema lets through and an officer does not: no source, no sentence, no condition."""
    found = []
    sources = version.get("legal") or []
    if not sources or not all(str(legal.get("source", "")).strip() for legal in sources):
        found.append(_said("about", "draft_no_source"))
    if not version.get("criteria"):
        found.append(_said("criteria", "draft_no_criteria"))
    for criterion in version.get("criteria") or []:
        words = criterion.get("text") or {}
        if not str(words.get("bn", "")).strip() or not str(words.get("en", "")).strip():
            found.append(_said("criteria", "draft_no_sentence", id=criterion.get("id", "?")))
    return found


def _part_of(wrong: Refusal) -> str:
    """The part of the editor where a refusal of the whole document is mended."""
    if wrong.code in ("definition_overlap", "definition_gap"):
        return "about"
    where = str(wrong.params.get("where", "")).split(".")
    named = next((PARTS[step] for step in where if step in PARTS), "")
    if named or wrong.code == "definition_wrong":
        return named or "yaml"
    if str(wrong.params.get("id", "")).startswith(("priority ", "universal_where")):
        return "selection"
    return "benefit" if wrong.code.startswith("criterion_") else "criteria"  # other expressions were looked at before


# ------------------------------------------------------------------------------------------------ taking a file in


def taken(text: str) -> Definition:
    """A document from a file. Raises Refusal('draft_import_wrong') with the line, the place and why."""
    if len(text) > LONGEST:
        raise Refusal("draft_too_long", most=LONGEST)
    try:
        return Definition.parse(text)
    except Refusal as wrong:
        where = _where(wrong)
        line = line_of(text, where) if where or wrong.code == "definition_unreadable" else _line_with(text, wrong)
        place = ".".join(where) or "–"
        raise Refusal(
            "draft_import_wrong", line=line, where=place, why=Text(wrong.say("bn"), wrong.say("en"))
        ) from None


def _where(wrong: Refusal) -> list[str]:
    """The steps to the place that a refusal names, as far as it names one."""
    if wrong.code in ("definition_overlap", "definition_gap", "definition_first_changes"):
        return ["versions"]
    return [step for step in str(wrong.params.get("where", "")).split(".") if step]


def _line_with(text: str, wrong: Refusal) -> int:
    """The first line that holds what a refusal complains of: an expression, a name, an id."""
    named = [str(wrong.params[key]) for key in ("name", "what", "value", "text", "id") if key in wrong.params]
    lines = [number for number, line in enumerate(text.splitlines(), 1) if any(one and one in line for one in named)]
    return lines[0] if lines else 1


def line_of(text: str, where: Sequence[str]) -> int:
    """The line (from 1) on which the part at ``where`` begins; of the deepest step that is there. 1 when unreadable."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as wrong:
        return wrong.problem_mark.line + 1 if wrong.problem_mark else 1
    except (yaml.YAMLError, ValueError, RecursionError):
        return 1
    line = 1
    for step in where:
        if isinstance(node, yaml.MappingNode):
            inner = next(((key, value) for key, value in node.value if key.value == step), None)
            key, node = inner if inner else (None, node)
            line = key.start_mark.line + 1 if key is not None else line
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line + 1
    return line
