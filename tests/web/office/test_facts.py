"""The pages of facts: what each means, how often it is missing, who rests on it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from shohay.bulk import sample, snapshot
from shohay.core.facts import FACTS
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.programmes.models_drafts import DefinitionDraft
from shohay.stages.registry import actions_facts
from shohay.stages.registry.models import Snapshot
from shohay.web.office.words_facts import FACT_WORDS
from tests.factories.world import publish_definition

DAY = dt.date(2026, 11, 21)


@pytest.fixture
def measured(world: Any, tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    place = sample.write(tmp_path_factory.mktemp("snapshot"), 1200, DAY, upazilas=4)
    taken = Snapshot.objects.create(
        sha256=snapshot.read_manifest(place).sha256, path=str(place), as_of=DAY, taken_by="system"
    )
    actions_facts.measure_facts(snapshot=taken, by=SYSTEM)
    return taken


def test_the_list_says_what_is_missing_and_the_button_starts_the_job(sit: Any, measured: Snapshot) -> None:
    manager = sit("programme_manager")
    page = manager.get("/office/facts/").content.decode()
    assert page.count("<meter") > 70
    assert all(f"/office/facts/{name}/" in page for name in FACTS)
    assert manager.get("/office/facts/?as=csv").status_code == 200
    assert manager.post("/office/facts/measure").status_code == 302
    assert ProcrastinateJob.objects.filter(task_name="measure_facts").count() == 1


@pytest.mark.parametrize("name", ["walls", "age", "birth_date", "oaa_universal", "receives"])
def test_the_page_of_a_fact(sit: Any, measured: Snapshot, name: str) -> None:
    for language in ("bn", "en"):
        manager = sit("programme_manager", language)
        page = manager.get(f"/office/facts/{name}/")
        assert page.status_code == 200
        assert FACTS[name].text.in_language(language) in page.content.decode()
    assert manager.get("/office/facts/nothing/").status_code == 404


def test_a_condition_is_measured_while_it_is_written(sit: Any, measured: Snapshot) -> None:
    publish_definition()
    desk = sit("programme_manager")
    desk.post("/office/definitions/OAA/draft")
    draft = DefinitionDraft.objects.get(state="open")

    def told(must: str, address: str = "measured") -> str:
        return desk.post(f"/office/rule-drafts/{draft.pk}/{address}", {"must": must}).content.decode()

    found = told("age >= :age_men")
    assert "In the registry it holds for" in found
    assert "holds for none of the" in told("age > 125")
    assert "fails for none of the" in told("age <= 125 or age > 129")
    assert "In the registry" not in told("pg_sleep(5)")
    assert "Upazila where everyone eligible is covered” is missing for 100%" in told("oaa_universal", "check")
    assert "Missing where it cannot be told" in told("oaa_universal")


def test_every_fact_is_told_in_words() -> None:
    for fact in FACTS.values():
        assert fact.kind in FACT_WORDS["fact_kind"]
        assert not fact.unit or fact.unit in FACT_WORDS["fact_unit"], fact.unit
        assert fact.source in FACT_WORDS["fact_source"], fact.source
        assert not fact.asked_of or fact.asked_of in FACT_WORDS["fact_asked"], fact.asked_of
