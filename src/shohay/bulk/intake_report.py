"""The bad rows as a file with the reason beside each, and the blank template: what goes back to whoever sent it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import xlsxwriter

from shohay.bulk import intake_sql as sql
from shohay.bulk.intake_reading import Source, open_source
from shohay.bulk.intake_template import Column, Template

REASON = {"bn": "কারণ", "en": "Reason"}
LINE = {"bn": "সারি", "en": "Line"}
LONGEST_LIST = 255  # letters of a list inside a spreadsheet's validation
SAFE = "case when {cell}[1] in ('=', '+', '-', '@', chr(9), chr(13)) then chr(39) || {cell} else {cell} end"


def read_text(engine: duckdb.DuckDBPyConnection, source: Source, template: Template, out: Path) -> None:
    """Every row as text to Parquet ``out`` in the file's order; the table ``ragged`` holds the rows that do not fit."""
    names = [code or f"unknown_{place}" for place, code in enumerate(source.columns)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    engine.execute(f"""
        copy (select {", ".join(c if c in source.columns else f"null::varchar as {c}" for c in template.codes)}
              from read_csv({sql.text_of(str(source.path))}, auto_detect=false, header=true,
                  delim={sql.text_of(source.delimiter)}, quote='"', escape='"', columns={{{columns}}},
                  store_rejects=true, rejects_table='rejected', rejects_scan='rejected_scan', max_line_size=1000000)
        ) to {sql.text_of(str(out))} (format parquet, compression lz4)
    """)
    engine.execute("""
        create table ragged as
            select line::bigint as line, line::bigint - 1 - row_number() over (order by line) as good_before,
                   min(error_type) as error_type, min(csv_line) as csv_line
            from rejected group by line;
    """)


def with_lines(engine: duckdb.DuckDBPyConnection, text: str) -> str:
    """SQL: the rows of ``text`` (having ``number`` from 1) with ``line``, their place in the file, heading = 1.

    Rows that did not fit shift those below; only then a table of lines is made, so that a wide sort never is.
    """
    ragged = engine.execute("select count(*) from ragged").fetchone()
    if not ragged or ragged[0] == 0:
        return f"select n.* exclude (number), number + 1 as line from {text} n"
    engine.execute(f"""
        create or replace table lines as
            select number, number + 1 + coalesce(r.before, 0) as line from (select number from {text}) n
            asof left join (select good_before, row_number() over (order by line) as before from ragged) r
              on n.number > r.good_before
    """)
    return f"select n.* exclude (number), l.line from {text} n join lines l using (number)"


def bad_rows_csv(
    *, path: Path, template: Template, findings: Sequence[Path], reasons: Mapping[str, str], language: str, out: Path,
    work: Path, columns: Sequence[str] = (),
) -> int:  # fmt: skip
    """Write the rows left out, as they were sent, with line and reason in front; how many.

    ``reasons``: code -> sentence; ``columns``: as in open_source. Cells that a spreadsheet would run are
    made harmless with a leading apostrophe.
    """
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        source = open_source(path, template, work, columns)
        with duckdb.connect(config={"threads": 2, "temp_directory": str(work / "spill")}) as engine:
            read_text(engine, source, template, work / "text.parquet")
            engine.register("reasons", pa.table({"code": list(reasons), "sentence": list(reasons.values())}))
            titles = pa.table({"code": template.codes, "title": [getattr(c, language) for c in template.columns]})
            engine.register("titles", titles)
            done = engine.execute(
                f"copy ({_bad_rows(engine, template, findings, work, language)}) to '{out}' (format csv)"
            ).fetchone()
        text = out.read_bytes()
        out.write_bytes(b"\xef\xbb\xbf" + text)  # spreadsheets read Bangla in a CSV only with the mark in front
        return int(done[0]) if done else 0
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _bad_rows(
    engine: duckdb.DuckDBPyConnection, template: Template, findings: Sequence[Path], work: Path, language: str
) -> str:
    numbered = (
        "(select file_row_number + 1 as number, * exclude (file_row_number)"
        f" from read_parquet('{work}/text.parquet', file_row_number=true))"
    )
    cells = ", ".join(f"{SAFE.format(cell=code)} as {code}" for code in template.codes)
    first = template.codes[0]
    files = ", ".join(sql.text_of(str(path)) for path in findings)
    return f"""
        with why as (
            select line, string_agg(coalesce(t.title || ': ', '') || coalesce(r.sentence, f.code), ' | '
                                    order by "column", f.code) as reason
            from read_parquet([{files}]) f left join reasons r on r.code = f.code
            left join titles t on t.code = f."column"
            where not is_warning group by line)
        select line as "{LINE[language]}", reason as "{REASON[language]}", {cells}
        from ({with_lines(engine, numbered)}) join why using (line)
        union all by name
        select line as "{LINE[language]}", reason as "{REASON[language]}", {SAFE.format(cell="csv_line")} as {first}
        from ragged join why using (line)
        order by 1
    """


def csv_to_xlsx(source: Path, out: Path) -> None:
    """The CSV of bad rows as a sheet: every cell as text, so nothing runs and no number loses its end."""
    import csv

    book = xlsxwriter.Workbook(
        str(out), {"constant_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet("rows")
    with source.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[:32_000])
    sheet.freeze_panes(1, 2)
    book.close()


def blank_template(template: Template, out: Path, language: str) -> Path:
    """An empty file to fill in, CSV or XLSX by the ending of ``out``; headings in ``language``."""
    headings = [getattr(column, language) for column in template.columns]
    if out.suffix == ".csv":
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(headings)  # some headings hold commas
        return out
    book = xlsxwriter.Workbook(str(out))
    sheet = book.add_worksheet(getattr(template, f"title_{language}")[:31])
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "text_wrap": True})
    for place, column in enumerate(template.columns):
        sheet.set_column(place, place, 18, text)
        sheet.write_string(0, place, headings[place], bold)
        if column.values:
            source = _choices(book, place, list(column.values))
            sheet.data_validation(1, place, 20_000, place, {"validate": "list", "source": source})
        elif help_text := getattr(column, f"help_{language}"):
            sheet.write_comment(0, place, help_text)
    sheet.freeze_panes(1, 0)
    book.close()
    return out


