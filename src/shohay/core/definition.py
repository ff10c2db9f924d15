"""The programme definition: a document of dated versions, read strictly, hashed canonically.

A version states everything, or ``changes`` only what differs from the version before it (parameters are merged by
name, every other key is replaced). Versions may not overlap or leave gaps. See docs/adr and policy/*/definition.yaml.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shohay.core import document
from shohay.core.criteria import Value, check
from shohay.core.facts import FACTS
from shohay.core.messages import Refusal, Text
from shohay.core.values import FiscalYear

COMMON = {
    "alive": Text("জীবিত", "Alive"),
    "once": Text("একই ব্যক্তি তালিকায় একবারই থাকেন", "Recorded once: not a second record of the same person"),
}
COMPATIBLE = "compatible"
MAX_CRITERIA = 12  # with the three common ones, 15 bits of a mask

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{1,19}$")]


class Part(BaseModel):
    """A part of the document: frozen, and nothing in it that is not named here."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False)


class Words(Part):
    """A text in both languages."""

    bn: str
    en: str

    def as_text(self) -> Text:
        return Text(self.bn, self.en)


class Legal(Part):
    """Where a rule, a rate or a number comes from, and how far it is to be trusted."""

    source: str
    kind: Literal["rule", "rate", "number", "budget"]
    confidence: Literal["high", "medium", "low"]
    note: str = ""


class Parameter(Part):
    """A dated figure of a version."""

    value: bool | int | float | str
    unit: str = ""
    note: str = ""


class Criterion(Part):
    """One condition: ``must`` hold, ``text`` is the sentence a citizen reads."""

    id: Id
    must: str
    text: Words


class Compatible(Part):
    """Which other programmes may be held beside this one.

    ``scope`` person: what the person is on, and household cards; household: what any member is on or declares.
    """

    default: Literal["forbidden", "allowed"]
    with_: dict[Code, Literal["forbidden", "allowed"]] = Field(default_factory=dict, alias="with")
    scope: Literal["person", "household"] = "person"
    reason: Words

    def forbids(self, code: str) -> bool:
        return self.with_.get(code, self.default) == "forbidden"


class Order(Part):
    """One step of the ranked order; ``by: lot`` draws, with the recorded seed."""

    by: str
    order: Literal["asc", "desc"] = "desc"


class Quota(Part):
    """How places are counted; ``from`` allocation, or ``none`` when everyone eligible is taken."""

    by: Literal["upazila", "union", "none"] = "upazila"
    from_: Literal["allocation", "none"] = Field("allocation", alias="from")
    women_share_at_least: float | None = None
    universal_where: str | None = None
    note: str = ""


class Benefit(Part):
    """One line of the schedule: whoever fits ``where`` is owed ``amount`` (taka, or a parameter) ``per`` month etc.

    ``where`` gives for a fact the numbers [from, to] (null = open), or the texts, or true/false it may have.
    ``times`` multiplies by a fact. ``months`` are the calendar months in which it is due. Goods have ``quantity`` and,
    where they are sold and not given, ``price``: taka for one of the unit (a kg), or a parameter.
    """

    id: Id = "regular"
    kind: Literal["cash", "in_kind"]
    amount: int | str | None = None
    quantity: float | None = None
    price: int | str | None = None
    unit: str = ""
    per: Literal["month", "quarter", "half_year", "year", "day", "event"]
    of: Literal["person", "household"]
    where: dict[str, bool | list[Any]] = Field(default_factory=dict)
    times: str | None = None
    months: tuple[int, ...] = ()
    days: int | None = None
    text: Words | None = None


class Payment(Part):
    """When and how the benefit reaches people."""

    rhythm: Literal["monthly", "quarterly", "half_yearly", "yearly", "weekly", "event"]
    due: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


class End(Part):
    """What ends an enrolment."""

    on: str
    from_: Literal["next_month", "same_day", "next_period"] = Field("next_month", alias="from")
    after: str = ""


class Move(Part):
    """Beneficiaries of ``from`` who move in here when the condition holds."""

    from_: Code = Field(alias="from")
    when: str


