"""The pages of what a person may ask for: notice, the sheet of everything, corrections."""

from __future__ import annotations

import pytest
from django.utils import timezone

from shohay.stages.audit.models import Event
from shohay.stages.registry import queries
from shohay.stages.registry.models_consent import CorrectionRequest, Notice
from tests.factories.world import World


def notice(**more: str) -> dict[str, object]:
    return {"told_by": "Salma", "told_on": f"{timezone.localdate():%d/%m/%Y}", "spoken": "bn", "channel": "home",
            "agreed": ["messages"], **more}  # fmt: skip


def request(**more: str) -> dict[str, object]:
    return {"fact": "name", "wrong": "misspelt", "right": "Amena", "asker": "self", "channel": "union", **more}


def test_a_record_that_is_shut_asks_for_its_purpose_first(sit, world: World):
    assert sit("upazila_officer").get(f"/office/people/{world.amena.pk}/rights/").status_code == 302
    assert sit("upazila_officer").post(f"/office/people/{world.amena.pk}/sheet").status_code == 404


def test_nothing_is_ticked_beforehand_and_what_was_told_is_shown(opened, world: World):
    desk, page = opened("upazila_officer"), f"/office/people/{world.amena.pk}/rights/"
    before = desk.get(page).content.decode()
    assert "not written down" in before
    assert "checked" not in before.split('name="agreed"')[1].split(">")[0]
    assert desk.post(f"/office/people/{world.amena.pk}/notice", notice()).status_code == 302
    after = desk.get(page).content.decode()
    assert "Salma read out the notice" in after
    assert "Agreed" in after
    assert "Not agreed" in after
    assert Notice.objects.get().agreed == ["messages"]


def test_a_notice_of_tomorrow_is_refused_and_what_was_typed_stays(opened, world: World):
    desk = opened("upazila_officer")
    answer = desk.post(f"/office/people/{world.amena.pk}/notice", notice(told_on="31/12/2099"))
    assert answer.status_code == 422
    assert "cannot lie ahead" in answer.content.decode()
    assert 'value="Salma"' in answer.content.decode()


@pytest.mark.parametrize("language", ["bn", "en"])
def test_the_sheet_holds_everything_masked_and_who_looked(opened, world: World, language: str):
    desk = opened("upazila_officer", language)
    desk.post(f"/office/people/{world.amena.pk}/correction", request())
    page = desk.post(f"/office/people/{world.amena.pk}/sheet").content.decode()
    assert {"bn": "কারা নথিটি দেখেছেন", "en": "Who looked at the record"}[language] in page
    assert "misspelt" in page
    assert "data-print" in page
    for masked in (queries.masked(world.amena)["identity"], queries.masked(world.amena)["account"]):
        assert not masked or "•" in masked
    assert Event.objects.filter(action="person.sheet_printed").count() == 1


def test_a_request_is_asked_settled_or_turned_down(opened, sit, world: World):
    desk = opened("union_operator")
    assert desk.post(f"/office/people/{world.amena.pk}/correction", request(right="")).status_code == 422
    for fact in ("name", "number"):
        assert desk.post(f"/office/people/{world.amena.pk}/correction", request(fact=fact)).status_code == 302
    name, number = CorrectionRequest.objects.order_by("pk")
    officer = sit("upazila_officer")
    assert f"/office/corrections/{name.pk}/" in officer.get("/office/corrections/").content.decode()
    assert officer.post(f"/office/corrections/{name.pk}/refuse", {"reason": ""}).status_code == 422
    assert officer.post(f"/office/corrections/{name.pk}/refuse", {"reason": "NID says Amena"}).status_code == 302
    answer = officer.post(f"/office/corrections/{number.pk}/take-up", {"event": "", "note": "NID added"})
    assert answer.status_code == 302, answer.content.decode()
    assert set(CorrectionRequest.objects.values_list("state", flat=True)) == {"refused", "taken_up"}
    assert "NID says Amena" in officer.get(f"/office/corrections/{name.pk}/").content.decode()
    assert sit("union_operator").post(f"/office/corrections/{name.pk}/refuse", {"reason": "x"}).status_code == 403
