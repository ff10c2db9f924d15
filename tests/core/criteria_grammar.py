"""Random criteria, for property tests: well-formed ones over every kind of fact, and ones that somebody spoiled."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from shohay.core.facts import FACTS

PARAMETERS: dict[str, Any] = {"ceiling": 10000, "word": "male", "day": dt.date(2025, 7, 1), "zero": 0, "share": 2.5}
NUMBERS = ["age", "annual_income", "household_size", "land_decimals", "poverty_rate"]
FLAGS = ["is_head", "is_disabled", "has_identity", "is_widowed", "oaa_universal"]
WORDS = ["sex", "walls", "occupation", "division_code"]
DATES = ["birth_date", "marriage_ended_on"]
USED = [*NUMBERS, *FLAGS, *WORDS, *DATES]

constants = st.sampled_from(["0", "1", "5", "60", "2.5", "999999999999", ":ceiling", ":share", ":zero"])


def numbers(*, defaults: bool) -> st.SearchStrategy[str]:
    """Numbers; with ``defaults`` also coalesce, which turns unknown into something on purpose."""
    leaf = st.one_of(st.sampled_from(NUMBERS), constants)

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        kinds = [
            st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda a: f"({a} / 4)"),
            inner.map(lambda a: f"abs({a})"),
            inner.map(lambda a: f"(-({a}))"),
        ]
        if defaults:
            kinds.append(st.tuples(inner, inner).map(lambda t: f"coalesce({t[0]}, {t[1]})"))
        return st.one_of(kinds)

    return st.recursive(leaf, grown, max_leaves=4)


def conditions(*, defaults: bool = True) -> st.SearchStrategy[str]:
    """Conditions of all that the language has; brackets around every part."""
    number = numbers(defaults=defaults)
    compare = st.tuples(number, st.sampled_from(["=", "<>", "!=", "<", "<=", ">", ">="]), number).map(" ".join)
    between = st.tuples(number, st.sampled_from(["", "not "]), number, number).map(
        lambda t: f"{t[0]} {t[1]}between {t[2]} and {t[3]}"
    )
    chosen = st.tuples(
        st.sampled_from(NUMBERS), st.sampled_from(["in", "not in"]), st.lists(constants, min_size=1, max_size=3)
    )
    words = st.sampled_from(
        [
            "sex = 'female'", "sex <> :word", "sex not in ('male', 'hijra')", "walls in ('mud', 'straw')",
            "occupation = 'o''clock'", "division_code = '10'", "birth_date <= :day", "marriage_ended_on <> birth_date",
            "birth_date > date '1990-02-28'", "birth_date between date '1950-01-01' and :day",
        ]
    )  # fmt: skip
    leaf = st.one_of(
        st.sampled_from([*FLAGS, "true", "false"]), compare, between, words,
        chosen.map(lambda t: f"{t[0]} {t[1]} ({', '.join(t[2])})"),
    ).map(lambda text: f"({text})")  # fmt: skip

    def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        kinds = [
            st.tuples(inner, st.sampled_from(["and", "or", "=", "<>"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
            inner.map(lambda a: f"(not {a})"),
        ]
        if defaults:
            kinds.append(st.tuples(inner, inner).map(lambda t: f"coalesce({t[0]}, {t[1]})"))
        return st.one_of(kinds)

    whole = st.recursive(leaf, grown, max_leaves=6)
    counted = st.tuples(st.integers(0, 4), st.lists(whole, min_size=1, max_size=3)).map(
        lambda t: f"at_least({t[0]}, {', '.join(t[1])})"
    )
    return st.one_of(whole, counted, counted.map(lambda text: f"(not {text})"))


def facts() -> st.SearchStrategy[dict[str, Any]]:
    """Values of the facts in use, None where somebody did not tell."""
    of = {
        "number": st.integers(0, 120) | st.integers(0, 400).map(lambda n: n / 4),
        "bool": st.booleans(),
        "date": st.dates(dt.date(1900, 1, 1), dt.date(2026, 1, 1)),
    }
    words = {name: st.sampled_from(FACTS[name].values or ("o'clock", "10", "x")) for name in WORDS}
    return st.fixed_dictionaries(
        {name: st.none() | words.get(name, of.get(FACTS[name].kind, st.nothing())) for name in USED}
    )


HOSTILE = [
    "(select 1)", "exists (select 1)", "union select 1", "; drop table persons", "-- true", "/* true */", "{# x #}",
    "{{ age }}", "read_text('/etc/passwd')", "read_csv_auto('x')", "getenv('HOME')", "getvariable('x')", "pg_sleep(9)",
    "query('select 1')", "sum(age)", "count(*)", "row_number() over ()", "generate_series(1, 9)", "unnest([1])", "range(9)",
    "x -> x", "[1, 2]", "{'a': 1}", "age[1]", "age::varchar", "cast(age as varchar)", "try_cast(sex as integer)", "interval '1' day",
    "case when true then 1 end", "if(true, 1, 2)", "is null", "is not distinct from", "like '%'", "similar to 'a'", "regexp_matches(sex, 'a')",
    "null", "'\\'", "'\\u0027'", "e'\\x27'", "''''", "'", '"', "$$", "$1", "?", "@x", "::", "||", "%", "^", "**", "//", "&", "~", "<=>", "->>",
    "1e308", "9" * 40, "0x1f", "1_000", "nan", "infinity", "'nan'::double", "/ 0", "/ 0.0", "/ (1 - 1)", "/ :zero", "* 999999999999" * 12,
    "current_date", "now()", "random()", "version()", "current_setting('x')", "information_schema.tables", "persons.age", "main.age", "age.x",
    "area.age", "receives", "limit 1", "offset 1", "order by 1", "as x", "collate nocase", "at time zone 'utc'", "distinct", "all (select 1)",
    "pragma version", "attach 'x'", "copy x to 'y'", "set x = 1", "install httpfs", "load httpfs", "call x()", "execute x", "values (1)",
    "\u202e", "\u200b", "\u00a0", "\x00", "\n", "\t", "\ufeff", "\uff08", "\uff1d", "\u2019", "\u0430ge", "ａｇｅ", "৬০", "６０", "\U0001f4a9", "\\",
    "(" * 40, ")" * 40, "not " * 60, "- " * 60, "is_head or " * 200, "x" * 3000,
]  # fmt: skip


def spoiled() -> st.SearchStrategy[str]:
    """A good criterion into which somebody put hostile pieces, or whose words somebody moved about."""
    pieces = st.lists(st.tuples(st.integers(0, 200), st.sampled_from(HOSTILE)), min_size=1, max_size=3)

    def put(pair: tuple[str, list[tuple[int, str]]]) -> str:
        words = pair[0].replace("(", " ( ").replace(")", " ) ").split(" ")
        for at, piece in pair[1]:
            words.insert(at % (len(words) + 1), piece)
        return " ".join(words)

    return st.tuples(conditions(), pieces).map(put)
