"""Officers who walk through the pages. After each request the connection is the owner's again: in a test the
transaction of the request lies inside the test's own, so its role would stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from shohay.stages.accounts.models import User
from tests.factories.world import World


class Desk(Client):
    """A browser of one officer, in one language."""

    def request(self, **request: Any) -> Any:
        try:
            return super().request(**request)
        finally:
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("reset role")


@pytest.fixture(scope="module", autouse=True)
def all_in_small_world(in_small_world: None) -> None:
    """Every test of this folder finds the small world in its database."""


@pytest.fixture
def sit(world: World) -> Callable[..., Desk]:
    """``sit("upazila_officer")`` is that officer's browser, in English unless asked otherwise."""

    def at(username: str, language: str = "en") -> Desk:
        desk = Desk()
        desk.force_login(User.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
        desk.cookies["language"] = language
        return desk

    return at


@pytest.fixture
def opened(sit: Callable[..., Desk], world: World) -> Callable[..., Desk]:
    """A browser with the record of Amena open."""

    def at(username: str, language: str = "en") -> Desk:
        desk = sit(username, language)
        answer = desk.post(f"/office/people/{world.amena.pk}/open", {"purpose": "service", "note": ""})
        assert answer.status_code == 302, answer.content.decode()
        return desk

    return at
