"""Every kind of bad input ends in a clear finding; the good rows go on."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shohay.bulk.intake import Checked, check_file
from shohay.bulk.intake_reading import looks_like_bijoy
from shohay.bulk.intake_report import bad_rows_csv, blank_template, template_page
from shohay.bulk.intake_sql import MACROS
from shohay.bulk.intake_template import load_template
from shohay.core.bangla import name_key, normalise
from shohay.core.messages import MESSAGES, Refusal
from shohay.core.messages.intake import ROW
from tests.household_files import CODES, OTHER_UNION, UNION, data, household, row, sheet, text

TEMPLATE = load_template("household")
AREAS = pa.table({"code": [UNION, OTHER_UNION]})
TODAY = date(2026, 11, 22)


@pytest.fixture
def check(tmp_path: Path):
    """Check bytes (or a file) and return the result."""

    def run(source: bytes | Path, **options: object) -> Checked:
        path = source if isinstance(source, Path) else tmp_path / "file"
        if isinstance(source, bytes):
            path.write_bytes(source)
        given_options = {"areas": AREAS, "programmes": ["OAA", "WDA"], "today": TODAY, **options}
        return check_file(path=path, template=TEMPLATE, out=tmp_path / "out", work=tmp_path / "work", **given_options)

    return run


def findings(checked: Checked) -> list[tuple[int, str, str, bool]]:
    return duckdb.sql(
        f"select line, \"column\", code, is_warning from '{checked.findings}' order by line, code"
    ).fetchall()


def good(checked: Checked, columns: str = "*") -> list[tuple]:
    return duckdb.sql(f"select {columns} from '{checked.good}' order by line").fetchall()


def test_a_good_file(check):
    checked = check(data([*household("H1"), *household("H2", 1)]))
    assert (checked.rows_total, checked.rows_good, checked.rows_bad, checked.households) == (4, 4, 0, 2)
    assert findings(checked) == []
    assert good(checked, "line, name_bn, name_key, birth_date")[0] == (
        2, "মোছাঃ ফাতেমা খাতুন", name_key("ফাতেমা খাতুন"), date(1960, 3, 1),
    )  # fmt: skip
    assert not Path(checked.good).with_name("work").exists()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings(check, encoding: str):
    checked = check(data(household("H1"), encoding))
    assert checked.rows_good == 3
    assert checked.encoding == encoding


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_separators(check, delimiter: str):
    assert check(text(household("H1"), delimiter=delimiter).encode()).rows_good == 3


@pytest.mark.parametrize("language", ["bn", "en"])
def test_headings_in_words(check, language: str):
    headings = [getattr(column, language) for column in TEMPLATE.columns]
    assert check(text(household("H1"), headings).encode()).rows_good == 3


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf \r\n", "file_empty"),
        (b"%PDF-1.7 and so on", "file_not_a_table"),
        (b"PK\x03\x04 but no spreadsheet", "file_spreadsheet_broken"),
        (",".join(CODES).encode(), "file_no_rows"),
        ((",".join(CODES) + "\n").encode(), "file_no_rows"),
        (("," * (len(CODES) - 1)).join([",".join(CODES) + "\n", "\n"]).encode(), "file_no_rows"),
        (data([row(name_bn="x")]).replace(b"x", "é".encode("latin-1")), "file_encoding"),
        (data([row(name_bn="x")]).replace(b"x", "†gvt Avwgbyj Bmjvg gÛj".encode("cp1252")), "file_bijoy"),
        (data([row(name_bn="†gvt Avwgbyj Bmjvg gÛj")]), "file_bijoy"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_useless_files_are_refused_with_advice(check, content: bytes, code: str):
    with pytest.raises(Refusal) as refused:
        check(content)
    assert refused.value.code == code
    assert refused.value.say("bn") != refused.value.say("en")


def test_missing_columns_are_named(check):
    headings = [code for code in CODES if code not in ("sex", "birth_date")]
    with pytest.raises(Refusal) as refused:
        check((",".join(headings) + "\n" + "," * 10).encode())
    assert refused.value.code == "file_columns_missing"
    assert "sex" in refused.value.say("bn")
    assert "জন্মতারিখ" in refused.value.say("en")


def test_a_column_twice(check):
    with pytest.raises(Refusal, match="more than once: sex"):
        check(text([row()], [*CODES[:-1], "applied_on", "sex"]).encode())


def test_an_unknown_column_is_left_aside(check):
    checked = check(text([row()], [*CODES, "Remarks"]).replace("\n", ",\n", 2).replace("Remarks,", "Remarks").encode())
    assert findings(checked) == [(1, "Remarks", "column_unknown", True)]
    assert checked.rows_good == 1


CELLS = [
    ({"name_bn": ""}, "name_bn", "cell_required"),
    ({"name_bn": "ক" * 301}, "name_bn", "cell_too_long"),
    ({"name_bn": "Rahim"}, "name_bn", "name_not_bangla"),
    ({"name_bn": "১২৩"}, "name_bn", "name_no_letters"),
    ({"name_bn": "=1+1"}, "name_bn", "name_no_letters"),
    ({"sex": "unknown"}, "sex", "not_a_choice"),
    ({"birth_date": "31/02/2001"}, "birth_date", "date_impossible"),
    ({"birth_date": "2001-13-01"}, "birth_date", "date_impossible"),
    ({"birth_date": "1 March 2001"}, "birth_date", "date_format"),
    ({"birth_date": "2026-11-23"}, "birth_date", "birth_future"),
    ({"birth_date": "1890-01-01"}, "birth_date", "birth_too_old"),
    ({"id_kind": "nid10", "id_number": "123"}, "id_number", "id_length"),
    ({"id_kind": "nid10", "id_number": "12345abcde"}, "id_number", "id_length"),
    ({"id_number": "1234567890"}, "id_kind", "id_kind_missing"),
    ({"id_kind": "nid10"}, "id_number", "id_number_missing"),
    ({"id_kind": "nid13", "id_number": "20011234567890123"}, "id_number", "id_kind_differs"),
    ({"id_kind": "nid17", "id_number": "1.9792612345678E+16"}, "id_number", "excel_number"),
    ({"account_kind": "mfs", "account_number": "01234567890"}, "account_number", "wallet_number_wrong"),
    ({"account_kind": "bank", "account_number": "123456789"}, "routing_number", "routing_wrong"),
    ({"account_number": "01712345678"}, "account_kind", "account_kind_missing"),
    ({"annual_income": "-5"}, "annual_income", "cell_out_of_range"),
    ({"annual_income": "many"}, "annual_income", "not_a_number"),
    ({"disability_card": "perhaps"}, "disability_card", "not_yes_or_no"),
    ({"pregnant": "yes"}, "pregnant", "pregnant_not_female"),
    ({"marriage_ended_on": "1990-01-01"}, "marriage_ended_on", "date_before_birth"),
    ({"line_no": "2.5"}, "line_no", "not_a_number"),
]


@pytest.mark.parametrize(
    ("cells", "column", "code"), CELLS, ids=[case[2] + ":" + str(n) for n, case in enumerate(CELLS)]
)
def test_a_bad_cell_keeps_one_member_out(check, cells: dict[str, str], column: str, code: str):
    rows = household("H1")
    rows[1] |= cells
    checked = check(data(rows))
    assert (3, column, code, False) in findings(checked)
    assert [line for (line,) in good(checked, "line")] == [2, 4]  # the others go on


def test_every_code_that_sql_can_give_has_words():
    rules = {rule.code for rule in TEMPLATE.rules}
    assert rules | {case[2] for case in CELLS} <= set(ROW)
    assert all("{" not in text_ for pair in ROW.values() for text_ in pair)
    assert set(ROW) <= set(MESSAGES)


def test_a_bad_head_holds_the_household_back(check):
    rows = [*household("H1"), *household("H2")]
    rows[0]["sex"] = "?"
    checked = check(data(rows))
    assert [(line, code) for line, _, code, _ in findings(checked)] == [
        (2, "not_a_choice"), (3, "household_head_bad"), (4, "household_head_bad"),
    ]  # fmt: skip
    assert checked.rows_good == 3


def test_a_household_has_one_head(check):
    none, two = household("H1"), household("H2")
    none[0]["relation"], two[2]["relation"] = "other", "খানাপ্রধান"
    checked = check(data([*none, *two]))
    assert checked.codes == {"household_no_head": 3, "household_two_heads": 3}
    assert checked.rows_good == 0


def test_repeated_rows(check):
    rows = household("H1")
    checked = check(data([*rows, rows[0], rows[1] | {"name_bn": "করিম"}]))
    assert [(line, code) for line, _, code, _ in findings(checked)] == [(5, "row_repeated"), (6, "line_no_repeated")]
    assert checked.rows_good == 3


def test_areas(check):
    unknown = check(data(household("H1", union_code="99999999")))
    assert set(unknown.codes) == {"area_unknown"}
    outside = check(data(household("H1")), within=["1009"])
    assert set(outside.codes) == {"area_outside"}
    assert check(data(household("H1", union_code="302608"))).codes == {"area_shape": 3}


def test_ragged_rows_and_lines_after_them(check):
    lines = text([*household("H1"), *household("H2")]).splitlines()
    lines.insert(2, "H9,only,three")
    lines.insert(5, lines[4] + ",more")
    rows = household("H3")
    rows[1]["sex"] = "?"
    checked = check(("\n".join(lines) + "\n" + "\n".join(text(rows).splitlines()[1:]) + "\n").encode())
    assert [(line, code) for line, _, code, _ in findings(checked)] == [
        (3, "row_ragged"), (6, "row_ragged"), (11, "not_a_choice"),
    ]  # fmt: skip
    assert checked.rows_total == 11
    assert checked.rows_bad == 3


def test_warnings_do_not_hold_back(check):
    cells = {
        "birth_date": "১৯৬০", "name_en": "+Fatema", "declared_programmes": "OAA; xyz", "id_kind": "nid13",
        "id_number": "1234567890",
    }  # fmt: skip
    other = {"name_bn": "রহিম Uddin", "id_kind": "brn17", "id_number": "19991234567890123"}
    checked = check(data([row() | cells, row(line=2) | other]))
    assert set(checked.codes) == {
        "birth_year_only", "looks_like_formula", "programme_unknown", "id_kind_read_as", "mixed_script", "id_year_differs",
    }  # fmt: skip
    assert checked.rows_good == 2
    assert good(checked, "birth_date, birth_date_approximate, declared_programmes, id_kind")[0] == (
        date(1960, 7, 1), True, "OAA", "nid10",
    )  # fmt: skip


def test_the_same_number_on_two_rows_is_a_warning(check):
    number = {"id_kind": "nid10", "id_number": "1234567890"}
    checked = check(data([row("H1") | number, row("H2") | number]))
    assert checked.codes == {"id_repeated": 2}
    assert checked.rows_good == 2


def test_bangla_values_digits_and_three_forms_of_a_day(check):
    cells = {
        "sex": "মহিলা", "relation": "খানাপ্রধান", "rooms": "৩", "television": "হ্যাঁ", "vehicle": "না", "fans": "",
        "household_income": "১,২০,০০০", "id_kind": "জন্ম নিবন্ধন", "id_number": "১৯৬০ ১২৩৪৫৬৭৮৯০১২৩", "birth_date": "০৯/৩/১৯৬০",
        "account_kind": "মোবাইল", "account_number": "+880 1712-345678", "account_provider": "bKash",
    }  # fmt: skip
    others = [row("H2", 1, birth_date="09-03-1960"), row("H3", 1, birth_date="1960-3-9")]
    checked = check(data([row() | cells, *others]))
    assert findings(checked) == []
    columns = (
        "sex, rooms, television, vehicle, fans, household_income, id_kind, id_number, account_number, account_provider"
    )
    assert good(checked, columns)[0] == (
        "female", 3, True, False, None, 120000, "brn17", "19601234567890123", "01712345678", "bkash",
    )  # fmt: skip
    assert {day for (day,) in good(checked, "birth_date")} == {date(1960, 3, 9)}


def test_joiners_and_decomposed_letters_are_normalised(check):
    checked = check(data([row(name_bn="\u0986\u09af\u09bc\u09c7\u09b6\u09be\u200d  \u200cবেগম")]))
    assert good(checked, "name_bn, name_key") == [("\u0986\u09df\u09c7\u09b6\u09be বেগম", name_key("আয়েশা বেগম"))]


def test_sheets(check, tmp_path: Path):
    rows = [row() | {"birth_date": date(1960, 3, 1), "rooms": 2.0, "id_kind": "nid17", "id_number": 19601234567890123}]
    rows += [
        row("H2")
        | {"birth_date": "1960-03-01", "television": True, "account_kind": "mfs", "account_number": 1712345678}
    ]
    checked = check(sheet(tmp_path / "a.xlsx", rows))
    assert checked.encoding == "xlsx"
    assert (2, "id_number", "excel_number", False) in findings(checked)
    assert good(checked, "rooms, television, account_number, birth_date") == [
        (2, True, "01712345678", date(1960, 3, 1))
    ]


def test_a_formula_in_a_sheet_is_its_stored_value_and_never_run(check, tmp_path: Path):
    def change(book, page):
        page.write_formula(1, CODES.index("rooms"), "=1+1", None, 2)
        page.write_formula(1, CODES.index("address"), '=HYPERLINK("http://x","y")', None, "পাড়া")

    checked = check(sheet(tmp_path / "a.xlsx", [row()], change))
    assert good(checked, "rooms, address") == [(2, normalise("পাড়া"))]


def test_rows_to_correct_come_back_with_reasons_and_harmless_cells(check, tmp_path: Path):
    rows = household("H1")
    rows[1] |= {"sex": "?", "address": "=cmd|' /C calc'!A0", "name_en": "@SUM(1)"}
    checked = check(data(rows))
    out = tmp_path / "bad.csv"
    count = bad_rows_csv(
        path=tmp_path / "file", template=TEMPLATE, findings=[checked.findings], reasons={"not_a_choice": "লিখুন"},
        language="bn", out=out, work=tmp_path / "w",
    )  # fmt: skip
    text_ = out.read_text(encoding="utf-8-sig")
    assert count == 1
    assert text_.splitlines()[0].startswith("সারি,কারণ,household_reference")
    assert "3,লিঙ্গ: লিখুন,H1" in text_
    assert "'=cmd" in text_
    assert "'@SUM(1)" in text_


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_filled_blank_template_is_accepted_only_with_rows(check, tmp_path: Path, kind: str):
    path = blank_template(TEMPLATE, tmp_path / f"blank.{kind}", "bn")
    with pytest.raises(Refusal) as refused:
        check(path)
    assert refused.value.code == "file_no_rows"


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_blank_csv_keeps_headings_with_commas_whole(check, tmp_path: Path, language: str):
    blank = blank_template(TEMPLATE, tmp_path / "blank.csv", language)
    rows = text(household("H1")).split("\n", 1)[1].encode()
    checked = check(blank.read_bytes() + rows)
    assert (checked.rows_good, findings(checked)) == (3, [])


def test_bijoy_is_told_from_english():
    assert looks_like_bijoy("†gvt Rwmg DwÏb")
    assert not looks_like_bijoy("Md. Jasim Uddin")
    assert not looks_like_bijoy("মোঃ জসিম উদ্দিন")


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(
            alphabet="\u0995\u09b0\u09ae\u09af\u09bc\u09a1\u0985\u09be\u09bf\u09c7\u09d7\u200d\u200c\ufeff\u00a0 \tab",
            max_size=12,
        ),
        min_size=1,
        max_size=20,
    )
)
def test_sql_normalises_as_python_does(names: list[str]):
    with duckdb.connect() as engine:
        engine.execute(MACROS)
        engine.register("names", pa.table({"n": pa.array(names, pa.string())}))
        found = [value for (value,) in engine.execute("select one_space(normal_text(n)) from names").fetchall()]
    assert found == [normalise(name) for name in names]


@pytest.mark.heavy
def test_two_million_rows(check, tmp_path: Path):
    path = tmp_path / "large.csv"
    header, head, child = text(household("H1", 2)).splitlines()
    with path.open("w", encoding="utf-8") as out:
        out.write(header + "\n")
        for start in range(0, 1_000_000, 10_000):
            out.write(
                "".join(
                    f"{one.replace('H1', f'H{n}', 1)}\n" for n in range(start, start + 10_000) for one in (head, child)
                )
            )
    started = time.perf_counter()
    checked = check(path)
    assert checked.rows_good == 2_000_000
    assert time.perf_counter() - started < 600


def test_the_page_of_the_template_is_current():
    page = Path(__file__).resolve().parents[2] / "docs" / "officer" / "household-template.md"
    assert page.read_text(encoding="utf-8") == template_page(TEMPLATE)
