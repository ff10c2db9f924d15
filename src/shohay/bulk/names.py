"""Name keys and romanised names for whole columns: computed on the distinct words and joined back."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from shohay.core.bangla import romanise, token_key
from shohay.core.bangla_names import KEY_LENGTH, letters_key

WORD_KEY_LENGTH = 60
WORDS = "list_filter(string_split_regex(lower({name}), '[^a-z\u0980-\u09e3]+'), lambda x: x <> '')"


def add_name_keys(
    engine: duckdb.DuckDBPyConnection,
    *,
    table: str,
    names: list[str],
    out: str,
    every_key: bool = False,
    roman: bool = False,
) -> None:
    """Make the view ``out``: ``table`` with name_key of the first of ``names`` (in place of one it had).

    ``every_key`` adds key_<name>, ``roman`` adds roman_<name> for each. The names are normalised already
    (shohay.core.bangla.normalise). A name without letters gets ''.
    """
    columns = [row[0] for row in engine.execute(f"describe {table}").fetchall()]
    without = " exclude (name_key)" if "name_key" in columns else ""
    every = " union ".join(f"select distinct {name} as name from {table} where {name} is not null" for name in names)
    engine.execute(f"create or replace temp table name_all as {every}")
    engine.execute(
        f"create or replace temp table name_words as select name, {WORDS.format(name='name')} as words from name_all"
    )
    words = engine.execute("select distinct unnest(words) as word from name_words order by word").to_arrow_table()
    _make_macro(engine)
    engine.register("word_keys", _word_table(words.column("word").to_pylist()))
    engine.execute(f"""
        create or replace temp table name_keys as
            select name, left(coalesce(nullif(joined(keys), ''), joined(letters), ''), {KEY_LENGTH}) as name_key, roman
            from (select name, list(key order by place) filter (where key <> '') as keys,
                         list(letters order by place) filter (where letters <> '') as letters,
                         string_agg(w.roman, ' ' order by place) filter (where w.roman <> '') as roman
                  from (select name, unnest(words) as word, generate_subscripts(words, 1) as place from name_words) n
                  join word_keys w using (word) group by name)
    """)
    joins = " ".join(f"left join name_keys n{place} on t.{name} = n{place}.name" for place, name in enumerate(names))
    more = "".join(f", n{place}.roman as roman_{name}" for place, name in enumerate(names)) if roman else ""
    more += "".join(f", n{place}.name_key as key_{name}" for place, name in enumerate(names)) if every_key else ""
    engine.execute(
        f"create or replace temp view {out} as"
        f" select t.*{without}, coalesce(n0.name_key, '') as name_key{more} from {table} t {joins}"
    )


def _make_macro(engine: duckdb.DuckDBPyConnection) -> None:
    """shohay.core.bangla_names.join_keys in SQL: only the first word keeps its leading vowel."""
    engine.execute("""
        create or replace temp macro joined(keys) as
            keys[1]
            || array_to_string(list_transform(keys[2:], lambda k: case when k[1] = 'a' then k[2:] else k end), '')
    """)


def _word_table(words: list[str]) -> pa.Table:
    return pa.table(
        {
            "word": pa.array(words, pa.string()),
            "key": pa.array([token_key(word) for word in words], pa.string()),
            "letters": pa.array([letters_key(word) for word in words], pa.string()),
            "roman": pa.array([romanise(word) for word in words], pa.string()),
        }
    )


def word_keys(engine: duckdb.DuckDBPyConnection, table: str, name: str) -> list[str]:
    """The distinct keys of the words of a column of names, in order."""
    words = engine.execute(
        f"select distinct unnest({WORDS.format(name=name)}) as word"
        f" from (select distinct {name} from {table} where {name} is not null)"
    ).fetchall()
    return sorted({key for (word,) in words if (key := token_key(word)) and len(key) <= WORD_KEY_LENGTH})
