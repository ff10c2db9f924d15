"""The page on which a person is looked for: one line a person, never a number; what to do when nobody or too many."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from shohay.stages.registry import queries_search

PAGE = "/office/people/"


def text(page: str) -> str:
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1].split(">", 1)[1].split("</main", 1)[0])
    )


def asked(desk, **query: str):
    """What the form leads to; without a text the page as it is opened."""
    return desk.post(PAGE, query, follow=True) if "q" in query else desk.get(PAGE, query)


def test_who_somebody_is_stands_in_one_line(sit, world):
    row = asked(sit("upazila_officer"), q="Amena Begum").content.decode().split("<tbody>")[1].split("</tbody>")[0]
    assert row.count("<tr") == 1
    shown = text(f"<main>{row}</main>")
    person = world.amena
    assert "Mst. Amena Begum" in shown
    assert person.household.reference in shown
    assert re.search(r"Female · \d+ years", shown), shown
    assert person.father_name in shown


def test_the_same_in_bangla_with_its_digits(sit, world):
    shown = text(asked(sit("upazila_officer", "bn"), q="আমেনা বেগম").content.decode())
    assert "১ জন পাওয়া গেছে" in shown
    assert re.search(r"[০-৯]+ বছর", shown)
    said = shown.split(">", 1)[-1].replace(world.amena.household.reference, "")
    assert not re.search(r"[0-9]", said), said


def test_another_name_a_word_away_says_so(sit, world):
    assert "Similar name" in text(asked(sit("upazila_officer"), q="Amena Khatun").content.decode())
    assert "Similar name" not in text(asked(sit("upazila_officer"), q="Amina Begam").content.decode())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "Zzxqw Vvb"}, "Nobody found"), ({"q": "99999999999"}, "check each digit of a number"),
        ({"q": "Zzxqw", "area": "554952"}, "look in all your areas"), ({"q": "Zzxqw Vvb"}, "Enter households"),
        ({"q": "%"}, "Search with at least two letters"), ({"q": " "}, "Search with at least two letters"),
        ({"q": "\u0000\u200d"}, "Search with at least two letters"), ({}, "Nobody is listed until you search"),
        ({"q": "ক" * 900}, "Nobody found"), ({"q": "<script>x</script>"}, "Nobody found"),
        ({"q": "Amena", "area": "' or 1=1"}, "Nobody found"),
    ],
)  # fmt: skip
def test_what_the_page_says_when_there_is_nobody_to_show(sit, world, query: dict[str, str], said: str):
    answer = asked(sit("upazila_officer"), **query)
    page = answer.content.decode()
    assert said in text(page)
    assert answer.status_code == (422 if "two letters" in said else 200)
    assert "<tbody>" not in page
    assert "<script>x" not in page


def test_too_many_are_counted_and_nobody_is_named(sit, world, monkeypatch):
    monkeypatch.setattr(queries_search, "MANY", 0)
    page = text(asked(sit("upazila_officer"), q="Amena Begum").content.decode())
    assert "people have such a name" in page
    assert "type more of the name" in page
    assert "Amena" not in page.replace('Amena Begum"', "")


def test_when_more_are_as_near_the_page_says_so(sit, world, monkeypatch):
    page = asked(sit("upazila_officer"), q="Amena Begum").content.decode()
    assert "1 person found." in text(page)
    found = queries_search.look_up
    monkeypatch.setattr("shohay.web.office.registry.search.look_up", lambda **asked: replace(found(**asked), more=True))
    assert "The closest 1 persons are shown" in text(asked(sit("upazila_officer"), q="Amena Begum").content.decode())


def test_a_name_asks_few_questions(sit, world, django_assert_max_num_queries):
    desk = sit("upazila_officer")
    desk.get(PAGE, {"q": "Amena Begum"})
    with django_assert_max_num_queries(17):  # the session, the officer and the frame ask the rest
        desk.get(PAGE, {"q": "Amena Begum"})


def test_the_page_holds_its_words_at_the_far_end_of_what_can_be_typed(sit, world):
    page = asked(sit("upazila_officer"), q='"><img src=x>' + "আ" * 400).content.decode()
    assert "<img src=x>" not in page
    assert 'maxlength="300"' in page
