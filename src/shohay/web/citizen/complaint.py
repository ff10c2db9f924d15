"""File a complaint without signing in, get a number and a secret word for it, and follow it.

The steps hand on what was typed as a signed text in a hidden field, so that nothing is stored before it is sent
and no JavaScript or session is needed.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from shohay.core.bangla import to_latin_digits
from shohay.core.messages import Refusal
from shohay.core.values import Mobile
from shohay.stages.accounts.officer import Officer
from shohay.stages.grievance import actions
from shohay.stages.grievance.models import Grievance
from shohay.stages.places import queries as places
from shohay.stages.programmes import definitions as rules
from shohay.web.parts.forms import dress, offer
from shohay.web.parts.names import programme
from shohay.web.templatetags.shohay import area, digits, language, words

SALT, HOUR, COOKIE = "citizen.complaint", 3600, "receipt"
PUBLIC = Officer(username="", role="public", areas=("",), programmes=("",))  # the person themselves, online
STEPS = ("complain", "complain-where", "complain-details", "complain-check")


class AboutForm(forms.Form):
    category = forms.ChoiceField(
        label=gettext_lazy("What is it about?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what comes nearest.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "category", [(code, words(code)) for code in Grievance.Category.values])


class WhereForm(forms.Form):
    district = forms.ChoiceField(
        label=gettext_lazy("District"), error_messages={"required": gettext_lazy("Choose the district.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "district", [("", _("Choose")), *_named(place.code for place in places.areas("district"))])


class DetailsForm(forms.Form):
    area_code = forms.ChoiceField(
        label=gettext_lazy("Upazila or city corporation"),
        error_messages={"required": gettext_lazy("Choose the upazila, so that the right office gets it.")},
    )
    programme_code = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    text = forms.CharField(
        label=gettext_lazy("What happened?"),
        help_text=gettext_lazy("When, where, who. Do not write identity or account numbers here."),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": gettext_lazy("Write what happened."),
            "min_length": gettext_lazy("Write a little more, so that the officer understands it."),
        },
    )
    contact = forms.CharField(
        label=gettext_lazy("Mobile number"),
        help_text=gettext_lazy("For questions and the answer. It is kept encrypted."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, district: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "area_code", [("", _("Choose")), *_named(places.children(district))])
        codes = [definition.programme for definition in rules.definitions_on(timezone.localdate())]
        names = [(code, programme(code, language())) for code in codes]
        offer(self, "programme_code", [("", _("None or I do not know")), *names])

    def clean_contact(self) -> str:
        typed = self.cleaned_data["contact"].strip()
        try:
            return Mobile.parse(to_latin_digits(typed)).digits if typed else ""
        except ValueError:
            raise ValidationError(_("A mobile number has 11 digits and begins 013 to 019.")) from None


def about(request: HttpRequest) -> HttpResponse:
    """First page: what it is about."""
    said = _said(request)
    form = AboutForm(_posted(request), initial=said)
    if form.is_valid():
        return _go(request, "complain-where", said | form.cleaned_data)
    return _page(request, form, said, _("Complain"), reverse("public:home"), 0)


def where(request: HttpRequest) -> HttpResponse:
    """Second page: the district."""
    said = _said(request)
    if "category" not in said:
        return redirect("citizen:complain")
    form = WhereForm(_posted(request), initial=said)
    if form.is_valid():
        return _go(request, "complain-details", said | form.cleaned_data)
    return _page(request, form, said, _("Where did it happen?"), _address("complain", said), 1)


def details(request: HttpRequest) -> HttpResponse:
    """Third page: the office, the programme, the story, the phone."""
    said = _said(request)
    if "district" not in said:
        return redirect("citizen:complain")
    form = DetailsForm(_posted(request), initial=said, district=said["district"])
    if form.is_valid():
        return _summary(request, said | form.cleaned_data)
    return _page(request, form, said, _("Tell us about it"), _address("complain-where", said), 2)


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Last page: what will be sent; a POST with ``send`` files it."""
    said = _said(request)
    if "text" not in said:
        return redirect("citizen:complain")
    if request.method != "POST" or "send" not in request.POST:
        return _summary(request, said)
    try:
        filed = actions.file(
            category=said["category"], text=said["text"], channel="online", contact=said["contact"] or None,
            area_code=said["area_code"], programme_code=said["programme_code"], by=PUBLIC,
        )  # fmt: skip
    except Refusal as refusal:
        return _summary(request, said, refused=refusal.say(language()))
    answer = redirect("citizen:complain-receipt")
    # in a cookie of that page alone: an address is kept by browsers, proxies and logs
    answer.set_cookie(
        COOKIE, signing.dumps(filed.number, salt=SALT), max_age=HOUR, httponly=True, samesite="Lax",
        secure=request.is_secure(), path=reverse("citizen:complain-receipt"),
    )  # fmt: skip
    return answer


