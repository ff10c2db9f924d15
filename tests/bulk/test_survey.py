"""Microdata of a survey: what is wrong in a row, what is kept, which documents are understood."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from shohay.bulk.poverty import estimate
from shohay.bulk.survey import Checked, check_survey, spec_of
from shohay.bulk.survey_mapping import read_mapping
from shohay.bulk.survey_synth import write_survey
from shohay.core import poverty
from shohay.core.messages import Refusal
from shohay.core.messages.survey import FINDINGS
from tests.household_survey import HEADINGS, MAPPING, csv_of, rows


def checked(data: bytes, where: Path, mapping: str = MAPPING) -> Checked:
    path = where / "file"
    path.write_bytes(data)
    return check_survey(path=path, mapping=read_mapping(mapping), work=where / "work", out=where / "out")


def found(of: Checked) -> dict[str, list[int]]:
    """Code -> lines."""
    lines: dict[str, list[int]] = {}
    for row in of.findings.to_pylist():
        lines.setdefault(row["code"], []).append(row["line"])
    return lines


def test_a_good_file_is_kept_without_what_tells_households_apart(tmp_path):
    made = rows()
    got = checked(csv_of(made), tmp_path)
    assert got.counts == {"rows": 300, "good": 300, "bad": 0, "warnings": 0, "by_code": {}}
    table = pq.read_table(got.data)
    assert table.column_names == [
        "stratum", "psu", "w", "y", "z", "division", "area_type", "head_sex", "b_OAA", "t_OAA", "b_VGF",
    ]  # fmt: skip
    assert got.data.name == f"{got.data_sha256}.parquet"
    assert got.data.stat().st_mode & 0o077 == 0
    assert sum(table["w"].to_pylist()) == pytest.approx(sum(float(r["wgt"]) * int(r["size"]) for r in made))
    assert set(table["area_type"].to_pylist()) == {"rural", "urban"}


def test_the_figures_are_those_of_the_rows(tmp_path):
    made = rows()
    got = checked(csv_of(made), tmp_path)
    told = {
        (e.measure, e.programme): e
        for e in estimate(got.data, spec_of(read_mapping(MAPPING))).rows
        if e.dimension == "all"
    }
    y, w = [float(r["pcexp"]) for r in made], [float(r["wgt"]) * int(r["size"]) for r in made]
    t = [int(r["oaa"]) / 12 / int(r["size"]) for r in made]
    whole = poverty.targeting(y, t, w, 3000)
    assert told["headcount", ""].value == pytest.approx(poverty.headcount(y, w, 3000))
    assert told["under_coverage", "OAA"].value == pytest.approx(whole.under_coverage)
    assert told["gap_reduction", "OAA"].value == pytest.approx(whole.gap_reduction)
    assert told["coverage", "social_insurance"].value == told["coverage", "VGF"].value


SPOILT = {
    "weight_missing": ("wgt", ""), "weight_wrong": ("wgt", "many"), "weight_not_positive": ("wgt", "-3"),
    "stratum_missing": ("stratum", " "), "psu_missing": ("psu", ""), "household_missing": ("hhid", ""),
    "household_twice": ("hhid", "1001"), "size_wrong": ("size", "2.5"), "welfare_wrong": ("pcexp", "N/A"),
    "amount_wrong": ("oaa", "Tk 500"), "amount_negative": ("oaa", "-5"),
}  # fmt: skip
DOUBTFUL = {
    "welfare_not_positive": ("pcexp", "0"), "group_unknown": ("sexhead", "9"), "amount_above_welfare": ("oaa", "9999999"),
}  # fmt: skip


@pytest.mark.parametrize(("code", "cell"), [*SPOILT.items(), *DOUBTFUL.items()])
def test_what_is_wrong_is_told_with_its_line(tmp_path, code, cell):
    def spoil(made):
        made[7][cell[0]] = cell[1]

    got = checked(csv_of(rows(), spoil), tmp_path)
    assert found(got)[code] == [9]
    assert got.counts["bad"] == (1 if code in SPOILT else 0)
    assert pq.read_metadata(got.data).num_rows == 300 - got.counts["bad"]
    assert code in FINDINGS


def test_every_finding_has_its_words_and_a_test():
    assert set(FINDINGS) == {*SPOILT, *DOUBTFUL, "line_wrong", "stratum_alone", "psu_in_two_strata"}


def test_strata_with_one_cluster_and_clusters_in_two_strata_are_told(tmp_path):
    def spoil(made):
        made[0].update(stratum="lonely", psu="p")
        made[1].update(psu=made[2]["psu"], stratum="other")

    got = checked(csv_of(rows(), spoil), tmp_path)
    assert found(got) == {"stratum_alone": [0, 0], "psu_in_two_strata": [0]}


def test_the_document_says_how_a_stratum_with_one_cluster_counts():
    assert spec_of(read_mapping(MAPPING)).lonely == "adjust"
    assert spec_of(read_mapping(MAPPING + "single_psu: certain\n")).lonely == "certain"


def test_too_many_wrong_rows_refuse_the_file(tmp_path):
    def spoil(made):
        for row in made[:4]:
            row["wgt"] = "0"

    got = checked(csv_of(rows(), spoil), tmp_path)
    assert (got.data, got.counts["bad"]) == (None, 4)
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_bangla_digits_commas_and_a_line_of_its_own(tmp_path):
    def spoil(made):
        made[0].update(wgt="১২৩৪.৫", pcexp='"৫,৬৭৮.৯০"')
        made[1]["vgf"] = "-1"

    mapping = MAPPING.replace("line: {value: 3000}", "line: {column: vgf}").replace(
        '  VGF: {received: vgf, values: ["1"], kind: social_insurance}\n', ""
    )
    made = rows()
    for row in made:
        row["vgf"] = "2900"
    got = checked(csv_of(made, spoil), tmp_path, mapping)
    assert found(got) == {"line_wrong": [3]}
    assert 5678.9 in pq.read_table(got.data)["y"].to_pylist()


def test_xlsx_and_parquet_are_the_same_survey(tmp_path):
    made = rows(60)
    sheet = io.BytesIO()
    with xlsxwriter.Workbook(sheet) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEADINGS)
        for i, row in enumerate(made, start=1):
            page.write_row(
                i, 0, [float(row[name]) if name not in ("stratum", "psu") else row[name] for name in HEADINGS]
            )
    parquet = io.BytesIO()
    pq.write_table(pa_csv.read_csv(io.BytesIO(csv_of(made))), parquet)
    kept = []
    for number, data in enumerate((csv_of(made), sheet.getvalue(), parquet.getvalue())):
        folder = tmp_path / str(number)
        folder.mkdir()
        kept.append(pq.read_table(checked(data, folder).data))
    assert kept[0].num_rows == 60
    weights = kept[0]["w"].to_pylist()
    assert kept[1]["w"].to_pylist() == pytest.approx(weights)
    assert kept[2]["w"].to_pylist() == pytest.approx(weights)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"$FL2@(#) SPSS DATA FILE", "survey_other_software"),
        (b"<stata_dta><header>", "survey_other_software"),
        (b"hhid,stratum\n1,2\n", "survey_columns_missing"),
        (",".join(HEADINGS).encode() + b"\n", "file_no_rows"),
        (b"", "file_empty"),
        (b"%PDF-1.7", "file_not_a_table"),
    ],
)
def test_what_is_no_survey_is_refused(tmp_path, data, code):
    with pytest.raises(Refusal) as refused:
        checked(data, tmp_path)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("weight_of: household", "weight_of: village", "columns.weight_of"),
        ("  psu: psu\n", "", "columns.psu"),
        ("columns:", "single_psu: drop\ncolumns:", "single_psu: adjust | certain"),
        ("{value: 3000}", "{value: -3}", "columns.line.value"),
        ('{"1": rural, "2": urban}', '{"1": hamlet}', "groups.area_type.values"),
        ("collected_on: 2022-07-01", "collected_on: summer", "collected_on"),
        ("months: 12", "months: 0", "programmes.OAA.amount.months"),
        ("kind: social_assistance", "kind: alms", "programmes.OAA.kind"),
        ("OAA:", "oaa'; drop:", "programmes.oaa'; drop"),
        ("psu: psu", "psu: psu\n  names: hhname", "columns.names?"),
        ('round: "2022"', 'round: "20 22; drop"', "round"),
    ],
)
def test_a_document_that_does_not_hold_together_says_where(old, new, where):
    with pytest.raises(Refusal) as refused:
        read_mapping(MAPPING.replace(old, new))
    assert refused.value.code == "survey_mapping_wrong"
    assert where in refused.value.params["where"]


def test_columns_with_hostile_names_are_columns(tmp_path):
    hostile = "x\"; drop table seen; --'"
    data = csv_of(rows(40)).decode().replace("pcexp", '"x""; drop table seen; --\'"', 1)
    got = checked(
        data.encode(), tmp_path, MAPPING.replace("{column: pcexp, months: 1}", f"{{column: {json.dumps(hostile)}}}")
    )
    assert got.counts["good"] == 40


def test_the_synthetic_survey_is_a_good_file_and_the_same_each_time(tmp_path):
    first, second = (write_survey(label="2022", households=800, out=tmp_path / name) for name in "ab")
    assert first[0].read_bytes() == second[0].read_bytes()
    mapping = read_mapping(first[1].read_text(encoding="utf-8"))
    got = check_survey(path=first[0], mapping=mapping, work=tmp_path / "work", out=tmp_path / "out")
    assert mapping.synthetic
    assert got.counts["bad"] == 0
    assert 35_000_000 < sum(float(w) for w in pa_csv.read_csv(first[0])["hhwgt"].to_pylist()) < 47_000_000
