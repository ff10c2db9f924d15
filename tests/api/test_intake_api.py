"""Households sent in over HTTP: by token, once, checked as a file is, errors in both languages."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test import Client

from shohay.api import intake as api
from shohay.core.messages import Refusal
from shohay.jobs.import_file import import_file
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models import Work
from shohay.stages.intake.actions_tokens import create_token, withdraw_token
from shohay.stages.intake.models import ApiToken, Upload
from shohay.stages.registry.models import Household
from tests.factories.world import HERE, THERE, UNION_HERE, UNION_THERE, World
from tests.household_files import data, household

pytestmark = pytest.mark.usefixtures("in_small_world")
ADDRESS = "/api/v1/intake/households"
OPERATOR = Officer("union_operator", "union_operator", (HERE,), ("",))


@pytest.fixture
def token(world: World) -> str:
    return create_token(username="union_operator", area_code=HERE, name="field tablets", by=SYSTEM)[1]


def call(method: str, address: str, token: str = "", **more: object) -> tuple[int, dict]:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    try:
        answer = getattr(Client(), method)(address, headers=headers, **more)
    finally:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                cursor.execute("reset role")
    return answer.status_code, answer.json()


def form(reference: str = "API-1", union: str = UNION_HERE, **more: str) -> dict[str, object]:
    head = {"relation": "head", "name_bn": "রহিমা", "sex": "female", "birth_date": "1960-01-01", **more}
    return {"household_reference": reference, "union_code": union, "area_type": "rural", "members": [head]}


def taken(said: dict) -> None:
    upload = Upload.objects.get(pk=said["upload"])
    import_file(upload_id=str(upload.pk), by=OPERATOR, progress=lambda *_: None)


BODIES = {
    "application/json": json.dumps([form(), form("API-2")]),
    "application/x-ndjson": json.dumps(form()) + "\n" + json.dumps(form("API-2")),
    "text/csv": data(
        [*household("API-1", 1, union_code=UNION_HERE), *household("API-2", 1, union_code=UNION_HERE)]
    ).decode(),
}


@pytest.mark.parametrize("kind", BODIES)
def test_households_come_in_once(token: str, kind: str) -> None:
    status, said = call("post", ADDRESS, token, data=BODIES[kind], content_type=kind)
    assert (status, said["state"]) == (202, "received")
    assert Work.objects.filter(name="import_file").count() == 1
    assert call("post", ADDRESS, token, data=BODIES[kind], content_type=kind)[1]["upload"] == said["upload"]
    assert Work.objects.filter(name="import_file").count() == 1
    taken(said)
    assert Household.objects.filter(reference__startswith="API-").count() == 2
    status, after = call("get", said["url"], token)
    assert (status, after["state"], after["good"], after["errors"]) == (200, "admitted", 2, [])
    assert call("post", ADDRESS, token, data=BODIES[kind], content_type=kind)[0] == 200


def test_what_is_wrong_is_said_in_both_languages(token: str) -> None:
    body = json.dumps([form(), form("API-2", sex="?"), form("API-3", UNION_THERE)])
    said = call("post", ADDRESS, token, data=body, content_type="application/json")[1]
    taken(said)
    after = call("get", said["url"], token)[1]
    found = {(one["line"], one["column"], one["code"]) for one in after["errors"]}
    assert {(3, "sex", "not_a_choice"), (4, "union_code", "area_outside")} <= found
    assert all(one["bn"] and one["en"] for one in after["errors"])
    broken = call("post", ADDRESS, token, data="[{", content_type="application/json")[1]
    taken(broken)
    error = call("get", broken["url"], token)[1]["error"]
    assert (error["code"], "JSON" in error["bn"], "JSON" in error["en"]) == ("file_json_broken", True, True)


def test_without_a_good_token_nothing_is_taken(token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in ("", "shohay_guess"):
        status, said = call("post", ADDRESS, wrong, data="[]", content_type="application/json")
        assert (status, said["error"]["code"]) == (401, "token_unknown")
        assert said["error"]["bn"]
    assert call("post", ADDRESS, token, data="x", content_type="text/plain")[0] == 415
    monkeypatch.setattr(api, "LIMIT_MIB", 0)
    assert call("post", ADDRESS, token, data="[{}]", content_type="application/json")[0] == 413
    assert not Upload.objects.filter(channel="api").exists()
    row = ApiToken.objects.get()
    assert token not in row.digest
    withdraw_token(token=row, by=SYSTEM)
    assert call("post", ADDRESS, token, data="[]", content_type="application/json")[0] == 401


def test_a_token_never_reaches_beyond_its_officer(world: World) -> None:
    with pytest.raises(Refusal):
        create_token(username="union_operator", area_code=THERE, name="x", by=SYSTEM)
    with pytest.raises(Refusal):
        create_token(username="auditor", area_code="", name="x", by=SYSTEM)
    with pytest.raises(Refusal):
        create_token(
            username="union_operator", area_code=HERE, name="x", by=Officer("far", "upazila_officer", (THERE,), ("",))
        )


def test_another_offices_upload_is_not_shown(token: str) -> None:
    said = call("post", ADDRESS, token, data=BODIES["application/json"], content_type="application/json")[1]
    other = create_token(username="elsewhere", area_code=THERE, name="x", by=SYSTEM)[1]
    assert call("get", said["url"], other)[0] == 404
