"""While the people are invented every page says so; where they are real none does."""

from __future__ import annotations

import pytest
from django.test import Client

from shohay.stages.accounts.roles import PERMISSIONS
from tests.web.office.test_permissions import PAGES, address, may
from tests.web.public.test_pages import PAGES as PUBLIC

SAID = {
    "bn": "পরীক্ষামূলক তথ্য: এখানকার কোনো ব্যক্তি বাস্তব নন।",
    "en": "Trial data: none of these people are real.",
}


@pytest.mark.parametrize("language", SAID)
def test_every_page_of_the_office_says_it(sit, world, language):
    desks = {role: sit(role, language) for role in PERMISSIONS}
    for name, row in PAGES.items():
        role = next(role for role in PERMISSIONS if may(role, name))
        answer = desks[role].get(address(world, name, row))
        if answer["Content-Type"].startswith("text/html"):  # the blank template is a sheet
            assert SAID[language] in answer.content.decode(), name


@pytest.mark.parametrize("language", SAID)
def test_every_public_page_says_it(world, language):
    reader = Client()
    for path in [*PUBLIC, "/no/such/page"]:
        assert SAID[language] in reader.get(path, {"lang": language}).content.decode(), path


def test_where_people_are_real_no_page_says_it(sit, world, settings):
    settings.SYNTHETIC = False
    assert SAID["en"] not in sit("auditor").get("/office/audit/").content.decode()
    assert SAID["bn"] not in Client().get("/").content.decode()
