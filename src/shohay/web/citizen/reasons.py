"""An answer of the evaluator in the words of the page: every condition with the fact beside it, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from shohay.bulk.answers import Answer, Reason
from shohay.core import criteria
from shohay.core.definition import Benefit, Definition, Version
from shohay.core.facts import FACTS
from shohay.core.messages import Text
from shohay.stages.programmes import queries
from shohay.web.parts.names import programme
from shohay.web.parts.words import word
from shohay.web.templatetags.shohay import area, day, language, num, taka

# what a programme verifies -> what to bring
BRING: dict[str, Text] = {
    "nid": Text("জাতীয় পরিচয়পত্র বা জন্মনিবন্ধন সনদ", "National identity card or birth registration certificate"),
    "sim_owner": Text("নিজের নামে নিবন্ধিত মোবাইল নম্বর", "A mobile number registered in your own name"),
    "own_mobile": Text("নিজের মোবাইল নম্বর", "Your own mobile number"),
    "disability_card": Text("সুবর্ণ নাগরিক কার্ড", "Suborno Nagorik card"),
    "anc_card": Text("গর্ভকালীন সেবা (এএনসি) কার্ড", "Antenatal care (ANC) card"),
    "birth_registration": Text("সন্তানের জন্মনিবন্ধন সনদ", "Birth registration of the child"),
    "husband_death_registration": Text(
        "স্বামীর মৃত্যুনিবন্ধন সনদ (বিধবা হলে)", "Death registration of the husband, if widowed"
    ),
    "institution": Text("শিক্ষাপ্রতিষ্ঠানের প্রত্যয়নপত্র", "A certificate from the school or college"),
    "gazette": Text("মুক্তিযোদ্ধা গেজেট বা এমআইএসের কাগজ", "Paper of the gazette or the ministry's list of freedom fighters"),
    "medical_certificate": Text("চিকিৎসকের সনদ ও পরীক্ষার প্রতিবেদন", "A doctor's certificate and test reports"),
    "garden_list": Text("চা-বাগানের শ্রমিক পরিচয়পত্র", "Worker's card of the tea garden"),
}
PAPERS_FOR_ALL = Text("দুই কপি পাসপোর্ট আকারের ছবি", "Two passport-size photographs")
# unit of a benefit -> words
PER: dict[str, Text] = {
    "month": Text("প্রতি মাসে", "a month"), "quarter": Text("প্রতি তিন মাসে", "a quarter"),
    "half_year": Text("প্রতি ছয় মাসে", "a half-year"), "year": Text("প্রতি বছরে", "a year"),
    "day": Text("প্রতি দিনে", "a day"), "event": Text("একবার", "once"),
}  # fmt: skip
OFFICES: dict[str, Text] = {
    "MoSW": Text("উপজেলা সমাজসেবা কার্যালয়", "Upazila Social Services Office"),
    "MoWCA": Text("উপজেলা মহিলা বিষয়ক কর্মকর্তার কার্যালয়", "Upazila Women Affairs Office"),
    "MoFood": Text("উপজেলা খাদ্য নিয়ন্ত্রকের কার্যালয়", "Upazila Food Controller's Office"),
    "MoPME": Text("সন্তানের বিদ্যালয়", "The child's school"),
    "MoLWA": Text("উপজেলা নির্বাহী কর্মকর্তার কার্যালয়", "Office of the Upazila Nirbahi Officer"),
    "SHED": Text("শিক্ষাপ্রতিষ্ঠান বা বিভাগের ওয়েবসাইট", "The school or college, or the website of the division"),
}
ANYWHERE = Text("ইউনিয়ন ডিজিটাল সেন্টার বা ওয়ার্ড কাউন্সিলরের কার্যালয়", "Union Digital Centre or ward councillor's office")


def shown_answer(
    answer: Answer, definition: Definition, facts: Mapping[str, object], on: dt.date, upazila: str
) -> dict[str, object]:
    """What parts/decision.html shows, and for those who may apply: the benefit, what to bring, where to go."""
    version = definition.version_on(on)
    assert version is not None
    lang = language()
    return {
        "outcome": answer.outcome,
        "title": programme(definition.code, lang),
        "href": reverse("public:programme", args=[definition.programme]),
        "note": benefit_words(version),
        "criteria": [_criterion(row, version, facts) for row in answer.criteria],
        "bring": bring(version),
        "where": where_to_apply(definition.programme, upazila),
    }


def _criterion(reason: Reason, version: Version, facts: Mapping[str, object]) -> dict[str, object]:
    return {
        "ok": reason.holds,
        "text": reason.text_en if language() == "en" else reason.text_bn,
        "facts": [
            (label(name), fact_words(name, facts[name])) for name in read_by(reason.id, version) if name in facts
        ],
        "missing": [label(name) for name in reason.missing],
    }


def read_by(identifier: str, version: Version) -> list[str]:
    """The known facts that a criterion reads, followed back to what was asked; none for the common criteria."""
    for criterion in version.criteria:
        if criterion.id == identifier:
            read = sorted(criteria.check(criterion.must, FACTS, version.values).facts)
            return list(dict.fromkeys(name for fact in read for name in FACTS[fact].asked))
    return []


def label(name: str) -> str:
    return FACTS[name].text.in_language(language()) if name in FACTS else name


def fact_words(name: str, value: object) -> str:
    """A fact as people write it: dates, numbers, yes and no, codes in words."""
    lang = language()
    if value is None:
        return word(None, lang)
    if isinstance(value, bool):
        return word(value, lang)
    if isinstance(value, dt.date):
        return day(value)
    if isinstance(value, int | float):
        return num(value, 0 if float(value).is_integer() else 2)
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(programme(str(code), lang) for code in value) or word("none", lang)
    return area(str(value)) if name.endswith("_code") else word(value, lang, name)


def benefit_words(version: Version) -> str:
    """ "৳ 650 a month", "৳ 900 to 1,300 a month", or the sentence of the schedule where it has one."""
    lang = language()
    parts: list[str] = []
    cash: dict[str, set[int]] = {}
    for line in version.benefit:
        amount = taka_of(version, line)
        if line.kind == "cash" and amount is not None:
            cash.setdefault(line.per, set()).add(amount)
        elif line.text:
            parts.append(line.text.as_text().in_language(lang))
        else:
            parts.append(f"{_quantity(line.quantity)} {unit_words(line.unit)} {PER[line.per].in_language(lang)}")
    for per, amounts in cash.items():
        low, high = taka(min(amounts) * 100), taka(max(amounts) * 100)
        what = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
        words = PER[per].in_language(lang)
        parts.append(f"{words} {what}" if lang == "bn" else f"{what} {words}")
    return "; ".join(dict.fromkeys(parts))


def taka_of(version: Version, line: Benefit) -> int | None:
    """The amount of a line in whole taka, a parameter looked up; None for goods."""
    amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
    return int(str(amount)) if amount is not None else None


def _quantity(value: float | None) -> str:
    return num(value, 0 if float(value or 0).is_integer() else 2)


def unit_words(unit: str) -> str:
    known = {
        "kg": Text("কেজি", "kg"), "kg_rice": Text("কেজি চাল", "kg of rice"),
        "kg_fortified_rice": Text("কেজি পুষ্টি চাল", "kg of fortified rice"),
    }  # fmt: skip
    return known[unit].in_language(language()) if unit in known else unit.replace("_", " ")


def bring(version: Version) -> list[str]:
    lang = language()
    return [
        *(BRING[name].in_language(lang) for name in version.verify if name in BRING),
        PAPERS_FOR_ALL.in_language(lang),
    ]


def where_to_apply(code: str, upazila: str) -> str:
    """The office for the programme's ministry, in the person's upazila when they told it."""
    found = queries.programme(code)
    office = OFFICES.get(found.ministry_id if found else "", ANYWHERE).in_language(language())
    return _("%(office)s, %(place)s") % {"office": office, "place": area(upazila)} if upazila else office
