"""The ledger of disbursement-linked indicators: claimed, verified by another office, paid by a third, never beyond."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from shohay.core.messages import Refusal
from shohay.stages.accounts.officer import SYSTEM, Officer
from shohay.stages.audit.models_evidence import Evidence
from shohay.stages.programmes.models import Ministry
from shohay.stages.results import actions_dli as actions
from shohay.stages.results import queries_dli as queries
from shohay.stages.results.models_dli import Dli, DliAgreement, DliClaim

pytestmark = pytest.mark.django_db
FOCAL = Officer("focal", "focal_point", ("",), ("",), ("MoSW",))
IMED = Officer("imed", "evaluator", ("",), ("",))
FINANCE = Officer("finance", "finance", ("",), ("",))
PDF = b"%PDF-1.4\n%report of the quarter\n%%EOF\n"


@pytest.fixture(autouse=True)
def loaded(settings, tmp_path):
    settings.VAR = tmp_path
    for code in ("MoSW", "MoDMR"):
        Ministry.objects.create(
            code=code, order=1, name_bn=code, name_en=code, programme_count=0, budget_crore=0, beneficiaries_lakh=0
        )
    actions.load_dlis(by=SYSTEM)


def terms(dli="SNSP-4", value=1_000_000, scalable=True):
    return actions.set_terms(
        dli=dli, fiscal_year="২০২৪-২৫", baseline=Decimal(40), target=Decimal(70), value=value, scalable=scalable,
        by=FINANCE,
    )  # fmt: skip


def claimed(dli="SNSP-4", actual="55", by=FOCAL):
    return actions.claim(dli=dli, actual=Decimal(actual), note="", files=[("report.pdf", PDF)], by=by)


def verified(value="55", **given):
    return actions.verify(claim=claimed(**given).pk, value=Decimal(value), finding="seen", by=IMED)


def refused(act):
    with pytest.raises(Refusal) as found, transaction.atomic():
        act()
    return found.value.code


def test_eight_areas_are_loaded_without_terms_and_loading_again_keeps_terms():
    assert Dli.objects.count() == 8
    assert not Dli.objects.exclude(value=None).exists()
    terms()
    assert actions.load_dlis(by=SYSTEM)["dlis"].changed == 0
    assert Dli.objects.get(pk="SNSP-4").value == 1_000_000


def test_from_claim_to_payment():
    terms()
    row = claimed()
    assert Evidence.objects.get(subject_type="dli_claim", subject_id=str(row.pk)).sha256
    row = actions.verify(claim=row.pk, value=Decimal("50.5"), finding="sample of 30 programmes", by=IMED)
    assert (row.state, row.earned, row.paid) == ("verified", 350_000, None)
    assert actions.pay(claim=row.pk, by=FINANCE).paid == 350_000
    assert queries.achievement() == Fraction(35, 100)
    later = actions.pay(claim=verified(actual="70", value="70").pk, by=FINANCE)
    assert later.paid == 650_000  # what was paid before is not paid again
    assert refused(lambda: actions.pay(claim=verified(actual="80", value="80").pk, by=FINANCE)) == "dli_nothing_due"


def test_only_after_verification():
    terms()
    row = claimed()
    assert refused(lambda: actions.pay(claim=row.pk, by=FINANCE)) == "dli_missing"
    with pytest.raises(IntegrityError), transaction.atomic():
        DliClaim.objects.filter(pk=row.pk).update(state="paid", paid=1, paid_by="x")


def test_another_office_verifies_and_a_third_person_pays():
    terms()
    row = claimed()
    same = Officer("focal", "evaluator", ("",), ("",))
    colleague = Officer("focal9", "focal_point", ("",), ("",))
    assert refused(lambda: actions.verify(claim=row.pk, value=Decimal(5), finding="x", by=same)) == "dli_own_claim"
    assert refused(lambda: actions.verify(claim=row.pk, value=Decimal(5), finding="x", by=colleague)) == "not_allowed"
    assert refused(lambda: actions.verify(claim=row.pk, value=Decimal(5), finding=" ", by=IMED)) == "dli_reason_missing"
    actions.verify(claim=row.pk, value=Decimal(55), finding="seen", by=IMED)
    assert refused(lambda: actions.pay(claim=row.pk, by=Officer("imed", "finance", ("",), ("",)))) == "dli_own_claim"
    with pytest.raises(IntegrityError), transaction.atomic():
        DliClaim.objects.filter(pk=row.pk).update(verified_by="focal")
    with pytest.raises(IntegrityError), transaction.atomic():
        DliClaim.objects.filter(pk=row.pk).update(verified_role="focal_point")
    with pytest.raises(IntegrityError), transaction.atomic():
        DliClaim.objects.filter(pk=row.pk).update(state="paid", paid=1, paid_by="imed")


def test_no_more_than_the_ceiling_is_paid_by_the_action_or_past_it():
    terms(value=1_000_000)
    DliAgreement.objects.update(ceiling=300_000)
    row = verified(value="70")
    assert actions.pay(claim=row.pk, by=FINANCE).paid == 300_000
    with pytest.raises(DatabaseError), transaction.atomic():
        DliClaim.objects.filter(pk=row.pk).update(paid=300_001)


def test_terms_hold_together_and_are_fixed_by_the_first_claim():
    assert refused(lambda: claimed()) == "dli_terms_missing"
    assert refused(lambda: terms(value=0)) == "dli_terms_wrong"
    assert refused(lambda: terms(value=43_000_000_001)) == "dli_terms_wrong"
    assert refused(lambda: terms(dli="NONE")) == "dli_missing"
    terms()
    assert refused(lambda: terms(dli="SNSP-5", value=43_000_000_000)) == "dli_terms_wrong"
    claimed()
    assert refused(lambda: terms()) == "dli_terms_fixed"
    assert refused(lambda: claimed()) == "dli_open_claim"


def test_a_claim_needs_a_file_and_a_ministry():
    terms()
    terms(dli="SNSP-3")
    assert refused(lambda: claimed(dli="SNSP-3")) == "not_allowed"  # that of disaster management
    act = lambda: actions.claim(dli="SNSP-4", actual=Decimal(1), note="", files=[], by=FOCAL)  # noqa: E731
    assert refused(act) == "dli_evidence_missing"
    assert not DliClaim.objects.exists()


def test_a_refused_claim_pays_nothing_and_opens_the_way_for_another():
    terms()
    row = actions.refuse(claim=claimed().pk, finding="the list is of another year", by=IMED)
    assert (row.state, row.earned) == ("refused", None)
    assert refused(lambda: actions.pay(claim=row.pk, by=FINANCE)) == "dli_missing"
    assert claimed().state == "claimed"


def test_what_each_may_see():
    terms()
    terms(dli="SNSP-3")
    claimed(dli="SNSP-3", by=Officer("focal3", "focal_point", ("",), ("",), ("MoDMR",)))
    claimed()
    assert [row.dli_id for row in queries.claims(FOCAL)] == ["SNSP-4"]
    assert queries.claims(IMED).count() == 2
    assert queries.claims(Officer("x", "secretary", ("",), ("",))).count() == 0
    row = next(row for row in queries.standings(FINANCE) if row.dli.pk == "SNSP-4")
    assert (row.earned, row.paid, row.open_claim.state) == (None, 0, "claimed")
    assert queries.agreements(FINANCE)[0]["left"] == 43_000_000_000
    assert queries.standings(Officer("x", "secretary", ("",), ("",))) == []
