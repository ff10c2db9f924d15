"""What a typed name may mean: its keys in every reading, keys one letter away, and how alike two names are.

The registry stores one key a name (bangla_names.name_key). A search is freer than a key: words come in another order,
one is left out, and some are written so differently that no key holds them together (Chy. for Chowdhury). All of that
is worked out here, from what was typed, so stored keys do not change when a spelling is learnt.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, permutations, product

from shohay.core.bangla_names import TITLES, join_keys, letters_key, romanise_word, token_key, tokens

LONGEST = 300  # characters of a name that are read; no name of a person is longer
WORDS = 8  # words of a name that are read
READINGS = 12  # spellings of a whole name tried when its words have several
LETTERS = "bdfghjklmnprst"  # a key is made of these, and an 'a' at its head

# words that clerks shorten or spell past what a key forgives; each is read as any of its group
_ALIKE = (
    "abdul abdur abdus abdun abdud abd a আব্দুল আবদুল আঃ আ", "mia miah meah mian মিয়া মিঞা", "khan kha খান খাঁ",
    "chowdhury chowdury chy চৌধুরী চৌঃ চৌ", "uddin udd উদ্দিন", "jyotsna jotsna josna jyosna জ্যোৎস্না জোসনা জোছনা",
    "bhuiyan bhuyan bhuiya ভূঁইয়া ভূইয়া ভুইয়া ভূঞা",
)  # fmt: skip

# second names of women that one paper gives and the next exchanges; known by their keys
_EXCHANGED = "begum khatun bibi khanam akter banu nessa bewa sultana parvin"


@lru_cache(1)
def exchanged() -> tuple[str, ...]:
    return tuple(token_key(word) for word in _EXCHANGED.split())


@lru_cache(1)
def _alike() -> dict[str, tuple[str, ...]]:
    """Word -> the other keys of its group."""
    found: dict[str, tuple[str, ...]] = {}
    for group in _ALIKE:
        words = [word for text in group.split() for word in tokens(text)]
        keys = dict.fromkeys(letters_key(word) for word in words)
        for word in words:
            found[word] = tuple(key for key in keys if key and key != letters_key(word))
    return found


def keys_of(word: str) -> tuple[str, ...]:
    """The key of a word as ``tokens`` gives it, then the keys of what it may stand for; none for a title.

    >>> keys_of("mia"), keys_of("md")
    (('m', 'mn'), ())
    """
    key = token_key(word)
    return () if word in TITLES else tuple(one for one in (key, *_alike().get(word, ())) if one)


@dataclass(frozen=True)
class Asked:
    """A name as typed. ``words``: keys of each word, its own first. ``plain``: the words themselves, titles dropped."""

    words: tuple[tuple[str, ...], ...]
    plain: tuple[str, ...]

    @property
    def same(self) -> list[str]:
        """Keys of names that sound the same, what was typed first."""
        return list(dict.fromkeys(join_keys(list(one)) for one in islice(product(*self.words), READINGS)))

    @property
    def moved(self) -> list[str]:
        """Keys of the same words in another order (up to three words)."""
        if not 2 <= len(self.words) <= 3:
            return []
        found = [join_keys([word[0] for word in order]) for order in permutations(self.words)]
        return [key for key in dict.fromkeys(found) if key not in self.same]

    @property
    def shorter(self) -> list[str]:
        """Keys of the name with one word left out, while something that tells people apart remains."""
        first = [word[0] for word in self.words]
        found = [join_keys(first[:place] + first[place + 1 :]) for place in range(len(first))]
        return [key for key in dict.fromkeys(found) if len(key) >= 3] if len(first) > 1 else []

    @property
    def changed(self) -> list[str]:
        """Keys of the name with a woman's second name exchanged for another (Begum, Khatun)."""
        first = [word[0] for word in self.words]
        if len(first) < 2 or first[-1] not in exchanged():
            return []
        return self.replaced(len(first) - 1, [key for key in exchanged() if key != first[-1]])

    def replaced(self, place: int, others: list[str]) -> list[str]:
        """Keys of the name with the word at ``place`` replaced by each of ``others``."""
        first = [word[0] for word in self.words]
        return [join_keys([*first[:place], other, *first[place + 1 :]]) for other in others]


def asked(text: str) -> Asked:
    """Read a name as typed; a name of titles alone is read as its letters (nobody is called 'Md.' only)."""
    words = tokens(text[:LONGEST])[:WORDS]
    plain = [word for word in words if keys_of(word)]
    if plain:
        return Asked(tuple(keys_of(word) for word in plain), tuple(plain))
    keys = [(word, letters_key(word)) for word in words]
    return Asked(tuple((key,) for _, key in keys if key), tuple(word for word, key in keys if key))


def misspelt(key: str) -> list[str]:
    """Every key that is one letter away: two exchanged, one dropped, one other, one more; the likeliest kinds first."""
    cuts = [(key[:at], key[at:]) for at in range(len(key) + 1)]
    swapped = [head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1]
    dropped = [head + tail[1:] for head, tail in cuts if tail]
    other = [head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS]
    more = [head + letter + tail for head, tail in cuts for letter in LETTERS]
    first = [f"a{key}"] if not key.startswith("a") else []
    return [one for one in dict.fromkeys([*swapped, *dropped, *other, *more, *first]) if one and one != key]


@lru_cache(1 << 15)
def _word(word: str) -> tuple[str, str]:
    """Letters and key of a word, '' for a title; the words of names are few and come again and again."""
    return ("", "") if word in TITLES else (romanise_word(word), token_key(word))


def bare(text: str) -> tuple[str, ...]:
    """The words of a name, titles dropped."""
    return tuple(word for word in tokens(text) if word not in TITLES)


def plain(text: str) -> str:
    """A name in Latin letters without titles and spaces, for comparing by eye's measure."""
    return "".join(_word(word)[0] for word in tokens(text))


def alike(one: str, other: str) -> float:
    """How alike two ``plain`` names are, 0 to 1: the share of pairs of neighbouring letters that both have."""
    left, right = ({text[at : at + 2] for at in range(len(text) - 1)} or {text} for text in (one, other))
    return 2 * len(left & right) / (len(left) + len(right))


def holds(name: str, wanted: Asked) -> bool:
    """Whether each word typed stands among the words of ``name``, by one of its keys, wherever it stands."""
    keys = {_word(word)[1] for word in tokens(name)}
    bare = {key.removeprefix("a") for key in keys}
    return all(any(key in keys or key.removeprefix("a") in bare for key in word) for word in wanted.words)
