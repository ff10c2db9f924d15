"""Databases that are made once for a whole run and copied by whoever needs one: copying takes a fifth of a second,
migrating six, the small world three tenths for each test that would make it anew.

    migrated()              the name of an empty database with the present schema
    with_reference()        the same with the reference data
    in_small_world          pytest.mark.usefixtures("in_small_world"): the module's tests find the small world
    world                   its rows by name, for one test
"""

from __future__ import annotations

import copy
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from shohay.stages.places import queries as places
from shohay.web.parts import names
from tests.conftest import TEST_VAR
from tests.factories.world import World, make_world

MIGRATED, WITH_REFERENCE = "shohay_migrated", "shohay_with_reference"


@contextmanager
def connected_to(name: str) -> Iterator[None]:
    """Django's connection of this process leads to another database; to be used where tests may reach one at all."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


def _server() -> psycopg.Connection[Any]:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _once(name: str, make: Callable[[], None], template: str = "template1") -> str:
    """The database of this name, made by the first worker that asks; the others wait for it."""
    with _server() as server, (TEST_VAR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is None:
            server.execute(f"create database {name} template {template}")
            with connected_to(name):
                make()
    return name


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _load() -> None:
    from shohay.cli.load import load_reference
    from shohay.stages.accounts.officer import SYSTEM

    load_reference(by=SYSTEM)


def migrated() -> str:
    return _once(MIGRATED, _migrate)


def with_reference() -> str:
    return _once(WITH_REFERENCE, _load, template=migrated())


def _forget() -> None:
    """Names of places and programmes are kept in the process: those of another database are other ones."""
    places.forget()
    names._programmes.clear()


@pytest.fixture(scope="session")
def small_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[str, World]]:
    """A copy of the worker's database with the small world in it, and the rows by name."""
    name = f"{connection.settings_dict['NAME']}_world"
    with django_db_blocker.unblock(), _server() as server:
        server.execute(f"create database {name} template {migrated()}")
        with connected_to(name):
            made = make_world()
        yield name, made
        server.execute(f"drop database if exists {name} with (force)")


@pytest.fixture(scope="module")
def in_small_world(small_world: tuple[str, World]) -> Iterator[None]:
    """The tests of the module find the small world in their database; what each changes is rolled back as ever."""
    with connected_to(small_world[0]):
        _forget()
        yield
    _forget()


@pytest.fixture
def world(in_small_world: None, small_world: tuple[str, World], db: None) -> World:
    """The rows by name, for this test alone."""
    return World(rows=copy.deepcopy(small_world[1].rows))
