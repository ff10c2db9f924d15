"""Each adapter against its pretended party over loopback: what is asked, what comes back, what it means."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shohay.adapters import civil_registration, disability_register, nid, sim_owner, wallets
from shohay.adapters.calling import Line, Patience
from shohay.adapters.simulators.world import HASH_KEY
from shohay.core.verification import CallFailed, CallRefused, Question
from tests.adapters import parties
from tests.adapters.parties import KEY, Party
from tests.household_files import row

ROWS = [
    row("H1", 1, id_kind="nid10", id_number="1234567890", name_bn="ফাতেমা খাতুন", name_en="Fatema Khatun", father_name="করিম",
        account_kind="mfs", account_provider="bkash", account_number="01712345678", disability="visual"),
    row("H2", 1, id_kind="nid17", id_number="19602610811000123", name_bn="রহিম উদ্দিন", birth_date="০১/০৩/১৯৬০"),
    row("H3", 1, id_kind="nid10", id_number="4444444444", birth_date="1948-01-05"),
    row("H4", 1, id_kind="nid10", id_number="3333333333", birth_date="1955-01-05"),
    row("H5", 1, id_kind="brn17", id_number="20152610811000777", birth_date="2015-06-07"),
]  # fmt: skip
TRUTH = [
    {"kind": "dead_beneficiary", "household_reference": "H3", "line_no": 1, "detail": "2025-02-03"},
    {"kind": "wrong_age", "household_reference": "H4", "line_no": 1, "detail": "1963-01-05"},
    {"kind": "ghost", "household_reference": "H2", "line_no": 1, "detail": None},
]
FATEMA = Question(
    1, "nid10", "1234567890", "ফাতেমা খাতুন", "Fatema Khatun", "করিম", "", date(1960, 3, 1), "female", "visual"
)
QUICK = Patience(attempts=2, first_pause=0.001, longest_pause=0.001, timeout=5)


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Party]]:
    world = parties.make_world(tmp_path_factory.mktemp("world"), ROWS, TRUTH)
    names = ("nid", "civil_registration", "disability_register", "sim_owner", "wallets")
    with ExitStack() as open_:
        yield {name: open_.enter_context(parties.running(name, world)) for name in names}


def line(party: Party, key: str = KEY) -> Line:
    return Line(party.url, key=key, calls_a_second=1000, patience=QUICK)


def test_election_commission(up):
    adapter = nid.Nid(line(up["nid"]))
    ghost = replace(FATEMA, key=2, kind="nid17", number="19602610811000123")
    wrong_age = replace(
        FATEMA, key=3, number="3333333333", birth_date=date(1955, 1, 5), name_bn=ROWS[3]["name_bn"], name_en=""
    )
    other = replace(FATEMA, key=4, name_bn="জাহাঙ্গীর আলম", name_en="", birth_date=date(1981, 1, 1), father_name="")
    spelt = replace(FATEMA, key=5, name_bn="ফাতিমা খাতুন", name_en="", father_name="করীম")
    answers = {one.key: one for one in adapter.ask([FATEMA, ghost, wrong_age, other, spelt], request_id="n1")}
    assert (answers[1].level, answers[1].fields["name"], answers[1].fields["mother_name"]) == (
        "exact",
        "same",
        "unknown",
    )
    assert answers[1].reference.startswith("EC-")
    assert (answers[2].level, dict(answers[2].fields)) == ("not_found", {})
    assert (answers[3].level, answers[3].fields["name"], answers[3].fields["birth_date"]) == (
        "partial",
        "same",
        "differs",
    )
    assert (answers[4].level, answers[4].fields["birth_date"]) == ("none", "differs")
    assert (answers[5].level, answers[5].fields["name"]) == ("partial", "close")


def test_civil_registration_tells_births_and_deaths(up):
    adapter = civil_registration.CivilRegistration(line(up["civil_registration"]))
    dead = replace(FATEMA, key=2, number="4444444444")
    child = replace(FATEMA, key=3, kind="brn17", number="20152610811000777", birth_date=date(2015, 6, 7),
                    name_bn=ROWS[4]["name_bn"], name_en="")  # fmt: skip
    as_nid = replace(child, key=4, kind="nid17")
    answers = {one.key: one for one in adapter.ask([FATEMA, dead, child, as_nid], request_id="c1")}
    assert answers[2].fields["alive"] == "differs"
    assert answers[2].detail["died_on"] == "2025-02-03"
    assert (answers[3].level, answers[3].fields["alive"]) == ("exact", "same")
    assert answers[4].level == "not_found"  # the same 17 digits of another kind are another number
    assert answers[1].fields["alive"] == "same"


def test_disability_register(up):
    adapter = disability_register.DisabilityRegister(line(up["disability_register"]))
    other = replace(FATEMA, key=2, disability="speech")
    nobody = replace(FATEMA, key=3, number="9999999999")
    answers = {one.key: one.level for one in adapter.ask([FATEMA, other, nobody], request_id="d1")}
    assert answers == {1: "exact", 2: "none", 3: "not_found"}


def test_owner_of_a_sim_is_compared_by_hash_only(up):
    adapter = sim_owner.SimOwner(line(up["sim_owner"]), HASH_KEY)
    asked = replace(FATEMA, kind="mfs", number="01712345678", identity=(("nid10", "1234567890"),))
    stranger = replace(asked, key=2, identity=(("nid10", "4444444444"),))
    nameless = replace(asked, key=3, identity=())
    unknown = replace(asked, key=4, number="01999999999")
    answers = {one.key: one for one in adapter.ask([asked, stranger, nameless, unknown], request_id="s1")}
    assert (answers[1].fields["owner"], answers[2].fields["owner"]) == ("same", "differs")
    assert (answers[3].fields["owner"], answers[4].level) == ("unknown", "not_found")
    wrong_key = sim_owner.SimOwner(line(up["sim_owner"]), "another key")
    assert wrong_key.ask([asked], request_id="s2")[0].fields["owner"] == "differs"


def test_wallets(up):
    adapter = wallets.Wallets(line(up["wallets"]))
    asked = replace(FATEMA, kind="mfs", number="01712345678", provider="bkash")
    other = replace(asked, key=2, name_bn="জাহাঙ্গীর আলম", name_en="")
    unknown = replace(asked, key=3, number="01999999999")
    answers = {one.key: one for one in adapter.ask([asked, other, unknown], request_id="w1")}
    assert (answers[1].level, answers[1].detail["state"]) == ("exact", "open")
    assert answers[2].fields["holder"] == "differs"
    assert answers[3].level == "not_found"


def test_one_record_has_an_address_of_its_own(up):
    asked = {"id": 1, "nid": "1234567890", "name_bn": "ফাতেমা খাতুন", "name_en": "", "dob": "", "father": "", "mother": ""}
    status, answer = up["nid"].post("/v1/match", asked)
    assert (status, answer["found"], answer["match"]["birth_date"]) == (200, True, "unknown")
    assert up["nid"].post("/v1/match/batch", {"requests": [asked] * 501})[0] == 413
    assert up["nid"].post("/v1/match/batch", {"people": []})[0] == 400
    assert up["nid"].post("/v2/match", asked)[0] == 404


def test_who_does_not_say_the_key_is_refused_and_does_not_try_again(up):
    before = up["nid"].counts["calls"]
    with pytest.raises(CallRefused, match="401"):
        nid.Nid(line(up["nid"], key="wrong")).ask([FATEMA], request_id="x1")
    assert up["nid"].counts["calls"] == before + 1


def test_asked_twice_with_the_same_request_id_counts_once(up):
    adapter, before = nid.Nid(line(up["nid"])), up["nid"].counts
    assert adapter.ask([FATEMA], request_id="r1") == adapter.ask([FATEMA], request_id="r1")
    after = up["nid"].counts
    assert (after["records"] - before["records"], after["replays"] - before["replays"]) == (1, 1)


def test_nonsense_is_never_taken_for_an_answer(up):
    asked = [FATEMA, replace(FATEMA, key=2)]
    try:
        up["nid"].control(wrong=1)
        for number in range(4):  # the four ways to be wrong
            with pytest.raises(CallFailed):
                nid.Nid(line(up["nid"])).ask(asked, request_id=f"w{number}")
    finally:
        up["nid"].control(wrong=0)
    assert len(nid.Nid(line(up["nid"])).ask(asked, request_id="w0")) == 2


def test_a_world_that_was_not_made_is_said(tmp_path: Path):
    with pytest.raises(AssertionError), parties.running("nid", tmp_path):
        pass
