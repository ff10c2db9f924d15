"""Who is asked and who is not; what an answer makes; a party that fails, refuses and comes back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from shohay.core.messages import Refusal
from shohay.core.verification import Answer, CallFailed, CallRefused, PartyOut, Question, Standing
from shohay.stages.accounts.officer import SYSTEM
from shohay.stages.audit.models import Event
from shohay.stages.registry import actions, actions_deaths, actions_identity, actions_verification
from shohay.stages.registry.models import Person
from shohay.stages.registry.models_history import LifeEvent
from shohay.stages.registry.models_verification import (
    Finding,
    PartyState,
    Verification,
    VerificationBatch,
    VerificationRun,
)
from shohay.stages.registry.verifying import go_on
from tests.household_files import OTHER_UNION, UNION, row
from tests.stages.registry.conftest import FAR, MANAGER, OPERATOR, UPAZILA

pytestmark = pytest.mark.django_db
EXACT = {"name": "same", "birth_date": "same"}
Said = Callable[[Question], Answer]


def exact(question: Question) -> Answer:
    return Answer(question.key, "exact", EXACT, {}, f"R{question.key}")


class Party:
    """Answers in this process; ``faults`` are raised first, one a call."""

    def __init__(self, said: Said = exact, faults: Sequence[Exception] = ()) -> None:
        self.said, self.faults = said, list(faults)
        self.asked: list[Question] = []
        self.requests: list[str] = []
        self.circuit = "closed"

    def ask(self, questions: Sequence[Question], *, request_id: str) -> list[Answer]:
        self.requests.append(request_id)
        if self.faults:
            raise self.faults.pop(0)
        self.asked += questions
        return [self.said(question) for question in questions]

    def standing(self) -> Standing:
        return Standing(self.circuit, 0.0, 1, 0, 0, "")


@pytest.fixture(autouse=True)
def small_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records a call, so that a few people make several calls."""
    from dataclasses import replace

    from shohay.core import verification

    for code, party in list(verification.PARTIES.items()):
        monkeypatch.setitem(verification.PARTIES, code, replace(party, batch=2))


@pytest.fixture
def people(checked) -> list[Person]:
    cells = {"birth_date": "1960-03-01", "account_kind": "mfs", "account_provider": "bkash"}
    rows = [
        row(f"H{n}", 1, id_kind="nid10", id_number=f"{1000000000 + n}", account_number=f"0171{n:07d}", **cells)
        for n in range(5)
    ]
    rows.append(
        row("H9", 1, id_kind="brn17", id_number="19602608110000001", union_code=OTHER_UNION, birth_date="1960-03-01")
    )
    actions.admit(upload=checked(rows), by=OPERATOR)
    return list(Person.objects.order_by("pk"))


def run(party: str, port: Party, *, area: str = "", by=SYSTEM, **how) -> VerificationRun:
    made = actions_verification.start_verification(party=party, area=area, by=by)
    quiet = {"workers": 1, "connections": 1, "progress": lambda *_: None, "sleep": lambda _: None}
    go_on(run=made, port=port, by=by, **{**quiet, **how})
    made.refresh_from_db()
    return made


def test_everybody_with_such_a_number_is_asked_once_and_the_answer_is_kept(people):
    port = Party()
    done = run("nid", port)
    assert (done.state, done.total, done.answered, done.levels, done.still_valid) == ("done", 5, 5, {"exact": 5}, 0)
    assert sorted(one.number for one in port.asked) == [f"{1000000000 + n}" for n in range(5)]
    assert len(set(port.requests)) == 3
    kept = Verification.objects.get(person=people[0])
    assert (kept.level, kept.fields, kept.reference) == ("exact", EXACT, f"R{kept.subject_id}")
    assert (kept.valid_until - kept.asked_at).days == 365
    assert not Finding.objects.exists()
    state = PartyState.objects.get(code="nid")
    assert (state.circuit, state.records) == ("closed", 5)
    assert state.last_answer_at is not None
    log = str(list(Event.objects.values_list("detail", flat=True)))
    assert "1000000000" not in log


