"""What the scenarios of a simulation share, found once: the distinct rules of all their programmes.

Two programmes of two scenarios are one rule when they are decided and ranked alike, whatever they pay and however
many places they have: raising an allowance from Tk 650 to Tk 1,000 decides nobody anew. All rules are decided in one
pass over the data (bulk.simulation_people), as programmes of one bulk.plan.Plan. Which programmes may be held together
depends on what a scenario gives, so it is no part of a rule: bulk.simulation_take asks it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shohay.bulk import plan
from shohay.bulk.plan import OTHER_BIT, Plan, Programme
from shohay.bulk.pmt import Formula
from shohay.core import entitlement
from shohay.core.definition import Compatible, Definition, Order, Version
from shohay.core.scenario import Choice, Scenario
from shohay.core.values import FiscalYear, Period

Quotas = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Schedule:
    """What a beneficiary is owed in a fiscal year, as SQL over the facts that the rule keeps.

    ``poisha`` is cash; ``goods`` is (unit, grams) of what is given. Without facts every beneficiary is owed the same.
    """

    poisha: str
    goods: tuple[tuple[str, str], ...]
    constant: bool


@dataclass(slots=True)
class Rule:
    """One way of deciding and ranking. ``ordered``: somebody has to be chosen among the eligible."""

    definition: Definition
    version: Version
    ref: int
    ordered: bool = False
    schedules: list[Schedule] = field(default_factory=list)

    @property
    def of_household(self) -> bool:
        return self.definition.unit == "household"


@dataclass(frozen=True, slots=True)
class Use:
    """A programme of a scenario: its rule, what it pays in each fiscal year, and what it may not be held with.

    ``forbidden`` and ``cards`` are bits of what the person (or household) and of what the household may not hold.
    """

    choice: Choice
    rule: int
    schedules: tuple[int, ...]
    bit: int
    forbidden: int
    cards: int
    limited: bool

    @property
    def code(self) -> str:
        return self.choice.code


@dataclass(frozen=True)
class Shared:
    """The rules with their plan, and the uses of each scenario in its own order."""

    plan: Plan
    rules: list[Rule]
    uses: list[tuple[Use, ...]]
    years: tuple[FiscalYear, ...]
    bits: dict[str, int]


def make(
    scenarios: Sequence[Scenario], definitions: Mapping[str, Definition], drafts: Mapping[str, Definition],
    formula: Formula | None, quotas: Quotas | None, people_on: dt.date | None = None,
) -> Shared:  # fmt: skip
    """The shared plan on the day of the first scenario; raises Refusal as Scenario.choices.

    ``people_on`` is the day on which ages are counted, where it is another: a survey's people are as they were met.
    """
    day, first = scenarios[0].on, FiscalYear.of(scenarios[0].on)
    counted = people_on or day
    years = tuple(FiscalYear(first.starts + step) for step in range(scenarios[0].years + 1))
    chosen = [_on(scenario, day).choices(definitions, drafts) for scenario in scenarios]
    bits = _bits([choice for choices in chosen for choice in choices], definitions)
    given = {code for code, _ in quotas or {}}
    rules: dict[tuple[object, ...], Rule] = {}
    uses = [
        tuple(_use(choice, choices, rules, bits, given, counted, years) for choice in choices) for choices in chosen
    ]
    listed = list(rules.values())
    programmes = [_programme(number, rule) for number, rule in enumerate(listed)]
    return Shared(Plan(programmes, counted, formula, bits), listed, uses, years, bits)


def code_of(number: int) -> str:
    """The code under which a rule stands in the plan."""
    return f"R{number:03d}"


def _on(scenario: Scenario, day: dt.date) -> Scenario:
    return scenario if scenario.on == day else scenario.model_copy(update={"on": day})


def _bits(choices: Sequence[Choice], definitions: Mapping[str, Definition]) -> dict[str, int]:
    """A bit for every programme that is simulated, published or named by one of these; the others share the last."""
    named = {code for choice in choices for code in choice.version.compatible.with_}
    codes = dict.fromkeys([*sorted({choice.code for choice in choices}), *sorted(definitions), *sorted(named)])
    return {code: bit for bit, code in enumerate(list(codes)[:OTHER_BIT])}


def _use(
    choice: Choice, choices: Sequence[Choice], rules: dict[tuple[object, ...], Rule], bits: Mapping[str, int],
    given: set[str], day: dt.date, years: Sequence[FiscalYear],
) -> Use:  # fmt: skip
    """The use of a programme; its rule and schedules are added where they are new."""
    version, ref = choice.version, plan.ymd(choice.version.judged_on(day))
    limited = version.quota.from_ == "allocation" and (choice.code in given or choice.places is not None)
    bare = _bare(version)
    probe = Programme(choice.definition, bare, ref, 0)
    sqls = tuple(plan.criterion_sqls(Plan([probe], day, None, {}), probe))
    steps = tuple(plan.key_sql(probe, step.by, step.order) for step in version.priority if step.by != "lot")
    universal = plan.universal_sql(probe)
    key = (choice.definition.unit, ref, sqls, steps, universal, version.payee, version.benefit_facts)
    rule = rules.setdefault(key, Rule(choice.definition, bare, ref))
    rule.ordered |= limited or version.one_per_household
    schedules = tuple(_schedule(rule, choice.definition, version, year) for year in years)
    forbidden, cards = _forbidden(choice, choices, bits)
    return Use(choice, list(rules).index(key), schedules, bits[choice.code], forbidden, cards, limited)


def _bare(version: Version) -> Version:
    """The version without what it may be held with."""
    return version.model_copy(update={"compatible": Compatible(default="allowed", reason=version.compatible.reason)})


def _schedule(rule: Rule, definition: Definition, now: Version, year: FiscalYear) -> int:
    """The place among the rule's schedules of what is paid in a year, by the version that holds as it begins."""
    version = definition.version_on(max(year.first_day, now.first)) or now
    if not set(version.benefit_facts) <= set(rule.version.benefit_facts):
        version = now  # a later version pays by facts that nobody keeps yet
    period = Period(year.first_day, FiscalYear(year.starts + 1).first_day)

    def column(fact: str) -> str:
        return plan.column_of(fact, rule.ref)

    cash = [f"case when {due} then {poisha} else 0 end" for _, due, poisha in entitlement.sql(version, period, column)]
    goods: dict[str, list[str]] = {}
    for line in entitlement.goods_sql(version, period, column):
        goods.setdefault(line.unit, []).append(f"case when {line.due} then {line.grams} else 0 end")
    made = Schedule(
        " + ".join(cash) or "0", tuple((unit, " + ".join(parts)) for unit, parts in sorted(goods.items())),
        not version.benefit_facts,
    )  # fmt: skip
    if made not in rule.schedules:
        rule.schedules.append(made)
    return rule.schedules.index(made)


def _forbidden(choice: Choice, choices: Sequence[Choice], bits: Mapping[str, int]) -> tuple[int, int]:
    """What may not be held beside it, as bulk.plan has it: by the one who asks, and as a card of the household."""
    rule = choice.version.compatible
    units = {other.code: other.definition.unit for other in choices}
    every = 1 << OTHER_BIT if rule.default == "forbidden" else 0
    cards = 0
    for code, bit in bits.items():
        if code != choice.code and rule.forbids(code):
            every |= 1 << bit
            if units.get(code) == "household":
                cards |= 1 << bit
    if choice.definition.unit == "household" or rule.scope == "household":
        return 0, every
    return every, cards


def _programme(number: int, rule: Rule) -> Programme:
    """The rule as a programme of the plan; what nobody asks for (an order, universal areas) is left out."""
    quota = rule.version.quota.model_copy(
        update={"women_share_at_least": None}
        | ({} if rule.ordered else {"universal_where": None})
    )  # fmt: skip
    update: dict[str, object] = {"quota": quota}
    if not rule.ordered:
        update["priority"] = (Order(by="lot"),)
    definition = rule.definition.model_copy(update={"code": code_of(number)})
    return Programme(definition, rule.version.model_copy(update=update), rule.ref, number)
