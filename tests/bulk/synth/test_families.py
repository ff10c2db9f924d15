"""Members of a household fit together: ages, names, relations, numbers."""

from __future__ import annotations

import bdbanks
import duckdb
import pyarrow.csv as pc
import pytest

from shohay.bulk.synth import Generated
from shohay.bulk.synth.templates import CHILD, FATHER, GRANDCHILD, IN_LAW, MOTHER, WOMAN, library


def test_mothers_are_more_than_14_years_older_than_their_children(of_nation: duckdb.DuckDBPyConnection) -> None:
    """Born days, not ages: the registered dates of real people."""
    worst = of_nation.execute("""
        select min(date_diff('day', m.birth_date, c.birth_date)) from persons c join persons m using (household_id)
        where c.relation = 'child' and m.sex = 'female' and c.planted is null and m.planted is null
          and (m.relation = 'spouse' or (m.relation = 'head' and m.sex = 'female'))""").fetchone()[0]
    assert worst > 14 * 365
    worst = of_nation.execute("""
        select min(date_diff('day', m.birth_date, h.birth_date)) from persons h join persons m using (household_id)
        where h.relation = 'head' and m.relation = 'parent' and h.planted is null and m.planted is null""").fetchone()[
        0
    ]
    assert worst > 14 * 365


def test_no_structure_breaks_the_rule_of_ages() -> None:
    lib = library()
    by_slot: dict[int, dict[int, int]] = {}
    for home in range(lib.count):
        rows = slice(lib.start[home], lib.start[home + 1])
        by_slot[home] = dict(zip(lib.slot[rows].tolist(), lib.age[rows].tolist(), strict=True))
    for ages in by_slot.values():
        for slot in range(CHILD, FATHER):
            if slot in ages and WOMAN in ages:
                assert ages[WOMAN] - ages[slot] >= 15
        if IN_LAW in ages and GRANDCHILD in ages:
            assert ages[IN_LAW] - ages[GRANDCHILD] >= 15
        if MOTHER in ages:
            assert ages[MOTHER] - ages.get(0, ages.get(WOMAN, 0)) >= 15


def test_every_household_has_one_head_on_line_1(of_nation: duckdb.DuckDBPyConnection) -> None:
    wrong = of_nation.execute("""
        select count(*) from (select household_id, count(*) filter (relation = 'head') as heads,
          min(line_no) filter (relation = 'head') as line, count(distinct line_no) as lines, max(line_no) as last, count(*) as n
          from persons_ group by household_id) where heads <> 1 or line <> 1 or lines <> n or last <> n""").fetchone()[
        0
    ]
    assert wrong == 0


def test_children_carry_their_parents_names(of_nation: duckdb.DuckDBPyConnection) -> None:
    right, all_ = of_nation.execute("""
        select count(*) filter (c.father_name = n.name_bn), count(*)
        from persons p join names_ c using (person_id) join persons h on h.household_id = p.household_id and h.relation = 'head'
        join names_ n on n.person_id = h.person_id
        where p.relation = 'child' and h.sex = 'male' and p.planted is null""").fetchone()
    assert all_ > 10_000
    assert right == all_


def test_siblings_of_a_widow_s_house_have_one_father(of_nation: duckdb.DuckDBPyConnection) -> None:
    most = of_nation.execute("""
        select max(fathers) from (select p.household_id, count(distinct n.father_name) as fathers
          from persons p join names_ n using (person_id) where p.relation = 'child' and p.planted is null group by 1)""").fetchone()[
        0
    ]
    assert most == 1


def test_spelling_variants_share_the_phonetic_key(of_nation: duckdb.DuckDBPyConnection) -> None:
    """A second registration is found by linkage only if most keys survive the other spelling."""
    same, all_ = of_nation.execute("""
        select count(*) filter (a.name_key = b.name_key), count(*) from truth t
        join names_ a using (person_id) join names_ b on b.person_id = t.other_person_id where t.kind = 'duplicate'""").fetchone()
    assert all_ > 500
    assert 0.5 < same / all_ < 1