def _summary(request: HttpRequest, said: dict[str, Any], refused: str = "") -> HttpResponse:
    facts = [
        (_("What it is about"), words(said["category"]), "complain"),
        (_("Where"), f"{area(said['area_code'])}, {area(said['district'])}", "complain-where"),
        (_("Programme"), programme(said["programme_code"], language()) or "–", "complain-details"),
        (_("What happened"), said["text"], "complain-details"),
        (_("Mobile number"), digits(said["contact"]) or _("not given"), "complain-details"),
    ]
    rows = [(label, value, _address(step, said)) for label, value, step in facts]
    context = {"here": "complain", "rows": rows, "sealed": _sealed(said), "refused": refused,
               "back": _address("complain-details", said)}  # fmt: skip
    return render(request, "citizen/complain_check.html", context)


@never_cache
def receipt(request: HttpRequest) -> HttpResponse:
    """The number, the secret word and the day by which an answer is due; for an hour, in the browser that filed it."""
    try:
        number = str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HOUR))
    except signing.BadSignature:
        return redirect("citizen:track")
    found = _found(number)
    if found is None:
        return redirect("citizen:track")
    context = {"here": "complain", "grievance": found, "code": secret_word(number), "phone": bool(found.contact_sealed)}
    return render(request, "citizen/complain_receipt.html", context)


@never_cache
def track(request: HttpRequest) -> HttpResponse:
    """Where a complaint is. The number shows state and dates; the secret word also shows the texts.

    Both are posted: an address is kept by browsers and proxies, and shown over a shoulder.
    """
    number = _clean_number(request.POST.get("number", ""))
    code = request.POST.get("code", "").strip().upper()
    found = _found(number) if number else None
    known = found is not None and bool(code) and constant_time_compare(code, secret_word(number))
    replies = list(found.replies.order_by("answered_at")) if found else []
    context = {
        "here": "track",
        "asked": request.POST.get("number", ""),
        "code": request.POST.get("code", ""),
        "grievance": found,
        "known": known,
        "wrong_code": bool(code) and not known,
        "events": _events(found, replies, known) if found else [],
        "late": bool(found and found.state == "filed" and found.due_on < timezone.localdate()),
    }
    return render(request, "citizen/track.html", context)


def _events(grievance: Grievance, replies: list[Any], known: bool) -> list[dict[str, object]]:
    """The timeline, newest first; texts only for who knows the secret word."""
    events: list[dict[str, object]] = [
        {"at": reply.answered_at, "icon": "chat-left-text", "tone": "good", "title": _("The office answered"),
         "text": f"{words(reply.outcome, 'grievance')}. {reply.text}" if known else ""}
        for reply in reversed(replies)
    ]  # fmt: skip
    text = grievance.text if known else ""
    events.append(
        {"at": grievance.filed_at, "icon": "send", "tone": "busy", "title": _("Complaint filed"), "text": text}
    )
    return events


def secret_word(number: str) -> str:
    """Eight letters that only the receipt shows; made from the number with the site's key, so nothing is stored."""
    return base64.b32encode(salted_hmac(SALT, number, algorithm="sha256").digest())[:8].decode()


def _clean_number(text: str) -> str:
    """G-2026-000123 from what people type: Bangla digits, small letters, spaces."""
    return to_latin_digits(text).strip().upper().replace(" ", "")[:20]


def _found(number: str) -> Grievance | None:
    return Grievance.objects.filter(number=number).first()


def _named(codes: Iterable[str]) -> list[tuple[str, str]]:
    return sorted(((code, area(code)) for code in codes), key=lambda pair: pair[1])


def _said(request: HttpRequest) -> dict[str, Any]:
    """What the earlier steps gave, from the hidden field or the address; {} when it was changed or is a day old."""
    sealed = request.POST.get("said") or request.GET.get("said") or ""
    try:
        return dict(signing.loads(sealed, salt=SALT, max_age=24 * HOUR))
    except signing.BadSignature:
        return {}


def _posted(request: HttpRequest) -> QueryDict | None:
    """What was sent; None where the page is only opened. A form sent empty is a form to complain about."""
    return request.POST if request.method == "POST" else None


def _sealed(said: dict[str, Any]) -> str:
    return signing.dumps(said, salt=SALT, compress=True)


def _address(step: str, said: dict[str, Any]) -> str:
    """The address of a step with the short answers in it; never the story or the phone."""
    short = {name: value for name, value in said.items() if name not in ("text", "contact")}
    return f"{reverse(f'citizen:{step}')}?said={_sealed(short)}"


def _go(request: HttpRequest, step: str, said: dict[str, Any]) -> HttpResponse:
    return redirect(_address(step, said))


def _page(
    request: HttpRequest, form: forms.Form, said: dict[str, Any], title: str, back: str, step: int
) -> HttpResponse:
    context = {
        "here": "complain", "form": dress(form), "title": title, "back": back, "sealed": _sealed(said),
        "number": step + 1, "total": len(STEPS),
    }  # fmt: skip
    return render(request, "citizen/complain_step.html", context)
