"""Formulas are installed by one officer and put in force by another, dated, and never changed."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import Error, IntegrityError, transaction

from shohay.bulk import pmt
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Event
from shohay.stages.programmes import actions_scores, definitions
from shohay.stages.programmes import queries_scores as queries
from shohay.stages.programmes.models import ScoreFormula
from shohay.stages.programmes.models_scores import ScoreUse, ScoreVersion

pytestmark = pytest.mark.django_db

STATISTICIAN, MANAGER = (
    Officer("rahim", "statistics", ("",), ("",)),
    Officer("salma", "programme_manager", ("",), ("",)),
)
OTHER = Officer("kamal", "programme_manager", ("",), ("",))
TODAY, NEXT = dt.date(2026, 11, 22), dt.date(2027, 1, 1)


def document(code: str = "family_pmt", coefficient: float = -0.1, **more: Any) -> str:
    return json.dumps({
        "kind": "linear", "code": code, "title": {"bn": "পরিবার কার্ডের সূত্র", "en": "Formula of the Family Card"},
        "source": "invented for a test", "scale": [[1000, 0], [9000, 1000]], "valid_months": 24, **more,
        "models": [{
            "name": "all", "text": {"bn": "সব", "en": "All"}, "intercept": 8.5,
            "terms": [{"text": {"bn": "সদস্য", "en": "Members"}, "value": "household_size", "coefficient": coefficient}],
        }],
    })  # fmt: skip


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


@pytest.fixture
def shipped() -> ScoreVersion:
    return actions_scores.install_shipped_formula(by=SYSTEM)


def test_the_shipped_one_is_in_force_and_a_new_one_waits(shipped):
    made = actions_scores.install(text=document(), by=STATISTICIAN)
    assert (queries.state(shipped), queries.state(made)) == ("in_force", "installed")
    assert definitions.formula().code == "ppi_2013"
    assert definitions.formula("family_pmt").sha256 == made.sha256
    assert actions_scores.install(text=document(), by=OTHER).pk == made.pk  # the same document again
    assert Event.objects.latest("seq").action == "formula.installed"
    assert ScoreFormula.objects.get(code="family_pmt").sha256 == made.sha256


def test_a_second_officer_puts_it_in_force_from_a_day(shipped):
    made = actions_scores.install(text=document(), by=OTHER)
    assert code_of(lambda: actions_scores.activate(version=made, on=NEXT, by=OTHER)) == "formula_own"
    assert code_of(lambda: actions_scores.activate(version=made, on=NEXT, by=STATISTICIAN)) == "not_allowed"
    actions_scores.activate(version=made, on=NEXT, by=MANAGER)
    assert definitions.formula(on=NEXT - dt.timedelta(days=1)).code == "ppi_2013"
    assert definitions.formula(on=NEXT).code == "family_pmt"
    made = queries.version("family_pmt")
    assert [queries.state(made, day) for day in (TODAY, NEXT)] == ["coming", "in_force"]
    assert queries.state(queries.version("ppi_2013"), NEXT) == "ended"
    assert code_of(lambda: actions_scores.activate(version=made, on=NEXT, by=MANAGER)) == "formula_state"
    event = Event.objects.latest("seq")
    assert (event.action, event.detail["before"]) == ("formula.activated", shipped.sha256)


def test_going_back_to_an_earlier_formula_is_a_new_use(shipped):
    made = actions_scores.install(text=document(), by=OTHER)
    actions_scores.activate(version=made, on=NEXT, by=MANAGER)
    assert code_of(lambda: actions_scores.activate(version=shipped, on=NEXT, by=MANAGER)) == "formula_range"
    actions_scores.activate(version=shipped, on=dt.date(2027, 6, 1), by=MANAGER)
    days = (TODAY, NEXT, dt.date(2027, 6, 1))
    assert [definitions.formula(on=day).code for day in days] == ["ppi_2013", "family_pmt", "ppi_2013"]
    assert ScoreUse.objects.count() == 3
    # a day before all of them has the first
    assert definitions.formula(on=dt.date(2020, 1, 1)).code == "ppi_2013"


def test_a_formula_from_invented_people_is_not_for_real_ones(shipped, settings):
    made = actions_scores.install(text=document(synthetic=True), by=OTHER)
    settings.SYNTHETIC = False
    assert code_of(lambda: actions_scores.activate(version=made, on=NEXT, by=MANAGER)) == "formula_synthetic"
    settings.SYNTHETIC = True
    assert actions_scores.activate(version=made, on=NEXT, by=MANAGER).version_id == made.pk


@pytest.mark.parametrize(
    "statement",
    [
        "update programmes_scoreversion set text = 'x'", "delete from programmes_scoreversion",
        "update programmes_scoreuse set valid_from = '2020-01-01'", "delete from programmes_scoreuse",
    ],
)  # fmt: skip
def test_the_database_keeps_what_was_installed(shipped, statement):
    from django.db import connection

    with pytest.raises(Error, match="never"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_two_formulas_a_day_and_one_pair_of_eyes(shipped):
    use = shipped.uses.get()
    values = {"version": shipped, "installed_by": "release", "activated_at": use.activated_at}
    with pytest.raises(IntegrityError, match="one_a_day"), transaction.atomic():
        ScoreUse.objects.create(valid_from=NEXT, activated_by="salma", **values)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        ScoreUse.objects.create(
            valid_from=dt.date(2020, 1, 1), valid_to=dt.date(2020, 2, 1), activated_by="release", **values
        )


def test_finding_a_version(shipped):
    assert queries.version(shipped.sha256[:8]).pk == shipped.pk == queries.version(str(shipped.pk)).pk
    assert queries.version("ppi") is None
    assert code_of(lambda: queries.needed("ppi")) == "formula_unknown"
    assert code_of(lambda: queries.card(shipped)) == "card_missing"
    assert definitions.formula_of("0" * 64) is None
    assert code_of(lambda: actions_scores.install(text=document(), card={"format": 1}, by=OTHER)) == "card_wrong"
    assert pmt.Formula.parse(shipped.text).sha256 == shipped.sha256
