"""What the views share: refusals in place."""

from __future__ import annotations

import pytest
from django.utils import translation

from shohay.core.messages import Refusal
from shohay.web.office import desk


@pytest.mark.django_db
def test_a_refusal_is_said_in_the_language_of_the_reader():
    def refuse() -> None:
        raise Refusal("same_person")

    with translation.override("en"):
        assert desk.attempt(refuse).startswith("Whoever proposed this")
    with translation.override("bn"):
        assert desk.attempt(refuse).startswith("যিনি প্রস্তাব")
    assert desk.attempt(lambda: None) == ""
