"""Looking people up by name and number in a national registry, with row security on, as the office's page does it."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

DEFAULT_ROWS = 1_000_000
QUESTIONS = 60  # of each kind
COMMON = ("আব্দুল করিম", "Abdul Karim", "মোঃ রফিকুল ইসলাম", "রহিমা খাতুন", "Fatema Begum")
Question = tuple[str, str, str, int]  # kind, area of the officer ('' = everywhere), text, the person meant


def run(rows: int) -> dict[str, Any]:
    """``p50_ms``, ``p95_ms``, ``p99_ms`` over all questions and of each kind; ``found`` is how many were answered by
    people or by their number, ``right`` how many lists hold the person who was meant."""
    from shohay.cli.benches import _people

    held = _people.open_population(rows)
    _ask("", "রহিমা খাতুন")  # a running server has read the names of places
    spent: dict[str, list[float]] = {}
    found, right = Counter[str](), Counter[str]()
    for kind, area, text, meant in _questions():
        seconds, listed, too_many = _ask(area, text)
        spent.setdefault(kind, []).append(seconds)
        found[kind] += bool(listed) or too_many
        right[kind] += meant in listed
    every = [one for list_ in spent.values() for one in list_]
    return {
        "rows": held,
        "seconds": round(sum(every), 2),
        "questions": len(every),
        **_percentiles(every),
        "kinds": {
            kind: {"of": len(list_), "found": found[kind], "right": right[kind]} | _percentiles(list_)
            for kind, list_ in sorted(spent.items())
        },
    }


def _ask(area: str, text: str) -> tuple[float, list[int], bool]:
    """(Seconds, people listed, too many) of one search as a signed-in request makes it: in a transaction of the web
    role, bound to the area."""
    from django.db import transaction

    from shohay.stages.accounts import rls
    from shohay.stages.accounts.officer import Officer
    from shohay.stages.registry.queries_search import look_up

    officer = Officer(username="bench", role="upazila_officer", areas=(area,), programmes=("",))
    started = time.perf_counter()
    with transaction.atomic():
        rls.enter(officer)
        answer = look_up(officer=officer, text=text)
    return time.perf_counter() - started, [hit.person.pk for hit in answer.hits], answer.too_many


def _percentiles(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        f"p{share}_ms": round(ordered[min(len(ordered) - 1, len(ordered) * share // 100)] * 1000, 1)
        for share in (50, 95, 99)
    }


def _questions() -> list[Question]:
    """Every kind in turn and mixed, so that no kind finds the memory warmed by itself; the same on each run."""
    from shohay.cli.benches import _people
    from shohay.stages.registry.models import Person

    draw = random.Random(2026)
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    chosen = [Person.objects.filter(pk__gte=draw.randrange(1, last)).order_by("pk") for _ in range(QUESTIONS)]
    people = list({one.pk: one for one in (found.select_related("household")[0] for found in chosen)}.values())
    draw.shuffle(people)
    numbers = _people.give_numbers([(person.pk, at) for at, person in enumerate(people)])
    asked = [(*one, person.pk) for at, person in enumerate(people) for one in _about(person, numbers[at], draw)]
    draw.shuffle(asked)
    return asked


def _about(person: Any, numbers: tuple[str, str], draw: random.Random) -> Iterator[tuple[str, str, str]]:
    """What officers ask when they look for this person."""
    union, upazila, district = person.area_code, person.area_code[:6], person.area_code[:4]
    words = [word for word in person.name_bn.split() if not _title(word)]
    for name, area in (("union", union), ("upazila", upazila), ("district", district), ("country", "")):
        yield f"exact_{name}", area, person.name_bn
        yield f"misspelt_{name}", area, _misspelt(" ".join(words), draw)
        yield f"common_{name}", area, draw.choice(COMMON)
    yield "latin_upazila", upazila, person.name_en or person.name_bn
    yield "no_title_upazila", upazila, " ".join(words)
    yield "swapped_upazila", upazila, " ".join(reversed(words))
    yield "last_word_union", union, words[-1] if words else person.name_bn
    yield "last_word_upazila", upazila, words[-1] if words else person.name_bn
    yield "first_word_district", district, words[0] if words else person.name_bn
    yield "nobody_upazila", upazila, "".join(draw.choice("bdfghjklmnprstaeiou") for _ in range(12))
    yield "nobody_country", "", "".join(draw.choice("bdfghjklmnprstaeiou") for _ in range(12))
    yield "identity", draw.choice([upazila, ""]), numbers[0]
    yield "identity_of_nobody", draw.choice([upazila, ""]), f"19{draw.randrange(10**15):015d}"
    yield "phone", draw.choice([upazila, ""]), numbers[1]
    yield "phone_of_nobody", draw.choice([upazila, ""]), f"017{draw.randrange(10**8):08d}"
    yield "household", draw.choice([upazila, ""]), person.household.reference


def _title(word: str) -> bool:
    from shohay.core.bangla_names import TITLES, tokens

    return all(one in TITLES for one in tokens(word))


def _misspelt(name: str, draw: random.Random) -> str:
    """One letter of the name another one, or gone."""
    letters = [at for at, letter in enumerate(name) if "\u0995" <= letter <= "\u09b9"]
    if not letters:
        return name
    at = draw.choice(letters)
    return name[:at] + draw.choice(["", "ন", "ল", "র", "ত"]) + name[at + 1 :]