def test_nobody_is_asked_again_while_the_answer_counts(people):
    run("nid", Party())
    again = Party()
    done = run("nid", again)
    assert (done.total, done.still_valid, again.asked) == (0, 5, [])
    Person.objects.filter(pk=people[1].pk).update(name_bn="অন্য নাম")  # other facts are another question
    held = people[2].identities.get()
    actions_identity.withdraw_number(held=held, reason="misread", by=UPAZILA)
    actions_identity.add_number(person=people[2], kind="nid10", number="9999999999", evidence="card", by=UPAZILA)
    Verification.objects.filter(person=people[3]).update(valid_until=timezone.now())
    some = Party()
    assert run("nid", some).still_valid == 2
    assert sorted(one.number for one in some.asked) == ["1000000001", "1000000003", "9999999999"]


def test_the_dead_and_second_records_are_not_asked_about(people):
    Person.objects.filter(pk=people[0].pk).update(death_date="2026-01-01")
    Person.objects.filter(pk=people[1].pk).update(duplicate_of=people[2])
    assert run("nid", Party()).total == 3


def test_only_the_area_and_only_by_its_officers(people):
    port = Party()
    done = run("civil_registration", port, area=OTHER_UNION, by=UPAZILA)
    assert ([one.kind for one in port.asked], done.total) == (["brn17"], 1)
    for area, by in (("", UPAZILA), (UNION, FAR), (UNION, OPERATOR)):
        with pytest.raises(Refusal):
            actions_verification.start_verification(party="nid", area=area, by=by)
    with pytest.raises(Refusal) as refused:
        actions_verification.start_verification(party="police", area=UNION, by=UPAZILA)
    assert refused.value.code == "party_unknown"


def test_a_second_run_of_the_same_place_waits_for_the_first(people):
    actions_verification.start_verification(party="nid", area=UNION, by=UPAZILA)
    with pytest.raises(Refusal) as refused:
        actions_verification.start_verification(party="nid", area=UNION, by=UPAZILA)
    assert refused.value.code == "verification_open"
    actions_verification.start_verification(party="wallets", area=UNION, by=UPAZILA)


@pytest.mark.parametrize(
    ("party", "answer", "expected"),
    [
        ("nid", ("partial", {"name": "same", "birth_date": "differs"}, {}), [("birth_date_differs", "doubt", "1960-03-01", "")]),
        ("nid", ("partial", {"name": "close", "birth_date": "same"}, {}), []),
        ("nid", ("not_found", {}, {}), [("not_found", "doubt", "", "")]),
        ("civil_registration", ("not_found", {"alive": "same"}, {}), []),
        ("wallets", ("partial", {"state": "differs", "holder": "same"}, {"state": "closed"}), [("wallet_closed", "serious", "", "closed")]),
        ("sim_owner", ("none", {"owner": "differs"}, {}), [("sim_of_another", "doubt", "", "")]),
    ],
)  # fmt: skip
def test_what_does_not_agree_becomes_a_finding(people, party, answer, expected):
    level, fields, detail = answer
    done = run(party, Party(lambda question: Answer(question.key, level, fields, detail)), area=UNION)
    found = Finding.objects.filter(person=people[0]).values_list("code", "severity", "said", "found")
    assert list(found) == expected
    assert done.findings == len(expected) * 5
    run(party, Party(), area=UNION)  # nobody is asked: the answers still count
    Verification.objects.update(valid_until=timezone.now())
    run(party, Party(), area=UNION)
    assert set(Finding.objects.values_list("state", flat=True)) <= {"gone"}


def test_the_owner_of_a_sim_is_asked_with_all_numbers_of_the_holder(people):
    actions_identity.add_number(person=people[0], kind="nid17", number="19602608110000001", evidence="c", by=UPAZILA)
    port = Party()
    run("sim_owner", port, area=UNION)
    first = min(port.asked, key=lambda one: one.number)
    assert (first.number, first.provider) == ("01710000000", "bkash")
    assert set(first.identity) == {("nid10", "1000000000"), ("nid17", "19602608110000001")}


def test_a_reported_death_waits_for_an_officer_and_changes_nothing_before(people):
    def said(question: Question) -> Answer:
        dead = question.number == "1000000003"
        fields = {"alive": "differs" if dead else "same"}
        return Answer(
            question.key, "exact", fields, {"died_on": "2026-02-03", "entry": "D-2026-000003"} if dead else {}
        )

    run("civil_registration", Party(said), area=UNION, by=UPAZILA)
    finding = Finding.objects.get()
    assert (finding.person_id, finding.code, finding.severity, finding.found) == (
        people[3].pk,
        "died",
        "serious",
        "2026-02-03",
    )
    event = LifeEvent.objects.get()
    assert (event.kind, event.state, event.channel, event.proposed_by) == (
        "death",
        "proposed",
        "civil_registration",
        "system",
    )
    assert (event.happened_on.isoformat(), event.evidence_number) == ("2026-02-03", "D-2026-000003")
    assert [one.person_id for one in event.people.all()] == [people[3].pk]
    people[3].refresh_from_db()
    assert people[3].death_date is None
    assert actions_deaths.propose_deaths(area=UNION, by=UPAZILA) == {"proposed": 0, "not_possible": 0}


