"""The same arguments give the same bytes; the forms keep to their schemas; the cast and the planted truth are there."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shohay.bulk import snapshot
from shohay.bulk.determination import determine
from shohay.bulk.intake import Checked, check_file
from shohay.bulk.intake_template import load_template
from shohay.bulk.linkage import FEWEST, LinkageSettings, link
from shohay.bulk.pmt import shipped
from shohay.bulk.synth import DEMO_UPAZILAS, Generated, cast, demo_areas, generate
from shohay.bulk.synth.chunk import LINES, Plan
from shohay.bulk.synth.frame import PROGRAMMES
from shohay.policy.shipped import definitions
from tests.bulk.synth.conftest import AS_OF, union_codes


def made(out: Path, households: int = 300, seed: int = 1, workers: int | None = None, form: str = "both") -> Generated:
    return generate(
        households=households, seed=seed, areas=demo_areas(), out=out, form=form, as_of=AS_OF, workers=workers
    )


def bytes_of(found: Generated) -> dict[str, bytes]:
    files = [
        found.truth_path,
        *found.paths["snapshot"].iterdir(),
        *([found.paths["file"]] if "file" in found.paths else []),
    ]
    return {path.name: path.read_bytes() for path in files}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = made(tmp_path / "a"), made(tmp_path / "b")
    assert bytes_of(first) == bytes_of(second)
    assert first.sha256 == second.sha256


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    first, second = made(tmp_path / "a", seed=1), made(tmp_path / "b", seed=2)
    assert first.sha256 != second.sha256


@pytest.mark.heavy
def test_the_result_does_not_depend_on_the_number_of_workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(generate.__globals__, "Plan", partial(Plan, chunk=1_000))  # those of 62,500 take long
    alone = made(tmp_path / "one", households=2_500, workers=1, form="snapshot")
    together = made(tmp_path / "two", households=2_500, workers=2, form="snapshot")
    assert alone.sha256 == together.sha256
    assert bytes_of(alone)["truth.parquet"] == bytes_of(together)["truth.parquet"]


def test_the_snapshot_is_one_that_the_engine_takes(demo: Generated) -> None:
    where = demo.paths["snapshot"]
    snapshot.check(where)
    assert snapshot.verify(where) == []
    assert snapshot.read_manifest(where).sha256 == demo.sha256
    assert len(snapshot.ranges(where, 5_000)) >= 1


def test_unknown_is_null_and_never_an_empty_text(demo: Generated) -> None:
    for name in ("households", "persons", "names"):
        table = pq.read_table(demo.paths["snapshot"] / f"{name}.parquet")
        for column in table.columns:
            if pa.types.is_string(column.type):
                assert "" not in column.unique().to_pylist()


def test_the_demo_lives_in_all_eight_divisions(of_demo: duckdb.DuckDBPyConnection) -> None:
    found = of_demo.execute("select distinct area_code[1:6] from households_").fetchall()
    assert {code for (code,) in found} == set(DEMO_UPAZILAS)
    assert {code[:2] for code in DEMO_UPAZILAS} == {"10", "20", "30", "40", "45", "50", "55", "60"}
    homeless = of_demo.execute("select count(*) from persons_ anti join areas_ using (area_code)").fetchone()[0]
    assert homeless == 0


def checked(path: Path, scratch: Path) -> Checked:
    return check_file(
        path=path, template=load_template("household"), out=scratch / "checked", work=scratch / "work",
        areas=union_codes(), programmes=PROGRAMMES, today=AS_OF,
    )  # fmt: skip


def test_the_file_passes_the_checks_where_it_is_not_spoilt(tmp_path: Path) -> None:
    found = generate(
        households=2_000, seed=3, areas=demo_areas(), out=tmp_path, form="file", as_of=AS_OF, bad_rows=False
    )
    report = checked(found.paths["file"], tmp_path)
    assert report.rows_bad == 0
    assert report.rows_total == found.counts["file"]
    assert report.households == 2_000 + len(cast.CAST)


def test_about_half_a_percent_of_the_file_is_bad(demo: Generated, tmp_path: Path) -> None:
    report = checked(demo.paths["file"], tmp_path)
    assert 0.001 < report.rows_bad / report.rows_total < 0.010
    assert {"date_impossible", "birth_future", "area_unknown", "id_length", "looks_like_formula"} <= report.codes.keys()


def test_both_forms_hold_the_same_people(demo: Generated) -> None:
    assert demo.counts["file"] == demo.counts["persons"] == demo.counts["names"]
    lines = demo.paths["file"].read_text(encoding="utf-8").splitlines()
    assert len(lines) == demo.counts["file"] + 1


def test_the_cast_stands_at_its_references(demo: Generated, of_demo: duckdb.DuckDBPyConnection) -> None:
    first = demo.paths["file"].read_text(encoding="utf-8").splitlines()[1 : len(cast.rows()) + 1]
    assert [line.split(",")[0] for line in first] == [row["household_reference"] for row in cast.rows()]
    keys = list(cast.CAST)
    found = of_demo.execute(
        "select n.name_bn, p.birth_date from persons p join names_ n using (person_id) where household_id = ? and line_no = 1",
        [keys.index("turns_65") + 1],
    ).fetchone()
    assert found == ("মোঃ মকবুল প্রামানিক", dt.date(1961, 7, 1))
    widow = cast.household("widow")[0]
    assert (widow["union_code"][:4], widow["applies_for"], widow["marital_status"]) == ("5549", "WDA", "widowed")


def test_a_person_decides_about_the_man_registered_twice_whatever_the_size(demo: Generated, tmp_path: Path) -> None:
    """The machine is in doubt about him among 100,000 people (as few as the prior knows) and among 400,000."""
    keys = list(cast.CAST)
    he, again = (demo_person(keys.index(name)) for name in ("twice_first", "twice_second"))
    linked = link(snapshot=demo.paths["snapshot"], out=tmp_path)
    found = duckdb.execute(
        f"select probability, band from '{linked.pairs}' where left_id = ? and right_id = ?", [he, again]
    ).fetchall()
    assert [band for _, band in found] == ["review"]
    odds = found[0][0] / (1 - found[0][0])
    settings = LinkageSettings.shipped()
    for people in (100_000, 400_000):
        rarer = odds * FEWEST / people
        assert settings.review_above < rarer / (1 + rarer) < settings.link_above


def demo_person(place: int) -> int:
    """The id of the first person of the cast's household in this place, as the snapshot form numbers them."""
    return (place + 1) * LINES + 1


