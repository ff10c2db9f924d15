"""Who is paid how much for a period: enrolments in, payment lines and held-back enrolments out.

Input (Parquet, one row an active enrolment; see COLUMNS) and the parameters alone decide the output, down to the
bytes of its files, so that a payroll can be repeated and compared years later.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from pyarrow import compute as columns
from pyarrow import parquet

SHARE_LIMIT = 3  # so many people may share one account (a couple and a child); more is held back
ROW_GROUP = 122_880

IN_KIND = "in_kind"
LINKS = ["enrolment_id", "person_id", "account_id"]  # what a payment points to

# what every input has; the facts that the schedule reads follow as columns of text, fact_<name>
COLUMNS = pa.schema(
    [
        ("enrolment_id", pa.int64()),
        ("person_id", pa.int64()),
        ("household_id", pa.int64()),
        ("area_code", pa.string()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),  # first day without the benefit; null = still enrolled
        ("account_id", pa.int64()),  # null = no open account
        ("account_digest", pa.string()),
        ("is_dead", pa.bool_()),
        ("is_duplicate", pa.bool_()),
        ("paid_kinds", pa.string()),  # kinds already paid for this period, comma separated; null = none
    ]
)


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a benefit schedule for enrolments that cover months ``since`` to before ``until`` of the period.

    ``when``: boolean SQL over the facts (columns fact_<name>); ``poisha``: integer SQL, what is owed for those
    months. ``kind`` is the line's id, or IN_KIND for goods, which pay nothing.
    """

    since: int
    until: int
    kind: str
    when: str
    poisha: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What the computation is told besides its input; stored with the payroll, read again by a replay."""

    programme: str
    first: date
    end: date  # exclusive
    steps: tuple[Step, ...]
    fact_types: tuple[tuple[str, str], ...] = ()  # fact -> DuckDB type
    share_limit: int = SHARE_LIMIT

    @property
    def is_simple(self) -> bool:
        """Each kind has one line in the schedule, so nothing needs to be added up."""
        lines = [(step.since, step.until, step.kind) for step in self.steps]
        return len(set(lines)) == len(lines)

    def stored(self) -> dict[str, Any]:
        """The terms as JSON values; ``Terms.restored`` is the way back."""
        return {**asdict(self), "first": self.first.isoformat(), "end": self.end.isoformat()}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> Terms:
        return cls(
            programme=stored["programme"],
            first=date.fromisoformat(stored["first"]),
            end=date.fromisoformat(stored["end"]),
            steps=tuple(Step(**step) for step in stored["steps"]),
            fact_types=tuple((name, kind) for name, kind in stored["fact_types"]),
            share_limit=stored["share_limit"],
        )


@dataclass(frozen=True, slots=True)
class Computed:
    """``lines`` payments of ``poisha`` in total, ``held`` reason -> enrolments; files under ``folder``."""

    folder: Path
    lines: int
    poisha: int
    held: dict[str, int]
    sha256: str


@dataclass(frozen=True, slots=True)
class Result:
    """What ``work_out`` finds: the payments, the enrolments held back, and how many of them for which reason."""

    lines: pa.Table
    held: pa.Table
    counts: dict[str, int]

    @property
    def poisha(self) -> int:
        return int(columns.sum(self.lines["amount_poisha"]).as_py() or 0)


# A month counts when the enrolment covers any day of it. The reasons stand in the order in which they are given.
PREPARED = """
create temp table prepared as
select e.enrolment_id, e.person_id, e.area_code, e.account_id, e.paid_kinds, {facts}
       case when is_dead then 'dead' when is_duplicate then 'duplicate'
            when account_id is null then 'no_account'
            when coalesce(s.sharers, 0) > {share_limit} then 'shared_account' end as barred,
       date_diff('month', date '{first}', greatest(valid_from, date '{first}')) as since,
       date_diff('month', date '{first}', least(coalesce(valid_to, date '{end}'), date '{end}') - 1) + 1 as until
from enrolments e
left join (select account_digest, count(distinct person_id) as sharers from enrolments
           where account_digest in (select account_digest from enrolments
                                    group by account_digest having count(*) > {share_limit})
           group by account_digest) s using (account_digest)
"""

STEP = """
select enrolment_id, person_id, area_code, account_id, '{kind}' as kind, ({when}) as due,
       cast({poisha} as bigint) as poisha, barred, paid_kinds
from prepared where since = {since} and until = {until}
"""

NO_STEP = """
select enrolment_id, person_id, area_code, account_id, '' as kind, false as due, 0::bigint as poisha, barred, paid_kinds
from prepared limit 0
"""

# a fact that is missing makes `due` NULL: then the line is held back, not silently left out
OWED = """
create temp table owed as
select enrolment_id, person_id, area_code, account_id, kind, poisha,
       case when list_contains(string_split(coalesce(paid_kinds, ''), ','), kind) then 'already_paid'
            when kind = 'in_kind' and coalesce(barred, '') in ('', 'no_account', 'shared_account') then 'in_kind'
            when barred is not null then barred
            when due is null or poisha is null then 'amount_unknown' end as reason
from ({steps})
where due is not false and (due is null or poisha is null or poisha > 0 or kind = 'in_kind')
"""

# in the order of enrolments: the keys of the payments table then grow at their right end only
LINES = """
select *, '{code}-{month}-' || upper(kind[:8]) || '-'
       || lpad(enrolment_id::varchar, greatest(8, length(enrolment_id::varchar))::integer, '0') as end_to_end_id
from (select enrolment_id, person_id, area_code, kind, poisha as amount_poisha, account_id from ({owed})
      order by enrolment_id, kind)
