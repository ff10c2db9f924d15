"""Installing the shipped definitions and reading them back."""

import datetime as dt

import pytest

from shohay.bulk import pmt
from shohay.core.messages import Refusal
from shohay.policy import shipped
from shohay.stages.accounts.officer import NOBODY, SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.programmes import actions_definitions as actions
from shohay.stages.programmes import actions_scores, definitions, models

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue() -> None:
    ministry = models.Ministry.objects.create(
        code="MoSW", order=1, name_bn="ম", name_en="m", programme_count=1, budget_crore=1, beneficiaries_lakh=1
    )
    for order, found in enumerate(shipped.definitions()):
        models.Programme.objects.create(
            code=found.programme, order=order, ministry=ministry, name_bn=found.title.bn, name_en=found.title.en,
            lifecycle_stage="", thematic_cluster="", type="",
        )  # fmt: skip


@pytest.mark.usefixtures("catalogue")
def test_shipped_definitions_are_installed_once_and_read_back() -> None:
    added = actions.install_definitions(by=SYSTEM)
    assert set(added) == {found.code for found in shipped.definitions()}
    assert actions.install_definitions(by=SYSTEM) == {}
    assert models.Definition.objects.count() == len(added)
    there = definitions.definitions_on(dt.date(2026, 11, 21))
    assert [(found.code, found.sha256) for found in there] == [
        (found.code, found.sha256) for found in shipped.definitions() if found.version_on(dt.date(2026, 11, 21))
    ]
    assert definitions.definition_of("OAA", added["OAA"]) == definitions.definition_of("OAA")
    assert Event.objects.filter(action="definition.installed").exists()


def test_a_programme_outside_the_catalogue_is_refused() -> None:
    with pytest.raises(Refusal, match="not in the catalogue"):
        actions.install_definitions(by=SYSTEM)
    assert not Event.objects.exists()


def test_nobody_may_install() -> None:
    with pytest.raises(Refusal, match="may not"):
        actions.install_definitions(by=NOBODY)


def test_the_scorecard_comes_back_with_its_hash() -> None:
    assert definitions.formula() is None
    actions_scores.install_shipped_formula(by=SYSTEM)
    actions_scores.install_shipped_formula(by=SYSTEM)
    found = definitions.formula()
    assert found is not None
    assert found.sha256 == pmt.shipped().sha256
    assert models.ScoreFormula.objects.count() == 1
