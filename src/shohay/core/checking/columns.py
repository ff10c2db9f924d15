"""What a table's columns hold, from the words of its header, in English and Bangla."""

from __future__ import annotations

import re

# the order matters: the first pattern that fits a header cell gives its role
ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, re.compile(pattern, re.I))
    for role, pattern in (
        ("serial", r"^(s\s*l\.?|s\.?|sl\.?\s*no\.?|serial( no\.?)?|no\.?|#|ক্র(\.|ম|মিক)?( নং| নম্বর)?|নং)$"),
        ("responsible", r"responsible|lead (ministry|agency)|দায়িত্বপ্রাপ্ত|বাস্তবায়নকারী মন্ত্রণালয়"),
        ("shared", r"shared|support(ing)? (ministry|agency|responsib)|সহযোগী|সহায়ক"),
        ("programmes", r"(no\.?|number|total)\s*(of)?\s*(the\s+)?(program|scheme)|(কর্মসূচির|কর্মসূচি)\s*(সংখ্যা|মোট)|^program(me)?s$"),
        ("year", r"^(fiscal|financial)?\s*year$|^fy$|অর্থ\s*বছর|অর্থবছর|^বছর$|^সাল$"),
        ("share", r"%|per ?cent|share|ratio|শতকরা|শতাংশ|অংশ"),
        ("revised", r"revised|সংশোধিত"),
        ("actual", r"actual|expenditure|spent|utili[sz]|execution|প্রকৃত|ব্যয়"),
        ("beneficiaries", r"beneficiar|recipient|coverage|উপকারভোগী|সুবিধাভোগী|ভাতাভোগী"),
        ("budget", r"budget|allocation|amount|বাজেট|বরাদ্দ"),
        ("objective", r"objective|উদ্দেশ্য|লক্ষ্য"),
        ("activity", r"activit|^actions?$|action point|কার্যক্রম"),
        ("indicator", r"indicator|সূচক|নির্দেশক"),
        ("timeframe", r"time\s*-?frame|timeline|deadline|due( date)?$|target date|completion date|সময়সীমা|সময়কাল|সময়\s*কাঠামো|মেয়াদ"),
        ("status", r"status|progress|অবস্থা|অগ্রগতি"),
        ("place", r"^(name of (the )?)?(district|upazila|city|zone|region|জেলা|উপজেলা|সিটি)"),
        ("cluster", r"cluster|গুচ্ছ|ক্লাস্টার"),
        ("programme", r"program|scheme|কর্মসূচি|প্রকল্প|ভাতার নাম"),
        ("ministry", r"ministr|division|agency|office|মন্ত্রণালয়|বিভাগ|সংস্থা"),
        ("total", r"^(grand )?total$|^মোট$|সর্বমোট"),
    )
)  # fmt: skip
NUMERIC_ROLES = ("programmes", "budget", "beneficiaries", "revised", "actual", "share", "total")
PLAN = ("objective", "activity", "indicator", "timeframe", "status")
BIG_UNITS = re.compile(r"(crore|cr\b|কোটি|lakh|lac\b|লাখ|লক্ষ|million|মিলিয়ন|thousand|হাজার)", re.I)


def role_of(cell: str) -> str:
    """The role of one header cell, '' when no word of it is known."""
    text = cell.strip()
    if not text or len(text) > 60:
        return ""
    return next((role for role, pattern in ROLES if pattern.search(text)), "")


def is_header(cells: list[str]) -> bool:
    """At least two known words in different cells, over half of the filled cells, nothing long and no number."""
    filled = [cell for cell in cells if cell]
    if len(filled) < 2 or any(len(cell) > 60 or re.match(r"^[\d,.]+$", cell) for cell in filled):
        return False
    roles = [role_of(cell) for cell in filled]
    known = {role for role in roles if role}
    if len(known) < 2 or sum(1 for role in roles if role) * 2 < len(filled) + 1:
        return False
    # a header names columns: its cells are short; a data row of the same words is a sentence
    return sum(len(cell) for cell in filled) <= 34 * len(filled) and not _is_data(filled, roles)


def _is_data(filled: list[str], roles: list[str]) -> bool:
    """'Ministry of Food' names a ministry, it does not head a column of them."""
    named = re.compile(
        r"^(ministry of|department of)\b|\bdivision$|[^ ]+ মন্ত্রণালয়$|^(in-progress|completed|continuous)$", re.I
    )
    bare = re.compile(
        r"^(implementing |responsible |name of (the )?|administering )?(ministry|division)([/ ]+(division|agency|name))*( name)?$",
        re.I,
    )
    return any(role in ("ministry", "status", "programme") and named.search(cell) and not bare.match(cell) and cell != "মন্ত্রণালয়"
               for cell, role in zip(filled, roles, strict=True))  # fmt: skip


def tidy_header(cells: list[str]) -> tuple[list[str], bool]:
    """Put back a serial header that was cut over two cells: 'S', 'L Objectives' -> 'SL', 'Objectives'. True if it was."""
    if len(cells) > 2 and re.fullmatch(r"s", cells[0], re.I):
        found = re.match(r"^L\.?\s+(.*)$", cells[1])
        if found and role_of(found.group(1)):
            return ["SL", found.group(1), *cells[2:]], True
    return cells, False


def roles_of(cells: list[str]) -> tuple[list[str], str]:
    """The role of every column, each once (a second budget column is 'budget2'), and the kind of the table."""
    seen: dict[str, int] = {}
    roles = []
    for cell in cells:
        role = role_of(cell)
        if role:
            seen[role] = seen.get(role, 0) + 1
            role = role if seen[role] == 1 else f"{role}{seen[role]}"
        roles.append(role)
    return roles, kind_of(set(seen))


def kind_of(roles: set[str]) -> str:
    if (
        len(roles & set(PLAN)) >= 3
        and roles & {"timeframe", "status"}
        and roles & {"activity", "indicator", "objective"}
    ):
        return "plan"
    numeric = roles & set(NUMERIC_ROLES)
    if "year" in roles and numeric and not roles & {"programme", "ministry"}:
        return "series"
    if "programme" in roles and numeric:
        return "programmes"
    if "ministry" in roles and numeric:
        return "ministries"
    return "named" if roles & {"place", "cluster"} and numeric else "other"


def unit_of(header: str) -> str:
    """The unit word of a header: 'crore', 'lakh', 'million', '' when it has none."""
    from shohay.core.checking.text import UNITS

    found = BIG_UNITS.search(header)
    return UNITS.get(found.group(1).casefold(), "") if found else ""
