"""The rulebook says every rule and every case, in both languages."""

import pytest

from shohay.bulk import cases
from shohay.policy import rulebook, shipped


@pytest.mark.parametrize("language", ["bn", "en"])
def test_rulebook(language: str) -> None:
    page = rulebook.render(language)
    for definition in shipped.definitions():
        assert shipped.read(definition.code, f"about.{language}.md").strip() in page
        for id_ in definition.versions[-1].criterion_ids:
            assert definition.versions[-1].sentence(id_).in_language(language) in page
        assert all(f"| {case.id} |" in page for case in cases.read(shipped.read(definition.code, "cases.yaml")))
    assert "None" not in page
    assert rulebook.render(language) == page
