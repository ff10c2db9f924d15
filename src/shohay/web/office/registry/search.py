"""The page on which a person is looked for: nothing is listed until something is asked, and numbers are never shown.

What is looked for is posted. A name goes on to an address of its own (?q=); a number never stands in an address, since
addresses stay in histories and logs: it is kept sealed in the session, and the address says only which one (?asked=).
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from shohay.bulk import sealing
from shohay.core.messages import Refusal
from shohay.stages.places import queries as places
from shohay.stages.registry.models import Person
from shohay.stages.registry.queries_ring import key_ring
from shohay.stages.registry.queries_search import NEAR, Found, look_up
from shohay.web.office import desk
from shohay.web.office.registry import record
from shohay.web.office.words import say
from shohay.web.templatetags.shohay import num

LONGEST = 300  # characters that the box takes
NUMBER = re.compile(r"\d(?:[\W_]*\d){5,}")  # what may be somebody's number: six digits of any script, however parted
ASKED = "people_asked"  # in the session: {which: what was looked for, sealed}
KEPT = 10  # of the last searches by number, so that "back" finds them
IN_ADDRESS = "typed"  # in place of which: somebody wrote a number into the address
BOUND = ("search", "session.people_asked")


class Line(NamedTuple):
    """A person found as the list shows them. ``place``: the union, with its upazila where the list has several;
    ``near``: the name is another one, a word away from what was typed."""

    person: Person
    age: str
    place: str
    near: bool


@sensitive_post_parameters("q")
@require_http_methods(["GET", "HEAD", "POST"])
@desk.needs("person.search")
def people(request: HttpRequest) -> HttpResponse:
    """Nothing is listed until something is looked for."""
    if request.method == "POST":
        text = request.POST.get("q", "").strip()[:LONGEST]
        asked = {"asked": _keep(request, text)} if NUMBER.search(text) else {"q": text}
        return _to(asked | {"area": request.POST.get("area", "")})
    if NUMBER.search(request.GET.get("q", "")):
        return _to({"asked": IN_ADDRESS})
    officer, area = desk.officer(request), request.GET.get("area", "")
    typed: list[str] = []
    found: list[Found] = []

    def look() -> None:
        typed.append(_asked(request))
        found.append(look_up(officer=officer, text=typed[0], area=area))

    refusal = desk.attempt(look) if {"q", "asked"} & set(request.GET) else ""
    context = {
        "text": typed[0] if typed else "",
        "area": area,
        "areas": record.areas_to_choose(officer),
        "found": found[0] if found else None,
        "lines": _lines(found[0]) if found else [],
        "may_enter": officer.may("upload.create"),
        "longest": LONGEST,
    }
    return desk.page(request, "office/registry/people.html", context, refusal=refusal)


def _to(asked: dict[str, str]) -> HttpResponse:
    """On to the address of the search, which can be opened again without sending anything. No address takes a NUL."""
    query = {key: said.replace("\0", "") for key, said in asked.items() if said or key == "q"}
    return redirect(f"{reverse('office:people')}?{urlencode(query)}")


def _keep(request: HttpRequest, text: str) -> str:
    """Which one of this session the search is."""
    kept = request.session.get(ASKED, {})
    which = str(max(map(int, kept), default=0) + 1)
    kept[which] = b64encode(sealing.seal(key_ring(), *BOUND, text)).decode()
    request.session[ASKED] = dict(list(kept.items())[-KEPT:])
    return which


def _asked(request: HttpRequest) -> str:
    """What is looked for. Raises search_in_address, search_not_kept: of an earlier session, or ten searches ago."""
    if "asked" not in request.GET:
        return request.GET.get("q", "").strip()[:LONGEST]
    which = request.GET["asked"]
    if which == IN_ADDRESS:
        raise Refusal("search_in_address")
    try:
        return sealing.open_sealed(key_ring(), *BOUND, b64decode(request.session[ASKED][which]))
    except (KeyError, ValueError) as error:
        raise Refusal("search_not_kept") from error


def _lines(found: Found) -> list[Line]:
    today = timezone.localdate()
    place = places.name_of if len({hit.person.area_code[:6] for hit in found.hits}) == 1 else places.full_name
    return [
        Line(hit.person, _age(hit.person, today), place(hit.person.area_code, desk.language()), hit.how == NEAR)
        for hit in found.hits
    ]


def _age(person: Person, today: date) -> str:
    """'মহিলা · ৬৩ বছর'; a birth date that was guessed gives 'about'."""
    said = [say("person", person.sex)]
    born = person.birth_date
    if born and not person.death_date:
        years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        words = _("about %(years)s years") if person.birth_date_approximate else _("%(years)s years")
        said.append(words % {"years": num(years)})
    return " · ".join(said)
