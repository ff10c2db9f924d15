"""Keys rotate under everybody's hands: nothing is lost, all is found, and a killed rotation is finished."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from typer.testing import CliRunner

from shohay.bulk import sealing
from shohay.cli.main import app
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.intake import actions_drafts, queries_drafts
from shohay.stages.intake.models import Draft
from shohay.stages.registry import actions, actions_keys, queries, queries_keys
from shohay.stages.registry.models import Account, Identity, Person
from shohay.stages.registry.models_verification import KeyRotation
from tests.household_files import UNION, row
from tests.jobs.conftest import _guards_back, committed  # noqa: F401 - fixtures
from tests.stages.registry.conftest import MANAGER, OPERATOR, UPAZILA, make_places

OLD, NEW, NEWER = (f"k{n}:{str(n) * 2 * 32}" for n in (1, 2, 3))
DIGEST_OLD, DIGEST_NEW = "aa" * 32, "bb" * 32


def number(n: int) -> str:
    return f"{1000000000 + n}"


@pytest.fixture
def people(checked, settings) -> list[Person]:
    settings.KEY_RING, settings.DIGEST_KEY, settings.KEY_FOLDER = OLD, DIGEST_OLD, None
    return fill(checked, 12)


def fill(checked, count: int) -> list[Person]:
    cells = {"account_kind": "mfs", "account_provider": "bkash", "id_kind": "nid10", "birth_date": "1960-03-01"}
    rows = [row(f"H{n}", 1, id_number=number(n), account_number=f"0171{n:07d}", **cells) for n in range(count)]
    actions.admit(upload=checked(rows), by=OPERATOR)
    return list(Person.objects.order_by("pk"))


def everybody_is_found(people: list[Person]) -> bool:
    return all(
        queries.search(officer=UPAZILA, text=text) == [person]
        for n, person in enumerate(people)
        for text in (number(n), f"0171{n:07d}")
    )


def numbers() -> list[str]:
    ring = queries.key_ring()
    held = Identity.objects.order_by("person_id")
    return [sealing.open_sealed(ring, one.kind, sealing.IDENTITY, bytes(one.sealed)) for one in held]


@pytest.mark.django_db
def test_everything_is_sealed_again_and_found_before_and_after(people, settings):
    settings.KEY_RING, settings.DIGEST_KEY = f"{NEW},{OLD}", f"{DIGEST_NEW},{DIGEST_OLD}"
    assert everybody_is_found(people)
    rotation = actions_keys.rotate_keys(portion=5, by=SYSTEM)
    assert (rotation.state, rotation.digests_too) == ("done", True)
    assert {table: at["done"] for table, at in rotation.places.items()} == {
        "registry_identity": 12, "registry_account": 12,
    }  # fmt: skip
    settings.KEY_RING, settings.DIGEST_KEY = NEW, DIGEST_NEW  # the old keys are gone
    assert everybody_is_found(people)
    assert numbers() == [number(n) for n in range(12)]
    assert queries_keys.sealed_by("registry_account", "sealed") == {"k2": 12}
    assert [event.action for event in Event.objects.filter(subject_type="key").order_by("seq")] == [
        "keys.rotation_started", "keys.rotated",
    ]  # fmt: skip
    assert actions_keys.rotate_keys(by=SYSTEM).places == {}  # nothing was left to do


@pytest.mark.django_db
def test_cut_off_in_the_middle_all_is_found_and_the_next_one_completes(people, settings, monkeypatch):
    settings.KEY_RING, settings.DIGEST_KEY = f"{NEW},{OLD}", f"{DIGEST_NEW},{DIGEST_OLD}"

    def stop(table: str, done: int, total: int) -> None:
        if (table, done) == ("registry_identity", 6):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions_keys.rotate_keys(portion=3, by=SYSTEM, progress=stop)
    assert queries_keys.sealed_by("registry_identity", "sealed") == {"k1": 6, "k2": 6}
    assert everybody_is_found(people)
    assert numbers() == [number(n) for n in range(12)]
    with pytest.raises(Refusal) as refused:  # half of the digests are new: equal numbers would look different
        actions.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER)
    assert refused.value.code == "rotation_running"
    rotation = actions_keys.rotate_keys(portion=3, by=SYSTEM)
    assert KeyRotation.objects.count() == 1
    assert rotation.places["registry_identity"]["done"] == 12
    assert actions.take_snapshot(as_of=date(2026, 11, 22), by=MANAGER).counts["persons"] == 12


@pytest.mark.django_db
def test_what_others_still_seal_with_the_old_key_meanwhile_is_sealed_again(people, settings):
    settings.KEY_RING = f"{NEW},{OLD}"
    late = sealing.KeyRing(OLD, DIGEST_OLD)

    def another_process(table: str, done: int, total: int) -> None:
        if table == "registry_identity" and done == 12:  # it began before the new key was there
            Identity.objects.filter(person=people[0]).update(
                sealed=sealing.seal(late, "nid10", sealing.IDENTITY, number(0))
            )

    rotation = actions_keys.rotate_keys(portion=4, by=SYSTEM, progress=another_process)
    assert rotation.places["registry_identity"]["done"] == 13
    assert queries_keys.sealed_by("registry_identity", "sealed") == {"k2": 12}


TYPED = {"household": {"union_code": UNION}, "members": [{"name_bn": "জরিনা খাতুন", "id_number": number(1)}], "notice": {}}


def typed_in(count: int) -> list[Draft]:
    """Drafts of the operator, as saved on screen."""
    ring = queries.key_ring()
    begun = [actions_drafts.begin_draft(ring=ring, by=OPERATOR) for _ in range(count)]
    return [actions_drafts.save_draft(draft=one, version=0, data=TYPED, ring=ring, by=OPERATOR) for one in begun]


@pytest.mark.django_db
def test_drafts_are_sealed_again_and_open_when_the_old_key_is_gone(people, settings):
    drafts = typed_in(5)
    actions_drafts.drop_draft(draft=drafts[4], by=OPERATOR)  # nothing is sealed in it
    settings.KEY_RING = f"{NEW},{OLD}"
    changed = {**TYPED, "members": []}

    def stop(table: str, done: int, total: int) -> None:
        if (table, done) == ("intake_draft", 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions_keys.rotate_keys(portion=2, by=SYSTEM, progress=stop)
    assert queries_keys.sealed_by("intake_draft", "sealed") == {"k1": 2, "k2": 2}
    actions_drafts.save_draft(
        draft=drafts[0], version=1, data=changed, ring=sealing.KeyRing(OLD, DIGEST_OLD), by=OPERATOR
    )  # by a process that has not heard of the new key
    rotation = actions_keys.rotate_keys(portion=2, by=SYSTEM)
    assert KeyRotation.objects.count() == 1
    assert rotation.places["intake_draft"]["done"] in (4, 5)  # 5 when the one saved had been sealed again before
    settings.KEY_RING = NEW
    assert queries_keys.sealed_by("intake_draft", "sealed") == {"k2": 4}
    ring = queries.key_ring()
    held = [queries_drafts.opened(Draft.objects.get(pk=one.pk), ring) for one in drafts[:4]]
    assert held == [changed, TYPED, TYPED, TYPED]
    assert bytes(Draft.objects.get(pk=drafts[4].pk).sealed) == b""
    assert actions_keys.rotate_keys(by=SYSTEM).places == {}


@pytest.mark.django_db
def test_a_draft_is_locked_while_it_is_sealed_again(people, settings):
    typed_in(1)
    settings.KEY_RING = f"{NEW},{OLD}"
    with CaptureQueriesContext(connection) as asked:
        actions_keys.rotate_keys(by=SYSTEM)
    read = [one["sql"] for one in asked.captured_queries if "select id, " in one["sql"]]
    assert {"for update" in sql for sql in read if "from intake_draft" in sql} == {True}
    assert {"for update" in sql for sql in read if "from registry_" in sql} == {False}


@pytest.mark.django_db
def test_a_key_that_seals_a_draft_alone_is_not_retired(settings, tmp_path):
    settings.KEY_RING, settings.DIGEST_KEY, settings.KEY_FOLDER = OLD, DIGEST_OLD, None
    make_places()
    draft = typed_in(1)[0]
    settings.KEY_RING, settings.KEY_FOLDER = f"{NEW},{OLD}", tmp_path
    assert "k1: 1" in said("keys", "status")
    said("keys", "retire", "k1", code=1)
    assert not list(tmp_path.iterdir())
    assert "1 values sealed with k2" in said("keys", "rotate")
    assert "k1 is out of the ring" in said("keys", "retire", "k1")
    assert list(queries.key_ring().ciphers) == ["k2"]
    assert queries_drafts.opened(Draft.objects.get(pk=draft.pk), queries.key_ring()) == TYPED


@pytest.mark.django_db
def test_a_second_new_key_takes_over_a_rotation_that_was_cut_off(people, settings):
    settings.KEY_RING = f"{NEW},{OLD}"

    def stop(table: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions_keys.rotate_keys(portion=3, by=SYSTEM, progress=stop)
    settings.KEY_RING = f"{NEWER},{NEW},{OLD}"
    assert actions_keys.rotate_keys(portion=3, by=SYSTEM).key == "k3"
    assert queries_keys.sealed_by("registry_identity", "sealed") == {"k3": 12}


@pytest.mark.django_db
def test_a_key_that_is_missing_is_said_and_nothing_is_lost(people, settings):
    settings.KEY_RING = NEW
    with pytest.raises(Refusal) as refused:
        actions_keys.rotate_keys(by=SYSTEM)
    assert refused.value.code == "sealed_elsewhere"
    assert queries_keys.sealed_by("registry_identity", "sealed") == {"k1": 12}
    with pytest.raises(Refusal):
        actions_keys.rotate_keys(by=UPAZILA)


# ------------------------------------------------------------------------------------------------- the command


def listens() -> None:
    """Where the tests run in the background, Ctrl-C is ignored, and a process inherits that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    found = connection.settings_dict
    address = f"postgresql://{found['USER']}@/{found['NAME']}?host={found['HOST'] or found['OPTIONS']['host']}"
    environment = {**os.environ, "DATABASE_URL": address, "SHOHAY_VAR": str(folder), "LANG": "C"}
    return subprocess.Popen(
        [sys.executable, "-c", "from shohay.cli.main import app; app()", *arguments],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=listens,
    )  # fmt: skip