# ------------------------------------------------------------------------------------------------- faults


def test_a_call_that_fails_is_made_later_and_given_up_in_the_end(people):
    port = Party(faults=[CallFailed("HTTP 500")])
    made = run("nid", port, patience=0)
    assert (made.state, made.answered) == ("paused", 3)  # the other calls were made
    assert made.resume_at > timezone.now()
    VerificationBatch.objects.filter(state="waiting").update(not_before=timezone.now())
    port.faults = [CallFailed("HTTP 500")] * 10
    for _ in range(3):
        go_on(run=made, port=port, by=SYSTEM, workers=1, connections=1, patience=0, progress=lambda *_: None)
        VerificationBatch.objects.filter(state="waiting").update(not_before=timezone.now())
        made.refresh_from_db()
    assert VerificationBatch.objects.filter(state="given_up").count() == 1
    go_on(run=made, port=port, by=SYSTEM, workers=1, connections=1, progress=lambda *_: None)
    made.refresh_from_db()
    assert (made.state, made.answered, made.given_up) == ("done", 3, 2)


def test_a_party_that_is_out_for_an_hour_pauses_the_run_and_it_goes_on_afterwards(people):
    passed = [0.0]

    def sleep(seconds: float) -> None:
        passed[0] += seconds

    port = Party(faults=[PartyOut(30.0)] * 100)
    made = run("nid", port, patience=120, sleep=sleep, now=lambda: passed[0])
    assert (made.state, made.answered) == ("paused", 0)
    assert 60 <= passed[0] <= 120
    assert timedelta() < made.resume_at - timezone.now() <= timedelta(seconds=31)
    assert VerificationBatch.objects.filter(state="waiting", attempts=0).count() == 3  # no call counts as failed
    port.faults = []
    go_on(run=made, port=port, by=SYSTEM, workers=1, progress=lambda *_: None)
    made.refresh_from_db()
    assert (made.state, made.answered, made.resume_at) == ("done", 5, None)
    assert Event.objects.filter(action="verification.paused").count() == 1


def test_a_key_that_is_refused_pauses_and_says_why(people):
    made = run("nid", Party(faults=[CallRefused("HTTP 401")] * 3), patience=60)
    assert (made.state, PartyState.objects.get().last_error) == ("paused", "HTTP 401")


def test_a_run_can_be_stopped_and_what_was_answered_stays(people):
    port = Party()
    made = actions_verification.start_verification(party="nid", by=SYSTEM)
    made = actions_verification.prepare_verification(run=made, by=SYSTEM)
    with ThreadPoolExecutor(1) as pool:
        actions_verification.ask_portion(run=made, port=port, pool=pool, portion=1, by=SYSTEM)
    actions_verification.cancel_verification(run=made, by=MANAGER)
    go_on(run=VerificationRun.objects.get(), port=port, by=SYSTEM, workers=1, progress=lambda *_: None)
    assert (VerificationRun.objects.get().state, Verification.objects.count(), len(port.asked)) == ("cancelled", 2, 2)
    with pytest.raises(Refusal) as refused:
        actions_verification.cancel_verification(run=made, by=MANAGER)
    assert refused.value.code == "verification_ended"
    assert run("nid", Party()).still_valid == 2


def test_a_number_withdrawn_while_it_waits_is_not_asked_about(people):
    made = actions_verification.start_verification(party="nid", by=SYSTEM)
    actions_verification.prepare_verification(run=made, by=SYSTEM)
    actions_identity.withdraw_number(held=people[4].identities.get(), reason="not theirs", by=UPAZILA)
    port = Party()
    made.refresh_from_db()
    go_on(run=made, port=port, by=SYSTEM, workers=1, progress=lambda *_: None)
    made.refresh_from_db()
    assert (made.state, made.total, made.answered, len(port.asked)) == ("done", 4, 4, 4)
