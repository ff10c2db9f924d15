"""What the tests of public pages need: a small catalogue, two places, two published programmes."""

from __future__ import annotations

import pytest

from tests.factories.world import make_places, make_programmes
from tests.web.rules import publish


@pytest.fixture
def catalogue(db: None) -> None:
    make_places()
    make_programmes()
    publish("OAA", "WDA")
