"""What a rule says: one contradiction, where it stands, what is printed and what was expected, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shohay.core.bangla_text import to_bangla_digits

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Finding:
    """One contradiction; lines count from 1, ``line_end`` equals ``line`` for a single place."""

    line: int
    rule: str
    severity: str
    reported: str
    expected: str
    bn: str
    en: str
    place_bn: str = ""
    place_en: str = ""
    line_end: int = 0
    excerpt: str = ""

    def as_row(self) -> dict[str, Any]:
        """The shape that the command prints and the database keeps."""
        return {
            "line": self.line, "line_end": self.line_end or self.line,
            "place": {"bn": self.place_bn, "en": self.place_en}, "rule": self.rule, "severity": self.severity,
            "reported": self.reported, "expected": self.expected, "message": {"bn": self.bn, "en": self.en},
            "excerpt": self.excerpt,
        }  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """A rule's name for people; ``bn`` and ``en`` are templates filled with the finding's parameters."""

    code: str
    severity: str
    title_bn: str
    title_en: str
    bn: str
    en: str

    def at(
        self, line: int, *, reported: object = "", expected: object = "", line_end: int = 0, severity: str = "",
        **words: object,
    ) -> Finding:  # fmt: skip
        """A finding of this rule; ``words`` fill the sentences, a pair (bn, en) fills each language with its own."""
        words |= {"reported": reported, "expected": expected}
        bn = {name: value[0] if isinstance(value, tuple) else in_bangla(value) for name, value in words.items()}
        en = {name: value[1] if isinstance(value, tuple) else value for name, value in words.items()}
        return Finding(
            line=line, line_end=line_end or line, rule=self.code, severity=severity or self.severity,
            reported=str(en["reported"]), expected=str(en["expected"]), bn=self.bn.format(**bn), en=self.en.format(**en),
        )  # fmt: skip


def in_bangla(value: object) -> object:
    """A bare number in Bangla digits; what quotes the draft stays as it is printed."""
    text = str(value)
    return to_bangla_digits(text) if re.fullmatch(r"[\d,.\s%+-]+", text) else value


def lines(line: int) -> tuple[str, str]:
    """'line 12' in both languages."""
    return f"পঙ্‌ক্তি {to_bangla_digits(str(line))}", f"line {line}"


def summary(findings: Iterable[Finding]) -> dict[str, Mapping[str, int]]:
    """How many of each severity and of each rule."""
    rows = list(findings)
    severities = Counter(row.severity for row in rows)
    return {
        "by_severity": {name: severities.get(name, 0) for name in SEVERITIES},
        "by_rule": dict(sorted(Counter(row.rule for row in rows).items(), key=lambda pair: (-pair[1], pair[0]))),
    }
