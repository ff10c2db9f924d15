"""Places in an order that sentences give: largest, third, following closely, lower than others, members of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from shohay.core.bangla_text import to_bangla_digits
from shohay.core.checking.claims import RankClaim, clean_amounts, measure_of, rank_claims
from shohay.core.checking.context import MEASURE_WORDS, Report
from shohay.core.checking.finding import Finding, Rule
from shohay.core.checking.names import Entity
from shohay.core.checking.rules_values import amount_in, with_unit

PLACE = Rule(
    "order.place", "error", "ক্রমে ভুল স্থান", "A wrong place in an order",
    "{measure} অনুযায়ী “{name}” “{reported}” বলা হয়েছে; সারণিতে এর স্থান {expected}।",
    "{name} is called \"{reported}\" by {measure}; by the table its place is {expected}.",
)  # fmt: skip
NEXT = Rule(
    "order.next", "error", "পরবর্তী স্থানের দাবি ভুল", "Not the one that follows",
    "{measure} অনুযায়ী “{after}”-এর পরেই “{name}” বলা হয়েছে; সারণিতে পরের স্থানে {expected}।",
    "{name} is said to follow {after} by {measure}; by the table {expected} does.",
)  # fmt: skip
CLOSE = Rule(
    "order.not-close", "note", "কাছাকাছি বলা হলেও ব্যবধান বড়", "Said to be close, and far",
    "{measure} অনুযায়ী “{name}” “{after}”-এর কাছাকাছি বলা হয়েছে; এর পরিমাণ {expected}, অর্থাৎ তার {share} শতাংশ মাত্র।",
    "{name} is said to follow {after} closely by {measure}; it has {expected}, only {share} per cent of that.",
)  # fmt: skip
COMPARED = Rule(
    "order.compared", "error", "অন্যদের সঙ্গে তুলনা ভুল", "A wrong comparison with the others",
    "{name}: {measure} “{reported}” বলা হয়েছে; সারণিতে এর স্থান {expected}।",
    "{name}: its {measure} is called \"{reported}\"; by the table its place is {expected}.",
)  # fmt: skip
SCOPE = Rule(
    "order.scope", "error", "তালিকার সীমার বাইরে", "Listed outside the list's own bound",
    "তালিকাটি “{reported}”-এর জন্য, কিন্তু “{name}”-এর {measure} {expected}।",
    "The list is of those {reported}, and {name} has a {measure} of {expected}.",
)  # fmt: skip
RULES = (PLACE, NEXT, CLOSE, COMPARED, SCOPE)

LISTING = re.compile(r"\b(includ(?:e|es|ing)|such as|namely|like)\b|যেমন|অন্তর্ভুক্ত", re.I)
SCOPED = re.compile(r"\b(specifically|only|those|ministries|programmes|programs|divisions)\b", re.I)


def check(report: Report) -> Iterator[Finding]:
    """Orderings first, then members of lists that have a bound."""
    for claim in rank_claims(report.document, report.names):
        found = _judge(report, claim)
        if found:
            yield found
    yield from _scopes(report)


def peers(report: Report, entity: Entity, measure: str) -> list[Entity]:
    return sorted(
        (row for row in report.names.of_kind(entity.kind) if row.values.get(measure) is not None),
        key=lambda row: -row.values[measure],
    )


def places(rows: list[Entity], entity: Entity, measure: str) -> tuple[int, int]:
    """First and last place that the entity shares with its equals, from 1."""
    value = entity.values[measure]
    above = sum(1 for row in rows if row.values[measure] > value)
    return above + 1, above + sum(1 for row in rows if row.values[measure] == value)


def _judge(report: Report, claim: RankClaim) -> Finding | None:
    entity, measure = claim.entity, claim.measure
    if entity.values.get(measure) is None:
        return None
    rows = peers(report, entity, measure)
    if len(rows) < 3:
        return None
    first, last = places(rows, entity, measure)
    shown: dict[str, Any] = {"name": entity.pair, "measure": MEASURE_WORDS[measure]}
    if claim.after is not None:
        return _next(claim, rows, shown)
    bn, en = with_unit(entity.values[measure], measure)
    where = (
        f"{to_bangla_digits(str(len(rows)))}টির মধ্যে {to_bangla_digits(str(first))} নম্বর ({bn})",
        f"{first} of {len(rows)} ({en})",
    )
    if claim.way:
        low = claim.way == "lower"
        middle = len(rows) / 2
        wrong = first <= middle if low else last > middle
        return COMPARED.at(claim.line, reported=claim.words, expected=where, **shown) if wrong else None
    wanted = claim.rank if claim.rank > 0 else len(rows) + 1 + claim.rank
    if first <= wanted <= last:
        return None
    return PLACE.at(claim.line, reported=claim.words, expected=where, **shown)


def _next(claim: RankClaim, rows: list[Entity], shown: dict[str, Any]) -> Finding | None:
    after, measure = claim.after, claim.measure
    assert after is not None
    if after.values.get(measure) is None or after not in rows:
        return None
    mine, its = claim.entity.values[measure], after.values[measure]
    # at one level of the order: those with the next lower value
    below = [row.values[measure] for row in rows if row.values[measure] < its]
    if mine != its and (mine > its or (below and mine < max(below))):
        right = next((row for row in rows if below and row.values[measure] == max(below)), None)
        expected = right.name if right else "nobody"
        return NEXT.at(claim.line, reported=claim.words, expected=expected, after=after.pair, **shown)
    if re.search("close", claim.words, re.I) and its and mine / its < Decimal("0.5"):
        share = f"{mine / its * 100:.0f}"
        return CLOSE.at(
            claim.line, reported=claim.words, expected=with_unit(mine, measure), after=after.pair, share=share, **shown
        )  # fmt: skip
    return None


def _scopes(report: Report) -> Iterator[Finding]:
    """'Those reaching over 5 lakh … other ministries, including A, B and C': every member must be over the bound."""
    bound: tuple[object, str, Decimal, str] | None = None
    for paragraph in report.document.paragraphs:
        if bound and bound[0] is not paragraph.section:
            bound = None
        for sentence in paragraph.sentences:
            mentions = report.names.mentions(sentence.text)
            overs = [row for row in clean_amounts(sentence.text) if row.bound == "over"]
            if overs and not mentions and SCOPED.search(sentence.text):
                measure = measure_of(sentence.text, overs[0])
                if measure:
                    words = f"over {sentence.text[overs[0].start : overs[0].end]}"
                    bound = (paragraph.section, measure, amount_in(overs[0], measure), words)
                continue
            if bound is None or overs or len(mentions) < 2 or not LISTING.search(sentence.text):
                continue
            _section, measure, low, words = bound
            for row in mentions:
                value = row.entity.values.get(measure)
                if value is not None and value < low:
                    yield SCOPE.at(
                        sentence.line(row.start), reported=words, expected=with_unit(value, measure),
                        name=row.entity.pair, measure=MEASURE_WORDS[measure],
                    )  # fmt: skip
