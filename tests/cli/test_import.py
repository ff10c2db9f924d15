"""shohay import: every kind of bad input ends in a clear report in the chosen language, and the good rows go on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.audit.models import Event
from shohay.stages.intake.models import Upload
from shohay.stages.registry.models import Household, Person
from tests.household_files import CODES, data, household, row, sheet, text
from tests.stages.registry.conftest import places  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("places")

GOOD = household("GOOD", 2)  # these two go on, whatever else the file holds


@pytest.fixture(autouse=True)
def _empty_store() -> None:
    """Files are kept by their hash: another test's refusal must not answer for this one."""
    for path in (settings.VAR / "intake").glob("*"):
        path.unlink()


def imported(source: bytes | Path, tmp_path: Path, *options: str) -> tuple[int, str]:
    path = source if isinstance(source, Path) else tmp_path / "file.csv"
    if isinstance(source, bytes):
        path.write_bytes(source)
    done = CliRunner().invoke(app, ["import", str(path), *options])
    return done.exit_code, done.stdout


def is_bangla(said: str) -> bool:
    return any("\u0980" <= letter <= "\u09ff" for letter in said)


def other(**cells: object) -> list[dict[str, str]]:
    return [*GOOD, row("BAD", 1, **cells)]


LACKING = [code for code in CODES if code != "sex"]
REFUSED = {  # a file of no use: its bytes, and words of the answer in Bangla and English
    "missing columns": (text(GOOD, LACKING).encode(), "sex", "lacks these columns"),
    "zero rows": (text([]).encode(), "কোনো সারি নেই", "no rows"),
    "empty": (b"", "খালি", "empty"),
    "latin letters": (data([row(name_bn="x")]).replace(b"x", b"\xe9"), "UTF-8 নয়", "not UTF-8"),
    "Bijoy bytes": (data([row(name_bn="x")]).replace(b"x", "†gvt Avwgbyj Bmjvg gÛj".encode("cp1252")), "বিজয়", "Bijoy"),
}


@pytest.mark.parametrize("language", ["bn", "en"])
@pytest.mark.parametrize("kind", REFUSED)
def test_a_useless_file_is_refused_in_words(kind: str, language: str, tmp_path: Path):
    content, bn, en = REFUSED[kind]
    code, said = imported(content, tmp_path, "--language", language)
    assert code == 1
    assert (bn if language == "bn" else en) in said
    assert is_bangla(said) == (language == "bn") or kind == "missing columns"  # names columns in both
    assert not Person.objects.exists()


BAD_ROW = {  # one bad row behind two good ones: its cells, and words of the answer in Bangla and English
    "an impossible date": ({"birth_date": "31/02/2001"}, "তারিখ", "date"),
    "an identity number of wrong length": (
        {"id_kind": "nid10", "id_number": "123456789"},
        "১০, ১৩ বা ১৭ অঙ্ক",
        "10, 13 or 17 digits",
    ),
    "an unknown area": ({"union_code": "99999999"}, "কোড", "code"),
    "a formula for a name": ({"name_bn": "=HYPERLINK(1)"}, "নাম", "name"),
    "a future birth": ({"birth_date": "2099-01-01"}, "ভবিষ্যত", "future"),
}


@pytest.mark.parametrize("language", ["bn", pytest.param("en", marks=pytest.mark.heavy)])
@pytest.mark.parametrize("kind", BAD_ROW)
def test_a_bad_row_is_told_and_the_good_ones_go_on(kind: str, language: str, tmp_path: Path):
    cells, bn, en = BAD_ROW[kind]
    code, said = imported(data(other(**cells)), tmp_path, "--language", language)
    assert code == 0
    assert (bn if language == "bn" else en) in said
    assert ("সারি ৪" if language == "bn" else "Line 4") in said
    assert [home.reference for home in Household.objects.all()] == ["GOOD"]
    assert Person.objects.count() == 2
    rows_to_correct = Path(said.rsplit(": ", 1)[1].strip()).read_text(encoding="utf-8-sig").splitlines()
    assert len(rows_to_correct) == 2  # the heading and the one row
    assert ("কারণ" if language == "bn" else "Reason") in rows_to_correct[0]
    assert "123456789" not in said  # a number, though wrong, is not shown


