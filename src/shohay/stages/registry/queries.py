"""Reading the registry: search first, a person within one's areas, numbers masked.

A search is by number when it holds one, else by name: the phonetic key inside the area first (exact, then as the
beginning of a longer name), and only when that finds little the words of the name as people misspell them.
Comparisons are ranges and equalities on columns collated "C": row security lets only such leakproof operators use an
index (LIKE would not).
"""

from __future__ import annotations

import re
from typing import TypedDict

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from shohay.bulk import sealing
from shohay.bulk.sealing import KeyRing
from shohay.core.bangla import name_key, normalise, to_latin_digits, token_key, tokens
from shohay.core.bangla_names import join_keys
from shohay.core.messages import Refusal
from shohay.core.values import Mobile
from shohay.stages.accounts.officer import Officer
from shohay.stages.places.models import Area
from shohay.stages.registry.models import Account, Household, Identity, Membership, Person, Snapshot

LIMIT = 20
NEAR_WORDS = 6  # words of the dictionary tried for one misspelt word


class Masked(TypedDict):
    """What a page may show of the numbers: '•••••••789' and their kinds; '' when there is none."""

    identity: str
    identity_kind: str
    account: str
    account_kind: str
    provider: str


def key_ring() -> KeyRing:
    """The keys as they are now: those that `shohay keys new` made, else those of the settings."""
    made = sealing.kept(settings.KEY_FOLDER) if settings.KEY_FOLDER else None
    return made or KeyRing(settings.KEY_RING, settings.DIGEST_KEY)


def upazilas() -> list[str]:
    """Zila and upazila as identity numbers write them: '4952' of 554952."""
    levels = (Area.Level.UPAZILA, Area.Level.CITY_CORPORATION)
    return sorted({code[2:6] for code in Area.objects.filter(level__in=levels).values_list("code", flat=True)})


def search(*, officer: Officer, text: str, area: str = "", limit: int = LIMIT) -> list[Person]:
    """People of the officer's areas (and of ``area``) that ``text`` may mean, likeliest first, at most ``limit``.

    ``text``: an identity, account or phone number, a household reference, or a name in Bangla or English. Raises
    not_allowed, search_too_short.
    """
    officer.require("person.search")
    text = normalise(text)
    digits = re.sub(r"[\s\-+()]", "", to_latin_digits(text))
    scope = _scope(officer, area)
    if digits.isdigit() and len(digits) >= 6:
        return _by_number(scope, digits, text, limit)
    if any(letter.isdigit() for letter in digits) and len(digits) >= 3:
        return list(scope.filter(household__reference__iexact=text).order_by("household_id", "line_no")[:limit])
    key = name_key(text)
    if len(tokens(text)) == 0 or len("".join(tokens(text))) < 2 or not key:
        raise Refusal("search_too_short")
    return _by_name(scope, text, key, limit)


def _scope(officer: Officer, area: str) -> QuerySet[Person]:
    """People in the officer's areas and in ``area``, as ranges of codes that the index can use."""
    narrowed = [area if area.startswith(mine) else mine for mine in officer.areas if _overlap(mine, area)]
    if "" in narrowed:  # the whole country: an empty condition, which would vanish from an "or"
        return Person.objects.select_related("household")
    condition = Q(pk__in=[])
    for prefix in narrowed:
        condition |= _within("area_code", prefix)
    return Person.objects.filter(condition).select_related("household")


def _overlap(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _within(field: str, prefix: str) -> Q:
    """The texts that begin with ``prefix``, as a range; in collation "C" '~' comes after digits and small letters."""
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + "~"}) if prefix else Q()


def _by_number(scope: QuerySet[Person], digits: str, text: str, limit: int) -> list[Person]:
    """By keyed digest: every kind that a number of this length can be; else a household reference made of digits."""
    ring = key_ring()
    kinds = [kind for kind in Identity.Kind.values if kind.endswith(str(len(digits)))]
    digests = [one for kind in kinds for one in sealing.digests(ring, kind, digits)]
    accounts = [
        one
        for kind in Account.Kind.values
        for wallet in {digits, _wallet(digits)}
        for one in sealing.digests(ring, kind, wallet)
    ]
    held = Identity.objects.filter(digest__in=digests, withdrawn_at__isnull=True)
    found = set(held.values_list("person_id", flat=True)) if digests else set()
    found |= set(Account.objects.filter(digest__in=accounts, valid_to__isnull=True).values_list("person_id", flat=True))
    condition = Q(pk__in=found) if found else Q(household__reference=text)
    return list(scope.filter(condition).order_by("pk")[:limit])


