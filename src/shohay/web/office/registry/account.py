"""Correcting the account of a person: told by one officer, in force when another has approved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from shohay.stages.registry import actions_accounts, queries_accounts
from shohay.stages.registry.models import Account, Person
from shohay.stages.registry.models_accounts import AccountChange
from shohay.web.office import desk, fields
from shohay.web.office.registry import views as people
from shohay.web.office.words import choices, say
from shohay.web.parts import pager
from shohay.web.parts.forms import dress, offer

WALLETS = ["bkash", "nagad", "rocket", "upay"]


class AccountForm(forms.Form):
    """Where the money shall go from now on."""

    kind = fields.radio(gettext_lazy("Kind of account"), lambda: choices("account", Account.Kind.values))
    provider = fields.pick(gettext_lazy("Wallet of"), [], required=False)
    number = fields.line(
        gettext_lazy("Wallet or account number"), longest=30,
        help_text=gettext_lazy("A wallet has 11 digits. The same number again says that it was checked."),
    )  # fmt: skip
    bank = fields.line(
        gettext_lazy("Bank"), longest=20, required=False, help_text=gettext_lazy("Only for a bank account.")
    )
    routing_number = fields.line(
        gettext_lazy("Routing number"), longest=12, required=False,
        help_text=gettext_lazy("Only for a bank account: 9 digits, from the cheque book."),
    )  # fmt: skip
    reason = fields.line(
        gettext_lazy("Why, and how you know"), longest=400,
        help_text=gettext_lazy("For instance: old wallet closed; seen the new one on her phone."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "provider", [("", "–"), *choices("provider", WALLETS)])

    def given(self) -> dict[str, str]:
        said = self.cleaned_data
        provider = said["provider"] if said["kind"] == Account.Kind.MFS else said["bank"]
        return {
            "kind": said["kind"], "provider": provider or said["kind"], "number": said["number"],
            "routing_number": said["routing_number"], "reason": said["reason"],
        }  # fmt: skip


class RefuseForm(forms.Form):
    reason = fields.line(gettext_lazy("Why not?"))


@require_GET
@desk.needs("account.propose")
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """The question where the money shall go; the record must be open, since the number is shown in part."""
    if not people._is_open(request, pk):
        return redirect("office:person", pk)
    return _account_page(request, people._opened(request, pk))


def _account_page(request: HttpRequest, person: Person, why: str = "", form: AccountForm | None = None) -> HttpResponse:
    now = Account.objects.filter(person=person, valid_to__isnull=True).first()
    context = {
        "person": person, "now": now, "mask": queries_accounts.mask(now),
        "waits": queries_accounts.open_change(person),
        "form": form or AccountForm(initial={"kind": now.kind if now else Account.Kind.MFS}),
    }  # fmt: skip
    return desk.page(request, "office/registry/account.html", context, refusal=why)


@require_POST
@desk.needs("account.propose")
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    person, form, by = people._opened(request, pk), AccountForm(request.POST), desk.officer(request)
    return desk.act(
        request,
        lambda: actions_accounts.propose_account(person=person, by=by, **form.given()),
        lambda why: _account_page(request, person, why, form),
        _("The new account is proposed. It counts when another officer approves it."),
        "office:person", pk,
        form=form,
    )  # fmt: skip


@require_GET
@desk.needs("account.propose", "account.approve")
def accounts(request: HttpRequest) -> HttpResponse:
    return _accounts_page(request)


def _accounts_page(request: HttpRequest, why: str = "", wrong: int = 0, form: RefuseForm | None = None) -> HttpResponse:
    officer = desk.officer(request)
    page = pager.page(request, queries_accounts.account_changes(officer), order=("proposed_at", "id"))
    for row in page.rows:
        before = queries_accounts.before(row)
        row.before = _told(before) if before else ""
        row.after = _told(row.account)
        row.form = dress(form if form and row.pk == wrong else RefuseForm(auto_id=f"refuse-{row.pk}_%s"))
        row.mine = row.proposed_by == officer.username
    context = {"rows": page, "may_decide": officer.may("account.approve"), "wrong": form}
    return desk.page(request, "office/registry/accounts.html", context, refusal=why)


def _told(account: Account) -> str:
    """bKash •••••••678."""
    provider = say("provider", account.provider) if account.provider else say("account", account.kind)
    return f"{provider} {queries_accounts.mask(account)}"


def _change(request: HttpRequest, pk: int) -> AccountChange:
    found = queries_accounts.account_change(desk.officer(request), pk)
    if found is None:
        raise Http404
    return found


@require_POST
@desk.needs("account.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    row, by = _change(request, pk), desk.officer(request)
    return desk.act(
        request,
        lambda: actions_accounts.approve_account(change=row, by=by),
        lambda why: _accounts_page(request, why),
        _("The account is in force. Money that came back can be paid again to it."),
        "office:accounts",
    )


@require_POST
@desk.needs("account.approve")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    row, by, form = _change(request, pk), desk.officer(request), RefuseForm(request.POST, auto_id=f"refuse-{pk}_%s")
    return desk.act(
        request,
        lambda: actions_accounts.refuse_account(change=row, reason=form.cleaned_data["reason"], by=by),
        lambda why: _accounts_page(request, why, pk, form),
        _("The account stays as it was."),
        "office:accounts",
        form=form,
    )
