"""shohay check report: the JSON, the table, how it ends, and the published report that it was written for."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from tests.core.checking.drafts import BANGLA, Draft


def run(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", "report", *words])
    return done.exit_code, done.stdout, done.stderr


def saved(folder: Path, draft: Draft) -> str:
    path = folder / "draft.txt"
    path.write_text("\n".join(draft.lines), encoding="utf-8-sig")
    return str(path)


def test_json_and_how_it_ends(tmp_path: Path) -> None:
    """0 without errors, 1 with one; each finding has all that the reader needs."""
    code, out, _err = run(saved(tmp_path, Draft()), "--json")
    assert (code, json.loads(out)["findings"]) == (0, [])
    draft = Draft().change("top", "at 900.00", "at 8.00")
    code, out, _err = run(saved(tmp_path, draft), "--json", "--no-known")
    told = json.loads(out)
    assert code == 1
    assert told["counts"]["by_severity"]["error"] == 1
    finding = told["findings"][0]
    assert {"line", "line_end", "place", "rule", "severity", "reported", "expected", "message"} <= set(finding)
    assert (finding["line"], finding["rule"]) == (draft.line("top"), "value.wrong-column")
    assert set(finding["message"]) == set(finding["place"]) == {"bn", "en"}


def test_table_in_both_languages_and_summary(tmp_path: Path) -> None:
    path = saved(tmp_path, Draft(BANGLA).change("a2", "জুলাই ২০২৫", "জুলাই ২০২৪"))
    code, out, _err = run(path)
    assert (code, "মেয়াদ শেষ, তবু চলমান" in out) == (0, True)  # a warning alone is no error
    code, out, _err = run(path, "--lang", "en", "--summary")
    assert "Past its deadline" in out
    assert len(out.strip().splitlines()) == 2


def test_year_where_the_title_does_not_say_it(tmp_path: Path) -> None:
    """Without a year nothing is late; a wrong year is told."""
    path = saved(
        tmp_path, Draft().change("title", "PROGRESS REPORT 2024", "PROGRESS").change("c1", "March, 2025", "March, 2024")
    )
    assert json.loads(run(path, "--json")[1])["counts"]["all"] == 0
    rules = {row["rule"] for row in json.loads(run(path, "--json", "--year", "2023-24")[1])["findings"]}
    assert rules == {"status.late"}
    code, _out, err = run(path, "--year", "next")
    assert code == 2
    assert "next" in err


def test_files_that_cannot_be_read_end_with_two(tmp_path: Path) -> None:
    for name, content in (("none.txt", None), ("x.pdf", b"%PDF-1.7"), ("empty.txt", b"")):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        code, out, err = run(str(path))
        assert (code, out) == (2, "")
        assert len(err.strip().splitlines()) == 2  # Bangla and English


@pytest.fixture(scope="module")
def published(shared_folder: Path) -> tuple[list[dict], float]:
    """The findings on the progress report that the project was created from, and the seconds they took."""
    path = next((shared_folder / "seeds").glob("003_*.txt"))
    started = time.perf_counter()
    _code, out, _err = run(str(path), "--json")
    return json.loads(out)["findings"], time.perf_counter() - started


def test_the_published_report(published: tuple[list[dict], float]) -> None:
    """Facts that a reader finds with the document in hand."""
    findings, seconds = published
    told = {(row["line"], row["rule"]) for row in findings}
    by_rule = {rule: [row["line"] for row in findings if row["rule"] == rule] for _line, rule in told}
    assert by_rule["value.wrong-column"] == [112, 112, 114, 114, 117]
    assert {(112, "order.next"), (117, "order.compared"), (175, "value.bound"), (82, "count.rows")} <= told
    assert by_rule["value.bound"] == [175, 177, 177, 177]
    assert {(163, "section.no-chapter"), (1376, "date.impossible"), (463, "series.break")} <= told
    assert by_rule["series.last-year"] == [383, 467]
    assert by_rule["series.year-label"] == [391, 475]
    assert len([line for line in by_rule["status.late"] if line < 1571]) == 363
    assert {(859, "duplicate.chapter"), (912, "duplicate.chapter")} <= told
    assert {629, 642, 1075, 1081, 1229} <= set(by_rule["date.outside-plan"])
    assert {406, 407, 664, 1061} <= set(by_rule["cell.shifted"])
    assert {271, 249} <= set(by_rule["unit.low"])
    assert by_rule["status.done"] == [553, 554, 556, 557, 558, 791]
    assert seconds < 10  # under 3 alone; the machine of the tests is shared


def test_the_ministry_totals_are_left_alone(published: tuple[list[dict], float]) -> None:
    """The 40 totals equal their programmes, so no rule about sums may touch them."""
    findings, _seconds = published
    assert [row for row in findings if row["rule"].startswith("total.")] == []
    assert [row for row in findings if 122 <= row["line"] <= 162 and row["severity"] != "note"] == []


@pytest.mark.parametrize("seed", ["000", "001", "002", "004"])
def test_other_documents_are_nearly_silent(shared_folder: Path, seed: str) -> None:
    path = next((shared_folder / "seeds").glob(f"{seed}_*.txt"))
    code, out, _err = run(str(path), "--json")
    assert code == 0
    assert json.loads(out)["counts"]["all"] <= 2
