"""Search first: the few people that a number or a name may mean, likeliest first, and never a scan of the registry.

A number is found by its keyed digest, as every kind that a number of its length can be; else it is the number of a
household. A name is found by its phonetic key inside an area; then, only while little is found, by keys one word away
(the words that people misspell stand in a dictionary), and in a small area by the words anywhere in the name.

What keeps it quick at any size: all conditions are equalities and ranges on columns collated "C", the only operators
that row security lets use an index (LIKE and trigrams would not). One index begins with the key, for whole names
anywhere; one begins with the union, for beginnings of names inside an area (PostgreSQL looks once into each union: a
skip scan) and for words anywhere in a small one. What is read is bounded by limits, and a name that more than ``MANY``
people bear is not listed but counted: the officer is asked to narrow the area.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.core import name_search
from shohay.core.bangla import normalise, to_latin_digits
from shohay.core.messages import Refusal
from shohay.core.name_search import Asked
from shohay.core.values import Mobile
from shohay.stages.accounts.officer import Officer
from shohay.stages.places.queries import AREA_NAMES
from shohay.stages.registry.models import Account, Household, Identity, Person
from shohay.stages.registry.queries_ring import key_ring

LIMIT = 20
MANY = 500  # people of one name: beyond it none is listed
RANKED = 60  # of those of one name, so many are weighed
LOOKS = 4_000  # places of the index looked into for names that begin so: unions x keys
KEYS = 200  # keys one word away that are tried
EACH = 12  # people taken of each of those
WORDS_NEAR = 40  # words of the dictionary tried in place of one word
SCANNED = 30_000  # entries of the index read for a word that stands anywhere in a name
UNION = 8  # digits of its code
SMALL = 6  # digits of a code from which an area is small enough for that: an upazila
COLUMNS = "id, area_code, name_key, name_bn, name_en"  # of a Row
LONGEST_REFERENCE = 40
OLDEST = 1900  # birth years tried before an NID of 13 digits

EXACT, SOUNDS, BEGINS, NEAR, PART, NUMBER = "exact", "sounds", "begins", "near", "part", "number"

Branch = tuple[str, list[Any]]  # a condition in SQL and its values


@dataclass(frozen=True)
class Hit:
    """One person found; ``how``: exact spelling, sounds the same, begins so, one word differs, a part, a number."""

    person: Person
    how: str


@dataclass(frozen=True)
class Found:
    """``count`` is how many bear the name; ``too_many``: it is estimated, nobody is listed, the area must be narrowed.
    ``more``: others were about as near; ``wider``: in a smaller area further kinds of likeness are looked for."""

    hits: list[Hit] = field(default_factory=list)
    count: int = 0
    too_many: bool = False
    more: bool = False
    wider: bool = False


@dataclass(frozen=True)
class Row:
    """A candidate as the index and its row tell it."""

    pk: int
    area: str
    key: str
    name_bn: str
    name_en: str


def search(*, officer: Officer, text: str, area: str = "", limit: int = LIMIT) -> list[Person]:
    """The people alone; see ``look_up``."""
    return [hit.person for hit in look_up(officer=officer, text=text, area=area, limit=limit).hits]


def look_up(*, officer: Officer, text: str, area: str = "", limit: int = LIMIT) -> Found:
    """People of the officer's areas (and of ``area``) that ``text`` may mean, likeliest first, at most ``limit``.

    ``text``: an identity, account or phone number, a household's number, or a name in Bangla or English. Raises
    not_allowed, search_too_short.
    """
    officer.require("person.search")
    text = readable(text)
    scope = _scope(officer, area)
    digits = re.sub(r"[\s\-+().]", "", to_latin_digits(text))
    if digits.isascii() and digits.isdigit() and len(digits) >= 3:
        return _listed(scope, _by_number(scope, digits, text), limit)
    numbered = len(text) >= 3 and re.search(r"\d", text) is not None
    households = _households(scope, text) if numbered else []
    if households:
        return _listed(scope, _members(scope, households), limit)
    asked = name_search.asked(text)
    if len("".join(asked.plain)) >= 2:
        return _by_name(scope, asked, limit)
    if numbered:
        return Found()
    raise Refusal("search_too_short")


def readable(text: str) -> str:
    """The text as it is looked for: normalised, without signs that no form writes (NUL, half characters)."""
    kept = "".join(letter for letter in text[: name_search.LONGEST * 2] if letter.isprintable() or letter.isspace())
    return normalise(kept.encode("utf-8", "ignore").decode())[: name_search.LONGEST]


# -- where -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scope:
    """The codes to look under ('' = everywhere) and the unions there, both in order."""

    codes: list[str]
    unions: list[str]

    @property
    def small(self) -> bool:
        return all(len(code) >= SMALL for code in self.codes)


def _scope(officer: Officer, area: str) -> Scope:
    """``area`` where the officer covers it, else their areas inside it."""
    area = area if re.fullmatch(r"[0-9]{0,12}", area) else "-"
    mine = {area if area.startswith(code) else code for code in officer.areas if _overlap(code, area)}
    widest = sorted(code for code in mine if not any(code != other and code.startswith(other) for other in mine))
    unions = [code for code in AREA_NAMES() if len(code) == UNION and code.startswith(tuple(widest))]
    return Scope(widest, sorted(unions))


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _area(code: str) -> tuple[str, list[str]]:
    """The condition that a row is of the area, as a range; in collation "C" '~' comes after digits."""
    return ("area_code >= %s and area_code < %s", [code, f"{code}~"]) if code else ("true", [])


def _within(scope: Scope) -> Q:
    """The same for querysets."""
    if "" in scope.codes:
        return Q()
    condition = Q(pk__in=[])
    for code in scope.codes:
        condition |= Q(area_code__gte=code, area_code__lt=f"{code}~")
    return condition


# -- by number ---------------------------------------------------------------------------------------------------------


def _by_number(scope: Scope, digits: str, text: str) -> list[int]:
    """People by keyed digest of every kind that the number can be; else those of the household of that number."""
    ring = key_ring()
    found: set[int] = set()
    if len(digits) >= 6:
        identities = _identity_digests(ring, digits)
        held = Identity.objects.filter(digest__in=identities, withdrawn_at__isnull=True)
        found |= set(held.values_list("person_id", flat=True)[:MANY]) if identities else set()
        accounts = Account.objects.filter(digest__in=_account_digests(ring, digits), valid_to__isnull=True)
        found |= set(accounts.values_list("person_id", flat=True)[:MANY])
    return sorted(found) or _members(scope, _households(scope, text))


def _identity_digests(ring: KeyRing, digits: str) -> list[bytes]:
    """As typed; and the NID of 17 digits also as the 13 after the birth year, and the other way round."""
    numbers = [(kind, digits) for kind in Identity.Kind.values if kind.endswith(str(len(digits)))]
    if len(digits) == 17:
        numbers.append((Identity.Kind.NID13, digits[4:]))
    if len(digits) == 13:
        numbers += [(Identity.Kind.NID17, f"{year}{digits}") for year in range(OLDEST, timezone.localdate().year + 1)]
    return [one for kind, number in numbers for one in sealing.digests(ring, kind, number)]


def _account_digests(ring: KeyRing, digits: str) -> list[bytes]:
    """As typed, as a mobile number without +88, and as the wallets that put a check digit behind the mobile number."""
    numbers = {digits}
    try:
        mobile = Mobile.parse(digits).digits
        numbers |= {mobile, *(f"{mobile}{last}" for last in range(10))}
    except ValueError:
        pass
    return [
        one for kind in Account.Kind.values for number in sorted(numbers) for one in sealing.digests(ring, kind, number)
    ]


def _households(scope: Scope, text: str) -> list[int]:
    """Households of this number in these areas; capitals or not, digits of either script."""
    if len(text) > LONGEST_REFERENCE:
        return []
    latin = to_latin_digits(text)
    spellings = sorted({text, latin, latin.upper(), latin.lower(), latin.replace(" ", "")})
    found = Household.objects.filter(_within(scope), reference__in=spellings)
    return list(found.order_by("pk").values_list("pk", flat=True)[:LIMIT])


def _members(scope: Scope, households: list[int]) -> list[int]:
    people = Person.objects.filter(_within(scope), household__in=households) if households else Person.objects.none()
    return list(people.order_by("household_id", "line_no", "pk").values_list("pk", flat=True)[:MANY])


def _listed(scope: Scope, people: list[int], limit: int) -> Found:
    """Those of ``people`` who are in the areas, in their order; row security takes away the others as well."""
    held = {one.pk: one for one in Person.objects.filter(_within(scope), pk__in=people).select_related("household")}
    hits = [Hit(held[pk], NUMBER) for pk in people if pk in held]
    return Found(hits[:limit], count=len(hits), more=len(hits) > limit)


# -- by name -----------------------------------------------------------------------------------------------------------


def _by_name(scope: Scope, asked: Asked, limit: int) -> Found:
    """Names that sound so and names that begin so; what is one word away only while there is room."""
    same = asked.same + asked.moved
    rows, count, last = _named(scope, same, asked)
    if count <= MANY and count < limit:
        begun, more, _ = _beginning(scope, same, asked)
        if not count and more > MANY:
            return Found(count=MANY, too_many=True)
        rows += begun
    if count > MANY:
        return Found(count=_about(scope, last, count), too_many=True)
    few = len(rows) < limit // 2
    if len(rows) < limit:
        rows += _one_by_one(scope, _near(asked))
    if few and scope.small:
        rows += _anywhere(scope, asked)
    more = len({row.pk for row in rows}) > limit
    return Found(_ranked(rows, asked, limit), count=count, more=more, wider=few and not scope.small)


def _named(scope: Scope, keys: list[str], asked: Asked) -> tuple[list[Row], int, str]:
    """People whose key is one of ``keys``, as _counted tells them."""
    branches = [(f"{area} and name_key = any(%s)", [*bounds, keys]) for area, bounds in map(_area, scope.codes)]
    return _counted(branches, asked)


def _beginning(scope: Scope, keys: list[str], asked: Asked) -> tuple[list[Row], int, str]:
    """People whose key begins with one of ``keys`` and goes on, as _counted tells them."""
    most = len(keys) if "" in scope.codes else max(1, LOOKS // max(1, len(scope.unions)))
    branches = [
        (f"{area} and name_key > %s and name_key < %s", [*bounds, key, f"{key}~"])
        for area, bounds in map(_area, scope.codes)
        for key in keys[:most]
    ]
    return _counted(branches, asked)


def _counted(branches: list[Branch], asked: Asked) -> tuple[list[Row], int, str]:
    """(The likeliest RANKED of the people in the branches, how many there are to MANY + 1, the last union of these).

    Counting reads the index alone; people are read only when they are not too many to be listed.
    """
    if not branches:
        return [], 0, ""
    where = [condition for condition, _ in branches]
    bounds = [value for _, values in branches for value in values]
    met = " union all ".join(f"(select area_code from registry_person where {one} limit {MANY + 1})" for one in where)
    read = " union all ".join(
        f"(select {COLUMNS} from registry_person where {one} and met.n <= {MANY} limit {MANY})" for one in where
    )
    typed = " ".join(asked.plain)
    rows = _ask(
        f"""
        with met as materialized (select count(*) as n, max(area_code) as last from ({met}) m)
        select {COLUMNS}, met.n, met.last from met left join lateral ({read}) p on true
        order by not (position(%s in lower(name_bn)) > 0 or position(%s in lower(name_en)) > 0), area_code, name_key, id
        limit {RANKED}
        """,
        [*bounds, *bounds, typed, typed],
    )
    return [Row(*one[:5]) for one in rows if one[0] is not None], rows[0][5], rows[0][6] or ""


def _one_by_one(scope: Scope, keys: list[str]) -> list[Row]:
    """A few people of each of many keys, the likeliest keys first, so that no common name pushes the others out."""
    found: list[Row] = []
    for area, bounds in map(_area, scope.codes if keys else []):
        rows = _ask(
            f"""
            select p.* from unnest(%s::text[]) with ordinality k (key, place), lateral (
                select {COLUMNS} from registry_person where {area} and name_key = k.key collate "C" limit {EACH}) p
            order by k.place, p.area_code, p.id limit {RANKED * 2}
            """,
            [keys, *bounds],
        )
        found += [Row(*one) for one in rows]
    return found


def _anywhere(scope: Scope, asked: Asked) -> list[Row]:
    """People of a small area in whose name each word stands somewhere: the index read from end to end, to a limit."""
    words = [word[0].removeprefix("a") or word[0] for word in asked.words]
    holds = " and ".join("position(%s in name_key) > 0" for _ in words)
    rows: list[Row] = []
    for area, bounds in map(_area, scope.codes):
        read = _ask(
            f"""
            with held as materialized (
                select distinct area_code, name_key
                from (select area_code, name_key from registry_person where {area}
                      order by area_code, name_key limit {SCANNED}) p
                where {holds} limit {RANKED})
            select p.id, area_code, name_key, p.name_bn, p.name_en
            from held join registry_person p using (area_code, name_key) order by p.id limit {RANKED}
            """,
            [*bounds, *words],
        )
        rows += [Row(*one) for one in read]
    return [row for row in rows if any(name_search.holds(name, asked) for name in (row.name_bn, row.name_en))]


def _near(asked: Asked) -> list[str]:
    """Keys one word away: a word misspelt, left out, or exchanged as papers exchange them; the likeliest first."""
    known = _known({one for word in asked.words for one in name_search.misspelt(word[0])})
    each = [
        asked.replaced(place, [one for one in name_search.misspelt(word[0]) if one in known][:WORDS_NEAR])
        for place, word in enumerate(asked.words)
    ]
    taken = set(asked.same) | set(asked.moved)
    found = dict.fromkeys(chain(asked.changed, asked.shorter, *_in_turn(each)))
    return [key for key in found if key and key not in taken][:KEYS]


def _in_turn(lists: list[list[str]]) -> list[list[str]]:
    """[[a, b], [c]] -> [[a, c], [b]]: the likeliest of every word before the second likeliest of any."""
    longest = max((len(one) for one in lists), default=0)
    return [[one[place] for one in lists if place < len(one)] for place in range(longest)]


def _known(words: set[str]) -> set[str]:
    """Those of ``words`` that names in the registry are made of."""
    if not words:
        return set()
    return {key for (key,) in _ask("select key from registry_nameword where key = any(%s)", [sorted(words)])}


def _ask(query: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def _ranked(rows: list[Row], asked: Asked, limit: int) -> list[Hit]:
    """The likeliest ``limit`` as people, each once."""
    plain = name_search.plain(" ".join(asked.plain))
    weighed = {row.pk: _weight(row, asked, plain) for row in rows}
    areas = {row.pk: (row.area, row.key, row.pk) for row in rows}
    best = sorted(weighed, key=lambda pk: (*weighed[pk], *areas[pk]))[:limit]
    held = Person.objects.select_related("household").in_bulk(best)
    return [Hit(held[pk], KINDS[weighed[pk][0]]) for pk in best if pk in held]


KINDS = (EXACT, SOUNDS, SOUNDS, BEGINS, PART, NEAR)


def _weight(row: Row, asked: Asked, plain: str) -> tuple[int, float]:
    """How far a name is from the one asked, the nearest first: its kind, then the letters that it does not share."""
    names = [name for name in (row.name_bn, row.name_en) if name]
    words = [name_search.bare(name) for name in names]
    unlike = -max((name_search.alike(plain, name_search.plain(name)) for name in names), default=0.0)
    if asked.plain in words:
        return 0, unlike
    if row.key in asked.same:
        return 1, unlike
    if row.key in asked.moved:
        return 2, unlike
    if any(row.key.startswith(key) for key in asked.same):
        return 3, unlike
    return (4 if any(name_search.holds(name, asked) for name in names) else 5), unlike


def _about(scope: Scope, last: str, count: int) -> int:
    """How many bear the name: ``count`` were met by the union ``last`` in the order of codes, the rest in proportion.

    Two digits that mean something, since it is a guess.
    """
    met = max(1, bisect_right(scope.unions, last))
    guess = count * max(met, len(scope.unions)) // met
    unit = 10 ** max(0, len(str(guess)) - 2)
    return int(max(guess // unit * unit, MANY))
