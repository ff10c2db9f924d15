"""Definitions turned into SQL once: which facts are needed, one mask a programme, the keys of the ranked order.

Every distinct comparison is computed once, however many criteria use it, and every distinct criterion at its place
once, however many programmes use it: as 0 (true), its bit (false) or its bit 16 places higher (cannot tell). A
programme's mask is these joined by ``|``: the low 16 bits say which failed, the high ones which cannot be told. (Bits
and not sums: additions that watch for overflow cost twice as much.)
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from shohay.bulk import facts
from shohay.bulk.facts import UNKNOWN
from shohay.bulk.pmt import Formula
from shohay.core import criteria
from shohay.core.definition import Definition, Version
from shohay.core.facts import FACTS

OTHER_BIT = 62  # every programme that no given definition describes
Write = Callable[[dict[str, str] | None], str]  # writes a condition as SQL, naming its comparisons in the dict
LAST = "1e300"  # the sort key of what cannot be told: after everything that can


@dataclass(frozen=True, slots=True)
class Programme:
    """One definition in force on the day: its version, reference date as yyyymmdd, and its bit among programmes."""

    definition: Definition
    version: Version
    ref: int
    bit: int

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def is_household(self) -> bool:
        return self.definition.unit == "household"


@dataclass(eq=False)
class Plan:
    """The programmes of a run and what is needed to decide them. What is written from it is written once."""

    programmes: list[Programme]
    day: dt.date
    formula: Formula | None
    bits: dict[str, int] = field(default_factory=dict)

    @property
    def ymd(self) -> int:
        """The day as yyyymmdd."""
        return ymd(self.day)

    def payees(self) -> list[str]:
        """Who may be paid for a household: keys of facts.PAYEE."""
        return sorted({programme.version.payee for programme in self.of_unit("household")} - {"self"})

    def of_unit(self, unit: str) -> list[Programme]:
        return [programme for programme in self.programmes if programme.definition.unit == unit]

    def expressions(self, programme: Programme) -> list[str]:
        """The texts of all that a programme computes: criteria, priority, universal areas, facts of the benefit."""
        version = programme.version
        texts = [criterion.must for criterion in version.criteria]
        texts += [step.by for step in version.priority if step.by != "lot"]
        return texts + ([version.quota.universal_where] if version.quota.universal_where else [])

    def facts_of(self, programme: Programme) -> set[str]:
        """All facts that the programme reads, those of its benefit schedule too."""
        values = programme.version.values
        named = {name for text in self.expressions(programme) for name in criteria.check(text, FACTS, values).facts}
        named |= set(programme.version.benefit_facts)
        if programme.version.quota.women_share_at_least:
            named.add("head_sex" if programme.is_household else "sex")
        return named

    def needed(self, unit: str) -> list[str]:
        """Facts needed by the programmes of a unit, in the order in which they can be computed."""
        names = {name for programme in self.of_unit(unit) for name in self.facts_of(programme)}
        return facts.closure(names, self.formula)

    def judged(self) -> list[str]:
        """All that the criteria of persons read, and what it is computed from, but for those about households alone."""
        names: set[str] = set()
        for programme in self.of_unit("person"):
            version = programme.version
            for criterion in version.criteria:
                read = criteria.check(criterion.must, FACTS, version.values).facts
                names |= frozenset() if _shared(*read) else read
        return facts.closure(names, self.formula, _shared)

    def lent(self) -> list[str]:
        """Household and area facts that the table of persons itself reads (mixed criteria, order, benefit)."""
        names = set(self.judged())
        for programme in self.of_unit("person"):
            version = programme.version
            others = self.expressions(programme)[len(version.criteria) :]
            names |= {name for text in others for name in criteria.check(text, FACTS, version.values).facts}
            names |= set(version.benefit_facts)
        return sorted(name for name in names if _shared(name))


def _shared(*names: str) -> bool:
    """Whether all of these are facts of the household or its area."""
    return all(FACTS[name].level in ("household", "area") for name in names)


def make(definitions: Sequence[Definition], day: dt.date, formula: Formula | None) -> Plan:
    """The plan for the definitions in force on ``day``, in the order of their codes."""
    ordered = sorted(definitions, key=lambda definition: definition.code)
    named = {
        code for definition in ordered if (version := definition.version_on(day)) for code in version.compatible.with_
    }
    codes = [definition.code for definition in ordered]
    bits = {code: bit for bit, code in enumerate([*codes, *sorted(named - set(codes))])}
    if len(bits) > OTHER_BIT:
        raise ValueError(f"at most {OTHER_BIT} programmes fit a mask")
    programmes = []
    for definition in ordered:
        if version := definition.version_on(day):
            programmes.append(Programme(definition, version, ymd(version.judged_on(day)), bits[definition.code]))
    return Plan(programmes, day, formula, bits)


def ymd(day: dt.date) -> int:
    """A day as the number yyyymmdd."""
    return day.year * 10000 + day.month * 100 + day.day


def column_of(name: str, ref: int) -> str:
    """The column that holds a fact; facts that depend on the reference date have one for each date."""
    return f"{name}_{ref}" if name in facts.DATED else name


@lru_cache(maxsize=32)
def bindings(ref: int) -> dict[str, str]:
    return {name: column_of(name, ref) for name in FACTS} | {
        f"{name}_ymd": f"{name}_ymd" for name in ("birth_date", "marriage_ended_on")
    }


def derivations(names: Sequence[str], refs: Sequence[int], formula: Formula | None) -> list[tuple[str, str]]:
    """(column, SQL) of each derived fact among ``names``, once for each reference date where it differs."""
    made: list[tuple[str, str]] = []
    for name in ("birth_date", "marriage_ended_on"):
        if any(name in facts.inputs(derived, formula) for derived in names):
            made.append((f"{name}_ymd", facts.ymd(name)))
    for name in names:
        if name in facts.DERIVED or name in facts.BY_FORMULA:
            for ref in sorted(refs) if name in facts.DATED else [0]:
                made.append((column_of(name, ref), facts.derived_sql(name, bindings(ref), ref, formula)))
    return made


def conditions(plan: Plan, programme: Programme) -> list[tuple[Write, bool]]:
    """The conditions of a programme in the order of ``version.criterion_ids``.

    Each as a function that writes its SQL (sharing comparisons through the dict it is given), and whether it is
    about the household alone: then it is decided once for the household, not for every member.
    """
    values, bound = programme.version.values, bindings(programme.ref)
    common = ["(household_size > 0)", "true"] if programme.is_household else ["is_alive", "(not is_duplicate)"]
    made: list[tuple[Write, bool]] = [(_fixed(sql), programme.is_household) for sql in common]
    forbidden = _forbidden(plan, programme)
    made.append((_none_held(forbidden), "receives" not in forbidden))
    for criterion in programme.version.criteria:
        checked = criteria.check(criterion.must, FACTS, values)
        made.append((partial(checked.sql, bound, values), _shared(*checked.facts)))
    return made


def _fixed(sql: str) -> Write:
    return lambda atoms: sql


def _none_held(forbidden: dict[str, int]) -> Write:
    """None of the programmes whose bits are given for each column is held; comparisons like any other."""
    comparisons = [f"({column} & {bits} = 0)" for column, bits in forbidden.items()]

    def write(atoms: dict[str, str] | None) -> str:
        named = [sql if atoms is None else atoms.setdefault(sql, f"c{len(atoms)}") for sql in comparisons]
        return f"({' and '.join(named)})" if named else "true"

    return write


def criterion_sqls(plan: Plan, programme: Programme) -> list[str]:
    """The same as plain SQL."""
    return [write(None) for write, _ in conditions(plan, programme)]


def _forbidden(plan: Plan, programme: Programme) -> dict[str, int]:
    """The programmes that may not be held, as bits of ``receives`` and ``household_receives``.

    The programme itself does not forbid itself.
    """
    rule = programme.version.compatible
    every, cards = _others(plan, programme), 0
    for code, bit in plan.bits.items():
        if code != programme.code and rule.forbids(code):
            every |= 1 << bit
            if any(other.code == code and other.is_household for other in plan.programmes):
                cards |= 1 << bit
    if programme.is_household or rule.scope == "household":
        return {"household_receives": every} if every else {}
    return {column: bits for column, bits in (("receives", every), ("household_receives", cards)) if bits}


def _others(plan: Plan, programme: Programme) -> int:
    return 1 << OTHER_BIT if programme.version.compatible.default == "forbidden" else 0


def bit_sql(plan: Plan, column: str) -> str:
    """The bit of a programme code, as SQL."""
    cases = " ".join(f"when '{code}' then {1 << bit}" for code, bit in plan.bits.items())
    return f"(case {column} {cases} else {1 << OTHER_BIT} end)"


@dataclass(frozen=True, slots=True)
class Masks:
    """Three layers of columns: comparisons, distinct criteria as bits at their place, masks of programmes."""

    atoms: list[tuple[str, str]]
    values: list[tuple[str, str]]
    sums: list[tuple[str, str]]


@lru_cache(maxsize=8)
def masks(plan: Plan, unit: str) -> Masks:
    """The masks that are made in the table of a unit.

    The household table makes m_CODE of household programmes, and for programmes of persons the part hm_CODE that is
    about the household alone; the rest, made of the facts of persons, is put together with it later.
    """
    atoms: dict[str, str] = {}
    numbered: dict[str, str] = {}
    sums: list[tuple[str, str]] = []
    for programme in plan.programmes if unit == "household" else plan.of_unit("person"):
        parts = []
        for place, (write, shared) in enumerate(conditions(plan, programme)):
            if shared != (unit == "household"):
                continue
            sql = write(atoms)
            if sql != "true":
                bits = f"case when {sql} then 0 when {sql} is null then {UNKNOWN << place} else {1 << place} end"
                parts.append(numbered.setdefault(bits, f"t{len(numbered)}"))
        name = f"m_{programme.code}" if programme.is_household or unit == "person" else f"hm_{programme.code}"
        if parts:
            sums.append((name, f"cast({' | '.join(parts)} as uinteger)"))
    return Masks([(name, sql) for sql, name in atoms.items()], [(name, sql) for sql, name in numbered.items()], sums)


def key_sql(programme: Programme, step_by: str, order: str) -> str:
    """One step of the ranked order as a number that rises; what cannot be told comes last."""
    checked = criteria.check(step_by, FACTS, programme.version.values)
    sql = checked.sql(bindings(programme.ref), programme.version.values)
    number = f"cast({sql} as integer)" if checked.kind == "bool" else sql
    number = facts.ymd(sql) if checked.kind == "date" else number
    return f"coalesce({'-' if order == 'desc' else ''}cast({number} as double), {LAST})"


@lru_cache(maxsize=8)
def keys(plan: Plan, unit: str) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
    """(distinct sort keys as numbered columns, the columns of each programme in order of priority)."""
    numbered: dict[str, str] = {}
    of: dict[str, list[str]] = {}
    for programme in plan.of_unit(unit):
        steps = [step for step in programme.version.priority if step.by != "lot"]
        sqls = [key_sql(programme, step.by, step.order) for step in steps]
        of[programme.code] = [numbered.setdefault(sql, f"k{len(numbered)}") for sql in sqls]
    return [(column, sql) for sql, column in numbered.items()], of


def universal_sql(programme: Programme) -> str:
    """Whether everyone eligible in the area is taken, as SQL (never NULL)."""
    text = programme.version.quota.universal_where
    if not text:
        return "false"
    values = programme.version.values
    return f"coalesce({criteria.check(text, FACTS, values).sql(bindings(programme.ref), values)}, false)"


def mask_ids(version: Version, mask: int) -> list[str]:
    """The criterion ids whose bits are set in ``mask``."""
    return [id_ for place, id_ in enumerate(version.criterion_ids) if mask >> place & 1]
