"""The description of the intake endpoint agrees with what the endpoint does."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from shohay.api import description, intake, urls
from shohay.bulk.intake_template import load_template
from shohay.core.messages import MESSAGES, Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.intake.actions_tokens import create_token
from shohay.stages.intake.models import Upload
from tests.api.test_intake_api import ADDRESS, call, form, taken, token  # noqa: F401 - a fixture
from tests.factories.world import THERE

SAID: dict[str, Any] = json.loads(description.DESCRIPTION.read_text(encoding="utf-8"))
SCHEMAS = SAID["components"]["schemas"]
SEND, LOOK = SAID["paths"][ADDRESS]["post"], SAID["paths"]["/api/v1/intake/uploads/{pk}"]["get"]
KINDS = {
    "string": str, "integer": int, "boolean": bool, "object": dict, "array": list,
}  # fmt: skip


def wrong(value: object, schema: dict[str, Any], at: str = "") -> list[str]:
    """Where a value is not as a schema of this file says: types, choices, required keys, and no key unsaid."""
    schema = whole(schema)
    if not isinstance(value, KINDS[schema["type"]]) or ("enum" in schema and value not in schema["enum"]):
        return [f"{at}: {value!r}"]
    if isinstance(value, list):
        return [one for item in value for one in wrong(item, schema["items"], f"{at}[]")]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    known = schema["properties"]
    missing = [f"{at}.{key} is missing" for key in schema.get("required", []) if key not in value]
    unsaid = [f"{at}.{key} is not described" for key in value if key not in known]
    return missing + unsaid + [w for key in value if key in known for w in wrong(value[key], known[key], f"{at}.{key}")]


def whole(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with what it refers to and consists of."""
    if "$ref" in schema:
        return whole(SCHEMAS[schema["$ref"].rsplit("/", 1)[1]])
    if "allOf" not in schema:
        return schema
    parts = [whole(part) for part in schema["allOf"]]
    return {
        "type": "object",
        "properties": {key: said for part in parts for key, said in part["properties"].items()},
        "required": [key for part in parts for key in part.get("required", [])],
    }


def answer(operation: dict[str, Any], status: int) -> dict[str, Any]:
    schema: dict[str, Any] = operation["responses"][str(status)]["content"]["application/json"]["schema"]
    return schema


def test_it_is_open_to_everybody_and_as_in_the_repository() -> None:
    given = Client().get("/api/v1/openapi.json")
    assert (given.status_code, given["Content-Type"]) == (200, "application/json")
    assert given.json() == SAID
    assert SAID["openapi"].startswith("3.1.")
    assert Client().post("/api/v1/openapi.json").status_code == 405


def test_its_paths_are_those_of_the_code() -> None:
    known = [f"/api/{one.pattern}" for one in urls.urlpatterns if "/intake/" in f"{one.pattern}"]
    assert sorted(re.sub(r"<\w+:(\w+)>", r"{\1}", one) for one in known) == sorted(SAID["paths"])


def test_everything_referred_to_is_described() -> None:
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(SAID)))
    assert named == set(SCHEMAS)


@pytest.mark.parametrize("path", SAID["paths"])
def test_its_methods_are_those_that_the_code_takes(db, path: str) -> None:
    address = path.replace("{pk}", "00000000-0000-0000-0000-000000000000")
    taken = {
        method
        for method in ("get", "post", "put", "patch", "delete")
        if getattr(Client(), method)(address).status_code != 405
    }
    assert taken == set(SAID["paths"][path])


def test_its_status_codes_are_those_of_the_code() -> None:
    assert set(SEND["responses"]) == {"200", "202", "401", "422", *(str(code) for code in intake.STATUS.values())}
    assert {
        code: int(status) for status, one in SEND["responses"].items() for code in one.get("x-codes", [])
    } == intake.STATUS | {"token_unknown": 401}
    assert set(LOOK["responses"]) == {"200", "401", "404"}
    assert {code for one in SEND["responses"].values() for code in one.get("x-codes", [])} <= set(MESSAGES)


def test_what_is_sent_is_described() -> None:
    assert set(SEND["requestBody"]["content"]) == set(intake.KINDS)
    assert f"{intake.LIMIT_MIB} MiB" in SEND["requestBody"]["description"]
    columns = load_template("household").columns
    assert [*SCHEMAS["Household"]["properties"]] == [*(c.code for c in columns if c.level == "household"), "members"]
    assert [*SCHEMAS["Member"]["properties"]] == [c.code for c in columns if c.level == "person"]
    assert set(whole(SCHEMAS["Row"])["properties"]) == {c.code for c in columns}
    assert SCHEMAS["Upload"]["properties"]["state"]["enum"] == list(Upload.State.values)
    assert SCHEMAS["Looked"]["allOf"][1]["properties"]["errors"]["maxItems"] == intake.ERRORS


@pytest.mark.usefixtures("in_small_world")
def test_every_answer_is_as_described(token: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    body, kind = json.dumps([form(), form("API-2", sex="?")]), "application/json"
    sent = [call("post", ADDRESS, token, data=body, content_type=kind)]
    taken(sent[0][1])
    sent += [
        call("post", ADDRESS, token, data=body, content_type=kind),
        call("post", ADDRESS, "", data=body, content_type=kind),
        call("post", ADDRESS, token, data=body, content_type="text/plain"),
    ]
    url = sent[0][1]["url"]
    other = create_token(username="elsewhere", area_code=THERE, name="x", by=SYSTEM)[1]
    monkeypatch.setattr(intake, "ERRORS", 0)
    paged = call("get", url, token)
    monkeypatch.undo()
    looked = [call("get", url, token), paged, call("get", url), call("get", url, other)]
    for refusal in ("not_allowed", "wrong_state"):
        monkeypatch.setattr(intake.actions, "receive", refusing(refusal))
        sent.append(call("post", ADDRESS, token, data=body, content_type=kind))
    monkeypatch.setattr(intake, "LIMIT_MIB", 0)
    sent.append(call("post", ADDRESS, token, data=body, content_type=kind))
    assert [status for status, _ in sent] == [202, 200, 401, 415, 403, 422, 413]
    assert [status for status, _ in looked] == [200, 200, 401, 404]
    assert looked[0][1]["errors"]
    assert [wrong(said, answer(SEND, status)) for status, said in sent] == [[]] * 7
    assert [wrong(said, answer(LOOK, status)) for status, said in looked] == [[]] * 4


def refusing(code: str) -> Any:
    def receive(**given: object) -> None:
        raise Refusal(code, what="upload.create", state="received")

    return receive