class Version(Part):
    """The rules that held between two days."""

    valid: tuple[dt.date, dt.date | None]
    status: Literal["published", "draft"] = "published"
    legal: tuple[Legal, ...] = Field(min_length=1)
    note: str = ""
    reference_date: dt.date | Literal["fiscal_year", "day"]
    select_from: Literal["applicants", "registry"] = "applicants"
    payee: Literal["self", "woman", "head"] = "self"  # a household needs one of the latter two
    one_per_household: bool = False  # of several eligible members the first in order is taken
    parameters: dict[Id, Parameter] = Field(default_factory=dict)
    criteria: tuple[Criterion, ...] = Field(min_length=1, max_length=MAX_CRITERIA)
    compatible: Compatible
    priority: tuple[Order, ...] = Field(min_length=1, max_length=6)
    quota: Quota
    benefit: tuple[Benefit, ...] = Field(min_length=1)
    payment: Payment
    verify: tuple[str, ...] = ()
    ends: tuple[End, ...] = ()
    moves_in: tuple[Move, ...] = ()
    letters: dict[str, str] = Field(default_factory=dict)

    @property
    def first(self) -> dt.date:
        return self.valid[0]

    @property
    def last(self) -> dt.date:
        """The last day; the end of time when open."""
        return self.valid[1] or dt.date.max

    @property
    def values(self) -> dict[str, Value]:
        """The parameters by name, bare."""
        return {name: parameter.value for name, parameter in self.parameters.items()}

    @property
    def pays_cash(self) -> bool:
        return any(line.kind == "cash" for line in self.benefit)

    @property
    def benefit_facts(self) -> tuple[str, ...]:
        """The facts that the benefit schedule reads; an enrolment keeps them."""
        names = [name for line in self.benefit for name in (*line.where, *([line.times] if line.times else []))]
        return tuple(dict.fromkeys(names))

    @property
    def criterion_ids(self) -> tuple[str, ...]:
        """All criteria in the order of the bits of a mask: the common ones, compatibility, then the programme's own."""
        return (*COMMON, COMPATIBLE, *(criterion.id for criterion in self.criteria))

    def judged_on(self, day: dt.date) -> dt.date:
        """The day on which ages are counted for a decision taken on ``day``."""
        if self.reference_date == "fiscal_year":
            return FiscalYear.of(day).first_day
        return day if isinstance(self.reference_date, str) else self.reference_date

    def sentence(self, criterion_id: str) -> Text:
        """The sentence of a criterion with its figures filled in, in both languages."""
        if criterion_id in COMMON:
            return COMMON[criterion_id]
        if criterion_id == COMPATIBLE:
            return self.compatible.reason.as_text()
        words = next(criterion.text for criterion in self.criteria if criterion.id == criterion_id)
        return Text(document.fill(words.bn, self.values, "bn"), document.fill(words.en, self.values, "en"))


class Definition(Part):
    """A programme: its code, unit, title and versions in order of time."""

    format: Literal[1]
    code: Code
    programme: Code
    unit: Literal["person", "household"]
    title: Words
    versions: tuple[Version, ...] = Field(min_length=1)
    sha256: str
    text: str = Field(repr=False)

    @classmethod
    def parse(cls, text: str) -> Definition:
        """Read and check a document; raises Refusal('definition_*' or 'criterion_*') naming what is wrong."""
        raw = document.read(text)
        code = str(raw.get("code", "?"))
        digest = document.fingerprint_of(raw)
        whole = {**raw, "versions": unfold(code, raw.get("versions"))}
        try:
            made = cls.model_validate({**whole, "sha256": digest, "text": text})
        except ValidationError as wrong:
            first = wrong.errors()[0]
            where = ".".join(str(step) for step in first["loc"])
            raise Refusal("definition_wrong", code=code, where=where, why=first["msg"]) from None
        _check_time(made)
        for version in made.versions:
            _check_version(made, version)
        return made

    def version_on(self, day: dt.date) -> Version | None:
        """The version in force on ``day``."""
        return next((version for version in self.versions if version.first <= day <= version.last), None)

    def as_json(self) -> dict[str, Any]:
        """The document as plain JSON, ``changes`` as written."""
        return document.plain(document.read(self.text))


