"""shohay bench: one JSON line, memory watched, failures told."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shohay.cli import bench
from shohay.cli.benches import grievance_clock
from shohay.cli.main import app
from shohay.core import deadlines


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHOHAY_VAR", str(tmp_path))


def test_a_benchmark_prints_one_json_line() -> None:
    done = CliRunner().invoke(app, ["bench", "synth", "--rows", "4000"])
    assert done.exit_code == 0, done.output
    line = json.loads(done.stdout)
    assert line["bench"] == "synth"
    assert 3_500 < line["rows"] < 4_800
    assert line["households"] == 1_012
    assert line["rows_per_second"] == pytest.approx(line["rows"] / line["seconds"], rel=0.01)
    assert 100 < line["peak_mib"] < 4_000


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    done = CliRunner().invoke(app, ["bench", "nothing"])
    assert done.exit_code == 2
    assert "synth" in done.output


def test_a_failing_benchmark_is_a_line_with_the_error() -> None:
    assert bench.measure("nothing-of-the-kind", 1) == {"bench": "nothing-of-the-kind", "error": "ended with code 1"}


def test_all_runs_every_one_and_writes_the_results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def measured(name: str, rows: int, engine: str) -> dict[str, object]:
        asked.append((name, rows))
        return {"bench": name} if name != "synth" else {"bench": name, "error": "ended with code 1"}

    monkeypatch.setattr(bench, "measure", measured)
    done = CliRunner().invoke(app, ["bench", "all"])
    assert done.exit_code == 1  # one of them failed
    assert asked == [(name, 0) for name in bench.names()]
    written = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    assert [line["bench"] for line in written] == bench.names()


def test_names_are_those_of_the_files() -> None:
    found = bench.names()
    assert "synth" in found
    assert not any("_" in name for name in found)
    for name in found:
        assert Path(*bench.module_of(name).split(".")).name in {
            path.stem for path in (Path(bench.__file__).parent / "benches").glob("*.py")
        }


def test_benchmarks_work_in_a_folder_of_their_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/real")
    environment = bench._environment()
    assert "DATABASE_URL" not in environment
    assert environment["SHOHAY_VAR"] == str(tmp_path / "bench")


@pytest.mark.heavy
def test_the_search_benchmark_finds_the_people_it_asks_for() -> None:
    """On a small country: every whole name, number and Latin spelling finds its person, and each kind tells its time."""
    done = CliRunner().invoke(app, ["bench", "search", "--rows", "4000"])
    assert done.exit_code == 0, done.output
    line = json.loads(done.stdout)
    assert line["questions"] == sum(kind["of"] for kind in line["kinds"].values()) > 500
    for name in ("exact_union", "exact_upazila", "no_title_upazila", "identity", "phone", "household"):
        assert line["kinds"][name]["right"] == line["kinds"][name]["of"], name
    assert line["kinds"]["identity_of_nobody"]["found"] == line["kinds"]["phone_of_nobody"]["found"] == 0
    assert 0 < line["p50_ms"] <= line["p95_ms"] <= line["p99_ms"]


def test_the_grievance_clock_counts_as_a_calendar_does() -> None:
    """The same draws counted day by day: Friday, Saturday and holidays are no working days."""
    rows = 400
    made = grievance_clock.run(rows)
    draw = random.Random(2026)
    first, days = grievance_clock.FIRST, grievance_clock.DAYS
    holidays = {
        first + timedelta(365 * year + draw.randrange(365))
        for year in range(4)
        for _ in range(grievance_clock.HOLIDAYS_A_YEAR)
    }

    def working(day: date) -> bool:
        return day.weekday() not in (4, 5) and day not in holidays

    late = 0
    for _ in range(rows):
        filed = first + timedelta(draw.randrange(days))
        passed = [one for one in range(1, days + 1) if filed + timedelta(one) <= first + timedelta(days)]
        late += sum(working(filed + timedelta(one)) for one in passed) > deadlines.GRIEVANCE_DAYS
    assert made["late"] == late
    assert made["holidays"] == len(holidays)
