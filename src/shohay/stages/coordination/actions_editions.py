"""Making, and publishing, frozen editions of the progress report."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import rfc8785
from django.db import connection, transaction

from shohay.bulk.report import book, html, pages
from shohay.core.messages import Refusal
from shohay.core.report.editions import FORMATS, LANGUAGES
from shohay.core.report.model import Document
from shohay.core.report.progress import compose
from shohay.stages.accounts.officer import Officer
from shohay.stages.audit.actions import record
from shohay.stages.coordination import queries_editions, queries_report
from shohay.stages.coordination.models_editions import Edition, EditionFile, Publication

Progress = Callable[[str, int, int], None]
Wanted = tuple[str, str]  # language, format


def make_edition(
    *,
    year: str,
    as_of: date,
    languages: Sequence[str] = LANGUAGES,
    formats: Sequence[str] = FORMATS,
    progress: Progress | None = None,
    by: Officer,
) -> Edition:
    """Freeze the data of ``year`` on the day ``as_of`` and write the files asked for that are not there yet.

    The same data give the same edition and no second file. Files are written aside and moved into place inside the
    transaction: killed or cancelled anywhere, nothing is offered that is not whole.
    Refusals: not_allowed, report_year_unknown, report_language_unknown, report_format_unknown.
    """
    by.require("report.make")
    wanted = _wanted(languages, formats)
    tell = progress or (lambda step, done, total: None)
    with _one_view():
        data = queries_report.data(by, year=year, as_of=as_of, progress=progress)
    canonical = rfc8785.dumps(data)
    sha256 = hashlib.sha256(canonical).hexdigest()
    root = queries_editions.folder(sha256).parent
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = Path(tempfile.mkdtemp(dir=root, prefix=".making-"))
    try:
        missing = [pair for pair in wanted if not _is_there(sha256, *pair)]
        hashes = _write(aside, data, sha256, missing, tell)
        (aside / "data.json").write_bytes(canonical)
        return _keep(aside, data, sha256, len(canonical), hashes, by)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _wanted(languages: Sequence[str], formats: Sequence[str]) -> list[Wanted]:
    for language in languages:
        if language not in LANGUAGES:
            raise Refusal("report_language_unknown", language=language)
    for form in formats:
        if form not in FORMATS:
            raise Refusal("report_format_unknown", format=form)
    return [(language, form) for language in languages for form in formats]


@contextmanager
def _one_view() -> Iterator[None]:
    """All queries see the data of one moment, also while others write; inside another transaction, that one's view."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read")
        yield


def _is_there(sha256: str, language: str, form: str) -> bool:
    """Whether the file has been made and still lies there."""
    made = EditionFile.objects.filter(edition__sha256=sha256, language=language, format=form).exists()
    return made and queries_editions.file_path(sha256, language, form).exists()


def _write(
    aside: Path, data: dict[str, Any], sha256: str, missing: list[Wanted], tell: Progress
) -> dict[Wanted, tuple[str, int]]:
    """The missing files in the folder ``aside``: their hashes and sizes. ``tell`` may raise to give up."""
    hashes, total = {}, len(missing)
    for number, (language, form) in enumerate(missing):
        tell("report_files", number, total)
        made = _file(compose(data, language, sha256), form, partial(_still, tell, number, total))
        (aside / f"{language}.{form}").write_bytes(made)
        hashes[language, form] = (hashlib.sha256(made).hexdigest(), len(made))
    tell("report_files", total, total)
    return hashes


def _still(tell: Progress, number: int, total: int, _done: int, _all: int) -> None:
    """Within one long file: the same numbers, said often, so that whoever asks to stop is heard."""
    tell("report_files", number, total)


def _file(document: Document, form: str, report: Callable[[int, int], None]) -> bytes:
    if form == "pdf":
        return pages.pdf(document, report=report)
    return html.page(document, report=report) if form == "html" else book.workbook(document)


@transaction.atomic
def _keep(
    aside: Path, data: dict[str, Any], sha256: str, size: int, hashes: dict[Wanted, tuple[str, int]], by: Officer
) -> Edition:
    """The rows and the files, together. A file that was lost is restored only where it is the same again."""
    about = data["report"]
    row, new = Edition.objects.get_or_create(
        kind=about["kind"], sha256=sha256,
        defaults={
            "fiscal_year": about["year"], "as_of": date.fromisoformat(about["as_of"]), "size": size,
            "synthetic": about["synthetic"], "made_by": by.username,
        },
    )  # fmt: skip
    for (language, form), (digest, length) in hashes.items():
        file, _new = EditionFile.objects.get_or_create(
            edition=row, language=language, format=form,
            defaults={"sha256": digest, "size": length, "made_by": by.username},
        )  # fmt: skip
        if file.sha256 != digest:
            raise Refusal("report_edition_gone", edition=row.pk)
    target = queries_editions.folder(sha256)
    target.mkdir(exist_ok=True, mode=0o700)
    for path in aside.iterdir():
        os.replace(path, target / path.name)
    made = sorted(f"{language}.{form}" for language, form in hashes)
    record(
        action="report.made", subject=("edition", row.pk), by=by,
        detail={"sha256": sha256, "year": about["year"], "as_of": about["as_of"], "new": new, "files": made},
    )  # fmt: skip
    return row


def publish_edition(*, edition: Edition, by: Officer) -> Publication:
    """Let everybody read an edition that somebody else made; published once, it stays.

    Refusals: not_allowed, report_own_edition.
    """
    by.require("report.publish")
    if edition.made_by == by.username:
        raise Refusal("report_own_edition")
    with transaction.atomic():
        row, new = Publication.objects.get_or_create(edition=edition, defaults={"published_by": by.username})
        if new:
            record(action="report.published", subject=("edition", edition.pk), detail={"sha256": edition.sha256}, by=by)
    return row