def said(*arguments: str, code: int = 0) -> str:
    """What the command says, in this process: one of its own takes two seconds to begin."""
    done = CliRunner().invoke(app, [*arguments])
    assert done.exit_code == code, done.output
    return done.output


def portions_done() -> int:
    rotation = KeyRotation.objects.filter(state="running").first()
    return rotation.places.get("registry_identity", {}).get("done", 0) if rotation else 0


@pytest.mark.parametrize("how", [signal.SIGKILL, pytest.param(signal.SIGINT, marks=pytest.mark.heavy)])
def test_the_command_killed_in_the_middle_and_run_again_completes(committed, settings, tmp_path, how):  # noqa: F811
    settings.KEY_FOLDER = tmp_path / "secrets"
    make_places()

    def checked(rows: list) -> object:
        from shohay.stages.intake import actions as intake
        from tests.household_files import data

        upload = intake.receive(data=data(rows), file_name="f.csv", area_code=UNION[:6], by=OPERATOR)
        return intake.check(upload=upload, by=OPERATOR)

    first = command(tmp_path, "keys", "status")  # makes the first keys of this folder
    assert first.wait(timeout=120) == 0, first.communicate()
    secrets = tmp_path / "secrets"
    settings.KEY_RING = f"k1:{(secrets / 'seal_key').read_text()}"
    settings.DIGEST_KEY = (secrets / "digest_key").read_text()
    people = fill(checked, 150)
    assert "k2 seals from now on" in said("keys", "new", "--digest")
    assert (secrets / "keys.json").stat().st_mode & 0o077 == 0
    assert queries.key_ring().current == "k2"  # this process runs on and knows the new key
    assert "300 values" in said("keys", "retire", "k1", code=1)
    process = command(tmp_path, "keys", "rotate", "--portion", "1")
    while portions_done() < 20:
        assert process.poll() is None, process.communicate()
    process.send_signal(how)
    process.communicate(timeout=60)
    assert 20 <= portions_done() < 150
    assert everybody_is_found(people[:30])
    status = json.loads(said("keys", "status", "--json"))
    assert status["rotating"]["registry_identity"]["done"] == portions_done()
    assert "300 values sealed with k2" in said("keys", "rotate")
    assert "k1 is out of the ring" in said("keys", "retire", "k1")
    assert list(queries.key_ring().ciphers) == ["k2"]
    assert len(queries.key_ring().digest_keys) == 1
    assert everybody_is_found(people[:30])
    assert Account.objects.count() == Identity.objects.count() == 150
