"""The shared vocabulary of criteria: every fact with its type, unit, level, meaning and origin.

How a fact is computed for a nation stands in shohay.bulk.facts; the lists are held equal by a test.
"""

from __future__ import annotations

from dataclasses import dataclass

from shohay.core.fact_list import AREA, BENEFIT, HOUSEHOLD, PERSON, VALUES, Kind
from shohay.core.messages import Text

LEVELS = {
    "person": Text("ব্যক্তির তথ্য", "Facts of a person"),
    "household": Text("পরিবারের তথ্য", "Facts of a household"),
    "area": Text("এলাকার তথ্য", "Facts of an area"),
    "benefit": Text("এখন পাওয়া সুবিধা", "Benefits now received"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One named fact. ``needs`` is empty for what is asked or counted, else the facts it is derived from."""

    name: str
    kind: Kind
    unit: str
    level: str
    text: Text
    source: str
    needs: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def asked(self) -> tuple[str, ...]:
        """The facts that must be known for this one to be known: itself, or what it is derived from, to the end."""
        if not self.needs:
            return (self.name,)
        return tuple(dict.fromkeys(name for need in self.needs for name in FACTS[need].asked))


FACTS: dict[str, Fact] = {
    name: Fact(name, kind, unit, level, Text(bn, en), source, needs, VALUES.get(name, ()))
    for name, kind, unit, level, bn, en, source, needs in (*PERSON, *HOUSEHOLD, *AREA, *BENEFIT)
}


def render() -> str:
    """The page that lists the facts, in Markdown, both languages side by side."""
    lines = ["# তথ্যের তালিকা · Facts", "", "Written by `tools/generate.py` from `shohay/core/fact_list.py`.", ""]
    for level, title in LEVELS.items():
        lines += [
            f"## {title.bn} · {title.en}",
            "",
            "| fact | বাংলা | English | type | unit | known from |",
            "|---|---|---|---|---|---|",
        ]
        for fact in FACTS.values():
            if fact.level == level:
                kind = " / ".join(fact.values) if fact.values else fact.kind
                made = f"{fact.source}: {', '.join(f'`{need}`' for need in fact.needs)}" if fact.needs else fact.source
                lines.append(f"| `{fact.name}` | {fact.text.bn} | {fact.text.en} | {kind} | {fact.unit} | {made} |")
        lines.append("")
    return "\n".join(lines)
