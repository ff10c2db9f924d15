"""What a line of a benefit schedule is for, in words: one programme pays several amounts, and each says to whom."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shohay.core.definition import Benefit
from shohay.core.facts import FACTS
from shohay.web.parts.words import word
from shohay.web.templatetags.shohay import num


def what_for(line: Benefit, language: str) -> str:
    """The text of the line, else the facts that choose it: "Pupils in primary school: 2"; '' when it is for all."""
    if line.text:
        return line.text.as_text().in_language(language)
    said = [_of_fact(name, wanted, language) for name, wanted in line.where.items()]
    if line.times:
        said.append(_("for each: %(fact)s") % {"fact": FACTS[line.times].text.in_language(language)})
    return "; ".join(said)


def _of_fact(name: str, wanted: bool | list[object], language: str) -> str:
    fact = FACTS[name].text.in_language(language)
    if isinstance(wanted, bool):
        return f"{fact}: {word(wanted, language)}"
    if FACTS[name].kind == "number" and len(wanted) == 2:
        return f"{fact}: {_range(*wanted)}"
    return f"{fact}: {', '.join(word(one, language, name) for one in wanted)}"


def _range(first: object, last: object) -> str:
    """2, or 4 and more, or 6 to 8."""
    low, high = (num(one) if isinstance(one, int | float) else "" for one in (first, last))
    if low == high:
        return low
    if not high:
        return _("%(n)s and more") % {"n": low}
    return _("%(from)s to %(to)s") % {"from": low, "to": high} if low else _("up to %(n)s") % {"n": high}
