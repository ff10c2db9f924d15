"""Pages of poverty scores: installed by one, put in force by another; card, drift, due lists, a household explained."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from shohay.bulk import pmt
from shohay.bulk.training import train
from shohay.core.recertification import last_data, months_from
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.programmes import actions_scores
from shohay.stages.programmes import queries_scores as queries
from shohay.stages.programmes.models_scores import ScoreDrift, ScoreVersion
from shohay.stages.registry import queries_scores as registry
from shohay.stages.registry.models import Household, Snapshot
from tests.bulk.test_training import made_up, options
from tests.stages.programmes.test_scores import document

pytestmark = pytest.mark.django_db
STATISTICIAN = Officer("rahim", "statistics", ("",), ("",))


@pytest.fixture(scope="module")
def trained() -> Any:
    return train(made_up(), options(synthetic=True, folds=3))


@pytest.fixture
def shipped(world: Any) -> ScoreVersion:
    return actions_scores.install_shipped_formula(by=SYSTEM)


def page(client: Any, name: str, *args: object, **asked: str) -> str:
    answer = client.get(reverse(f"office:{name}", args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_formula_is_typed_in_and_waits_for_a_second_officer(shipped, sit):
    client = sit("programme_manager")
    wrong = client.post(reverse("office:score-new"), {"text": document().replace('"coefficient": -0.1', '"weight": 1')})
    assert wrong.status_code == 422
    assert "weight" in wrong.content.decode()
    none = client.post(reverse("office:score-new"), {"text": document().replace(', "coefficient": -0.1', "")})
    assert "household_size" in none.content.decode()
    made = client.post(reverse("office:score-new"), {"text": document(), "note": "from the ministry"})
    version = queries.needed("family_pmt")
    assert made.status_code == 302
    assert version.note == "from the ministry"
    own = client.post(reverse("office:score-activate", args=[version.pk]), {"on": "2030-01-01"})
    assert own.status_code == 422
    assert queries.state(queries.needed("family_pmt")) == "installed"


def test_another_officer_puts_it_in_force(shipped, sit):
    version = actions_scores.install(text=document(), by=STATISTICIAN)
    client = sit("programme_manager")
    assert reverse("office:score-activate", args=[version.pk]) in page(client, "score", version.pk)
    day = timezone.localdate() + timedelta(days=1)
    done = client.post(reverse("office:score-activate", args=[version.pk]), {"on": day.isoformat()})
    assert done.status_code == 302
    assert queries.version_on(day).pk == version.pk
    auditor = sit("auditor")
    assert reverse("office:score-activate", args=[version.pk]) not in page(auditor, "score", version.pk)
    assert auditor.post(reverse("office:score-activate", args=[version.pk])).status_code == 403


def test_the_page_of_a_trained_formula_shows_its_card(trained, shipped, sit):
    version = actions_scores.install(text=trained.text, card=trained.card, by=STATISTICIAN)
    client = sit("statistics")
    shown = page(client, "score", version.pk, lang="en")
    assert "synthetic data" in shown
    assert "household_size" in shown
    assert 'data-chart="line"' in shown
    assert 'data-chart="interval"' in shown
    assert page(client, "score", version.pk, cut="line", measure="inclusion") != shown
    card = client.get(reverse("office:score-card", args=[version.pk]))
    assert json.loads(card.content)["formula_sha256"] == version.sha256
    text = client.get(reverse("office:score-document", args=[version.pk])).content.decode()
    assert pmt.Formula.parse(text).sha256 == version.sha256
    assert client.get(reverse("office:score-card", args=[shipped.pk])).status_code == 404


def test_the_list_says_which_is_in_force_and_comes_as_a_file(shipped, sit):
    actions_scores.install(text=document(), by=STATISTICIAN)
    client = sit("programme_manager")
    shown = page(client, "scores")
    assert shipped.document["title"]["en"] in shown
    rows = client.get(reverse("office:scores"), {"as": "csv"}).content.decode("utf-8-sig")
    assert shipped.sha256 in rows
    assert len(rows.strip().splitlines()) == 3


def test_training_asks_the_job_for_what_was_chosen(shipped, sit, monkeypatch):
    from shohay.bulk import survey_base

    base = settings.VAR / "survey-bases" / "tiny"
    survey_base.synthetic(households=320, seed=5, out=base)
    asked: dict[str, Any] = {}
    monkeypatch.setattr("shohay.web.office.works.start", lambda name, **arguments: asked.update(arguments, name=name))
    client = sit("statistics")
    assert 'value="tiny"' in page(client, "score-train")
    given = {
        "base": "tiny", "code": "pmt_tiny", "title_bn": "ক", "title_en": "a", "candidates": ["rooms", "fans"],
        "choose": "given", "areas": "one", "method": "wls", "share": "২০", "valid_months": "24", "compare": "no", "seed": "3",
    }  # fmt: skip
    assert client.post(reverse("office:score-train"), given).status_code == 302
    assert (asked["name"], asked["share"], asked["compare"]) == ("train_score", 0.2, [])
    wrong = client.post(reverse("office:score-train"), given | {"code": "PMT 1", "candidates": []})
    assert wrong.status_code == 422
    from shohay.jobs.train_score import train_score

    asked.pop("name")
    made = train_score(progress=lambda *a: None, **asked)
    version = ScoreVersion.objects.get(pk=made["version"])
    assert version.synthetic
    assert version.installed_by == asked["by"].username
    assert queries.state(version) == "installed"


@pytest.fixture
def snapshots(tmp_path: Path) -> tuple[Path, Path]:
    """Two snapshots of the same people; in the later one every home has a television, fans and rooms."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from shohay.bulk import snapshot, survey_base

    before, after = tmp_path / "before", tmp_path / "after"
    for out in (before, after):
        survey_base.synthetic(households=320, seed=5, out=out)
    path = after / "households.parquet"
    homes = pq.read_table(path)
    better = {"fans": pa.array([3] * homes.num_rows, pa.int16()), "rooms": pa.array([4] * homes.num_rows, pa.int16()),
              "has_television": pa.array([True] * homes.num_rows)}  # fmt: skip
    for name, column in better.items():
        homes = homes.set_column(homes.schema.get_field_index(name), name, column)
    pq.write_table(homes, path)
    snapshot.write_manifest(after, date(2023, 7, 1))
    return before, after


