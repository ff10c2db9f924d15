"""What arrived, what is wrong with it, and what a template looks like."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pyarrow as pa
from django.conf import settings
from django.db.models import QuerySet

from shohay.bulk.intake_mapping import Preview, headings_key, preview
from shohay.bulk.intake_report import bad_rows_csv, blank_template, csv_to_xlsx
from shohay.bulk.intake_template import load_template
from shohay.bulk.intake_xlsform import xlsform
from shohay.core.messages import MESSAGES, say
from shohay.core.messages.intake import ROW
from shohay.core.messages.registry import MESSAGES as OF_REGISTRY
from shohay.stages.accounts.officer import Officer
from shohay.stages.intake.models import ColumnMapping, RowError, Upload
from shohay.stages.places.models import Area
from shohay.stages.programmes.models import Programme

MAPPABLE = ("file_columns_missing", "file_column_twice")
XLSX_ROWS = 100_000  # beyond this the rows to correct come as CSV


def uploads(officer: Officer) -> QuerySet[Upload]:
    """The uploads of the officer's areas."""
    return Upload.objects.filter(officer.area_filter())


def row_errors(upload: Upload) -> QuerySet[RowError]:
    """Everything wrong with rows of ``upload`` and, with is_warning, worth a look."""
    return RowError.objects.filter(upload=upload)


def reason(error: RowError, language: str) -> str:
    """What is wrong and what to do, in 'bn' or 'en'."""
    return say(error.code, language, **error.params)


def problem(upload: Upload, language: str) -> str:
    """Why the whole file was refused; '' when it was not."""
    code = upload.problem.get("code", "")
    return say(code, language, **upload.problem.get("params", {})) if code in MESSAGES else ""


def column_title(template: str, code: str, language: str) -> str:
    """The heading of a column in a language; the code itself when the template does not know it."""
    return next((getattr(c, language) for c in load_template(template).columns if c.code == code), code)


def template_columns(template: str = "household") -> list[str]:
    """The codes that stand as headings in a file."""
    return load_template(template).codes


def template_file(language: str, kind: str = "xlsx", template: str = "household") -> Path:
    """A blank file to fill in, with headings in the language; made once under VAR/templates."""
    spec = load_template(template)
    path: Path = settings.VAR / "templates" / f"{template}-{spec.version}-{language}.{kind}"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        blank_template(spec, path, language)
    return path


def form_file() -> Path:
    """The household form for ODK and Kobo; made once under VAR/templates."""
    spec = load_template("household")
    path: Path = settings.VAR / "templates" / f"household-form-{spec.version}.xlsx"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        xlsform(spec, path)
    return path


def stored(upload: Upload) -> Path:
    """The file as received."""
    path: Path = settings.VAR / "intake" / upload.sha256
    return path


def good_rows(upload: Upload) -> Path:
    """Parquet of the rows that passed, one column a template column."""
    return stored(upload).with_suffix(".good.parquet")


def later_findings(upload: Upload) -> Path:
    """Parquet of what the registry found wrong with rows that were good in themselves; not there where nothing was."""
    return stored(upload).with_suffix(".later.parquet")


def preview_of(upload: Upload) -> Preview:
    """Headings, first rows and guesses of a file, for the page that maps its columns. Raises what open_file raises."""
    work: Path = settings.VAR / "work" / f"preview-{upload.pk}-{uuid4().hex[:8]}"
    return preview(stored(upload), load_template(upload.template), work)


def remembered(upload: Upload, headings: Sequence[str]) -> list[str]:
    """How the upload's office reads files with these headings; [] when nobody has said so."""
    found = ColumnMapping.objects.filter(
        area_code=upload.area_code, template=upload.template, headings_key=headings_key(headings)
    ).first()
    return list(found.columns) if found else []


def needs_mapping(upload: Upload) -> bool:
    """Refused because of its headings alone: an officer may say what they mean."""
    return upload.state == Upload.State.REFUSED and upload.problem.get("code") in MAPPABLE


def errors_file(upload: Upload, language: str) -> Path:
    """The rows left out, as sent, with line and reason in front: XLSX for a spreadsheet or a short list, else CSV."""
    spec, source = load_template(upload.template), stored(upload)
    out = source.with_suffix(f".errors.{language}.csv")
    reasons = {code: say(code, language) for code in (*ROW, *OF_REGISTRY) if "{" not in say_plain(code)}
    found = [source.with_suffix(".findings.parquet"), later_findings(upload)]
    work = settings.VAR / "work" / f"errors-{upload.pk}-{language}"
    rows = bad_rows_csv(
        path=source, template=spec, findings=[path for path in found if path.exists()],
        reasons=reasons, language=language, out=out, work=work, columns=upload.columns,
    )  # fmt: skip
    if upload.encoding != "xlsx" or rows > XLSX_ROWS:
        return out
    sheet = out.with_suffix(".xlsx")
    csv_to_xlsx(out, sheet)
    return sheet


def say_plain(code: str) -> str:
    return MESSAGES[code].en


def known_areas() -> pa.Table:
    """Column ``code``: unions and wards of the reference data."""
    codes = Area.objects.filter(level=Area.Level.UNION).order_by("code").values_list("code", flat=True)
    return pa.table({"code": pa.array(list(codes), pa.string())})


def known_programmes() -> list[str]:
    return list(Programme.objects.order_by("code").values_list("code", flat=True))
