"""The page on which a person is looked for: nothing is listed until something is asked, and numbers are never shown."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shohay.stages.places import queries as places
from shohay.stages.registry.models import Person
from shohay.stages.registry.queries_search import NEAR, Found, look_up
from shohay.web.office import desk
from shohay.web.office.registry import record
from shohay.web.office.words import say
from shohay.web.templatetags.shohay import num

LONGEST = 300  # characters that the box takes


class Line(NamedTuple):
    """A person found as the list shows them. ``place``: the union, with its upazila where the list has several;
    ``near``: the name is another one, a word away from what was typed."""

    person: Person
    age: str
    place: str
    near: bool


@require_GET
@desk.needs("person.search")
def people(request: HttpRequest) -> HttpResponse:
    """Nothing is listed until something is looked for."""
    officer = desk.officer(request)
    text, area = request.GET.get("q", "").strip()[:LONGEST], request.GET.get("area", "")
    found: list[Found] = []
    refusal = (
        desk.attempt(lambda: found.append(look_up(officer=officer, text=text, area=area)))
        if text or "q" in request.GET
        else ""
    )
    context = {
        "text": text,
        "area": area,
        "areas": record.areas_to_choose(officer),
        "found": found[0] if found else None,
        "lines": _lines(found[0]) if found else [],
        "may_enter": officer.may("upload.create"),
        "longest": LONGEST,
    }
    return desk.page(request, "office/registry/people.html", context, refusal=refusal)


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
