"""What may I get? One question a page, a summary, then the answer for every programme with its reasons.

No sign-in, no JavaScript needed, nothing stored: the answers live in a signed cookie of the reader's browser that
ends with the browser, or when they press "forget".
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from shohay.bulk.answers import answer
from shohay.core.definition import Definition
from shohay.stages.programmes import definitions as rules
from shohay.web.citizen import questions
from shohay.web.citizen.asking import Question
from shohay.web.citizen.reasons import shown_answer
from shohay.web.parts.names import programme

COOKIE, SALT, HOUR = "answers", "citizen.may-i", 3600


def start(request: HttpRequest) -> HttpResponse:
    """What this is, how long it takes, what happens with the answers."""
    found, _on = _definitions()
    context = {"here": "may-i", "count": len(found), "begun": bool(_stored(request))}
    context["first"] = questions.QUESTIONS[0].name
    return render(request, "citizen/may_i_start.html", context)


@never_cache
def question(request: HttpRequest, name: str) -> HttpResponse:
    """One page of questions; a POST keeps the answer and goes on to the next."""
    found, on = _definitions()
    answers, wanted = _answers(request), questions.needed(found, on)
    asked = questions.BY_NAME.get(name)
    if asked is None:
        raise Http404
    if name in ("upazila",) and not answers.get("district_code"):
        return redirect("citizen:may-i-question", name="district")
    typed = request.POST if request.method == "POST" else None
    form = questions.form_for(asked, wanted, answers, typed, _held(found))
    if request.method == "POST" and form.is_valid():
        return _keep(request, asked, form, answers, wanted)
    pages = questions.shown(answers, wanted)
    place = next((i for i, page in enumerate(pages) if page.name == name), 0)
    context = {
        "here": "may-i", "form": form, "title": _(asked.title), "help": _(asked.help) if asked.help else "",
        "number": place + 1, "total": len(pages), "change": request.GET.get("change") == "1",
        "back": reverse("citizen:may-i-question", args=[pages[place - 1].name]) if place else reverse("citizen:may-i"),
    }  # fmt: skip
    return render(request, "citizen/may_i_question.html", context)


def _keep(
    request: HttpRequest, asked: Question, form: Any, answers: dict[str, Any], wanted: frozenset[str]
) -> HttpResponse:
    """Put the page's answers in the cookie; an answer that no longer fits (another district) goes."""
    kept = {name: value for name, value in answers.items() if name not in form.fields}
    kept |= questions.clean(form, asked)
    if str(kept.get("upazila_code", ""))[:4] != kept.get("district_code", ""):
        kept.pop("upazila_code", None)
    pages = questions.shown(kept, wanted)
    names = [page.name for page in pages]
    place = names.index(asked.name) if asked.name in names else -1
    following = names[place + 1] if place + 1 < len(names) else ""
    if following and request.GET.get("change") != "1":
        response = redirect("citizen:may-i-question", name=following)
    else:
        response = redirect("citizen:may-i-summary")
    kept.pop("today")
    sealed = signing.dumps(kept, salt=SALT, compress=True)
    response.set_cookie(
        COOKIE, sealed, httponly=True, samesite="Lax", secure=request.is_secure(), path=reverse("citizen:may-i")
    )
    return response


@never_cache
def summary(request: HttpRequest) -> HttpResponse:
    """Everything that was said, each with a way to change it, before the answer."""
    found, on = _definitions()
    answers, wanted = _answers(request), questions.needed(found, on)
    rows = [
        (_(ask.label), questions.said(ask, answers), reverse("citizen:may-i-question", args=[page.name]) + "?change=1")
        for page in questions.shown(answers, wanted)
        for ask in page.asks
        if ask.fact in wanted
    ]
    last = questions.shown(answers, wanted)[-1].name
    context = {"here": "may-i", "rows": rows, "back": reverse("citizen:may-i-question", args=[last])}
    return render(request, "citizen/may_i_summary.html", context)


@never_cache
def answers(request: HttpRequest) -> HttpResponse:
    """The answer for every programme, what one may get first, then what cannot be told, then the rest."""
    found, on = _definitions()
    said = _answers(request)
    if not (said.keys() - {"today"}):
        return redirect("citizen:may-i")
    facts = questions.facts_of(said)
    by_code = {definition.code: definition for definition in found}
    judged = [
        shown_answer(one, by_code[one.code], facts, on, str(said.get("upazila_code", "")))
        for one in answer(facts, found, on, rules.formula())
    ]
    groups = {outcome: [one for one in judged if one["outcome"] == outcome]
              for outcome in ("eligible", "cannot_tell", "not_eligible")}  # fmt: skip
    context = {"here": "may-i", **groups, "upazila": said.get("upazila_code"), "on": on}
    return render(request, "citizen/may_i_answer.html", context)


def forget(request: HttpRequest) -> HttpResponse:
    """Throw the answers away."""
    response = redirect("citizen:may-i")
    if isinstance(response, HttpResponseRedirect):
        response.delete_cookie(COOKIE, path=reverse("citizen:may-i"))
    return response


def _definitions() -> tuple[list[Definition], dt.date]:
    """The published definitions with a version in force today, and today."""
    today = timezone.localdate()
    return rules.definitions_on(today), today


def _held(found: list[Definition]) -> list[str]:
    """Programmes that one may hold already: those with a definition, and those named as compatible or not."""
    today = timezone.localdate()
    codes = {definition.code for definition in found}
    for definition in found:
        if version := definition.version_on(today):
            codes.update(version.compatible.with_)
    return sorted(code for code in codes if programme(code, "en") != code)


def _stored(request: HttpRequest) -> dict[str, Any]:
    try:
        return dict(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=8 * HOUR))
    except signing.BadSignature:
        return {}


def _answers(request: HttpRequest) -> dict[str, Any]:
    """The answers so far, with ``today`` for ages."""
    return {**_stored(request), "today": timezone.localdate().isoformat()}
