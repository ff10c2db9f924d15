"""The rulebook: every programme's rules and cases as a page that people can read, in Bangla or English."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from shohay.core import document
from shohay.core.definition import Benefit, Definition, Version
from shohay.core.facts import FACTS
from shohay.core.messages import Text
from shohay.policy import shipped

WORDS = {
    "title": Text("নিয়মাবলি", "Rulebook"),
    "made": Text(
        "এই পাতা policy/ ফোল্ডারের নথি থেকে তৈরি। কেসগুলো প্রতিবার পরীক্ষায় ইঞ্জিনে চালানো হয়।",
        "Written from the documents in policy/. The cases run on the engine in every test.",
    ),
    "now": Text("বর্তমান শর্ত", "Conditions now"),
    "from": Text("{first} থেকে", "from {first}"),
    "history": Text("সংস্করণ", "Versions"),
    "valid": Text("মেয়াদ", "Valid"),
    "benefit": Text("সুবিধা", "Benefit"),
    "source": Text("সূত্র (নির্ভরযোগ্যতা)", "Source (confidence)"),
    "note": Text("টীকা", "Note"),
    "cases": Text("কেস", "Cases"),
    "given": Text("জানা আছে", "Given"),
    "answer": Text("উত্তর", "Answer"),
    "always": Text("সব কেসে, ভিন্ন কিছু না বলা থাকলে", "In every case unless it says otherwise"),
    "true": Text("যোগ্য", "eligible"),
    "false": Text("অযোগ্য", "not eligible"),
    "unknown": Text("বলা যায় না", "cannot tell"),
    "none": Text("কর্মসূচি তখন ছিল না", "no programme then"),
    "missing": Text("জানা দরকার", "to be asked"),
    "selected": Text("তালিকায় স্থান পান", "takes a place"),
    "not_selected": Text("স্থান পান না", "gets no place"),
    "slots": Text("স্থান", "places"),
    "pays": Text("প্রাপ্য ৳{taka}", "is owed Tk {taka}"),
    "open": Text("চলমান", "open"),
    "receives": Text("পান", "receives"),
    "household_receives": Text("পরিবার পায়", "the household receives"),
    "on": Text("তারিখ", "on"),
    "month": Text("মাসে", "a month"),
    "day": Text("দিনে", "a day"),
    "quarter": Text("তিন মাসে", "a quarter"),
    "half_year": Text("ছয় মাসে", "a half-year"),
    "year": Text("বছরে", "a year"),
    "event": Text("প্রতিবার", "each time"),
    "each": Text("প্রতি জনের জন্য", "for each"),
}


def render(language: str) -> str:
    """The whole rulebook in Markdown; ``language`` is 'bn' or 'en'."""
    parts = [f"# {_word('title', language)}", "", _word("made", language), ""]
    for definition in shipped.definitions():
        parts += _programme(definition, language)
    return "\n".join(parts).rstrip() + "\n"


def _word(name: str, language: str, **values: object) -> str:
    return WORDS[name].in_language(language).format(**values)


def _programme(definition: Definition, language: str) -> list[str]:
    latest = definition.versions[-1]
    title = definition.title.as_text().in_language(language)
    lines = [f"## {title} ({definition.code})", ""]
    if shipped.has(definition.code, f"about.{language}.md"):
        lines += [shipped.read(definition.code, f"about.{language}.md").strip(), ""]
    lines += [f"### {_word('now', language)} ({_word('from', language, first=_day(latest.first, language))})", ""]
    lines += [f"- {latest.sentence(id_).in_language(language)} `{id_}`" for id_ in latest.criterion_ids]
    lines += ["", f"### {_word('history', language)}", ""]
    head = [_word(name, language) for name in ("valid", "benefit", "source", "note")]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|---|"]
    lines += [_version(version, language) for version in definition.versions]
    return [*lines, "", *_cases(definition, language), ""]


def _version(version: Version, language: str) -> str:
    last = _day(version.valid[1], language) if version.valid[1] else _word("open", language)
    benefit = "; ".join(_benefit(version, line, language) for line in version.benefit)
    sources = "; ".join(f"{legal.source} ({legal.confidence})" for legal in version.legal)
    return f"| {_day(version.first, language)} – {last} | {benefit} | {_cell(sources)} | {_cell(version.note)} |"


def _benefit(version: Version, line: Benefit, language: str) -> str:
    if line.text:
        return line.text.as_text().in_language(language)
    amount = version.values[line.amount] if isinstance(line.amount, str) else line.amount
    per = _word(line.per, language)
    money = f"৳{document.figure(amount, language)} {per}"
    if line.times:
        money += f" ({FACTS[line.times].text.in_language(language)}, {_word('each', language)})"
    conditions = [_where(name, allowed, language) for name, allowed in line.where.items()]
    return f"{'; '.join(conditions)}: {money}" if conditions else money


def _where(name: str, allowed: Any, language: str) -> str:
    label = FACTS[name].text.in_language(language)
    if FACTS[name].kind != "number":
        return f"{label} {', '.join(map(str, allowed))}" if isinstance(allowed, list) else label
    low, high = allowed
    if low == high:
        return f"{label} {document.figure(low, language)}"
    return f"{label} {document.figure(low, language)}–{document.figure(high, language) if high is not None else ''}"


def _cases(definition: Definition, language: str) -> list[str]:
    whole = document.read(shipped.read(definition.code, "cases.yaml"))
    head = [_word(name, language) for name in ("cases", "given", "answer")]
    lines = [f"### {_word('cases', language)}", ""]
    lines += [f"{_word('always', language)}: {_facts({'on': whole['on'], **whole.get('given', {})}, language)}", ""]
    lines += [f"| {' | '.join(head)} |", "|---|---|---|"]
    for case in whole["cases"]:
        told = {name: case[name] for name in ("on", "receives", "household_receives", "slots") if name in case}
        given = _facts({**told, **case.get("facts", {})}, language)
        lines.append(f"| {case['id']} | {given} | {_expected(case['expect'], language)} |")
    return lines


def _facts(facts: Mapping[str, Any], language: str) -> str:
    return "; ".join(f"{_label(name, language)}: {_value(value, language)}" for name, value in facts.items())


def _label(name: str, language: str) -> str:
    return _word(name, language) if name in WORDS else FACTS[name].text.in_language(language)


def _value(value: Any, language: str) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return {("bn", True): "হ্যাঁ", ("bn", False): "না", ("en", True): "yes", ("en", False): "no"}[language, value]
    if isinstance(value, dt.date):
        return _day(value, language)
    return ", ".join(map(str, value)) if isinstance(value, list) else document.figure(value, language)


def _day(day: dt.date, language: str) -> str:
    text = day.strftime("%d-%m-%Y")
    return text.translate(document.TO_BANGLA) if language == "bn" else text


def _expected(expect: Mapping[str, Any], language: str) -> str:
    if expect.get("version") == "none":
        return _word("none", language)
    parts = [_word(str(expect["eligible"]).lower(), language)]
    if expect.get("because"):
        parts.append(", ".join(f"`{id_}`" for id_ in expect["because"]))
    if expect.get("missing"):
        names = ", ".join(FACTS[name].text.in_language(language) for name in expect["missing"])
        parts.append(f"{_word('missing', language)}: {names}")
    if "selected" in expect:
        parts.append(_word("selected" if expect["selected"] else "not_selected", language))
    if "pays" in expect:
        parts.append(_word("pays", language, taka=document.figure(expect["pays"], language)))
    return "; ".join(parts)


def _cell(text: str) -> str:
    return text.replace("|", "/").replace("\n", " ")