def test_repeated_rows_are_told_and_taken_once(tmp_path: Path):
    code, said = imported(data([*GOOD, GOOD[1]]), tmp_path, "--language", "en")
    assert code == 0
    assert "Rows: 3 in all, 2 good, 1 to correct" in said
    assert Person.objects.count() == 2


FINE = {
    "UTF-8 with BOM": (data(GOOD, "utf-8-sig"), "utf-8-sig"),
    "UTF-16": (data(GOOD, "utf-16"), "utf-16"),
    "Bangla digits": (data([row("GOOD", 1, birth_date="০১/০৩/১৯৬০", rooms="২"), GOOD[1]]), "utf-8"),
    "dates in three formats": (
        data([row("GOOD", 1, birth_date="01/03/1960"), row("GOOD", 2, birth_date="09-05-2001"),
              row("GOOD", 3, birth_date="2001-05-09", name_bn="করিম মিয়া")]), "utf-8",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", FINE)
def test_what_offices_send_is_read(kind: str, tmp_path: Path):
    content, encoding = FINE[kind]
    code, said = imported(content, tmp_path, "--json")
    report = json.loads(said)
    assert (code, report["state"], report["encoding"], report["bad"]) == (0, "admitted", encoding, 0)
    assert report["admitted"]["persons"] == report["rows"] == Person.objects.count()
    assert Person.objects.order_by("line_no").first().birth_date.isoformat() == "1960-03-01"


def test_a_sheet_with_a_formula_is_read_by_its_stored_value(tmp_path: Path):
    def change(_book, page) -> None:
        page.write_formula(1, CODES.index("rooms"), "=1+1", None, 2)

    code, said = imported(sheet(tmp_path / "a.xlsx", GOOD, change), tmp_path, "--json")
    assert (code, json.loads(said)["encoding"]) == (0, "xlsx")
    assert Household.objects.get().rooms == 2


def test_a_dry_run_reports_and_changes_nothing(tmp_path: Path):
    code, said = imported(data(other(sex="?")), tmp_path, "--dry-run", "--json")
    report = json.loads(said)
    assert (code, report["good"], report["bad"], report["admitted"]) == (0, 2, 1, {})
    assert (report["errors"][0]["line"], report["errors"][0]["column"], report["errors"][0]["code"]) == (
        4, "sex", "not_a_choice",
    )  # fmt: skip
    assert not Person.objects.exists()


def test_the_same_file_again_is_the_same_upload_and_adds_nobody(tmp_path: Path):
    first, again = (json.loads(imported(data(GOOD), tmp_path, "--json")[1]) for _ in range(2))
    assert first == again
    assert (Upload.objects.count(), Person.objects.count()) == (1, 2)
    assert Event.objects.filter(action="upload.admitted").count() == 1


def test_unions_outside_the_area_are_refused_row_by_row(tmp_path: Path):
    code, said = imported(data(GOOD), tmp_path, "--area", "100918", "--json")
    assert (code, json.loads(said)["findings"]) == (0, {"area_outside": 2})
    assert not Person.objects.exists()


def test_a_template_is_filled_and_imported(tmp_path: Path):
    blank = tmp_path / "blank.csv"
    done = CliRunner().invoke(app, ["template", str(blank), "--language", "en"])
    assert (done.exit_code, str(blank) in done.stdout) == (0, True)
    code, said = imported(blank, tmp_path, "--language", "en")
    assert (code, "no rows" in said) == (1, True)
    filled = blank.read_bytes() + text(GOOD).split("\n", 1)[1].encode()
    assert imported(filled, tmp_path)[0] == 0
    assert Person.objects.count() == 2
