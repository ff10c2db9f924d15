"""Names in Bangla or Latin letters: romanised for comparing, and a key that spelling variants share.

The key is the skeleton of consonants, with the sounds that clerks exchange merged: ph/f, z/j, v/b, sh/s/ch, the
aspirates, doubled letters; vowels count only at the start of the name. Titles (মোঃ, মোছাঃ, শ্রী, মৃত, Md., Mst. ...)
do not count. A key is made word by word, so bulk code computes it on the distinct words and joins back.
"""

from __future__ import annotations

import re

from shohay.core.bangla_text import is_bangla, normalise

CONSONANTS = {
    "ক": "k", "খ": "kh", "গ": "g", "ঘ": "gh", "ঙ": "ng", "চ": "ch", "ছ": "chh", "জ": "j", "ঝ": "jh", "ঞ": "n",
    "ট": "t", "ঠ": "th", "ড": "d", "ঢ": "dh", "ণ": "n", "ত": "t", "থ": "th", "দ": "d", "ধ": "dh", "ন": "n",
    "প": "p", "ফ": "f", "ব": "b", "ভ": "bh", "ম": "m", "য": "j", "র": "r", "ল": "l", "শ": "sh", "ষ": "sh",
    "স": "s", "হ": "h", "\u09dc": "r", "\u09dd": "rh", "\u09df": "y", "ৰ": "r", "ৱ": "b",
}  # fmt: skip
VOWELS = {
    "অ": "a", "আ": "a", "ই": "i", "ঈ": "i", "উ": "u", "ঊ": "u", "ঋ": "ri", "এ": "e", "ঐ": "oi", "ও": "o", "ঔ": "ou",
}  # fmt: skip
SIGNS = {"া": "a", "ি": "i", "ী": "i", "ু": "u", "ূ": "u", "ৃ": "ri", "ে": "e", "ৈ": "oi", "ো": "o", "ৌ": "ou"}
VIRAMA = "্"
# য-ফলা and ব-ফলা are heard in the vowel, not as letters, except after these (কার্য, গর্ব, আম্বিয়া, আব্বাস)
SOUNDED_BEFORE = {"য": "র", "ব": "মবর"}
CODAS = {"ং": "ng", "ৎ": "t", "ঃ": "", "ঁ": ""}
VELARS = frozenset("কখগঘ")

# letters of the Latin alphabet as Bangla names write them: এস এম = S M
LETTER_NAMES = {
    "এ": "a", "বি": "b", "সি": "c", "ডি": "d", "ই": "e", "এফ": "f", "জি": "g", "এইচ": "h", "আই": "i", "জে": "j",
    "কে": "k", "এল": "l", "এম": "m", "এন": "n", "পি": "p", "কিউ": "q", "আর": "r", "এস": "s", "টি": "t", "ইউ": "u",
    "ভি": "v",
}  # fmt: skip

# forms of address and of Muhammad, dropped from the key; compared after normalise() and lower()
_TITLE_WORDS = (
    "মোঃ মো মোহাঃ মোহা মুহাঃ মু মুঃ মোহাম্মদ মোহাম্মাদ মুহাম্মদ মুহাম্মাদ মোহাম্মেদ মোছাঃ মোছা মোসাঃ মোসা মোছাম্মৎ মোসাম্মৎ"
    " মোছাম্মাৎ মোসাম্মাৎ মুসাম্মৎ মুছাম্মৎ শ্রী শ্রীমতি শ্রীমতী জনাব জনাবা মৃত মৃতঃ মরহুম মরহুমা আলহাজ আলহাজ্ব হাজী হাজি ডাঃ ডা"
    " ডক্টর ড প্রফেসর"
    " md mohd mo moh mohammad mohammed muhammad mohammod mohamad mohamed muhammed mst most mosa mosha mosammat mossammat"
    " mosammot musammat mosammet sree sri shri srimati shrimati mr mrs ms late alhaj alhajj haji hazi hajee dr prof"
)
TITLES = frozenset(_TITLE_WORDS.split())

