"""What may I get? The pages, and that their answer is the evaluator's."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shohay.bulk.answers import answer
from shohay.core.facts import FACTS
from shohay.stages.programmes import definitions as rules
from shohay.web.citizen import may_i, questions

TODAY = dt.date(2026, 11, 22)
OLD_WOMAN = {
    "sex": {"sex": "female"},
    "birth": {"birth_date": "১৫/০৪/১৯৫৮"},
    "district": {"district_code": "5549"},
    "upazila": {"upazila_code": "554952", "area_type": "rural"},
    "papers": {"is_permanent_resident": "yes", "has_identity": "yes"},
    "marriage": {"marital_status": "widowed"},
    "marriage-ended": {"marriage_ended_on": "01/02/2015"},
    "income": {"annual_income": "৬,০০০"},
    "government": {"receives_government_salary": "no", "receives_government_pension": "no"},
    "benefits": {},
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(dt.datetime(2026, 11, 22, 6, 0, tzinfo=dt.UTC), tick=False):
        yield


def _walk(client, typed) -> list[str]:
    """Answer every page that comes with what ``typed`` has for it; returns the names of the pages."""
    url, seen = "/citizen/may-i/sex/", []
    while "summary" not in url:
        name = url.rstrip("/").split("/")[-1]
        seen.append(name)
        response = client.post(url, typed.get(name, {}))
        assert response.status_code == 302, response.content.decode()
        url = response.headers["Location"]
        assert len(seen) < 40
    return seen


def test_an_old_woman_may_get_the_old_age_allowance_and_sees_why(catalogue, client):
    pages = _walk(client, OLD_WOMAN)
    assert "pregnancy" not in pages  # she is 68
    assert "house" not in pages  # neither programme reads the house
    text = client.get("/citizen/may-i/answer?lang=en").content.decode()
    assert "You may get 1 programme" in text
    assert "Upazila Social Services Office, Kurigram Sadar" in text
    assert "Own yearly income: <strong>6,000</strong>" in text
    assert "Date of birth: <strong>15 April 1958</strong>" in text


def test_what_is_left_open_is_named(catalogue, client):
    _walk(client, {**OLD_WOMAN, "income": {}})
    text = client.get("/citizen/may-i/answer?lang=en").content.decode()
    assert "By these answers you cannot get a programme now" in text
    assert "We cannot tell yet" in text
    assert "Missing: <strong>Own yearly income</strong>" in text


def test_the_answer_is_that_of_the_evaluator(catalogue, client):
    _walk(client, OLD_WOMAN)
    facts = {
        "sex": "female", "birth_date": dt.date(1958, 4, 15), "is_permanent_resident": True, "has_identity": True,
        "annual_income": 6000, "receives_government_salary": False, "receives_government_pension": False,
        "receives": [], "household_receives": [], "marital_status": "widowed",
        "marriage_ended_on": dt.date(2015, 2, 1), "area_type": "rural",
    }  # fmt: skip
    expected = {one.code: one.outcome for one in answer(facts, rules.definitions_on(TODAY), TODAY)}
    shown = client.get("/citizen/may-i/answer").context
    got = {one["title"]: one["outcome"] for group in expected.values() for one in shown[group]}
    assert sorted(got.values()) == sorted(expected.values())


def test_wrong_input_is_kept_and_explained(catalogue, client):
    client.get("/?lang=en")
    text = client.post("/citizen/may-i/birth/", {"birth_date": "31/02/1958"}).content.decode()
    assert "error-summary" in text
    assert 'value="31/02/1958"' in text
    assert "error-summary" in client.post("/citizen/may-i/income/", {"annual_income": "-5"}).content.decode()


def test_nothing_is_stored_and_the_cookie_cannot_be_written_by_hand(catalogue, client):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        _walk(client, OLD_WOMAN)
        client.get("/citizen/may-i/answer")
    assert not [q["sql"] for q in queries if q["sql"].split()[0].upper() in ("INSERT", "UPDATE", "DELETE")]
    client.cookies[may_i.COOKIE] = signing.dumps({"sex": "female"}, salt="other")
    assert client.get("/citizen/may-i/answer").status_code == 302
    assert client.get("/citizen/may-i/summary").status_code == 200


def test_answers_are_forgotten_when_asked(catalogue, client):
    _walk(client, OLD_WOMAN)
    client.post("/citizen/may-i/forget")
    assert client.get("/citizen/may-i/answer").status_code == 302


def test_another_district_drops_the_upazila(catalogue, client):
    _walk(client, OLD_WOMAN)
    client.post("/citizen/may-i/district/?change=1", {"district_code": "5041"})
    text = client.get("/citizen/may-i/summary?lang=en").content.decode()
    assert "Kurigram Sadar" not in text
    assert "Kushtia" in text


def test_an_unknown_question_is_not_found_and_the_upazila_asks_for_the_district_first(catalogue, client):
    assert client.get("/citizen/may-i/nothing/").status_code == 404
    assert client.get("/citizen/may-i/upazila/").headers["Location"] == "/citizen/may-i/district/"


def test_every_question_asks_facts_that_exist_and_every_fact_asked_by_shipped_rules_has_a_question():
    from shohay.policy import shipped

    asked = {ask.fact for question in questions.QUESTIONS for ask in question.asks}
    assert asked - questions.FOR_THE_PLACE <= FACTS.keys()
    wanted = questions.needed(shipped.definitions(), TODAY)
    assert wanted - asked == {"division_code"}  # follows from the district


def test_the_head_answers_for_the_head():
    said = {"today": "2026-11-22", "relation": "head", "sex": "female", "birth_date": "1980-01-01",
            "marital_status": "widowed", "receives": ["OAA"]}  # fmt: skip
    facts = questions.facts_of(said)
    assert (facts["head_sex"], facts["head_age"], facts["head_marital_status"]) == ("female", 46, "widowed")
    assert facts["household_receives"] == ["OAA"]


@pytest.mark.parametrize(("born", "level"), [("1950-01-01", "none"), ("2012-01-01", "secondary")])
def test_what_does_not_fit_any_more_is_concluded(born, level):
    said = {"today": "2026-11-22", "sex": "male", "birth_date": born, "school_level": "secondary", "is_pregnant": True}
    facts = questions.facts_of(said)
    assert (facts["school_level"], facts["is_pregnant"]) == (level, False)
