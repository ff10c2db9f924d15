"""Figures of a simulation in words and units: names of scenarios, programmes, groups and warnings; small numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from shohay.core import simulation_result as known
from shohay.core.facts import FACTS
from shohay.core.indicators import public
from shohay.core.messages import Text
from shohay.web.office.words import say
from shohay.web.parts import names
from shohay.web.templatetags.shohay import digits, language, num, percent, taka

Result = Mapping[str, Any]
Z95 = 1.959964  # of the normal distribution: survey bases have hundreds of clusters
POISHA_LAKH, POISHA_CRORE = 10_000_000, 1_000_000_000
TOTALS = ("eligible", "caseload", "people", "households")
MONEY = ("transfers", "goods", "administration", "cost")
SHARES = ("coverage", "exclusion", "left_out", "inclusion", "exclusion_poorest", "inclusion_poorest", "adequacy",
          "benefit_share_poor")  # fmt: skip
POVERTY = ("headcount_before", "headcount", "gap_before", "gap", "gini_before", "gini")


def _in(text: Text) -> str:
    return text.in_language(language())


def scenario(result: Result, place: int) -> str:
    """A scenario's title with its number, so that two of one title can be told apart."""
    words = result["scenarios"][place]["title"]
    return f"{num(place + 1)}. {words[language()] or words['en'] or words['bn']}"


def scenarios(result: Result) -> list[str]:
    return [scenario(result, place) for place in range(len(result["scenarios"]))]


def programme(result: Result, code: str) -> str:
    """The name as in the definition that was simulated."""
    if code == known.ALL:
        return _("All programmes")
    for one in result["scenarios"]:
        for row in one["programmes"]:
            if row["code"] == code:
                return str(row[f"title_{language()}"] or row["title_en"])
    return names.programme(code, language())


def measure(code: str) -> str:
    text = known.MEASURES.get(code)
    return _in(text) if text else say("lab_measure", code)


def dimension(code: str) -> str:
    text = known.DIMENSIONS.get(code)
    return _in(text) if text else code


def group(by: str, code: str) -> str:
    if code in known.GROUPS:
        return _in(known.GROUPS[code])
    if by == "division":
        return names.area(code, language())
    if by == "decile":
        return _("Tenth %(n)s") % {"n": num(int(code))} if code.isdigit() else digits(code)
    if by == "age":
        return _("%(ages)s years") % {"ages": digits(code.replace("-", "–"))}
    return say("community", code) if by == "community" else digits(code)


def warning(result: Result, row: Mapping[str, Any]) -> str:
    """A warning as a sentence."""
    text = known.WARNINGS.get(row["code"])
    if text is None:
        return str(row["code"])
    params = dict(row["params"])
    filled = {name: _filled(result, params, name, value) for name, value in params.items()}
    if "by" in filled:  # three names behind one another are kept apart
        filled |= {"programme": filled["programme"] + ",", "by": filled["by"] + " –"}
    return _in(text).format_map(_Blank(filled))


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "–"


def _filled(result: Result, params: Mapping[str, Any], name: str, value: Any) -> str:
    if name == "programme":
        return programme(result, str(value))
    if name == "by":
        return dimension(str(value))
    if name == "group":
        return group(str(params.get("by", "")), str(value))
    if name == "facts":
        return ", ".join(_fact(one.strip()) for one in str(value).split(","))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return num(value, 0 if float(value).is_integer() else 2)
    return digits(value) if not isinstance(value, dict) else str(value.get(language(), ""))


def _fact(name: str) -> str:
    return _in(FACTS[name].text) if name in FACTS else name


def few(number: int | None) -> int | None:
    """None where so few people stand behind a number that it could tell of one of them; nobody is told as 0."""
    return number if number in (0, None) else public(number)


def value(code: str, number: float | None) -> str:
    """A measure in its unit."""
    if number is None:
        return "–"
    return num(number, 3) if code.startswith("gini") else percent(number)


def find(rows: Sequence[Mapping[str, Any]], **wanted: str) -> Mapping[str, Any] | None:
    """The first row with these values."""
    return next((row for row in rows if all(row[name] == one for name, one in wanted.items())), None)


def whole(one: Mapping[str, Any], code: str, of: str = known.ALL) -> float | None:
    """A measure of everybody, of a programme or of all together; poverty is of all programmes only."""
    row = find(one["measures"], measure=code, programme=of, by="", group="")
    found: float | None = row["value"] if row else None
    return found


def base(result: Result) -> list[tuple[str, str]]:
    """On what was computed, in words: for the top of the page and the cover of the files."""
    about = result["base"]
    line = about["line"]
    lines = {
        "given": _("given by the scenario"), "base": _("as the survey has it"),
        "share": _("the poorest %(n)s%% of the people of this data") % {"n": num(line["percent"] or 0, 1)},
    }  # fmt: skip
    amount = _("%(amount)s a person and month") % {"amount": taka(round(line["value"] * 100))} if line["value"] else ""
    people = _("%(people)s people in %(households)s households") % {
        "people": num(about["weighted_people"]), "households": num(about["weighted_households"]),
    }  # fmt: skip
    formula = f" ({about['formula']})" if about["welfare"] == "formula" else ""
    records = _("%(n)s household records") % {"n": num(about["households"])}
    return [
        (_("Simulated on"), say("lab_base", about["kind"])),
        (_("People"), f"{people} ({records})"),
        (_("Welfare is"), say("lab_welfare", about["welfare"]) + formula),
        (_("Poverty line"), ", ".join(part for part in (amount, lines[line["kind"]]) if part)),
        (_("Poorest part"), _("the poorest %(n)s%%") % {"n": num(about["poorest"])}),
        *([(_("This data cannot tell"), ", ".join(dimension(one) for one in about["not_known"]))]
          if about["not_known"] else []),
    ]  # fmt: skip
