"""One form for each kind of event: what happened, then when, what shows it and who told it.

All work without JavaScript.
A spouse or another household is looked for in the form itself: the first sending finds, the second tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shohay.core.families import RELATIONS, WASHINGTON_GROUP
from shohay.stages.registry import dated_facts
from shohay.stages.registry.models import Household, Person
from shohay.stages.registry.models_history import LifeEvent
from shohay.web.office import fields
from shohay.web.office.registry import values
from shohay.web.office.words import choices, say
from shohay.web.office.words_events import EVENT_WORDS
from shohay.web.templatetags.shohay import local

EVIDENCE = [
    "certificate",
    "register",
    "kabinnama",
    "court",
    "card",
    "school",
    "employer",
    "chairman",
    "visit",
    "household",
]
CHANNELS = [LifeEvent.Channel.UNION, LifeEvent.Channel.OFFICE, LifeEvent.Channel.HOME, LifeEvent.Channel.PHONE]
FACTS_OF_PERSON = ("name", "parents", "birth", "sex", "marital", "disability", "schooling", "work", "income",
                   "residence")  # fmt: skip
FACTS_OF_HOUSEHOLD = ("dwelling", "assets", "land", "income", "disaster")


class Circle:
    """Whom a form may speak of: members, people away, what was found; and where the officer works."""

    def __init__(
        self, household: Household, members: list[Person], relations: Mapping[int, str], *, away: list[Person],
        unions: list[tuple[str, str]], found_people: list[tuple[str, str]], found_households: list[tuple[str, str]],
        correcting: tuple[Person | None, str],
    ) -> None:  # fmt: skip
        self.household, self.members, self.relations, self.away = household, members, relations, away
        self.unions, self.found_people, self.found_households = unions, found_people, found_households
        self.correcting = correcting

    def named(self, people: list[Person]) -> list[tuple[str, str]]:
        return [(str(one.pk), self._name(one)) for one in people]

    def _name(self, person: Person) -> str:
        relation = self.relations.get(person.pk)
        name = local(person, "name")
        return f"{name} ({say('relation', relation)})" if relation else name

    def everybody(self) -> list[tuple[str, str]]:
        return self.named(self.members)

    def of_sex(self, sex: str) -> list[tuple[str, str]]:
        return self.named([one for one in self.members if one.sex == sex])


class EventForm(forms.Form):
    """What every event needs; the fields of its kind come first."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    device_at = forms.DateTimeField(widget=forms.HiddenInput(attrs={"data-clock": ""}), required=False)
    happened_on = fields.day(
        gettext_lazy("When it happened"), help_text=gettext_lazy("Day, month and year, for instance 21/11/2026.")
    )
    evidence_kind = fields.pick(gettext_lazy("What shows it"), lambda: choices("event_evidence", EVIDENCE))
    evidence_number = fields.line(gettext_lazy("Number of the paper"), longest=80, required=False)
    evidence_note = fields.line(
        gettext_lazy("Note"), longest=400, required=False,
        help_text=gettext_lazy("Who told it, or what you saw. A number or a note is needed."),
    )  # fmt: skip
    evidence_file = fields.file(gettext_lazy("Picture of the paper"), kinds=".pdf,.jpg,.jpeg,.png", required=False)
    channel = fields.pick(gettext_lazy("How it was told"), lambda: choices("channel_of_event", CHANNELS))

    def __init__(self, kind: str, circle: Circle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.circle = kind, circle
        own = OWN[kind](circle)
        self.own = list(own)
        self.fields = {**own, **self.fields}
        if kind in ("disability", "pregnancy", "school", "work", "circumstances", "correction"):
            self._start_from_now()

    def _start_from_now(self) -> None:
        """Facts that change begin with what is known now, where the form is about one household or person."""
        subject: Any = self.circle.household if self.kind == "circumstances" else self.circle.correcting[0]
        if self.kind == "correction" and subject is None:
            subject = self.circle.household
        for name in self.own:
            column = name.removeprefix("set_")
            if subject is not None and hasattr(subject, column):
                now = getattr(subject, column)
                self.initial.setdefault(name, values.initial(column, dated_facts.as_json(now)))
                if column == "occupation":
                    self._own_words(name, now)

    def _own_words(self, name: str, now: str) -> None:
        """What a file said in words of its own stays to choose."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField) and now not in ("", *EVENT_WORDS["occupation"]):
            shown: Any = field.choices
            field.choices = [*shown, (now, now)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("evidence_number") and not given.get("evidence_note"):
            self.add_error("evidence_number", _("Give the number of the paper, or a note."))
        return given

    def people(self) -> list[int]:
        return [int(one) for one in self.cleaned_data.get("people", [])]

    def someone(self, name: str) -> int | None:
        chosen = self.cleaned_data.get(name)
        return int(chosen) if chosen else None

    def changed(self, columns: tuple[str, ...] | list[str]) -> dict[str, Any]:
        """What the form says of these columns, as the registry keeps it."""
        return {column: values.read(column, self.cleaned_data[f"set_{column}"]) for column in columns}


Fields = dict[str, forms.Field]


def _person(circle: Circle, label: str | None = None) -> Fields:
    return {"person": fields.pick(label or _("Who"), [("", "–"), *circle.everybody()])}


def _people(circle: Circle, label: str) -> Fields:
    box = forms.MultipleChoiceField(
        label=label, choices=circle.everybody(), widget=forms.CheckboxSelectMultiple, required=False
    )
    return {"people": box}


def _new_head(circle: Circle) -> Fields:
    help_text = _("Only when the head leaves and others stay.")
    return {
        "new_head": fields.pick(
            _("New head of household"), [("", "–"), *circle.everybody()], required=False, help_text=help_text
        )
    }


def _found(circle: Circle, name: str, label: str, found: list[tuple[str, str]], help_text: str) -> Fields:
    """A box to look for somebody, and what was found."""
    shown: Fields = {f"{name}_search": fields.line(label, required=False, help_text=help_text)}
    if found:
        shown[name] = fields.radio(_("Which one"), found, required=False)
    return shown


def _place(circle: Circle) -> Fields:
    return {
        "area_code": fields.pick(_("Union or ward"), [("", "–"), *circle.unions], required=False),
        "other_area": fields.line(
            _("Another union: its code"),
            longest=8,
            required=False,
            help_text=_("8 digits. The officer there approves."),
        ),
        "address_bn": fields.line(_("Village or neighbourhood"), longest=250, required=False),
        "area_type": fields.pick(
            _("Kind of place"), [("", "–"), *choices("area_type", ("rural", "urban", "city"))], required=False
        ),
    }


def _facts(columns: tuple[str, ...] | list[str]) -> Fields:
    return {f"set_{column}": values.field(column) for column in columns if column not in values.HIDDEN}


def _birth(circle: Circle) -> Fields:
    relations = [("", "–"), *choices("relation", [one for one in RELATIONS if one not in ("head", "spouse", "parent")])]
    return {
        "name_bn": fields.line(_("Name of the child (Bangla)"), longest=300),
        "name_en": fields.line(_("Name in English"), longest=300, required=False),
        "sex": fields.radio(_("Sex"), choices("sex", ("female", "male", "hijra"))),
        "mother": fields.pick(_("Mother"), [("", "–"), *circle.of_sex("female")], required=False),
        "father": fields.pick(_("Father"), [("", "–"), *circle.of_sex("male")], required=False),
        "relation": fields.pick(
            _("Relation to the head"), relations, required=False,
            help_text=_("Empty: as it follows from mother or father."),
        ),
    }  # fmt: skip


def _death(circle: Circle) -> Fields:
    everybody = [("", "–"), *circle.everybody(), *circle.named(circle.away)]
    return {"person": fields.pick(_("Who died"), everybody), **_new_head(circle)}


def _marriage(circle: Circle) -> Fields:
    live = [("", _("Nobody moves")), ("here", _("Husband or wife comes into this household")),
            ("there", _("The member goes to the other household"))]  # fmt: skip
    search_help = _("Identity number, phone, household number or name; then press “Find”.")
    return {
        **_person(circle, _("Who married")),
        **_found(circle, "spouse", _("Husband or wife"), circle.found_people, search_help),
        "spouse_name": fields.line(_("Name, if not in the registry"), longest=300, required=False),
        "permission": fields.line(
            _("Number of a permission"), longest=80, required=False,
            help_text=_("Of the arbitration council for a further wife, or of the court below the age of marriage."),
        ),
        "live_in": fields.radio(_("Where they live"), live, required=False),
        **_new_head(circle),
    }  # fmt: skip


def _divorce(circle: Circle) -> Fields:
    spouse = fields.pick(
        _("From whom"),
        [("", "–"), *circle.everybody()],
        required=False,
        help_text=_("Only where there are several wives."),
    )
    return {**_person(circle), "spouse": spouse}


def _move(circle: Circle) -> Fields:
    help_text = _(
        "Only when members join another household: its number, or a name of it; then press “Find”. In another union: "
        "the code of the union above, and the whole number of the household here."
    )
    return {
        **_people(circle, _("Who moves (nobody ticked: the whole household)")),
        **_place(circle),
        **_found(circle, "to_household", _("Household that they join"), circle.found_households, help_text),
        "relation": _relation(_("Relation to the head there")),
        **_new_head(circle),
    }


def _relation(label: str) -> forms.Field:
    shown = choices("relation", [one for one in RELATIONS if one != "head"])
    return fields.pick(label, shown, initial="other", required=False)


def _split(circle: Circle) -> Fields:
    return {
        **_people(circle, _("Who makes a new household")),
        "head": fields.pick(_("Its head"), [("", "–"), *circle.everybody()]),
        "reference": fields.line(_("Number of the new household"), longest=40, required=False),
        **_place(circle),
        **_new_head(circle),
    }


def _merge(circle: Circle) -> Fields:
    help_text = _("Its number, or a name of it; then press “Find”.")
    return {
        **_found(circle, "to_household", _("Household that they join"), circle.found_households, help_text),
        "relation": _relation(_("This head's relation to the head there")),
    }


def _migration(circle: Circle) -> Fields:
    return {
        **_people(circle, _("Who goes away")),
        "where": fields.radio(_("Where"), choices("where", ("abroad", "other_district"))),
        "place": fields.line(_("Country or district"), required=False),
        **_new_head(circle),
    }


def _return(circle: Circle) -> Fields:
    away = circle.named(circle.away)
    people = forms.MultipleChoiceField(label=_("Who comes back"), choices=away, widget=forms.CheckboxSelectMultiple)
    shown: Fields = {"people": people, "relation": _relation(_("Relation to the head"))}
    if not circle.members:
        shown["head"] = fields.pick(_("New head of household"), [("", "–"), *away])
    return shown


def _correction(circle: Circle) -> Fields:
    person, fact = circle.correcting
    columns = (dated_facts.PERSON if person else dated_facts.HOUSEHOLD).get(fact, ())
    return _facts(columns)


WORK = (*dated_facts.PERSON["work"], *dated_facts.PERSON["income"])
CIRCUMSTANCES = [column for fact in FACTS_OF_HOUSEHOLD for column in dated_facts.HOUSEHOLD[fact]]
OWN: Mapping[str, Callable[[Circle], Fields]] = {
    "birth": _birth,
    "death": _death,
    "marriage": _marriage,
    "divorce": _divorce,
    "separation": _person,
    "move": _move,
    "split": _split,
    "merge": _merge,
    "new_head": lambda circle: _person(circle, _("New head of household")),
    "migration": _migration,
    "return": _return,
    "disability": lambda circle: _facts([*dated_facts.PERSON["disability"], *WASHINGTON_GROUP]),
    "pregnancy": lambda circle: _facts(dated_facts.PERSON["pregnancy"]),
    "school": lambda circle: _facts(dated_facts.PERSON["schooling"]),
    "work": lambda circle: _facts(WORK),
    "circumstances": lambda circle: _facts(CIRCUMSTANCES),
    "correction": _correction,
}