@pytest.fixture(scope="module")
def file(demo: Generated) -> duckdb.DuckDBPyConnection:
    options = pc.ConvertOptions(column_types={})
    names = pc.read_csv(demo.paths["file"], convert_options=options).column_names
    table = pc.read_csv(
        demo.paths["file"], convert_options=pc.ConvertOptions(column_types=dict.fromkeys(names, "string"))
    )
    engine = duckdb.connect()
    engine.register("arrow", table)
    engine.execute("create table rows as select * replace (nullif(id_number, '') as id_number) from arrow")
    return engine


def test_identity_numbers_have_their_structure(file: duckdb.DuckDBPyConnection) -> None:
    kinds = dict(
        file.execute("select id_kind, count(*) from rows where id_kind <> '' group by 1 order by 1").fetchall()
    )
    assert set(kinds) == {"nid10", "nid13", "nid17", "brn17"}
    wrong = file.execute("""
        select count(*) from rows where household_reference not like 'CAST%' and id_number <> '12345678901'
          and union_code <> '99999999' and id_kind in ('nid13', 'nid17', 'brn17') and relation not in ('parent', 'sibling', 'other')
          and (right(id_number, 13)[1:2] <> union_code[3:4] or right(id_number, 13)[4:7] <> union_code[5:8])""").fetchone()[
        0
    ]
    assert wrong == 0
    lengths = file.execute(
        "select count(*) from rows where id_number <> '12345678901' and length(id_number) <> substr(id_kind, 4)::int"
    ).fetchone()[0]
    assert lengths == 0


def test_only_second_registrations_repeat_an_identity_number(file: duckdb.DuckDBPyConnection, demo: Generated) -> None:
    repeated = file.execute("""
        select count(*) - count(distinct id_number) from rows where id_number <> '12345678901'""").fetchone()[0]
    duplicates = demo.truth_counts["duplicate"]
    assert 0 < repeated <= duplicates


def test_wallets_and_routing_numbers_are_real(file: duckdb.DuckDBPyConnection) -> None:
    wrong = file.execute(
        "select count(*) from rows where account_kind = 'mfs' and not regexp_full_match(account_number, '01[3-9][0-9]{8}')"
    ).fetchone()[0]
    assert wrong == 0
    banks = file.execute(
        "select distinct routing_number, account_provider from rows where account_kind = 'bank'"
    ).fetchall()
    assert len(banks) > 50
    for routing, provider in banks:
        assert sum(int(digit) * (5, 7, 1)[i % 3] for i, digit in enumerate(routing)) % 10 == 0
        branch = bdbanks.lookup(routing)
        assert branch
        assert branch.payable
        assert provider == routing[:3]


def test_some_wallets_serve_several_people(file: duckdb.DuckDBPyConnection) -> None:
    shared = file.execute("""
        select count(*) from (select account_number from rows where account_kind = 'mfs' group by 1
          having count(distinct name_bn) > 1)""").fetchone()[0]
    assert shared > 5


def test_school_follows_age(of_nation: duckdb.DuckDBPyConnection) -> None:
    low, high, attending = of_nation.execute("""
        select min(age) filter (school_level = 'primary'), max(age) filter (school_level = 'primary'),
          avg((school_level <> 'none')::int) filter (age between 6 and 10) from persons where planted is null""").fetchone()
    assert low == 6
    assert high <= 12
    assert attending > 0.93
    wrong = of_nation.execute("""
        select count(*) from persons_ where (school_level = 'primary' and school_class not between 1 and 5)
          or (school_level = 'secondary' and school_class not between 6 and 10)
          or (school_level = 'higher_secondary' and school_class not between 11 and 12)""").fetchone()[0]
    assert wrong == 0


def test_pregnancies_are_possible(of_nation: duckdb.DuckDBPyConnection) -> None:
    low, high, sexes, months = of_nation.execute("""
        select min(age), max(age), count(distinct sex), count(distinct pregnancy_month)
        from persons where is_pregnant and coalesce(planted, '') <> 'duplicate'""").fetchone()
    assert (low >= 16, high <= 44, sexes, months) == (True, True, 1, 9)
