"""What a typed name may mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.bangla_names import KEY_LENGTH, name_key, token_key
from shohay.core.name_search import LETTERS, alike, asked, holds, misspelt, plain

KEYS = st.text(alphabet=LETTERS, min_size=1, max_size=8)
WORDS = st.sampled_from(["রহিমা", "খাতুন", "Abdul", "Karim", "মোঃ", "Md.", "মিয়া", "sk", "আঃ", "হোসেন", "Begum", "ইউসুফ"])


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_the_key_of_a_name_is_the_first_of_its_readings(words: list[str]):
    """Else a name typed as it is registered would not be found."""
    assert asked(" ".join(words)).same[0][:KEY_LENGTH] == name_key(" ".join(words))


@given(KEYS, st.data())
def test_misspelt_undoes_any_one_letter(key: str, data: st.DataObject):
    """The naive twin: change the key in one place by hand; from there the right key is one letter away."""
    at = data.draw(st.integers(0, len(key) - 1))
    letter = data.draw(st.sampled_from(LETTERS))
    wrong = [key[:at] + key[at + 1 :], key[:at] + letter + key[at + 1 :], key[:at] + letter + key[at:]]
    wrong.append(key[:at] + key[at + 1 : at + 2] + key[at] + key[at + 2 :])
    for one in wrong:
        assert one in ("", key) or key in misspelt(one)
    assert key not in misspelt(key)


@pytest.mark.parametrize(
    ("typed", "registered"),
    [("Sk. Rahim", "শেখ রহিম"), ("আঃ মান্নান", "আব্দুল মান্নান"), ("Eusuf", "ইউসুফ"), ("Abdul Rahman", "আব্দুর রহমান")],
)
def test_short_and_odd_spellings_are_read_as_what_they_stand_for(typed: str, registered: str):
    assert name_key(registered) in asked(typed).same


def test_words_in_another_order_one_left_out_one_exchanged():
    karim = asked("Karim Abdul")
    assert name_key("আব্দুল করিম") in karim.moved
    assert name_key("আব্দুল করিম") in asked("Abdul Karim Mia").shorter
    assert name_key("রহিমা খাতুন") in asked("Rahima Begum").changed
    assert asked("রহিমা").shorter == asked("রহিমা").moved == asked("রহিমা").changed == []


def test_a_name_of_titles_alone_is_still_read():
    assert asked("মোহাম্মদ").same == [name_key("মোহাম্মদ")] != [""]
    assert asked(" .,;% _ ' 12 ।").same == [""]


def test_a_word_is_held_wherever_it_stands():
    wanted = asked("কালাম আজাদ")
    assert holds("আবুল কালাম আজাদ", wanted)
    assert holds("Azad Abul Kalam", wanted)
    assert not holds("আবুল কাসেম আজাদ", wanted)


def test_likeness_is_between_nothing_and_the_same():
    rahima = plain("মোছাঃ রহিমা খাতুন")
    assert rahima == plain("রহিমা খাতুন")
    assert alike(rahima, rahima) == 1
    assert 0 == alike(rahima, plain("জয়")) < alike(rahima, plain("Rohima Khatun")) < 1
    assert alike("", "") == 1


@given(st.text(max_size=700))
def test_anything_can_be_typed(text: str):
    wanted = asked(text)
    assert all(token_key(word) or word for word in wanted.plain)
    assert len(wanted.words) <= 8
    assert alike(plain(text), plain("রহিমা")) >= 0