def unfold(code: str, versions: object) -> list[dict[str, Any]]:
    """Versions in full: each ``changes`` laid over the version before it."""
    if not isinstance(versions, list) or not all(isinstance(version, Mapping) for version in versions):
        raise Refusal("definition_wrong", code=code, where="versions", why="a list of versions is needed")
    whole: list[dict[str, Any]] = []
    for version in versions:
        own = {name: value for name, value in version.items() if name != "changes"}
        changes = version.get("changes")
        if changes is None:
            whole.append(own)
            continue
        if not whole or not isinstance(changes, Mapping):
            raise Refusal("definition_first_changes", code=code)
        before = {name: value for name, value in whole[-1].items() if name not in ("valid", "legal", "note", "status")}
        merged = {**before.get("parameters", {}), **changes.get("parameters", {})}
        whole.append({**before, **changes, "parameters": merged, **own})
    return whole


def _check_time(definition: Definition) -> None:
    code = definition.code
    for version in definition.versions:
        if version.last < version.first:
            raise Refusal("definition_wrong", code=code, where=f"valid {version.first}", why="ends before it begins")
    for before, after in zip(definition.versions, definition.versions[1:], strict=False):
        if before.last >= after.first:
            raise Refusal("definition_overlap", code=code, first=before.first, second=after.first)
        if before.last + dt.timedelta(days=1) < after.first:
            raise Refusal("definition_gap", code=code, first=before.last, second=after.first)


def _check_version(definition: Definition, version: Version) -> None:
    code = definition.code
    for id_ in version.criterion_ids:
        if version.criterion_ids.count(id_) > 1:
            raise Refusal("definition_id_twice", code=code, id=id_)
    for criterion in version.criteria:
        _check_expression(definition, version, criterion.must, criterion.id, "bool")
        for words in (criterion.text.bn, criterion.text.en):
            for name in re.findall(r"\{(\w+)\}", words):
                if name not in version.parameters:
                    raise Refusal("definition_text_blank", code=code, id=criterion.id, name=name)
    for step in version.priority:
        if step.by != "lot":
            _check_expression(definition, version, step.by, f"priority {step.by}", "")
    if version.quota.universal_where:
        _check_expression(definition, version, version.quota.universal_where, "universal_where", "bool")
    for move in version.moves_in:  # judged on the beneficiary of the other programme, so persons' facts are fine
        check(move.when, FACTS, version.values)
    for line in version.benefit:
        _check_benefit(code, version, line)


def _check_expression(definition: Definition, version: Version, text: str, id_: str, kind: str) -> None:
    checked = check(text, FACTS, version.values)
    if (kind and checked.kind != kind) or checked.kind == "text":
        raise Refusal("definition_not_boolean", code=definition.code, id=id_)
    if definition.unit == "household":
        for name in sorted(checked.facts):
            if FACTS[name].level not in ("household", "area"):
                raise Refusal("definition_level", code=definition.code, id=id_, fact=name)


def _check_benefit(code: str, version: Version, line: Benefit) -> None:
    def wrong(why: str) -> Refusal:
        return Refusal("definition_wrong", code=code, where=f"benefit.{line.id}", why=why)

    if isinstance(line.amount, str) and line.amount not in version.parameters:
        raise Refusal("criterion_unknown_parameter", name=line.amount)
    amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
    if line.kind == "cash" and (not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount < 10**7):
        raise wrong("cash needs an amount in whole taka above zero")
    if why := _wrong_goods(version, line):
        raise wrong(why)
    for name in (*line.where, *([line.times] if line.times else [])):
        if name not in FACTS:
            raise Refusal("criterion_unknown_fact", name=name)
    for name, allowed in line.where.items():
        if FACTS[name].kind == "number" and not (isinstance(allowed, list) and len(allowed) == 2):
            raise wrong(f"{name}: [from, to]")
    if line.times and FACTS[line.times].kind != "number":
        raise wrong(f"{line.times} is not a number")
    if any(not 1 <= month <= 12 for month in line.months):
        raise wrong("months are 1 to 12")


def _wrong_goods(version: Version, line: Benefit) -> str:
    """What is wrong with the quantity and the price of a line; '' for nothing."""
    if isinstance(line.price, str) and line.price not in version.parameters:
        raise Refusal("criterion_unknown_parameter", name=line.price)
    if line.kind == "cash":
        return "only goods have a price" if line.price is not None else ""
    if not line.quantity:
        return "goods need a quantity"
    return "" if line.unit.startswith("kg") else "goods are weighed: the unit begins with kg"
