"""The matcher finds second records, leaves brothers alone, and says the same twice."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shohay.bulk import linkage
from shohay.bulk.linkage import LinkageSettings
from shohay.bulk.snapshot import SCHEMAS
from shohay.core.bangla import name_key
from shohay.core.messages import Refusal


def person(number: int, name: str, **facts: object) -> dict[str, object]:
    known = {
        "person_id": number, "area_code": "30260811", "name_bn": name, "name_en": None, "name_key": name_key(name),
        "father_name": "আব্দুল করিম", "mother_name": "হালিমা বেগম", "sex": "male", "birth_date": date(1960, 3, 1),
        "identity_digest": None, "account_digest": None,
    }  # fmt: skip
    return known | facts


CAST = [
    person(1, "মোঃ জাহাঙ্গীর আলম", identity_digest="a" * 32),
    person(2, "জাহাংগীর আলম", identity_digest="a" * 32, birth_date=date(1960, 1, 3)),  # twice, the day and month swapped
    person(3, "রহিম উদ্দিন", birth_date=date(1990, 5, 5)),
    person(4, "রহিম উদ্দীন", birth_date=date(1990, 5, 5), area_code="30260812"),  # the same man in the next union
    person(5, "নুরুল ইসলাম", birth_date=date(1995, 2, 2)),
    person(6, "নূরুল ইসলাম", birth_date=date(1999, 8, 9)),  # a brother with nearly his name
    person(7, "শফিক মিয়া", father_name="কামাল", mother_name="আসমা", identity_digest="b" * 32, birth_date=date(1970, 1, 1)),
    person(8, "সালমা খাতুন", father_name="জসিম", mother_name="রোকেয়া", identity_digest="b" * 32, sex="female", birth_date=date(1985, 6, 7)),
    person(9, "মোঃ জাহাঙ্গীর", identity_digest="a" * 32),
]  # fmt: skip


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    folder = tmp_path / "snapshot"
    folder.mkdir()
    others = [
        person(n, f"{first} {last}", father_name=f"{last} {n}", birth_date=date(1940 + n % 60, 1 + n % 12, 1 + n % 28))
        for n, (first, last) in enumerate(
            ((a, b) for a in ("কামাল", "জসিম", "রফিক", "হাসান", "মমিন") for b in ("মিয়া", "আলী", "সরকার", "মন্ডল")), start=100
        )
    ]
    pq.write_table(pa.Table.from_pylist([*CAST, *others], schema=SCHEMAS["names"]), folder / "names.parquet")
    return folder


def pairs(linked: linkage.Linked) -> dict[tuple[int, int], tuple[str, dict[str, str]]]:
    rows = duckdb.sql(f"select left_id, right_id, band, evidence from '{linked.pairs}'").fetchall()
    return {(left, right): (band, json.loads(evidence)) for left, right, band, evidence in rows}


def test_second_records_are_found_and_brothers_are_not(snapshot: Path, tmp_path: Path):
    found = pairs(linkage.link(snapshot=snapshot, out=tmp_path / "out"))
    assert found[1, 2][0] == "link"
    assert found[1, 2][1]["identity"] == "same"
    assert found[1, 2][1]["birth"] == "swapped"
    assert found[3, 4][1]["name"] in ("same", "sounds_same")
    assert (5, 6) not in found or found[5, 6][0] == "review"
    assert found[7, 8][0] == "review"  # one number on two quite different people: for a person to look at


def test_a_group_goes_to_its_oldest_record(snapshot: Path, tmp_path: Path):
    linked = linkage.link(snapshot=snapshot, out=tmp_path / "out")
    merges = duckdb.sql(f"select kept, merged from '{linked.merges}' order by 2").fetchall()
    assert (1, 2) in merges
    assert (1, 9) in merges


def test_the_same_snapshot_gives_the_same_pairs(snapshot: Path, tmp_path: Path):
    first = linkage.link(snapshot=snapshot, out=tmp_path / "a")
    second = linkage.link(snapshot=snapshot, out=tmp_path / "b")
    assert first.pairs.read_bytes() == second.pairs.read_bytes()
    assert first.counts == second.counts


def test_a_snapshot_without_names(tmp_path: Path):
    with pytest.raises(Refusal) as refused:
        linkage.link(snapshot=tmp_path, out=tmp_path / "out")
    assert refused.value.code == "snapshot_without_names"


def test_every_comparison_adds_up():
    for spec in LinkageSettings.shipped().document["comparisons"]:
        for side in ("m", "u"):
            assert sum(level[side] for level in spec["levels"]) == pytest.approx(1, abs=0.002), spec["name"]


def test_planted_duplicates_are_found(tmp_path: Path):
    from shohay.bulk.synth import demo_areas, generate

    made = generate(
        households=4000, seed=11, areas=demo_areas(), out=tmp_path, form="snapshot", as_of=date(2026, 11, 21), workers=1
    )
    linked = linkage.link(snapshot=tmp_path / "snapshot", out=tmp_path / "out")
    measured = linkage.quality(linked, made.truth_path, tmp_path / "snapshot")
    assert measured["planted"] > 30
    assert measured["link_precision"] >= 0.97
    assert measured["link_recall"] >= 0.7
    assert measured["seen_recall"] >= 0.9
