"""Lists as files, CSV or XLSX: what each column holds, in the reader's language, of the rows the officer may see.

A view declares its list once and answers ``?as=csv`` or ``?as=xlsx`` from it:

    def _found(officer, asked): ...          # the filters of the page
    exports.declare("lists", _("Selection lists"), _found, ("list.view",), [Field(_("Area"), "area_code", "area"), ...])

    if kind := exports.wanted(request):
        return exports.answer(request, "lists", kind)

A short list comes at once; a long one is written by the job ``export_list`` and fetched from the page of the job.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from shohay.bulk.list_file import write_list
from shohay.core.listing import LISTS, Listed, Sheet, listed
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.payments.queries import reason_words
from shohay.web.office import desk, works
from shohay.web.office.words import ledger_account, reason, say
from shohay.web.parts import names

_ = gettext_noop
JOB = "export_list"
wanted = desk.wants_file  # beside ``answer``: a view reads as one sentence
AT_ONCE = 2_000  # rows; a longer list is written by a job
CHUNK = 5_000  # rows fetched from the database at a time
AUDITED = {"as", "after", "before", "lang"}  # what of an address is no filter

Asked = Mapping[str, str]
Found = Callable[[Officer, Asked], Any]  # a QuerySet, a list of dicts, or Told rows


class Told:
    """Rows of a long list of which a column alone does not tell enough (masked names): made as they are written."""

    def __init__(self, rows: QuerySet[Any], told: Callable[[Any], dict[str, Any]]) -> None:
        self._rows, self._told = rows, told

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return map(self._told, self._rows.iterator(chunk_size=CHUNK))


class Field(NamedTuple):
    """One column: its English heading (marked with gettext_noop), the column of the row, how it is shown.

    ``{language}`` in ``column`` becomes bn or en. ``kind``: text, number, taka (from poisha), day, moment, since (the
    first day of a period), area, programme, officer; any other kind is the kind of a code whose words are shown.
    """

    label: str
    column: str
    kind: str = "text"


def declare(name: str, title: str, found: Found, permissions: tuple[str, ...], fields: Sequence[Field]) -> None:
    """Make a list known to the views and to the job."""
    listed(Listed(name, permissions, partial(_open, title, found, tuple(fields))))


def _open(title: str, found: Found, fields: Sequence[Field], officer: Officer, asked: Asked, language: str) -> Sheet:
    rows = found(officer, asked)
    columns = [field.column.format(language=language) for field in fields]
    shown = [_shower(field.kind, language) for field in fields]
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return Sheet(gettext(title), [gettext(field.label) for field in fields], _shown(rows, columns, shown), count)


def _shown(rows: Any, columns: list[str], shown: list[Callable[[Any], object]]) -> Iterator[Sequence[object]]:
    values: Iterable[Sequence[Any]]
    if isinstance(rows, QuerySet):
        values = rows.values_list(*columns).iterator(chunk_size=CHUNK)
    else:
        values = ([row[column] for column in columns] for row in rows)
    for line in values:
        yield [show(value) for show, value in zip(shown, line, strict=True)]


def _shower(kind: str, language: str) -> Callable[[Any], object]:
    """How a value of that kind stands in a cell. Codes repeat, so their words are looked up once."""
    kept: dict[Any, object] = {}
    looked_up: Callable[[Any], object] = {
        "area": lambda code: names.area(code, language),
        "programme": lambda code: names.programme(code, language),
        "officer": lambda username: names.officer(username, language),
        "ledger_account": ledger_account,
        "bank_reason": lambda code: reason_words(code).in_language(language),
        "log_reason": reason,
    }.get(kind) or (lambda code: say(kind, code))

    def in_words(code: Any) -> object:
        if code not in kept:
            kept[code] = "" if code in (None, "") and kind != "area" else looked_up(code)
        return kept[code]

    return PLAIN.get(kind) or in_words


def _moment(value: datetime | None) -> datetime | None:
    """Dhaka time without its zone: spreadsheets know none."""
    return timezone.localtime(value).replace(tzinfo=None) if value else None


PLAIN: dict[str, Callable[[Any], object]] = {
    "text": lambda value: "" if value is None else str(value),
    "number": lambda value: value,
    "taka": lambda poisha: None if poisha is None else Decimal(poisha) / 100,
    "day": lambda value: value,
    "moment": _moment,
    "since": lambda period: period.lower if period else None,
}


# ------------------------------------------------------------------------------------------------ answering


def answer(request: HttpRequest, name: str, kind: str, **fixed: object) -> HttpResponse:
    """The file itself, or the page of the job that writes it. ``fixed`` filters come from the path of the page."""
    officer, language = desk.officer(request), desk.language()
    asked = {key: str(value) for key, value in request.GET.items() if key not in AUDITED}
    asked |= {key: str(value) for key, value in fixed.items()}
    sheet = LISTS[name].open(officer, asked, language)
    if sheet.length > AT_ONCE:
        subject = f"{name}.{kind} {officer.username}"
        work = works.start(JOB, by=officer, subject=subject, list_name=name, kind=kind, asked=asked, language=language)
        return redirect("office:work", work.pk)
    data = io.BytesIO()
    rows = write_list(data, kind, sheet.header, sheet.rows, title=sheet.title)
    record(
        action="list.exported",
        subject=("export", name),
        detail={"rows": rows, "kind": kind, "asked": asked},
        by=officer,
    )
    return desk.list_file(data.getvalue(), name, kind)
