"""The template of a ministry's progress: its own items, a list to choose the state from, and how to fill it in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from shohay.bulk.list_file import disarmed
from shohay.bulk.plan_sheets import HEADINGS

COLUMNS = (
    "code", "activity", "indicator", "due", "claim", "percent", "milestone", "done_on", "period", "text_bn", "text_en",
)  # fmt: skip
WIDTHS = (12, 34, 34, 20, 14, 13, 20, 18, 12, 44, 44)
GIVEN = ("code", "activity", "indicator", "due")  # what the platform fills in
STATES = {"bn": ("চলমান", "সম্পন্ন", "বন্ধ"), "en": ("In progress", "Completed", "Stopped")}
HOW = {
    "bn": (
        "কীভাবে পূরণ করবেন",
        "১. শুধু যে কাজের অগ্রগতি জানাবেন সেই সারিগুলো পূরণ করুন; বাকি সারি যেমন আছে থাকুক।",
        "২. অবস্থা: চলমান, সম্পন্ন বা বন্ধ। চলমান কাজের শতাংশ বা মাইলফলক দিন।",
        "৩. সম্পন্ন কাজের শেষ হওয়ার তারিখ দিন, যেমন ৩০/০৬/২০২৫।",
        "৪. যে কাজ প্রতি বছর বা কয়েকবার করার, তার মেয়াদ লিখুন, যেমন ২০২৪-২৫।",
        "৫. কী হয়েছে তা বাংলায় বা ইংরেজিতে লিখুন। প্রমাণপত্র কাজের পাতা থেকে জুড়তে হয়।",
        "৬. কাজের নম্বর বদলাবেন না। বাংলা বা ইংরেজি যেকোনো অঙ্ক চলবে।",
    ),
    "en": (
        "How to fill this in",
        "1. Fill in only the rows of items on which you report; leave the others as they are.",
        "2. State: In progress, Completed or Stopped. Of what is in progress give percent or a milestone.",
        "3. Of what is completed give the day, such as 30/06/2025.",
        "4. Of what is due every year or several times give the period, such as 2024-25.",
        "5. Say what was done, in Bangla or English. Evidence is attached on the page of the item.",
        "6. Do not change the item numbers. Digits may be Bangla or Latin.",
    ),
}


def headings(language: str) -> list[str]:
    named = {heading.code: heading.en if language == "en" else heading.bn for heading in HEADINGS}
    return [named[code] for code in COLUMNS]


def write_template(kind: str, rows: Iterable[Sequence[Any]], *, title: str, language: str) -> bytes:
    """``rows``: (code, activity, indicator, due in words) of each item. ``kind``: 'xlsx' or 'csv'."""
    return _xlsx(list(rows), title, language) if kind == "xlsx" else _csv(rows, language)


def _csv(rows: Iterable[Sequence[Any]], language: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings(language))
    for row in rows:
        writer.writerow([*(disarmed(cell) for cell in row), *[""] * (len(COLUMNS) - len(GIVEN))])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[Sequence[Any]], title: str, language: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": title})
    given = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#f5f7f6", "num_format": "@"})
    asked = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 2, "bg_color": "#e3efe9", "valign": "top"})
    sheet = book.add_worksheet("অগ্রগতি" if language == "bn" else "Progress")
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    for place, (name, width) in enumerate(zip(headings(language), WIDTHS, strict=True)):
        sheet.set_column(place, place, width, given if place < len(GIVEN) else asked)
        sheet.write_string(2, place, name, head)
    for line, row in enumerate(rows, start=3):
        for place, cell in enumerate(row):
            sheet.write_string(line, place, str(cell or ""), given)
    last = max(3, 2 + len(rows))
    state, percent = COLUMNS.index("claim"), COLUMNS.index("percent")
    sheet.data_validation(3, state, last, state, {"validate": "list", "source": list(STATES[language])})
    sheet.data_validation(3, percent, last, percent, {"validate": "integer", "criteria": "between", "minimum": 0,
                                                      "maximum": 100, "error_type": "warning"})  # fmt: skip
    sheet.freeze_panes(3, 2)
    how = book.add_worksheet("নির্দেশনা" if language == "bn" else "How to")
    how.set_column(0, 0, 110)
    for line, text in enumerate(HOW[language]):
        how.write_string(line, 0, text, head if line == 0 else asked)
    book.close()
    return out.getvalue()
