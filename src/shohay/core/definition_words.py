"""The parts of a definition in words, both languages: benefits, quota, order, exits, moves. Codes of programmes are
told by ``names``, and stay codes where it does not know them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from shohay.core.bangla import date_text
from shohay.core.definition import Benefit, End, Legal, Move, Order, Parameter, Quota, Version
from shohay.core.document import figure
from shohay.core.facts import FACTS
from shohay.core.messages import Text

Names = Mapping[str, Text]
CODES: dict[str, Text] = {
    "month": Text("প্রতি মাসে", "a month"),
    "quarter": Text("তিন মাসে", "a quarter"),
    "half_year": Text("ছয় মাসে", "half a year"),
    "year": Text("বছরে", "a year"),
    "day": Text("প্রতিদিন", "a day"),
    "event": Text("প্রতিবার", "each time"),
    "person": Text("প্রতি ব্যক্তি", "for each person"),
    "household": Text("প্রতি পরিবার", "for each household"),
    "monthly": Text("মাসিক", "monthly"),
    "quarterly": Text("তিন মাস পরপর", "quarterly"),
    "half_yearly": Text("ছয় মাস পরপর", "half-yearly"),
    "yearly": Text("বার্ষিক", "yearly"),
    "weekly": Text("সাপ্তাহিক", "weekly"),
    "upazila": Text("উপজেলা অনুযায়ী", "by upazila"),
    "union": Text("ইউনিয়ন অনুযায়ী", "by union"),
    "none": Text("নেই", "none"),
    "allowed": Text("একসঙ্গে চলে", "may be held together"),
    "forbidden": Text("একসঙ্গে চলে না", "may not be held together"),
    "next_month": Text("পরের মাস থেকে", "from the next month"),
    "same_day": Text("সেদিন থেকেই", "from the same day"),
    "next_period": Text("পরের মেয়াদ থেকে", "from the next period"),
    "fiscal_year": Text("অর্থবছরের প্রথম দিন", "first day of the fiscal year"),
    "applicants": Text("আবেদনকারীদের মধ্য থেকে", "from those who applied"),
    "registry": Text("নিবন্ধনের সবার মধ্য থেকে", "from everybody in the registry"),
    "self": Text("নিজে", "the person"),
    "woman": Text("পরিবারের নারী", "a woman of the household"),
    "head": Text("পরিবারপ্রধান", "the head of the household"),
    "asc": Text("কম আগে", "lowest first"),
    "desc": Text("বেশি আগে", "highest first"),
    "rule": Text("নিয়ম", "rule"),
    "rate": Text("হার", "rate"),
    "number": Text("সংখ্যা", "number"),
    "budget": Text("বাজেট", "budget"),
    "high": Text("নির্ভরযোগ্য", "confidence high"),
    "medium": Text("মোটামুটি নির্ভরযোগ্য", "confidence medium"),
    "low": Text("কম নির্ভরযোগ্য", "confidence low"),
    "true": Text("হ্যাঁ", "yes"),
    "false": Text("না", "no"),
    "death": Text("মৃত্যু", "death"),
    "migration_abroad": Text("বিদেশে চলে যাওয়া", "moving abroad"),
    "false_information": Text("মিথ্যা তথ্য", "false information"),
    "remarriage": Text("পুনর্বিবাহ", "remarriage"),
}

UNITS: dict[str, Text] = {
    "taka_per_kg": Text("টাকা প্রতি কেজি", "taka a kg"),
    "taka_per_day": Text("টাকা প্রতিদিন", "taka a day"),
    "taka_per_month": Text("টাকা প্রতি মাসে", "taka a month"),
    "taka_per_half_year": Text("টাকা ছয় মাসে", "taka half a year"),
    "taka_per_year": Text("টাকা বছরে", "taka a year"),
    "taka_once_a_year": Text("টাকা বছরে একবার", "taka once a year"),
    "taka_each_time": Text("টাকা প্রতিবার", "taka each time"),
    "taka_once": Text("টাকা একবার", "taka once"),
    "taka_per_head_per_year": Text("টাকা মাথাপিছু বছরে", "taka a head a year"),
    "kg": Text("কেজি", "kg"),
    "kg_per_event": Text("কেজি প্রতিবার", "kg each time"),
    "kg_per_month": Text("কেজি প্রতি মাসে", "kg a month"),
    "kg_rice": Text("কেজি চাল", "kg of rice"),
    "kg_fortified_rice": Text("কেজি পুষ্টি চাল", "kg of fortified rice"),
    "conditions": Text("শর্ত", "conditions"),
    "month_of_pregnancy": Text("গর্ভাবস্থার মাস", "month of pregnancy"),
    "pmt_score": Text("পিএমটি স্কোর", "PMT score"),
    "class": Text("শ্রেণি", "class"),
    "pregnancies": Text("গর্ভধারণ", "pregnancies"),
    "years": Text("বছর", "years"),
    "decimals": Text("শতাংশ", "decimals"),
}


def unit(name: str) -> Text:
    """The words of a unit: "kg rice" of a benefit and kg_rice of a figure are the same; others as they are."""
    key = name.strip().replace(" ", "_")
    return UNITS.get(key, Text(key.replace("_", " "), key.replace("_", " ")))


def code(value: object) -> Text:
    """The words of a code; one without words as it is."""
    written = str(value).lower() if isinstance(value, bool) else str(value)
    return CODES.get(written, Text(written.replace("_", " "), written.replace("_", " ")))


def both(bn: str, en: str) -> Text:
    return Text(bn, en)


def joined(texts: list[Text], by: str = "; ") -> Text:
    return Text(by.join(text.bn for text in texts if text.bn), by.join(text.en for text in texts if text.en))


def days(first: dt.date, last: dt.date | None) -> Text:
    """From the first to the last day, or onwards."""
    if last is None:
        return Text(f"{date_text(first, 'bn')} থেকে", f"from {date_text(first, 'en')}")
    return Text(
        f"{date_text(first, 'bn')} থেকে {date_text(last, 'bn')}", f"{date_text(first, 'en')} to {date_text(last, 'en')}"
    )


def parameter(one: Parameter) -> Text:
    """The value of a figure with its unit."""
    if isinstance(one.value, bool):
        return code(one.value)
    of = unit(one.unit)
    return Text(f"{figure(one.value, 'bn')} {of.bn}".strip(), f"{figure(one.value, 'en')} {of.en}".strip())


def programme(code_: str, names: Names) -> Text:
    return names.get(code_, Text(code_, code_))


def benefit(version: Version, line: Benefit) -> Text:
    """What a line of the schedule gives, to whom, how often."""
    amount = version.values.get(line.amount) if isinstance(line.amount, str) else line.amount
    per, of = code(line.per), code(line.of)
    parts = []
    if line.kind == "cash":
        parts.append(
            both(f"{figure(amount, 'bn')} টাকা {per.bn}, {of.bn}", f"Tk {figure(amount, 'en')} {per.en}, {of.en}")
        )
    else:
        what, amounts = unit(line.unit), [figure(line.quantity, language) for language in ("bn", "en")]
        parts.append(both(f"{amounts[0]} {what.bn} {per.bn}, {of.bn}", f"{amounts[1]} {what.en} {per.en}, {of.en}"))
        price = version.values.get(line.price) if isinstance(line.price, str) else line.price
        if price is not None:
            parts.append(both(f"দাম {figure(price, 'bn')} টাকা", f"sold at Tk {figure(price, 'en')}"))
    if line.where:
        parts.append(joined([_where(name, wanted) for name, wanted in line.where.items()], ", "))
    if line.times:
        label = FACTS[line.times].text
        parts.append(both(f"প্রতিটির জন্য: {label.bn}", f"for each: {label.en}"))
    if line.months:
        shown = ", ".join(map(str, line.months))
        parts.append(both(f"মাস: {shown}", f"in months {shown}"))
    return joined(parts)


def _where(name: str, wanted: Any) -> Text:
    label = FACTS[name].text
    if isinstance(wanted, bool):
        return both(f"{label.bn}: {code(wanted).bn}", f"{label.en}: {code(wanted).en}")
    if FACTS[name].kind == "number":
        shown = [f"{'' if low is None else figure(low, lang)}–{'' if high is None else figure(high, lang)}"
                 for low, high in [wanted] for lang in ("bn", "en")]  # fmt: skip
        return both(f"{label.bn} {shown[0]}", f"{label.en} {shown[1]}")
    return both(f"{label.bn}: {', '.join(map(str, wanted))}", f"{label.en}: {', '.join(map(str, wanted))}")


def quota(one: Quota) -> Text:
    """How the places are counted."""
    if one.by == "none" or one.from_ == "none":
        parts = [both("কোটা নেই, যোগ্য সবাই পান", "No quota: everyone eligible is taken")]
    else:
        parts = [both(f"কোটা {code(one.by).bn}", f"Quota {code(one.by).en}")]
    if one.women_share_at_least is not None:
        share = round(one.women_share_at_least * 100)
        parts.append(both(f"অন্তত {figure(share, 'bn')}% নারী", f"at least {share}% women"))
    if one.universal_where:
        parts.append(both(f"সবাই পান যেখানে: {one.universal_where}", f"everyone where: {one.universal_where}"))
    return joined(parts)


def order(steps: tuple[Order, ...]) -> Text:
    """The order in which the places are given."""
    return joined([_step(step) for step in steps], " → ")


def _step(step: Order) -> Text:
    if step.by == "lot":
        return both("লটারি", "by lot")
    label = FACTS[step.by].text if step.by in FACTS else Text(step.by, step.by)
    direction = code(step.order)
    return both(f"{label.bn} ({direction.bn})", f"{label.en} ({direction.en})")


def end(one: End) -> Text:
    after = Text(f" ({one.after})", f" ({one.after})") if one.after else Text("", "")
    return both(
        f"{code(one.on).bn}: {code(one.from_).bn}{after.bn}", f"{code(one.on).en}: {code(one.from_).en}{after.en}"
    )


def move(one: Move, names: Names) -> Text:
    name = programme(one.from_, names)
    return both(f"{name.bn} থেকে আসেন যখন: {one.when}", f"from {name.en} when: {one.when}")


def legal(one: Legal) -> Text:
    kind, trust = code(one.kind), code(one.confidence)
    return both(f"{one.source} ({kind.bn}, {trust.bn})", f"{one.source} ({kind.en}, {trust.en})")
