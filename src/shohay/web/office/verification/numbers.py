"""The identity numbers of one person: all that there are and were, one added, one withdrawn."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.registry import actions_identity
from shohay.stages.registry import queries_verification as queries
from shohay.stages.registry.models import Person
from shohay.web.office import desk
from shohay.web.office.registry import views as people
from shohay.web.office.verification import shown
from shohay.web.office.verification.forms import NumberForm, WithdrawForm
from shohay.web.office.words import say


@require_GET
@desk.needs("identity.change")
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """The record must be open: the numbers are shown in part."""
    if not people._is_open(request, pk):
        return redirect("office:person", pk)
    return _page(request, people._opened(request, pk))


@require_POST
@desk.needs("identity.change")
def add(request: HttpRequest, pk: int) -> HttpResponse:
    person, form, refusal = people._opened(request, pk), NumberForm(request.POST), ""
    if form.is_valid():
        given = form.cleaned_data
        refusal = desk.attempt(
            lambda: actions_identity.add_number(
                person=person, kind=given["kind"], number=given["number"], evidence=given["evidence"],
                by=desk.officer(request),
            )
        )  # fmt: skip
        if not refusal:
            desk.done(request, _("The number is recorded, and what it contradicts is listed below."))
            return redirect("office:person-numbers", pk)
    return _page(request, person, form=form, refusal=refusal)


@require_POST
@desk.needs("identity.change")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    person = people._opened(request, pk)
    form, refusal = WithdrawForm(request.POST, held=_in_use(person)), ""
    if form.is_valid():
        given = form.cleaned_data
        held = queries.held(desk.officer(request), int(given["held"]))
        if held is None:
            raise Http404
        refusal = desk.attempt(
            lambda: actions_identity.withdraw_number(held=held, reason=given["reason"], by=desk.officer(request))
        )
        if not refusal:
            desk.done(request, _("The number is withdrawn. It is no longer found, asked about or sent."))
            return redirect("office:person-numbers", pk)
    return _page(request, person, withdraw_form=form, refusal=refusal)


def _in_use(person: Person) -> list[tuple[str, str]]:
    return [
        (str(one.pk), f"{say('identity', one.kind)} {one.mask}")
        for one in queries.numbers(person)
        if one.withdrawn_at is None
    ]


def _page(
    request: HttpRequest, person: Person, form: NumberForm | None = None, withdraw_form: WithdrawForm | None = None,
    refusal: str = "",
) -> HttpResponse:  # fmt: skip
    in_use = _in_use(person)
    context = {
        "person": person, "numbers": queries.numbers(person), "form": form or NumberForm(),
        "withdraw_form": withdraw_form or (WithdrawForm(held=in_use) if in_use else None),
        "findings": [shown.told(row, masked=False) for row in queries.findings_of(person).filter(source="number")],
    }  # fmt: skip
    return desk.page(request, "office/verification/numbers.html", context, refusal=refusal)