"""

SINGLE = "select enrolment_id, person_id, area_code, kind, poisha, account_id from owed where reason is null"
# several lines of the schedule may be of one kind: they add up to one payment
ADDED = """
select enrolment_id, person_id, area_code, kind, cast(sum(poisha) as bigint) as poisha, account_id
from owed where reason is null group by enrolment_id, person_id, area_code, kind, account_id
"""

HELD = """
create temp table held as
select distinct enrolment_id, person_id, area_code, reason from owed where reason is not null
union all
select enrolment_id, person_id, area_code, coalesce(barred, 'not_this_period') from prepared
where enrolment_id not in (select enrolment_id from owed)
"""


def compute(source: Path, terms: Terms, folder: Path) -> Computed:
    """Work out the payroll of the enrolments in ``source`` and write lines.parquet and held.parquet to ``folder``.

    ``sha256`` covers both files. The same source and terms give the same bytes.
    """
    result = work_out(parquet.read_table(source), terms)
    return Computed(folder, result.lines.num_rows, result.poisha, result.counts, store(result, folder))


def work_out(enrolments: pa.Table, terms: Terms) -> Result:
    """The payroll of ``enrolments`` (COLUMNS and the facts), in memory."""
    with duckdb.connect() as engine:
        engine.execute("set threads = 2; set preserve_insertion_order = true")
        engine.register("enrolments", enrolments)
        for statement in statements(terms):
            engine.execute(statement)
        month = terms.first.strftime("%Y%m")
        owed = SINGLE if terms.is_simple else ADDED
        lines = _numbered(engine.execute(LINES.format(code=terms.programme[:8], month=month, owed=owed)))
        engine.execute(HELD)
        held = engine.execute("select * from held order by enrolment_id, reason").to_arrow_table()
        counts = engine.execute("select reason, count(*) from held group by reason order by reason").fetchall()
    return Result(lines, held, dict(counts))


def store(result: Result, folder: Path) -> str:
    """Write the result's files to ``folder``; their hash."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(result.lines.combine_chunks(), folder / "lines.parquet")  # in one piece: always the same bytes
    _write(result.held.combine_chunks(), folder / "held.parquet")
    return hash_of(folder)


def check_lines(lines: pa.Table, enrolments: pa.Table) -> None:
    """Raise AssertionError unless each line pays the person of its enrolment into that person's own account.

    ``enrolments`` (in the order of their ids) is what was read of enrolments and accounts in the transaction that
    loads the lines: what holds here are the foreign keys of the payments.
    """
    at = np.searchsorted(enrolments["enrolment_id"].to_numpy(), lines["enrolment_id"].to_numpy())
    said = enrolments.select(LINKS).take(pa.array(np.minimum(at, max(enrolments.num_rows - 1, 0))))
    wrong = np.zeros(lines.num_rows, bool)
    for name in LINKS:
        wrong |= ~columns.fill_null(columns.equal(lines[name], said[name]), False).to_numpy()
    if wrong.any():
        raise AssertionError(
            f"{wrong.sum()} payments point to enrolments, people or accounts that do not belong to them"
        )


def _numbered(lines: duckdb.DuckDBPyConnection) -> pa.Table:
    """The lines as they come, numbered from 1."""
    table = lines.to_arrow_table()
    return table.add_column(0, "line_no", pa.array(np.arange(1, table.num_rows + 1)))


def statements(terms: Terms) -> list[str]:
    """The SQL that leads from ``enrolments`` to the tables ``prepared`` and ``owed``."""
    prepared = PREPARED.format(
        facts="".join(f"cast(e.fact_{name} as {kind}) as fact_{name}, " for name, kind in terms.fact_types),
        share_limit=terms.share_limit,
        first=terms.first,
        end=terms.end,
    )
    steps = [STEP.format(**asdict(step)) for step in terms.steps] or [NO_STEP]
    return [prepared, OWED.format(steps=" union all ".join(steps))]


def hash_of(folder: Path) -> str:
    """SHA-256 over the result files of a payroll."""
    digest = hashlib.sha256()
    for name in ("lines.parquet", "held.parquet"):
        digest.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return digest.hexdigest()


def write_input(enrolments: pa.Table, path: Path) -> str:
    """Store the enrolments (see in_order); the SHA-256 of the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(enrolments, path)
    return file_sha256(path)


def in_order(enrolments: pa.Table) -> pa.Table:
    """The enrolments in the order of their ids."""
    ids = enrolments["enrolment_id"].to_numpy()
    return enrolments if (ids[1:] > ids[:-1]).all() else enrolments.sort_by("enrolment_id")


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(table: pa.Table, path: Path) -> None:
    """Parquet by Arrow's single writer: the same table always gives the same bytes. Renamed into place when whole."""
    part = path.with_suffix(".part")
    parquet.write_table(table, part, compression="zstd", compression_level=1, row_group_size=ROW_GROUP)
    part.rename(path)


def held_rows(folder: Path, reason: str, limit: int, areas: tuple[str, ...] = ("",)) -> list[dict[str, Any]]:
    """Some of the enrolments held back for ``reason`` in ``areas`` (code prefixes): enrolment, person, area_code."""
    with duckdb.connect() as engine:
        engine.execute("set threads = 2")
        found = engine.execute(
            f"select enrolment_id, person_id, area_code from read_parquet('{folder}/held.parquet')"
            " where reason = ? and list_bool_or(list_transform(?::varchar[], lambda a: starts_with(area_code, a)))"
            " order by area_code, enrolment_id limit ?",
            [reason, list(areas), limit],
        )
        return found.to_arrow_table().to_pylist()
