"""Conditions of rules and scorecards as a reader says them."""

from __future__ import annotations

import re

import pytest

from shohay.bulk import pmt
from shohay.web.parts.conditions import said


@pytest.mark.parametrize(
    ("text", "bn", "en"),
    [
        ("members_under_13 >= 3", "১২ বছর বা কম বয়সী সদস্য ≥ ৩", "Members aged 12 or less ≥ 3"),
        ("walls in ('tin', 'mud')", "দেয়ালের উপকরণ এর মধ্যে (টিন, মাটি)", "Material of the walls one of (Tin, Mud)"),
        ("not has_television", "নয়: টেলিভিশন আছে", "not: Owns a television"),
        ("age >= :age_men or is_widowed", None, "Whole years of age on the reference date ≥ age_men or Is widowed"),
    ],
)
def test_facts_values_and_signs_are_said(text: str, bn: str | None, en: str):
    assert said(text, "en") == en
    assert bn is None or said(text, "bn") == bn


def test_no_answer_of_the_shipped_scorecard_shows_a_name_of_the_code():
    answers = [checked.text for question in pmt.shipped().questions for checked, _ in question.answers if checked]
    assert len(answers) > 10
    assert [text for text in answers if re.search("[A-Za-z_]", said(text, "bn"))] == []