def _choices(book: xlsxwriter.Workbook, place: int, codes: list[str]) -> list[str] | str:
    """The values to choose from; a list longer than a spreadsheet takes stands on a hidden sheet of its own."""
    if len(",".join(codes)) <= LONGEST_LIST:
        return codes
    sheet = book.add_worksheet(f"values {place + 1}")
    sheet.write_column(0, 0, codes)
    sheet.hide()
    return f"='values {place + 1}'!$A$1:$A${len(codes)}"


def template_page(template: Template) -> str:
    """The page that explains the template to officers, in both languages (docs/officer/household-template.md)."""
    head = [
        f"# {template.title_bn} · {template.title_en}",
        "",
        "<!-- generated from src/shohay/bulk/templates; do not edit -->",
        "",
        "এক সারিতে একজন সদস্য; খানাপ্রধানের সারিতে পরিবারের তথ্য। CSV (UTF-8) বা XLSX। শিরোনামে কোড, বাংলা বা ইংরেজি নাম চলে;"
        " সব কলাম থাকতে হবে, ঘর খালি থাকতে পারে। খালি মানে জানা নেই। হ্যাঁ/না: হ্যাঁ, না, yes, no, ১, ০। অঙ্ক বাংলা বা ইংরেজি।"
        " ফাঁকা ছক: `shohay template household.xlsx`।",
        "",
        "One row a member; household facts stand on the head's row. CSV (UTF-8) or XLSX. A heading is the code or the"
        " Bangla or English name; every column must be there, cells may be empty. Empty means not known. Yes and no:"
        " হ্যাঁ, না, yes, no, 1, 0. Digits in either script. A blank file: `shohay template household.xlsx --language en`.",
        "",
        "| কোড · code | শিরোনাম | heading | * | মান · values | |",
        "|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *(_page_row(column) for column in template.columns)]) + "\n"


def _page_row(column: Column) -> str:
    values = ", ".join(f"`{code}`" + (f" ({names[0]})" if names else "") for code, names in column.values.items())
    if column.kind in ("int", "float") and column.max is not None:
        values = f"{column.min or 0:g}–{column.max:.0f}"
    explained = " / ".join(part for part in (column.help_bn, column.help_en) if part)
    star = "*" if column.required else ""
    return f"| `{column.code}` | {column.bn} | {column.en} | {star} | {values or column.kind} | {explained} |"
