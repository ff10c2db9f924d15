"""shohay snapshot, link, search: over what an import brought in; no number of a person on the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from shohay.cli.main import app
from shohay.stages.audit.models import Event
from shohay.stages.linkage.models import LinkageRun, Merge
from shohay.stages.registry import actions
from shohay.stages.registry.models import Snapshot
from tests.household_files import OTHER_UNION, row
from tests.stages.registry.conftest import OPERATOR, checked, places  # noqa: F401 - fixtures

NUMBER, WALLET = "1234567890", "01712345678"
TWICE = {
    "name_bn": "মোঃ জাহাঙ্গীর আলম", "name_en": "Md. Jahangir Alam", "father_name": "আব্দুল করিম", "mother_name": "হালিমা",
    "sex": "male", "birth_date": "1961-04-09", "id_kind": "nid10", "id_number": NUMBER, "account_kind": "mfs",
    "account_provider": "bkash", "account_number": WALLET,
}  # fmt: skip


def shohay(*arguments: str, language: str = "en") -> tuple[int, str]:
    done = CliRunner().invoke(app, arguments, env={"SHOHAY_LANGUAGE": language})
    return done.exit_code, done.output


def told(*arguments: str) -> list[dict]:
    code, said = shohay(*arguments, "--json")
    assert code == 0, said
    return [json.loads(line) for line in said.splitlines() if line.startswith("{")]


@pytest.fixture
def registry(checked) -> None:  # noqa: F811
    rows = [
        row("H1", 1, **TWICE),
        row("H2", 1, **TWICE | {"name_bn": "জাহাংগীর আলম", "union_code": OTHER_UNION}),
        row("H3", 1, name_bn="রহিমা খাতুন", name_en="Rahima Khatun"),
    ]
    actions.admit(upload=checked(rows), by=OPERATOR)


def test_a_snapshot_is_named_by_its_hash_and_the_same_twice(registry):
    (first,) = told("snapshot", "--as-of", "2026-11-22")
    assert (first["persons"], first["households"], first["as_of"]) == (3, 3, "2026-11-22")
    assert Snapshot.objects.get().sha256 == first["sha256"]
    assert {path.name for path in Path(first["path"]).iterdir()} >= {
        "persons.parquet",
        "names.parquet",
        "manifest.json",
    }
    assert told("snapshot", "--as-of", "2026-11-22") == [first]
    assert Snapshot.objects.count() == 1
    code, said = shohay("snapshot", "--as-of", "2026-11-23")
    assert (code, "2026-11-23" in said) == (0, True)


def test_linking_says_what_it_found_and_finds_nothing_new_again(registry):
    (taken,) = told("snapshot", "--as-of", "2026-11-22")
    (found,) = told("link", "--snapshot", taken["sha256"][:10])
    assert (found["link"], found["merged"], found["new_pairs"]) == (1, 1, 1)
    assert LinkageRun.objects.get().pk == found["run"]
    (again,) = told("link")
    assert (again["merged"], again["new_pairs"], Merge.objects.count()) == (0, 0, 1)
    assert Event.objects.filter(action="linkage.run").count() == 2


def test_without_a_snapshot_linking_says_what_to_do(db):
    code, said = shohay("link")
    assert (code, "run `shohay snapshot` first" in said) == (1, True)
    assert shohay("link", "--snapshot", "ffff")[0] == 1


def test_search_finds_by_name_and_number_and_shows_no_number(registry):
    assert [one["household"] for one in told("search", "রাহিমা খাতুন")] == ["H3"]
    assert {one["household"] for one in told("search", "Zahangir Alom")} == {"H1", "H2"}
    for text in (NUMBER, "০১৭১২-৩৪৫৬৭৮"):
        code, said = shohay("search", text)
        assert (code, "H1" in said) == (0, True)
        assert NUMBER not in said
        assert WALLET not in said
    assert [one["household"] for one in told("search", NUMBER, "--area", OTHER_UNION)] == ["H2"]
    assert len(told("search", "Zahangir Alom", "--limit", "1")) == 1
    assert told("search", "নাই নাম") == []


def test_nobody_is_listed_without_saying_whom_one_seeks(registry):
    code, said = shohay("search", "")
    assert (code, "H1" in said) == (1, False)


@pytest.mark.parametrize("command", [("search", "রহিমা"), ("snapshot",), ("link",)])
def test_an_officer_whom_nobody_appointed_does_nothing(registry, command):
    told("snapshot")
    code, said = shohay(*command, "--by", "nobody")
    assert (code, "no officer 'nobody'" in said) == (1, True)
    assert Event.objects.filter(actor="nobody").count() == 0