_KEY_STEPS = (
    (re.compile(r"ksh|kkh|x"), "k"),
    (re.compile(r"chh|ch|sh"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[kgjtdbrcz])h"), ""),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"[cq]"), "k"),
    (re.compile(r"[zj]"), "j"),
    (re.compile(r"v"), "b"),
    (re.compile(r"[wy]"), "a"),
    (re.compile(r"(?<=[aeiou])h$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
KEY_LENGTH = 120


def tokens(text: str) -> list[str]:
    """The words of a name, normalised, lower case, without points, commas and digits."""
    return [word for word in re.split(r"[^a-z\u0980-\u09e3]+", normalise(text).lower()) if word]


def romanise(text: str) -> str:
    """A name in plain lower-case Latin letters, titles kept; Latin words pass through.

    >>> romanise("রহিম উদ্দিন")
    'rahim uddin'
    """
    return " ".join(word for word in map(romanise_word, tokens(text)) if word)


def romanise_word(word: str) -> str:
    """One word. The inherent vowel is 'a'; it falls silent at the end and between open syllables (রহমান: rahman)."""
    if not is_bangla(word):
        return word
    if word in LETTER_NAMES:
        return LETTER_NAMES[word]
    out: list[str] = []
    place = 0
    while place < len(word):
        place = _next_letter(word, place, out)
    return re.sub(r"(?<![bcdfghjklmnpqrstvwxyz])oya", "wa", "".join(out)).replace("oya", "owa")


def _next_letter(word: str, place: int, out: list[str]) -> int:
    """Append the Latin for the letter at ``place`` with its vowel; return where the next one starts."""
    letter = word[place]
    if letter in VOWELS:
        out.append(VOWELS[letter])
    elif letter in CODAS:
        velar_follows = place + 1 < len(word) and word[place + 1] in VELARS
        out.append("n" if letter == "ং" and velar_follows else CODAS[letter])
    elif letter in CONSONANTS:
        return _consonant(word, place, out)
    elif letter in SIGNS:
        out.append(SIGNS[letter])
    elif "a" <= letter <= "z":
        out.append(letter)
    return place + 1


def _consonant(word: str, place: int, out: list[str]) -> int:
    """A consonant, its conjunct tail and its vowel."""
    joined = False
    while place + 2 < len(word) and word[place + 1] == VIRAMA and word[place + 2] in CONSONANTS:
        out.append(_half(word[place], word[place + 2]))
        place, joined = place + 2, True
        if word[place] in "যব" and word[place - 2] not in SOUNDED_BEFORE[word[place]]:
            return _vowel(word, place + 1, out, closed=True)
        if word[place - 2] == "জ" and word[place] == "ঞ":  # জ্ঞ is said gg
            out[-1] = "g"
            return _vowel(word, place + 1, out, closed=True)
    out.append(CONSONANTS[word[place]])
    return _vowel(word, place + 1, out, closed=joined)


def _half(letter: str, following: str) -> str:
    if letter == "ঙ" and following in VELARS:
        return "n"
    if letter == "ক" and following == "ষ":  # ক্ষ is said kkh
        return "k"
    return CONSONANTS[letter]


def _vowel(word: str, place: int, out: list[str], *, closed: bool) -> int:
    """The vowel after a consonant: a sign, none, or the inherent one. ``closed``: a conjunct went before."""
    if place < len(word) and word[place] in SIGNS:
        out.append(SIGNS[word[place]])
        return place + 1
    if place < len(word) and word[place] == VIRAMA:
        return place + 1
    at_end = place >= len(word) or word[place:] in ("ঃ", "ঁ")
    if not (at_end and not closed) and not (not closed and _is_silent(word, place, out)):
        out.append("a")
    return place


def _is_silent(word: str, place: int, out: list[str]) -> bool:
    """Whether the inherent vowel before ``place`` falls: after an open syllable, before a letter with a vowel sign."""
    before = "".join(out[:-1])
    return (
        bool(before) and before[-1] in "aeiou"
        and place + 1 < len(word) and word[place] in CONSONANTS and word[place + 1] in SIGNS
    )  # fmt: skip


def token_key(word: str) -> str:
    """The skeleton of one word as ``tokens`` gives it; a title gives ''. A leading vowel is written 'a'.

    >>> token_key("জাহাঙ্গীর"), token_key("zahangir"), token_key("মোঃ")
    ('jhngr', 'jhngr', '')
    """
    return "" if word in TITLES else letters_key(word)


def letters_key(word: str) -> str:
    """The skeleton of a word even if it is a title: what is left when a name has nothing else."""
    return _skeleton(romanise_word(word))


def _skeleton(latin: str) -> str:
    for pattern, replacement in _KEY_STEPS:
        latin = pattern.sub(replacement, latin)
    return ("a" if latin[:1] in tuple("aeiou") else "") + re.sub(r"[aeiou]", "", latin)


def join_keys(keys: list[str]) -> str:
    """The key of a name from the keys of its words: only the name's first vowel counts (রহিমউদ্দিন = রহিম উদ্দিন)."""
    kept = [key for key in keys if key]
    return "".join(kept[:1] + [key.removeprefix("a") for key in kept[1:]])[:KEY_LENGTH]


def name_key(text: str) -> str:
    """A key that spelling variants in both scripts share; '' for a name without letters.

    >>> name_key("মোঃ রহিম উদ্দিন") == name_key("Md. Rohim Uddin") == name_key("Rahimuddin")
    True
    """
    words = tokens(text)
    return join_keys([token_key(word) for word in words]) or join_keys(
        [_skeleton(romanise_word(word)) for word in words]
    )