def test_the_cast_passes_the_checks(tmp_path: Path) -> None:
    found = generate(households=1, seed=1, areas=demo_areas(), out=tmp_path, form="file", as_of=AS_OF, bad_rows=False)
    assert checked(found.paths["file"], tmp_path).rows_bad == 0


def test_the_planted_truth_is_what_it_says(of_nation: duckdb.DuckDBPyConnection, nation: Generated) -> None:
    kinds = {"duplicate", "ghost", "wrong_age", "double_dipper", "dead_beneficiary", "shared_wallet"}
    assert set(nation.truth_counts) == kinds
    true_age, registered = of_nation.execute("""
        select max(date_part('year', age(date '2026-11-22', detail::date))), min(age) filter (sex = 'male')
        from persons join truth t using (person_id) where t.kind = 'wrong_age'""").fetchone()
    assert true_age <= 65
    assert registered >= 64
    held = of_nation.execute("""
        select count(*) from truth t anti join held_ h on h.person_id = t.person_id
        where t.kind in ('double_dipper', 'dead_beneficiary')""").fetchone()[0]
    assert held == 0


def test_second_registrations_are_the_same_people_written_otherwise(of_nation: duckdb.DuckDBPyConnection) -> None:
    pairs, elsewhere, other_union, other_spelling, same_number = of_nation.execute("""
        select count(*), count(*) filter (a.household_id <> b.household_id), count(*) filter (a.area_code <> b.area_code),
          count(*) filter (n.name_bn <> m.name_bn), count(*) filter (n.identity_digest = m.identity_digest)
        from truth t join persons_ a using (person_id) join persons_ b on b.person_id = t.other_person_id
        join names_ n on n.person_id = a.person_id join names_ m on m.person_id = b.person_id
        where t.kind = 'duplicate'""").fetchone()
    assert pairs > 500
    assert elsewhere == pairs
    assert 0.05 < other_union / pairs < 0.5
    assert other_spelling / pairs > 0.4
    assert 0.3 < same_number / pairs < 0.5


def test_an_unknown_form_or_area_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="form is snapshot"):
        made(tmp_path, form="xlsx")
    with pytest.raises(ValueError, match="unknown union codes: 12345678"):
        generate(
            households=1, seed=1, areas=pa.table({"area_code": ["12345678"]}), out=tmp_path, form="file", as_of=AS_OF
        )


def test_the_cast_gets_the_answers_that_its_story_says(demo: Generated, tmp_path: Path) -> None:
    """The shipped definitions, decided on the snapshot, for the applications of the named cast."""
    found = determine(
        snapshot=demo.paths["snapshot"], definitions=definitions(), on=AS_OF, out=tmp_path / "run", formula=shipped(),
        seed=1, quotas=None,
    )  # fmt: skip
    rows = duckdb.execute(
        f"select household_id, programme_code, outcome, failed, \"unknown\" from '{found.path}/applicants.parquet'"
        " where household_id <= ? order by all",
        [len(cast.CAST)],
    ).fetchall()
    keys = list(cast.CAST)
    answers = {(keys[home - 1], code): (outcome, failed, unknown) for home, code, outcome, failed, unknown in rows}
    eligible = ("eligible", [], [])
    assert answers["widow", "WDA"] == eligible
    assert answers["fisher", "FFP"] == eligible
    assert answers["pregnant", "MCBP"] == eligible
    assert answers["mother_of_pupils", "PESP"] == eligible
    assert answers["turns_65", "OAA"] == eligible  # 65 on the reference date itself
    assert answers["twice_first", "OAA"] == answers["twice_second", "OAA"] == eligible  # nobody has looked yet
    assert answers["tea_worker", "TEA"] == answers["hijra", "HIJRA"] == eligible
    assert answers["pensioner", "OAA"][0] == "not_eligible"
    assert "public_service" in answers["pensioner", "OAA"][1]
    assert answers["disabled_without_card", "DPA"] == ("not_eligible", ["card"], [])
    assert answers["income_unknown", "OAA"] == ("cannot_tell", [], ["income"])
