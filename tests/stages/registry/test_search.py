"""Search first: who is found by which spelling, in what order, how many questions it asks, and what it never does."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from shohay.bulk import sealing
from shohay.core.bangla import name_key, normalise, token_key, tokens
from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.accounts.rls import enter
from shohay.stages.places.queries import forget
from shohay.stages.registry import queries_search
from shohay.stages.registry.models import Account, Household, Identity, NameWord, Person
from shohay.stages.registry.queries_ring import key_ring
from shohay.stages.registry.queries_search import look_up
from tests.household_files import OTHER_UNION, UNION
from tests.stages.registry.conftest import FAR, FAR_UNION, OPERATOR

VARIANTS = list(csv.DictReader((Path(__file__).parent / "name_variants.csv").open(encoding="utf-8")))
GIVEN = ("রহিম", "করিম", "জামাল", "কামাল", "ফরিদ", "শাহিন", "নাসিমা", "সালমা", "হালিমা", "পারুল", "শিউলি", "গীতা", "মিনা", "বাবুল")
FAMILY = ("উদ্দিন", "মিয়া", "শেখ", "সরকার", "বেগম", "খাতুন", "আক্তার", "দাস", "মণ্ডল", "প্রামাণিক", "হাওলাদার", "তালুকদার")
UNION_ONLY = Officer(username="union", role="union_operator", areas=(UNION,), programmes=("",))


def add(names: list[str], union: str = UNION, english: str = "") -> list[Person]:
    """People of these names, ten to a household."""
    now, start = timezone.now(), Household.objects.count()
    homes = Household.objects.bulk_create(
        Household(reference=f"{union}-{start + n}", area_code=union, area_type="rural", recorded_at=now)
        for n in range((len(names) + 9) // 10)
    )
    names = [normalise(name) for name in names]
    NameWord.objects.bulk_create(
        [NameWord(key=key) for key in {token_key(word) for name in names for word in tokens(name)} if key],
        ignore_conflicts=True,
    )
    return Person.objects.bulk_create(
        Person(household=homes[at // 10], area_code=union, line_no=at % 10 + 1, relation="head", name_bn=name,
               name_en=english, name_key=name_key(name), sex="female", recorded_at=now)
        for at, name in enumerate(names)
    )  # fmt: skip


def said(text: str, officer: Officer = OPERATOR, **more: object) -> list[tuple[str, str]]:
    return [(hit.person.name_bn, hit.how) for hit in look_up(officer=officer, text=text, **more).hits]


@pytest.fixture
def union(places) -> None:
    """A union of two thousand people with usual names."""
    forget()
    add([f"{given} {family}" for given in GIVEN for family in FAMILY] * 12)


def test_recall_of_spellings_that_offices_write(union, record_property):
    """Each name once among two thousand others; found is who stands among the first twenty."""
    names = sorted({normalise(one["registered"]) for one in VARIANTS})
    add(names)
    missed = [
        (one["registered"], one["asked"])
        for one in VARIANTS
        if normalise(one["registered"]) not in [name for name, _ in said(one["asked"])]
    ]
    recall = 1 - len(missed) / len(VARIANTS)
    record_property("recall_at_20", round(recall, 3))
    print(f"recall@20 {recall:.3f} of {len(VARIANTS)}; missed {missed}")
    assert len(VARIANTS) >= 60
    assert recall >= 0.97, missed


def test_the_nearest_comes_first(places):
    add(["Rahima Khatun", "রাহিমা খাতুন", "মোছাঃ রহিমা খাতুন", "খাতুন রহিমা", "রহিমা খাতুন বানু", "রহিমা বেগম", "সালমা বেগম"])
    assert said("রহিমা খাতুন") == [
        ("মোছাঃ রহিমা খাতুন", "exact"), ("Rahima Khatun", "sounds"), ("রাহিমা খাতুন", "sounds"), ("খাতুন রহিমা", "sounds"),
        ("রহিমা খাতুন বানু", "begins"), ("রহিমা বেগম", "near"),
    ]  # fmt: skip
    assert said("Rahima Khatun")[0] == ("Rahima Khatun", "exact")


def test_an_english_name_finds_a_record_in_bangla_alone_and_the_other_way_round(places):
    add(["আবুল কাশেম", "Jorina Bibi"])
    assert said("Abul Kashem") == [("আবুল কাশেম", "sounds")]
    assert said("জরিনা বিবি") == [("Jorina Bibi", "sounds")]
    assert said("Abul কাশেম") == [("আবুল কাশেম", "sounds")]


def test_a_word_that_stands_anywhere_is_found_in_a_small_area_only(places):
    add(["আবুল কালাম আজাদ"])
    assert said("আজাদ") == [("আবুল কালাম আজাদ", "part")]
    wide = look_up(officer=SYSTEM, text="আজাদ")
    assert (wide.hits, wide.wider) == ([], True)
    assert said("আজাদ", SYSTEM, area=UNION[:6]) == [("আবুল কালাম আজাদ", "part")]


def test_many_are_counted_and_not_listed(places, monkeypatch):
    monkeypatch.setattr(queries_search, "MANY", 30)
    forget()
    add(["আব্দুল করিম"] * 25, UNION)
    add(["আব্দুল করিম"] * 25, FAR_UNION)
    found = look_up(officer=SYSTEM, text="Abdul Karim")
    assert (found.hits, found.too_many) == ([], True)
    assert 30 <= found.count <= 100
    narrowed = look_up(officer=SYSTEM, text="Abdul Karim", area=UNION)
    assert (len(narrowed.hits), narrowed.count, narrowed.too_many) == (20, 25, False)
    assert look_up(officer=SYSTEM, text="Abdul", area="").too_many  # of the names that begin so


def test_row_security_holds_for_every_way_of_finding(places):
    (mine,) = add(["সোনাভান বিবি"], UNION)
    (other,) = add(["সোনাভান বিবি"], FAR_UNION)
    ring = key_ring()
    for one in (mine, other):
        Account.objects.create(
            person=one, kind="mfs", provider="bkash", valid_from="2026-07-01", sealed=b"x",
            digest=sealing.digest(ring, "mfs", "01712345678"),
        )  # fmt: skip
    everywhere = Officer(username="wrong", role="upazila_officer", areas=("",), programmes=("",))
    with transaction.atomic():
        enter(FAR)
        for text in ("সোনাভান বিবি", "সোনাভন", "Sonabhan Bibe", "বিবি", "01712345678", other.household.reference):
            assert [hit.person.pk for hit in look_up(officer=everywhere, text=text).hits] in ([other.pk], []), text
        assert look_up(officer=everywhere, text=mine.household.reference).hits == []
        assert look_up(officer=everywhere, text="01712345678").hits[0].person == other
        with connection.cursor() as cursor:
            cursor.execute("reset role")


@pytest.mark.parametrize(
    ("kind", "held", "typed"),
    [
        ("nid10", "1234567890", "১২৩৪৫৬৭৮৯০"), ("nid13", "2611234567890", "26112 3456 7890"),
        ("nid17", "19602611234567890", "19602611234567890"), ("brn17", "19602611234567890", "1960-2611234567890"),
        ("nid17", "19602611234567890", "2611234567890"), ("nid13", "2611234567890", "19602611234567890"),
    ],
)  # fmt: skip
def test_identity_numbers_of_every_kind(places, kind: str, held: str, typed: str):
    person, _ = add(["ক খ", "গ ঘ"])
    ring = key_ring()
    Identity.objects.create(person=person, kind=kind, sealed=b"x", digest=sealing.digest(ring, kind, held))
    assert [hit.person for hit in look_up(officer=OPERATOR, text=typed).hits] == [person]
    assert look_up(officer=OPERATOR, text=typed[:-1]).hits == []


@pytest.mark.parametrize(
    "typed", ["01712345678", "+88 01712-345678", "8801712345678", "০১৭১২৩৪৫৬৭৮", "(017) 12 345678"]
)
@pytest.mark.parametrize("held", ["01712345678", "017123456789"])
def test_phones_and_wallets(places, typed: str, held: str):
    """The wallet that is the phone with a check digit behind it is found by the phone too."""
    person, _ = add(["ক খ", "গ ঘ"])
    digest = sealing.digest(key_ring(), "mfs", held)
    Account.objects.create(
        person=person, kind="mfs", provider="rocket", valid_from="2026-07-01", sealed=b"x", digest=digest
    )
    assert [hit.person for hit in look_up(officer=OPERATOR, text=typed).hits] == [person]
    assert look_up(officer=OPERATOR, text="01812345678").hits == []


@pytest.mark.parametrize(
    ("held", "typed"),
    [
        ("KB-007", "kb-007"),
        ("KB-007", "Kb-০০৭"),
        ("4521", "৪৫২১"),
        ("30260811-000007", "30260811-000007"),
        ("খ/১২", "খ/১২"),
    ],
)
def test_a_household_number_lists_its_members(places, held: str, typed: str):
    people = add(["ক খ", "গ ঘ"])
    Household.objects.filter(pk=people[0].household_id).update(reference=held)
    assert [hit.person for hit in look_up(officer=OPERATOR, text=typed).hits] == people
    assert look_up(officer=FAR, text=typed).hits == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\u200d\u200c",
        "%",
        "_%_",
        "ক",
        "।।",
        "\x00",
        "'",
        "12",
        "a",
        "\ud800",
        "--",
        "\u09cd",
        "🙂🙂🙂",
        "É" * 300,
    ],
)
def test_nothing_to_look_for_is_refused(places, text: str):
    add(["ক খ"])
    with pytest.raises(Refusal) as refused:
        look_up(officer=OPERATOR, text=text)
    assert refused.value.code == "search_too_short"


@pytest.mark.parametrize(
    "text",
    ["রহি\u200dমা\u200c খা\u200bতুন", "  রহিমা \n\t খাতুন  ", "রহিমা%খাতুন", "রহিমা খাতুন'; --", "Rahima\x00 Khatun",
     "রহিমা খাতুন" + " ।" * 200, "রহিমা_খাতুন", "RAHIMA   KHATUN", "রহিমা \ud800খাতুন", "(রহিমা) \"খাতুন\""],
)  # fmt: skip
def test_odd_signs_do_not_hide_a_name(places, text: str):
    add(["রহিমা খাতুন", "সালমা আক্তার"])
    assert said(text)[0][0] == "রহিমা খাতুন"
    assert ("সালমা আক্তার", "exact") not in said(text)


@pytest.mark.parametrize(
    "text", ["ক" * 300, "রহিমা " * 50, "9" * 300, "১" * 17 + "xy", "a b c d e f g h i j", "রহিমা" * 60]
)
def test_long_and_strange_texts_find_nobody_and_break_nothing(places, text: str):
    add(["রহিমা খাতুন"])
    assert len(look_up(officer=OPERATOR, text=text).hits) <= 1


@pytest.mark.parametrize("area", ["%", "30260811'", "x", "-", "3026081199999", "১০"])
def test_an_area_that_is_none_finds_nobody(places, area: str):
    add(["রহিমা খাতুন"])
    assert said("রহিমা খাতুন", area=area) == []


@pytest.mark.parametrize(
    ("text", "officer", "most"),
    [
        ("রহিমা খাতুন", OPERATOR, 6),  # same, begins, dictionary, one word away, anywhere, the people
        ("রহিম উদ্দিন", UNION_ONLY, 4), ("রহিম উদ্দিন", SYSTEM, 4), ("xyzzy", OPERATOR, 6),
        ("01712345678", OPERATOR, 4), ("19602611234567890", OPERATOR, 4), (f"{UNION}-1", OPERATOR, 4),
    ],
)  # fmt: skip
def test_how_many_questions_a_search_asks(union, django_assert_max_num_queries, text: str, officer: Officer, most: int):
    look_up(officer=officer, text=text)  # names of places are read once
    with django_assert_max_num_queries(most):
        look_up(officer=officer, text=text)


def test_an_officer_of_two_areas(places):
    add(["রহিমা খাতুন"], UNION)
    add(["রহিমা খাতুন"], FAR_UNION)
    two = Officer(username="two", role="upazila_officer", areas=(UNION, FAR_UNION[:6], UNION[:6]), programmes=("",))
    assert len(said("Rohima Khatun", two)) == 2
    assert len(said("Rohima Khatun", two, area=FAR_UNION)) == 1
    assert said("Rohima Khatun", two, area=OTHER_UNION) == []
