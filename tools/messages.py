"""The translations: collect what the code says, check that all of it has Bangla, compile.

The English text in the code is the key. Bangla stands in ``src/shohay/locale/bn/*.po``, one file an area, so
that each stays short; they are merged into one catalogue. Usage: ``messages.py compile|check|missing``.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "shohay"
BANGLA = PACKAGE / "locale" / "bn"
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
            "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}  # fmt: skip


def used() -> dict[tuple[str | None, str], str]:
    """Every message of the code and the templates: (context, text) -> where it stands."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)
    from django.utils.translation.template import templatize

    found: dict[tuple[str | None, str], str] = {}
    for path in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.txt")]):
        if "migrations" in path.parts or "data" in path.parts or "static" in path.parts:
            continue
        source = path.read_text()
        if path.suffix != ".py":
            source = templatize(source, origin=str(path))
        for line, message, _, context in extract("python", BytesIO(source.encode()), KEYWORDS):
            text = message[0] if isinstance(message, tuple) else message
            if text:
                found.setdefault((context, text), f"{path.relative_to(PACKAGE)}:{line}")
    return found


def catalogue() -> tuple[Catalog, list[str]]:
    """All areas in one catalogue, and what is wrong with them."""
    merged, problems = Catalog(locale="bn", domain="django"), []
    for path in sorted(BANGLA.glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale="bn"):
                if not message.id:
                    continue
                earlier = merged.get(message.id, message.context)
                if earlier is not None and earlier.string != message.string:
                    problems.append(f"{path.name}: two translations of {message.id!r}")
                if (
                    message.fuzzy
                    or not message.string
                    or (isinstance(message.string, tuple) and not all(message.string))
                ):
                    problems.append(f"{path.name}: no finished translation of {message.id!r}")
                merged.add(message.id, message.string, context=message.context)
    return merged, problems


def compile_all() -> None:
    merged, _ = catalogue()
    folder = BANGLA / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, merged)


def missing() -> list[str]:
    merged, problems = catalogue()
    for (context, text), place in used().items():
        found = merged.get(text, context)
        if found is None or not found.string:
            problems.append(f"{place}: no Bangla for {text!r}")
    return problems


if __name__ == "__main__":
    if sys.argv[1:] == ["compile"]:
        compile_all()
    else:
        wrong = missing()
        print("\n".join(wrong) or "every text has its Bangla")
        sys.exit(bool(wrong))