def _wallet(digits: str) -> str:
    try:
        return Mobile.parse(digits).digits
    except ValueError:
        return digits


def _by_name(scope: QuerySet[Person], text: str, key: str, limit: int) -> list[Person]:
    """Exact key, then keys that begin so, then misspelt words; each step only while there is room."""
    found: dict[int, Person] = {}
    for condition in (Q(name_key=key), _within("name_key", key)):
        _take(found, scope.filter(condition), limit)
    if len(found) < limit // 2:
        for other in _near_keys(text):
            if len(found) >= limit:
                break
            _take(found, scope.filter(_within("name_key", other)), limit)
    return list(found.values())[:limit]


def _take(found: dict[int, Person], rows: QuerySet[Person], limit: int) -> None:
    if len(found) < limit:
        for person in rows.order_by("area_code", "name_key", "pk")[: limit + len(found)]:
            found.setdefault(person.pk, person)


def _near_keys(text: str) -> list[str]:
    """Keys of the name with one word replaced by words one letter away in the dictionary of words."""
    keys = [key for key in map(token_key, tokens(text)) if key]
    near: list[str] = []
    for place, word in enumerate(keys):
        near += [join_keys([*keys[:place], other, *keys[place + 1 :]]) for other in _near_words(word)]
    return list(dict.fromkeys(near))


def _near_words(word: str) -> list[str]:
    if len(word) < 2:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "select key from registry_nameword where length(key) between %s and %s and key <> %s"
            " and levenshtein_less_equal(key, %s, 1) <= 1 order by length(key) <> %s, key limit %s",
            [len(word) - 1, len(word) + 1, word, word, len(word), NEAR_WORDS],
        )
        return [key for (key,) in cursor.fetchall()]


def person(officer: Officer, person_id: int) -> Person:
    """The person with household and upload, within the officer's areas; Person.DoesNotExist otherwise."""
    return (
        Person.objects.filter(officer.area_filter())
        .select_related("household", "household__upload", "upload", "duplicate_of")
        .get(pk=person_id)
    )


def household_of(officer: Officer, household_id: int) -> Household:
    """The household within the officer's areas; Household.DoesNotExist otherwise."""
    return Household.objects.filter(officer.area_filter()).get(pk=household_id)


def members(household: Household) -> QuerySet[Person]:
    return Person.objects.filter(household=household).order_by("line_no", "pk")


def memberships(person: Person) -> QuerySet[Membership]:
    """Where the person lived, latest first."""
    return Membership.objects.filter(person=person).select_related("household").order_by("-valid_from", "-pk")


def masked(person: Person) -> Masked:
    """The numbers of a person as a page may show them: all but the last three digits as points."""
    ring = key_ring()
    identity = person.identities.filter(withdrawn_at__isnull=True).order_by("-pk").first()
    account = person.accounts.filter(valid_to__isnull=True).first()
    return {
        "identity": _mask(ring, identity.kind, sealing.IDENTITY, bytes(identity.sealed)) if identity else "",
        "identity_kind": identity.kind if identity else "",
        "account": _mask(ring, account.kind, sealing.ACCOUNT, bytes(account.sealed)) if account else "",
        "account_kind": account.kind if account else "",
        "provider": account.provider if account else "",
    }


def _mask(ring: KeyRing, kind: str, place: str, sealed: bytes) -> str:
    try:
        number = sealing.open_sealed(ring, kind, place, sealed)
    except ValueError:
        return "•••"
    return "•" * (len(number) - 3) + number[-3:]


def snapshots() -> QuerySet[Snapshot]:
    """Snapshots, newest first; they hold no names that a page would show."""
    return Snapshot.objects.order_by("-taken_at", "-pk")
