"""Help for whoever writes a criterion: what is wrong and where, what it asks when a fact is missing, and a criterion
made from a fact, a comparison and a value, with its sentence in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from shohay.core import criteria
from shohay.core.criteria import Checked, Parameters
from shohay.core.facts import FACTS, Fact
from shohay.core.messages import Refusal, Text

COMPARISONS = {
    "=": Text("সমান", "is"),
    "<>": Text("সমান নয়", "is not"),
    ">=": Text("অন্তত", "at least"),
    "<=": Text("সর্বোচ্চ", "at most"),
    ">": Text("বেশি", "more than"),
    "<": Text("কম", "less than"),
    "between": Text("থেকে ... পর্যন্ত", "between ... and"),
    "in": Text("এর একটি", "is one of"),
    "true": Text("হ্যাঁ", "holds"),
    "false": Text("না", "does not hold"),
}
BY_KIND = {
    "bool": ("true", "false"),
    "number": (">=", "<=", ">", "<", "=", "<>", "between"),
    "text": ("=", "<>", "in"),
    "date": (">=", "<=", ">", "<", "=", "<>", "between"),
}
SENTENCES = {
    "true": Text("{fact}", "{fact}"),
    "false": Text("প্রযোজ্য নয়: {fact}", "Does not apply: {fact}"),
    "=": Text("{fact}: {value}", "{fact}: {value}"),
    "<>": Text("{fact} {value} নয়", "{fact} is not {value}"),
    ">=": Text("{fact} অন্তত {value}", "{fact} at least {value}"),
    "<=": Text("{fact} সর্বোচ্চ {value}", "{fact} at most {value}"),
    ">": Text("{fact} {value}-এর বেশি", "{fact} more than {value}"),
    "<": Text("{fact} {value}-এর কম", "{fact} less than {value}"),
    "between": Text("{fact} {value} থেকে {second}", "{fact} between {value} and {second}"),
    "in": Text("{fact}: {value}", "{fact}: {value}"),
}
ROLES = {
    "alone": Text("জানা না থাকলে উত্তর: বলা যায় না", "If it is not known the answer is: cannot tell"),
    "and": Text(
        "জানা না থাকলে বলা যায় না, যদি না অন্য অংশেই অযোগ্য হন",
        "If it is not known: cannot tell, unless another part already fails",
    ),
    "or": Text(
        "জানা না থাকলে বলা যায় না, যদি না অন্য অংশেই শর্ত পূরণ হয়",
        "If it is not known: cannot tell, unless another part already holds",
    ),
    "assumed": Text(
        "জানা না থাকলে coalesce-এর মানটি ধরা হয়: কাউকে জিজ্ঞেস করা হবে না",
        "If it is not known the value in coalesce is taken: nobody will be asked",
    ),
}


class Mistake(NamedTuple):
    """What is wrong with an expression: where it stands (letters from 0; None = the whole), what, and why."""

    start: int | None
    end: int | None
    what: str
    why: Text


class Needed(NamedTuple):
    """A fact that an expression reads: what is asked for it, and what its absence does."""

    fact: Fact
    asked: tuple[Fact, ...]
    role: str


def examine(text: str, parameters: Parameters, unit: str = "person") -> Checked | Mistake:
    """The checked expression of one criterion, or what is wrong with it and where."""
    try:
        checked = criteria.check(text, FACTS, parameters)
        if checked.kind != "bool":
            raise Refusal("definition_not_boolean", code="", id=text[:40])
        if unit == "household":
            for name in sorted(checked.facts):
                if FACTS[name].level not in ("household", "area"):
                    raise Refusal("definition_level", code="", id=text[:40], fact=name)
    except Refusal as wrong:
        return _mistake(text, wrong)
    return checked


def _mistake(text: str, wrong: Refusal) -> Mistake:
    why = Text(wrong.say("bn").removeprefix(": "), wrong.say("en").removeprefix(": "))
    if wrong.code == "criterion_unreadable":
        return _unread(text, why)
    named = next((str(wrong.params[key]) for key in ("value", "fact", "name", "what") if key in wrong.params), "")
    named = named.partition(": ")[2] or named
    place = re.search(re.escape(named), text, re.IGNORECASE) if named else None
    if place is None and named:  # what sqlglot writes back may differ in blanks and letters
        first = next(iter(re.findall(r"\w+", named)), "")
        place = re.search(rf"\b{re.escape(first)}\b", text, re.IGNORECASE) if first else None
    return Mistake(place.start() if place else None, place.end() if place else None, named, why)


def _unread(text: str, why: Text) -> Mistake:
    """Where the reader stumbled: the place that the parser names, else the first sign that may not stand there."""
    strange = re.search(r"[;\x00-\x1f\x7f]", text)
    if strange:
        return Mistake(strange.start(), strange.end(), strange.group(), why)
    if text.count("(") != text.count(")"):
        at = text.rfind("(") if text.count("(") > text.count(")") else text.rfind(")")
        return Mistake(at, at + 1, text[at], why)
    try:
        sqlglot.parse(text[: criteria.MAX_LENGTH])
    except ParseError as wrong:
        first = wrong.errors[0] if wrong.errors else {}
        marked = str(first.get("highlight") or "")
        at = text.find(marked, max(int(first.get("col") or 0) - len(marked) - 1, 0)) if marked else -1
        if at >= 0:
            return Mistake(at, at + len(marked), marked, why)
    except Exception:  # sqlglot raises several kinds; the place is a help, not a promise
        pass
    return Mistake(None, None, "", why)


def needed(checked: Checked) -> list[Needed]:
    """What each fact does when it is missing, the decisive ones first."""
    weight = list(ROLES).index
    found: dict[str, str] = {}
    for column in checked.tree.find_all(exp.Column):
        found[column.name] = min(_role(column), found.get(column.name, "assumed"), key=weight)
    order = sorted(found, key=lambda name: (weight(found[name]), name))
    return [Needed(FACTS[name], tuple(FACTS[asked] for asked in FACTS[name].asked), found[name]) for name in order]


def _role(column: exp.Expression) -> str:
    """How much of the answer hangs on a fact: alone, joined by and, joined by or, or filled in by coalesce."""
    role, node = "alone", column.parent
    while node is not None:
        if isinstance(node, exp.Coalesce):
            return "assumed"
        if isinstance(node, exp.Or | exp.Anonymous):
            role = "or"
        elif isinstance(node, exp.And) and role == "alone":
            role = "and"
        node = node.parent
    return role


# ------------------------------------------------------------------------------------------------ made by form


def build(fact: str, comparison: str, value: str, second: str, parameters: Mapping[str, Any]) -> str:
    """The expression of a fact compared with a value (a constant, or ``:name`` of a parameter).

    ``in`` takes values with commas. Raises Refusal('criterion_unknown_fact'), ('builder_value') or 'criterion_*'.
    """
    known = FACTS.get(fact)
    if known is None or known.kind not in BY_KIND:
        raise Refusal("criterion_unknown_fact", name=fact[:60])
    if comparison not in BY_KIND[known.kind]:
        comparison = BY_KIND[known.kind][0]
    if known.kind == "bool":
        return fact if comparison == "true" else f"not {fact}"
    if comparison == "in":
        made = f"{fact} in ({', '.join(_constant(known, one, parameters) for one in value.split(',') if one.strip())})"
    elif comparison == "between":
        made = f"{fact} between {_constant(known, value, parameters)} and {_constant(known, second, parameters)}"
    else:
        made = f"{fact} {comparison} {_constant(known, value, parameters)}"
    criteria.check(made, FACTS, parameters)
    return made


def _constant(fact: Fact, value: str, parameters: Mapping[str, Any]) -> str:
    value = value.strip()
    if value.startswith(":"):
        if value[1:] not in parameters:
            raise Refusal("criterion_unknown_parameter", name=value[1:61])
        return value
    fits = {
        "number": re.fullmatch(r"\d{1,15}(\.\d{1,6})?", value),
        "date": re.fullmatch(r"\d{4}-\d\d-\d\d", value),
        "text": value if value and "'" not in value and value.isprintable() else None,
    }[fact.kind]
    if not fits or (fact.values and value not in fact.values):
        raise Refusal("builder_value", value=value[:40], fact=fact.name)
    return value if fact.kind == "number" else f"date '{value}'" if fact.kind == "date" else f"'{value}'"


def sentence(fact: str, comparison: str, value: str, second: str) -> Text:
    """The sentence that goes with ``build``: a first wording, to be made better by whoever writes the rule."""
    label, form = FACTS[fact].text, SENTENCES.get(comparison, SENTENCES["="])
    shown, other = (re.sub(r"^:(\w+)$", r"{\1}", part.strip()) for part in (value, second))
    return Text(
        form.bn.format(fact=label.bn, value=shown, second=other),
        form.en.format(fact=label.en, value=shown, second=other),
    )
