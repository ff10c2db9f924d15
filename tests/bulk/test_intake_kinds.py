"""Parquet, Kobo's JSON, ODK's archive, mapped columns and the published form come to the same rows as a CSV."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shohay.bulk.intake import Checked, check_file
from shohay.bulk.intake_mapping import guess, headings_key, preview
from shohay.bulk.intake_template import load_template
from shohay.bulk.intake_xlsform import xlsform
from shohay.core.bangla import name_key
from shohay.core.messages import Refusal
from tests.household_files import CODES, UNION, data, household, row

TEMPLATE = load_template("household")
AREAS = pa.table({"code": [UNION]})
HOUSE = {"household_reference": "K1", "union_code": UNION, "area_type": "rural", "declared_programmes": "OAA WDA"}
MEMBERS = [
    {"relation": "head", "name_bn": "রহিমা", "sex": "female", "birth_date": "1960-01-02", "id_kind": "nid17",
     "id_number": "19601234567890123"},
    {"relation": "child", "name_bn": "করিম", "sex": "male"},
]  # fmt: skip
KOBO = [{
    "_id": 7, "formhub/uuid": "x", "meta/instanceID": "uuid:1", **{f"house/{key}": value for key, value in HOUSE.items()},
    "members": [{f"members/{key}": value for key, value in one.items()} for one in MEMBERS],
}]  # fmt: skip


@pytest.fixture
def check(tmp_path: Path):
    def run(content: bytes, **options: object) -> Checked:
        path = tmp_path / "file"
        path.write_bytes(content)
        return check_file(
            path=path, template=TEMPLATE, out=tmp_path / "out", work=tmp_path / "work", areas=AREAS,
            programmes=["OAA", "WDA"], today=date(2026, 11, 22), **options,
        )  # fmt: skip

    return run


def good(checked: Checked) -> list[dict[str, object]]:
    return duckdb.sql(f"from '{checked.good}' order by line").to_arrow_table().to_pylist()


def odk() -> bytes:
    sink = io.BytesIO()
    house = ",".join(f"house-{key}" for key in HOUSE)
    keys = list(MEMBERS[0])
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("shohay_household.csv", f"SubmissionDate,{house},KEY\n2026,{','.join(HOUSE.values())},u1\n")
        rows = "".join(f"{','.join(one.get(key, '') for key in keys)},u1,u1/{n}\n" for n, one in enumerate(MEMBERS))
        archive.writestr("shohay_household-members.csv", f"{','.join(keys)},PARENT_KEY,KEY\n{rows}")
    return sink.getvalue()


SENT = {
    "Kobo's answer": json.dumps({"count": 1, "results": KOBO}).encode(),
    "an array": json.dumps(KOBO, ensure_ascii=False).encode(),
    "a submission a line": "\n".join(json.dumps(one) for one in KOBO).encode(),
    "flat rows": json.dumps([{**HOUSE, **one, "line_no": n} for n, one in enumerate(MEMBERS, start=1)]).encode(),
    "ODK's archive": odk(),
}


@pytest.mark.parametrize("kind", SENT)
def test_submissions_become_the_rows_of_the_template(check, kind: str):
    checked = check(SENT[kind])
    assert (checked.rows_total, checked.rows_bad, checked.codes) == (2, 0, {})
    rows = good(checked)
    assert [(r["household_reference"], r["line_no"], r["name_bn"], r["declared_programmes"]) for r in rows] == [
        ("K1", 1, "রহিমা", "OAA;WDA"), ("K1", 2, "করিম", "OAA;WDA"),
    ]  # fmt: skip
    assert (rows[0]["birth_date"], rows[0]["id_number"]) == (date(1960, 1, 2), "19601234567890123")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b'{"a": [1,', "file_json_broken"), (b"[]", "file_json_broken"), (b"[1, 2]", "file_json_broken"),
     (b"PAR1 nothing", "file_parquet_broken"), (b'[{"union_code": "1"}]', "file_columns_missing")],
)  # fmt: skip
def test_broken_submissions_are_refused(check, content: bytes, code: str):
    with pytest.raises(Refusal) as refused:
        check(content)
    assert refused.value.code == code


def test_parquet_is_read_as_the_csv_is(check):
    rows = household("H1", 3, birth_date="1990-02-03", declared_programmes="OAA;WDA")
    columns = {code: [one[code] or None for one in rows] for code in CODES}
    table = pa.table({
        **{code: pa.array(cells, pa.string()) for code, cells in columns.items()},
        "birth_date": pa.array([date(1990, 2, 3)] * 3), "rooms": pa.array([2.0] * 3), "line_no": pa.array([1, 2, 3]),
        "declared_programmes": pa.array([["WDA", "OAA"]] * 3), "television": pa.array([True, False, None]),
    })  # fmt: skip
    sink = io.BytesIO()
    pq.write_table(table, sink)
    rows[0]["television"], rows[1]["television"] = "yes", "no"
    from_parquet = check(sink.getvalue())
    assert from_parquet.encoding == "parquet"
    seen = good(from_parquet)
    assert seen == good(check(data(rows)))


def test_an_offices_own_headings_are_guessed_and_read(check, tmp_path: Path):
    header = ["HH", "ইউনিয়ন", "এলাকা", "ক্রমিক নং", "সম্পর্ক", "সদস্যের নাম", "লিঙ্গ", "জন্ম তারিখ", "মন্তব্য"]
    text = ",".join(header) + f"\nH1,{UNION},গ্রাম,১,প্রধান,রহিমা,নারী,১৯৬০,x\n"
    path = tmp_path / "own.csv"
    path.write_text(text)
    shown = preview(path, TEMPLATE, tmp_path / "look")
    assert (shown.headings, shown.rows[0][0], shown.understood) == (header, "H1", False)
    assert shown.guesses[3:] == ["line_no", "relation", "name_bn", "sex", "birth_date", ""]
    with pytest.raises(Refusal):
        check(text.encode())
    chosen = ["household_reference", "union_code", "area_type", *shown.guesses[3:]]
    checked = check(text.encode(), columns=chosen)
    assert (checked.rows_good, checked.codes) == (1, {"birth_year_only": 1, "column_unknown": 1})
    assert good(checked)[0]["name_bn"] == "রহিমা"
    assert headings_key(header) == headings_key([heading.upper() + " *" for heading in header])
    assert headings_key(header) != headings_key(header[::-1])


def test_each_column_is_guessed_once():
    found = guess(["নাম", "নাম", "name", "পিতার নাম"], TEMPLATE)
    assert found.count("name_bn") == 1
    assert found[3] == "father_name"


def test_joiners_mixed_scripts_and_three_hundred_letters(check):
    long = "ক" * 300
    checked = check(data([
        row("H1", 1, name_bn="র‍হি‌মা"), row("H1", 2, name_bn="রহিমা Khatun"), row("H1", 3, name_bn=long),
        row("H1", 4, name_bn=long + "ক"),
    ]))  # fmt: skip
    assert checked.codes == {"mixed_script": 1, "cell_too_long": 1}
    names = [one["name_bn"] for one in good(checked)]
    assert names == ["রহিমা", "রহিমা Khatun", long]
    assert good(checked)[0]["name_key"] == name_key("রহিমা")


def test_a_third_of_bad_rows_come_back_and_the_rest_go_on(check):
    rows = [one for number in range(1000) for one in household(f"H{number}", 2)]
    for number, one in enumerate(rows):
        if number % 10 in (1, 3, 5):
            one["sex"] = "?"
    checked = check(data(rows))
    assert (checked.rows_total, checked.rows_good, checked.rows_bad, checked.households) == (2000, 1400, 600, 1000)


def test_the_published_form_is_valid(tmp_path: Path):
    from pyxform.xls2xform import convert

    made = convert(str(xlsform(TEMPLATE, tmp_path / "form.xlsx")))
    assert made.warnings == []
    for column in TEMPLATE.columns:
        assert column.code == "line_no" or f"/{column.code}" in made.xform
        assert column.code == "line_no" or column.bn in made.xform
    assert 'nodeset="/data/members"' in made.xform or "/members" in made.xform
    assert 'lang="বাংলা (bn)"' in made.xform
