"""The questions of "what may I get?": which facts each asks, and when it is worth asking.

Only what some published definition needs is asked; everything may be left unanswered, and the answer then says
which fact was missing. The answers travel in a signed cookie and are stored nowhere.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_noop

from shohay.core import criteria
from shohay.core.definition import COMPATIBLE, Definition
from shohay.core.facts import FACTS
from shohay.stages.places import queries as places
from shohay.web.citizen.asking import Answers, Ask, Question, age_of, aged
from shohay.web.parts.forms import BanglaDateField, BanglaDecimalField, BanglaIntegerField, dress
from shohay.web.parts.names import programme
from shohay.web.parts.words import word
from shohay.web.templatetags.shohay import area, day, language, num

_ = gettext_noop
MAX_TAKA = 100_000_000


def _may_be_pregnant(answers: Answers) -> bool:
    return answers.get("sex") == "female" and aged(12, 52)(answers)


QUESTIONS: tuple[Question, ...] = (
    Question("sex", _("Are you a woman or a man?"), (Ask("sex", "choice", _("Sex")),)),
    Question(
        "birth",
        _("When were you born?"),
        (Ask("birth_date", "date", _("Date of birth"), _("As on your identity card, for example 15/04/1958")),),
        _("Many allowances begin at a certain age."),
    ),
    Question("district", _("In which district do you live?"), (Ask("district_code", "area", _("District")),)),
    Question(
        "upazila",
        _("In which upazila or city do you live?"),
        (
            Ask("upazila_code", "area", _("Upazila or city corporation")),
            Ask("area_type", "choice", _("Kind of place")),
        ),
        fits=lambda answers: bool(answers.get("district_code")),
    ),
    Question(
        "papers",
        _("Papers and residence"),
        (
            Ask("is_permanent_resident", "yesno", _("Do you live there permanently?")),
            Ask("has_identity", "yesno", _("Do you have a national identity card or a birth registration?")),
        ),
    ),
    Question(
        "marriage",
        _("Are you married?"),
        (Ask("marital_status", "choice", _("Marital status")),),
        fits=aged(15, 130),
        otherwise=(("marital_status", "never"),),
    ),
    Question(
        "marriage-ended",
        _("When did the marriage end?"),
        (Ask("marriage_ended_on", "date", _("When the marriage ended"), _("As near as you know: 15/04/2019")),),
        fits=lambda answers: answers.get("marital_status") in ("widowed", "divorced", "separated"),
    ),
    Question(
        "community",
        _("Do you belong to one of these communities?"),
        (Ask("community", "choice", _("Community")),),
        _("Some programmes are for them alone."),
    ),
    Question(
        "liberation-war",
        _("Freedom fighters and their families"),
        (Ask("freedom_fighter", "choice", _("Are you a freedom fighter of the gazette, or the heir of one?")),),
        fits=aged(18, 130),
        otherwise=(("freedom_fighter", "none"),),
    ),
    Question(
        "illness",
        _("Do you have one of these illnesses?"),
        (Ask("serious_illness", "choice", _("Illness that a doctor has certified")),),
        _("There is help for costly treatment."),
    ),
    Question(
        "disability",
        _("Do you have a disability?"),
        (
            Ask("disability", "choice", _("Kind of disability")),
            Ask("has_disability_card", "yesno", _("Do you hold the Suborno Nagorik card?")),
        ),
    ),
    Question(
        "pregnancy",
        _("Are you expecting a child?"),
        (Ask("is_pregnant", "yesno", _("I am pregnant")),),
        fits=_may_be_pregnant,
        otherwise=(("is_pregnant", False),),
    ),
    Question(
        "pregnancy-details",
        _("About the pregnancy"),
        (
            Ask("pregnancy_month", "number", _("Month of pregnancy"), most=10),
            Ask("pregnancy_order", "number", _("Which pregnancy is this?"), _("1 for the first"), 20),
            Ask("has_anc_card", "yesno", _("Do you have an antenatal care (ANC) card?")),
        ),
        fits=lambda answers: answers.get("is_pregnant") is True and _may_be_pregnant(answers),
    ),
    Question(
        "school",
        _("Do you go to school or college?"),
        (
            Ask("school_level", "choice", _("Level")),
            Ask("school_class", "number", _("Class"), most=12),
            Ask("is_school_listed", "yesno", _("Is the school on the stipend list?")),
        ),
        fits=aged(3, 30),
        otherwise=(("school_level", "none"),),
    ),
    Question(
        "income",
        _("How much do you earn?"),
        (
            Ask("annual_income", "number", _("Your own income in a year, taka"), _("0 if you earn nothing"), MAX_TAKA),
            Ask("household_income", "number", _("Income of the whole family in a year, taka"), "", MAX_TAKA),
        ),
        _("About is good enough."),
    ),
    Question(
        "government",
        _("Government salary or pension"),
        (
            Ask("receives_government_salary", "yesno", _("Do you receive a government salary?")),
            Ask("receives_government_pension", "yesno", _("Do you receive a government pension?")),
            Ask("has_government_salary", "yesno", _("Does anybody in the family have a government job?")),
            Ask("has_government_pension", "yesno", _("Does anybody in the family receive a government pension?")),
        ),
    ),
    Question(
        "family",
        _("Who lives and eats together with you?"),
        (
            Ask("household_size", "number", _("How many people, with you?"), most=50),
            Ask("relation", "choice", _("You are, seen from the head of the family")),
        ),
    ),
    Question(
        "head",
        _("About the head of the family"),
        (
            Ask("head_sex", "choice", _("The head of the family is")),
            Ask("head_age", "number", _("Age of the head of the family"), most=130),
            Ask("head_marital_status", "choice", _("Marital status of the head of the family")),
            Ask("head_disability", "choice", _("Disability of the head of the family")),
            Ask("head_community", "choice", _("Community of the head of the family")),
            Ask("is_household_resident", "yesno", _("Does the head of the family live here permanently?")),
        ),
        fits=lambda answers: answers.get("relation") != "head",
    ),
    Question(
        "members",
        _("How many in the family are …"),
        (
            Ask("members_under_5", "number", _("children under 5"), most=50),
            Ask("members_under_13", "number", _("children of 12 years or less"), most=50),
            Ask("members_6_to_12", "number", _("children from 6 to 12"), most=50),
            Ask("members_6_to_12_in_school", "number", _("of these, children who go to school"), most=50),
            Ask("members_under_16", "number", _("children under 16"), most=50),
            Ask("members_65_or_more", "number", _("people of 65 or more"), most=50),
            Ask("men_18_to_59", "number", _("men from 18 to 59"), most=50),
            Ask("earning_men", "number", _("grown men who earn"), most=50),
            Ask("disabled_members", "number", _("people with a disability"), most=50),
            Ask("working_children", "number", _("children from 6 to 14 who work for money"), most=50),
        ),
        _("Write 0 where there is nobody."),
    ),
    Question(
        "pupils",
        _("Children in school"),
        (
            Ask("pre_primary_pupils", "number", _("Children in pre-primary at a government or listed school"), most=30),
            Ask("primary_pupils", "number", _("Children in classes 1 to 5 at a government or listed school"), most=30),
            Ask("school_girls", "number", _("Girls from 12 to 19 who go to school"), most=30),
        ),
        _("Write 0 where there is nobody."),
    ),
    Question(
        "land",
        _("How much land does the family own?"),
        (
            Ask("homestead_decimals", "decimal", _("Homestead land, decimals"), "", 100_000),
            Ask("cultivable_decimals", "decimal", _("Land for farming, decimals"), _("0 if there is none"), 100_000),
        ),
        _("100 decimals are one acre; 33 decimals are one bigha."),
    ),
    Question(
        "house",
        _("Your house and what is in it"),
        (
            Ask("rooms", "number", _("Rooms that you live in"), most=50),
            Ask("walls", "choice", _("Walls of the main room")),
            Ask("has_television", "yesno", _("A television?")),
            Ask("fans", "number", _("Electric fans"), most=50),
            Ask("mobile_phones", "number", _("Mobile phones"), most=50),
            Ask("has_vehicle", "yesno", _("A bicycle, motorcycle or car?")),
            Ask("has_daily_labourer", "yesno", _("Does anybody work for daily wages?")),
        ),
        _("These tell how hard life is without asking about money."),
    ),
    Question(
        "disaster",
        _("Flood, storm, erosion or fire"),
        (Ask("is_disaster_hit", "yesno", _("Did a disaster hit your family lately?")),),
    ),
    Question(
        "benefits",
        _("What do you receive already?"),
        (
            Ask("receives", "programmes", _("Allowances that I receive myself")),
            Ask("household_receives", "programmes", _("Allowances that somebody else in the family receives")),
        ),
        _("Tick nothing if there is none."),
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}
# the head's facts are the person's own when the person is the head
OF_HEAD = {"head_sex": "sex", "head_marital_status": "marital_status", "head_disability": "disability",
           "head_community": "community", "is_household_resident": "is_permanent_resident"}  # fmt: skip
COMMUNITIES = ("bede", "tea", "disadvantaged", "hijra", "none")  # that the published definitions name
FOR_THE_PLACE = frozenset({"district_code", "upazila_code"})  # tells where to apply, whatever the criteria say


def needed(definitions: Iterable[Definition], on: dt.date) -> frozenset[str]:
    """The facts to ask for: whatever a criterion in force on ``on`` reads, followed back to what a person knows."""
    names: set[str] = set(FOR_THE_PLACE)
    for definition in definitions:
        if not (version := definition.version_on(on)):
            continue
        for criterion in version.criteria:
            for fact in criteria.check(criterion.must, FACTS, version.values).facts:
                names.update(FACTS[fact].asked)
        names.update(("receives", "household_receives") if COMPATIBLE in version.criterion_ids else ())
    if names & (OF_HEAD.keys() | {"head_age"}):
        names.add("relation")
    return frozenset(names)


def shown(answers: Answers, wanted: frozenset[str]) -> list[Question]:
    """The questions that this person gets, in order, given what they answered so far."""
    return [
        question
        for question in QUESTIONS
        if question.fits(answers) and any(ask.fact in wanted for ask in question.asks)
    ]


def form_for(question: Question, wanted: frozenset[str], answers: Answers, data: Any, held: list[str]) -> forms.Form:
    """The form of one page, filled with what was answered before. ``held``: programmes that may be ticked."""
    fields = {ask.fact: _field(ask, answers, held) for ask in question.asks if ask.fact in wanted}
    made = type("QuestionForm", (forms.Form,), fields)
    initial = {fact: answers.get(fact) for fact in fields}
    for ask in question.asks:
        if ask.kind == "yesno" and initial.get(ask.fact) is not None:
            initial[ask.fact] = "yes" if initial[ask.fact] else "no"
        if ask.kind == "date" and initial.get(ask.fact):
            initial[ask.fact] = dt.date.fromisoformat(str(initial[ask.fact]))
    form: forms.Form = made(data, initial=initial)
    dress(form)
    return form


def _field(ask: Ask, answers: Answers, held: list[str]) -> forms.Field:
    lang = language()
    common: dict[str, Any] = {
        "label": gettext(ask.label),
        "help_text": gettext(ask.help) if ask.help else "",
        "required": False,
    }
    if ask.kind in ("number", "decimal"):
        kind = BanglaIntegerField if ask.kind == "number" else BanglaDecimalField
        return kind(min_value=0, max_value=ask.most, **common)
    if ask.kind == "date":
        return BanglaDateField(**common)
    if ask.kind == "programmes":
        choices = [(code, programme(code, lang)) for code in held]
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **common)
    if ask.kind == "area":
        return forms.ChoiceField(choices=[("", gettext("Choose")), *_places(ask.fact, answers)], **common)
    values = ("yes", "no") if ask.kind == "yesno" else FACTS[ask.fact].values or COMMUNITIES
    choices = [(value, word(value, lang, ask.fact)) for value in values]
    return forms.ChoiceField(choices=[*choices, ("", gettext("I do not know"))], widget=forms.RadioSelect, **common)


def _places(fact: str, answers: Answers) -> list[tuple[str, str]]:
    district = str(answers.get("district_code", ""))
    found = [place.code for place in places.areas("district")] if fact == "district_code" else places.children(district)
    return sorted(((code, area(code)) for code in found), key=lambda pair: pair[1])


def clean(form: forms.Form, question: Question) -> dict[str, Any]:
    """What was answered, in a form that JSON keeps; unanswered facts are left out."""
    kept: dict[str, Any] = {}
    for ask in question.asks:
        value = form.cleaned_data.get(ask.fact)
        if value in (None, "", []) and ask.kind != "programmes":
            continue
        if ask.fact not in form.fields:
            continue
        match ask.kind:
            case "yesno":
                kept[ask.fact] = value == "yes"
            case "date":
                kept[ask.fact] = str(value)
            case "decimal":
                kept[ask.fact] = float(str(value))
            case _:
                kept[ask.fact] = value
    return kept


def facts_of(answers: Answers) -> dict[str, object]:
    """What the evaluator reads: dates as dates, places by their codes, the head's facts from the person's own."""
    fitting = {question.name for question in QUESTIONS if question.fits(answers)}
    facts: dict[str, object] = {
        ask.fact: answers[ask.fact]
        for question in QUESTIONS
        for ask in question.asks
        if question.name in fitting and ask.fact in answers and ask.fact in FACTS
    }
    for question in QUESTIONS:
        if question.name not in fitting:
            facts.update(question.otherwise)
    for name in ("birth_date", "marriage_ended_on"):
        if facts.get(name):
            facts[name] = dt.date.fromisoformat(str(facts[name]))
    if place := answers.get("upazila_code") or answers.get("district_code"):
        facts["division_code"] = str(place)[:2]
    if answers.get("relation") == "head":
        facts.update({head: facts[own] for head, own in OF_HEAD.items() if own in facts})
        if (age := age_of(answers)) is not None:
            facts["head_age"] = age
    if "receives" in facts:
        facts["household_receives"] = sorted({*_codes(facts["receives"]), *_codes(facts.get("household_receives"))})
    return facts


def _codes(chosen: object) -> list[str]:
    return [str(code) for code in chosen] if isinstance(chosen, list | tuple) else []


def said(ask: Ask, answers: Answers) -> str:
    """An answer as the summary shows it."""
    value, lang = answers.get(ask.fact), language()
    if value is None:
        return gettext("not answered")
    match ask.kind:
        case "date":
            return day(dt.date.fromisoformat(str(value)))
        case "number" | "decimal":
            return num(value, 0 if float(value).is_integer() else 2)
        case "area":
            return area(str(value))
        case "programmes":
            return ", ".join(programme(code, lang) for code in value) or gettext("none")
        case _:
            return word(value, lang, ask.fact)
