"""The household form for ODK and Kobo (XLSForm), made from the template: what is asked there is what a file holds.

Sheets survey, choices, settings; both languages; the members are a repeat named as bulk.intake_kinds expects it.
"""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from shohay.bulk.intake_kinds import MEMBERS
from shohay.bulk.intake_template import Column, Template

LANGUAGES = ("বাংলা (bn)", "English (en)")
SURVEY = ["type", "name", *(f"label::{one}" for one in LANGUAGES), *(f"hint::{one}" for one in LANGUAGES), "required",
          "constraint", *(f"constraint_message::{one}" for one in LANGUAGES), "relevant", "appearance"]  # fmt: skip
CHOICES = ["list_name", "name", *(f"label::{one}" for one in LANGUAGES)]
YES_NO = [("yes", "হ্যাঁ", "Yes"), ("no", "না", "No")]
KINDS = {"int": "integer", "float": "decimal", "date": "date"}  # other kinds are text
# asked only where an answer before makes sense of it
RELEVANT = {
    "marriage_ended_on": "selected(${marital_status}, 'widowed') or selected(${marital_status}, 'divorced')"
    " or selected(${marital_status}, 'separated')",
    "disability_card": "${disability} != '' and ${disability} != 'none'",
    "pregnant": "${sex} = 'female'", "pregnancy_month": "${pregnant} = 'yes'", "pregnancy_order": "${pregnant} = 'yes'",
    "anc_card": "${pregnant} = 'yes'", "school_class": "${school_level} != '' and ${school_level} != 'none'",
    "school_listed": "${school_level} != '' and ${school_level} != 'none'", "id_number": "${id_kind} != ''",
    "account_provider": "${account_kind} != ''", "account_number": "${account_kind} != ''",
    "routing_number": "${account_kind} = 'bank'", "applied_on": "${applies_for} != ''",
}  # fmt: skip
CONSTRAINTS = {  # (XPath, Bangla, English) of texts that are numbers
    "union_code": ("regex(., '^[0-9]{8}$')", "৮ অঙ্ক লিখুন", "Write 8 digits"),
    "id_number": ("regex(., '^([0-9]{10}|[0-9]{13}|[0-9]{17})$')", "১০, ১৩ বা ১৭ অঙ্ক", "10, 13 or 17 digits"),
    "routing_number": ("regex(., '^[0-9]{9}$')", "৯ অঙ্ক", "9 digits"),
    "account_number": ("regex(., '^[0-9]{6,20}$')", "শুধু অঙ্ক, ৬ থেকে ২০টি", "Digits only, 6 to 20"),
}
LEFT_OUT = ("line_no",)  # the place in the repeat


def xlsform(template: Template, out: Path) -> Path:
    """Write the form to ``out``."""
    book = xlsxwriter.Workbook(str(out), {"strings_to_formulas": False, "strings_to_numbers": False})
    lists: dict[str, list[tuple[str, str, str]]] = {"yes_no": YES_NO}
    rows = [_question(column, lists) for column in template.columns if column.level == "household"]
    members = [_question(c, lists) for c in template.columns if c.level == "person" and c.code not in LEFT_OUT]
    rows.append(["begin repeat", MEMBERS, "পরিবারের সদস্য", "Member of the household"])
    rows += [*members, ["end repeat"]]
    _sheet(book, "survey", SURVEY, rows)
    _sheet(book, "choices", CHOICES, [[name, *choice] for name, choices in lists.items() for choice in choices])
    title = f"{template.title_bn} · {template.title_en}"
    _sheet(book, "settings", ["form_title", "form_id", "version", "default_language"],
           [[title, f"shohay_{template.name}", str(template.version), LANGUAGES[0]]])  # fmt: skip
    book.close()
    return out


def _question(column: Column, lists: dict[str, list[tuple[str, str, str]]]) -> list[str]:
    kind = KINDS.get(column.kind, "text")
    if column.kind == "bool":
        kind = "select_one yes_no"
    elif column.values:
        kind = f"select_one {column.code}"
        lists[column.code] = [(code, names[0] if names else code, code.replace("_", " ").capitalize())
                              for code, names in column.values.items()]  # fmt: skip
    constraint, bn, en = _constraint(column)
    required = "yes" if column.required else ""
    appearance = "numbers" if column.kind in ("digits", "area") else ""
    return [kind, column.code, column.bn, column.en, column.help_bn, column.help_en, required, constraint, bn, en,
            RELEVANT.get(column.code, ""), appearance]  # fmt: skip


def _constraint(column: Column) -> tuple[str, str, str]:
    if column.code in CONSTRAINTS:
        return CONSTRAINTS[column.code]
    if column.kind in ("int", "float") and column.max is not None:
        least, most = f"{column.min or 0:g}", f"{column.max:.0f}"
        return f". >= {least} and . <= {most}", f"{least} থেকে {most}", f"{least} to {most}"
    if column.kind == "date":
        return ". <= today()", "তারিখ ভবিষ্যতের হতে পারে না", "The date cannot lie in the future"
    if column.kind in ("text", "name", "lower") and column.max:
        return (
            f"string-length(.) <= {column.max:.0f}",
            f"সর্বোচ্চ {column.max:.0f} অক্ষর",
            f"At most {column.max:.0f} letters",
        )
    return "", "", ""


def _sheet(book: xlsxwriter.Workbook, name: str, heading: list[str], rows: list[list[str]]) -> None:
    sheet = book.add_worksheet(name)
    for place, row in enumerate([heading, *rows]):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(place, column, cell)
    sheet.freeze_panes(1, 0)