def test_drift_is_kept_once_and_shown_with_its_warning(shipped, snapshots, sit):
    from shohay.core.messages import Refusal

    before, after = snapshots
    row = actions_scores.keep_drift(version=shipped, before=before, after=after, by=STATISTICIAN)
    assert row.level == "shifted"
    assert row.psi > 0.25
    nation, *divisions = row.result["rows"]
    assert nation["households"][0] == sum(line["households"][0] for line in divisions)
    assert nation["mean"][1] > nation["mean"][0]
    assert sum(nation["bars"][0]) == pytest.approx(1, abs=1e-4)
    again = actions_scores.keep_drift(version=shipped, before=before, after=after, by=STATISTICIAN)
    assert (again.pk, ScoreDrift.objects.count()) == (row.pk, 1)
    with pytest.raises(Refusal):
        actions_scores.keep_drift(version=shipped, before=before, after=before, by=STATISTICIAN)
    client = sit("programme_manager")
    shown = page(client, "score-drift", lang="en", area=divisions[0]["area"])
    assert "The scores have moved a lot" in shown
    rows = client.get(reverse("office:score-drift"), {"as": "csv"}).content.decode("utf-8-sig")
    assert len(rows.strip().splitlines()) == 2 + len(divisions)


def test_scores_run_out_by_upazila(shipped, world, sit):
    months, today = pmt.shipped().valid_months, timezone.localdate()
    old = world.household
    Household.objects.filter(pk=old.pk).update(recorded_at=timezone.now() - timedelta(days=1130))
    rows = registry.due_by_upazila(SYSTEM, months, today)
    assert (rows[0].area_code, rows[0].due) == (old.area_code[:6], 1)
    assert sum(row.households for row in rows) == Household.objects.filter(closed_on=None).count()
    assert [row.pk for row in registry.due_in(SYSTEM, old.area_code[:6], months, today)] == [old.pk]
    stranger = Officer("x", "upazila_officer", ("99",), ("",))
    assert registry.due_by_upazila(stranger, months, today) == []
    client = sit("programme_manager")
    assert old.area_code[:6] in page(client, "score-due")
    assert reverse("office:household", args=[old.pk]) in page(client, "score-due-area", old.area_code[:6])
    rows = client.get(reverse("office:score-due"), {"as": "csv"}).content.decode("utf-8-sig")
    assert old.area_code[:6] in rows


def test_a_household_is_explained_once_its_record_is_open(shipped, world, snapshots, sit, monkeypatch):
    import pyarrow.parquet as pq

    from shohay.bulk.score_household import scored

    before, _ = snapshots
    first = pq.read_table(before / "households.parquet", columns=["household_id"])["household_id"][0].as_py()
    pk = world.household.pk
    client = sit("upazila_officer")
    closed = client.get(reverse("office:household-score", args=[pk]))
    assert (closed.status_code, closed.url) == (302, reverse("office:household", args=[pk]))
    client.post(reverse("office:household-open", args=[pk]), {"purpose": "service", "note": ""})
    assert "was not found" in page(client, "household-score", pk)  # in no snapshot
    monkeypatch.setattr(registry, "newest_snapshot", lambda: Snapshot(sha256="0" * 64, as_of=date(2022, 7, 1)))
    monkeypatch.setattr(registry, "scored", lambda folder, number, formula: scored(before, first, formula))
    shown = page(client, "household-score", pk)
    assert "Rooms occupied" in shown
    assert "At most" in shown
    assert sit("statistics").get(reverse("office:household-score", args=[pk])).status_code == 403


def test_months_end_where_the_month_ends():
    assert months_from(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert months_from(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert last_data(date(2026, 1, 15), 36) == date(2023, 1, 15)
    for start in (date(2024, 1, 31), date(2025, 12, 1)):
        assert months_from(start, 0) == start
