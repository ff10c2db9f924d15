"""Quality rules as data: what is wrong with a record, in words, with a weight, as a condition over named facts.

A rule is written in the language of criteria (shohay.core.criteria): it finds a record when its condition is true;
what cannot be told is not found (the completeness rules say what is missing). A record's score is 100 less the
weights of the rules that found it, never below 0.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from shohay.core import criteria, document
from shohay.core.facts import FACTS, Fact
from shohay.core.messages import Refusal, Text

DIMENSIONS = {
    "completeness": Text("পূর্ণতা", "Completeness"),
    "validity": Text("বৈধতা", "Validity"),
    "consistency": Text("সামঞ্জস্য", "Consistency"),
    "plausibility": Text("বিশ্বাসযোগ্যতা", "Plausibility"),
    "timeliness": Text("হালনাগাদ", "Timeliness"),
    "uniqueness": Text("এককত্ব", "Uniqueness"),
}
LEVELS = ("person", "household")
MOST_RULES = 60  # of a level: a record's findings are the bits of one BIGINT

_EXTRA: tuple[tuple[str, str, str, str, str], ...] = (
    # name, kind, level, Bangla, English
    ("has_birth_date", "bool", "person", "জন্মতারিখ আছে", "The date of birth is known"),
    ("has_marital_status", "bool", "person", "বৈবাহিক অবস্থা আছে", "The marital status is known"),
    ("has_marriage_end", "bool", "person", "বিবাহ শেষের তারিখ আছে", "The day the marriage ended is known"),
    ("has_name_en", "bool", "person", "ইংরেজি নাম আছে", "The name in English is known"),
    ("has_parents_names", "bool", "person", "পিতা ও মাতার নাম আছে", "The names of both parents are known"),
    ("has_school_class", "bool", "person", "শ্রেণি আছে", "The class attended is known"),
    ("has_account", "bool", "person", "হিসাব বা ওয়ালেট আছে", "An account or wallet is known"),
    ("is_born_on_new_year", "bool", "person", "জন্মতারিখ ১ জানুয়ারি", "Born on 1 January"),
    ("people_of_identity", "number", "person", "একই পরিচয় নম্বরের মানুষ", "People with the same identity number"),
    ("people_of_account", "number", "person", "একই হিসাব বা ফোনের মানুষ", "People with the same account or phone"),
    ("years_younger_than_head", "number", "person", "প্রধানের চেয়ে যত বছরের ছোট", "Years younger than the head"),
    ("heads", "number", "household", "পরিবারপ্রধানের সংখ্যা", "Heads of the household"),
    ("spouses", "number", "household", "প্রধানের স্বামী বা স্ত্রীর সংখ্যা", "Spouses of the head"),
    ("has_dwelling", "bool", "household", "ঘর ও দেয়ালের তথ্য আছে", "Rooms and walls are known"),
    ("has_land", "bool", "household", "জমির তথ্য আছে", "The land is known"),
    ("has_income", "bool", "household", "পরিবারের আয় আছে", "The income of the household is known"),
    ("days_since_recorded", "number", "household", "নথিভুক্তির পর দিন", "Days since the household was recorded"),
    ("households_alike", "number", "household", "একই কর্মীর লেখা একই রকম খানা",
     "Households that the same operator recorded with the same content"),
)  # fmt: skip
# facts of the registry that the check can compute; those of areas, scores and benefits belong to programmes
_SHARED = (
    "sex", "relation", "age", "marital_status", "years_since_marriage_ended", "disability", "has_disability_card",
    "is_pregnant", "pregnancy_month", "school_level", "school_class", "annual_income", "receives_government_salary",
    "receives_government_pension", "has_identity", "area_type", "rooms", "walls", "fans", "mobile_phones",
    "homestead_decimals", "cultivable_decimals", "household_income", "household_size", "head_age", "head_sex",
    "head_marital_status",
)  # fmt: skip
QUALITY_FACTS: dict[str, Fact] = {name: FACTS[name] for name in _SHARED} | {
    name: Fact(name, kind, "", level, Text(bn, en), "registry", (), ())  # type: ignore[arg-type]  # a literal above
    for name, kind, level, bn, en in _EXTRA
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``do`` says to the officer what to do about it."""

    id: str
    dimension: str
    level: str
    weight: int
    wrong: criteria.Checked
    text: Text
    do: Text

    @property
    def facts(self) -> frozenset[str]:
        return self.wrong.facts


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a document in their order; ``sha256`` of its bytes goes into every run."""

    version: int
    rules: tuple[Rule, ...]
    sha256: str

    def of_level(self, level: str) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.level == level)

    def named(self, id_: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.id == id_), None)

    @staticmethod
    def parse(text: str) -> Rules:
        """Read and check a document of rules; raises Refusal quality_rules_wrong or criterion_*."""
        found = document.read(text)
        rules = tuple(_rule(spec) for spec in found.get("rules") or [])
        ids = [rule.id for rule in rules]
        if not rules or not isinstance(found.get("version"), int) or len(set(ids)) < len(ids):
            raise Refusal("quality_rules_wrong", where=next((id_ for id_ in ids if ids.count(id_) > 1), "version"))
        if any(sum(rule.level == level for rule in rules) > MOST_RULES for level in LEVELS):
            raise Refusal("quality_rules_wrong", where=f"more than {MOST_RULES}")
        return Rules(found["version"], rules, hashlib.sha256(text.encode()).hexdigest())


def _rule(spec: dict[str, Any]) -> Rule:
    """One rule of the document; Refusal('quality_rules_wrong') names the rule that does not hold together."""
    id_ = str(spec.get("id", "?"))
    try:
        checked = criteria.check(spec["wrong"], QUALITY_FACTS, {})
        rule = Rule(
            id_, spec["dimension"], spec["level"], spec["weight"], checked,
            Text(spec["bn"], spec["en"]), Text(spec["do_bn"], spec["do_en"]),
        )  # fmt: skip
    except (KeyError, TypeError) as wrong:
        raise Refusal("quality_rules_wrong", where=id_) from wrong
    of_persons = {name for name in checked.facts if QUALITY_FACTS[name].level == "person"}
    fits = rule.dimension in DIMENSIONS and rule.level in LEVELS and 1 <= rule.weight <= 100
    if not fits or checked.kind != "bool" or (rule.level == "household" and of_persons):
        raise Refusal("quality_rules_wrong", where=id_)
    return rule


def score(weights: int) -> int:
    """The score of a record found by rules of ``weights`` together: 100 at best, 0 at worst."""
    return max(0, 100 - weights)
