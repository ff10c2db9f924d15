"""A condition of a rule or a scorecard as a reader says it: facts by their names, signs instead of operators."""

from __future__ import annotations

import re

from shohay.core.bangla import to_bangla_digits
from shohay.core.facts import FACTS
from shohay.web.parts.words import word

SIGNS = {">=": "≥", "<=": "≤", "<>": "≠", "!=": "≠", "=": "=", ">": ">", "<": "<"}
JOINS = {
    "and": ("এবং", "and"), "or": ("অথবা", "or"), "not": ("নয়:", "not:"), "in": ("এর মধ্যে", "one of"),
    "is": ("", "is"), "null": ("অজানা", "unknown"), "true": ("হ্যাঁ", "yes"), "false": ("না", "no"),
}  # fmt: skip
TOKEN = re.compile(r"'([^']*)'|(:?[A-Za-z_][A-Za-z_0-9.]*)|(>=|<=|<>|!=|=|>|<)")


def said(text: str, language: str) -> str:
    """The condition in words. It stays an expression: brackets and order are its own.

    >>> said("members_under_13 >= 3 and has_television", "en")
    'Members aged 12 or less ≥ 3 and Owns a television'
    """
    english = language == "en"

    def put(found: re.Match[str]) -> str:
        value, name, sign = found.groups()
        if sign:
            return SIGNS[sign]
        if name is None:
            return word(value, language)
        if name.lower() in JOINS:
            return JOINS[name.lower()][english]
        return FACTS[name].text.in_language(language) if name in FACTS else name.lstrip(":")

    made = " ".join(TOKEN.sub(put, text).split())
    return made if english else to_bangla_digits(made)
