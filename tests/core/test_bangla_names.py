"""Spelling variants of one name share a key; different names do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shohay.core.bangla import name_key, romanise, token_key, tokens
from shohay.core.bangla_names import join_keys

SAME = [
    ("মোঃ রহিম উদ্দিন", "Md. Rohim Uddin"), ("রহিম উদ্দিন", "Rahimuddin"), ("রহীম উদ্দীন", "Raheem Uddin"),
    ("জাহাঙ্গীর আলম", "Zahangir Alam"), ("ফাতেমা খাতুন", "Phatema Khatoon"), ("মোছাঃ আনোয়ারা বেগম", "Mst. Anwara Begum"),
    ("আবদুল করিম", "Abdul Korim"), ("হোসেন", "Hossain"), ("ভবেশ চন্দ্র", "Bhabesh Chandra"), ("লক্ষ্মী রানী", "Lakshmi Rani"),
    ("কৃষ্ণ", "Krishna"), ("এস এম আলী", "S. M. Ali"), ("সুবহান", "Subhan"), ("আব্দুল্লাহ", "Abdulla"),
    ("ইয়াসমিন", "Yasmin"), ("শংকর", "Shankar"), ("স্বপন", "Swapan"), ("আয়েশা", "Ayesha"), ("দেওয়ান", "Dewan"),
    ("ফজলুল হক", "Fazlul Haque"), ("চৌধুরী", "Chowdhury"), ("বিশ্বাস", "Biswas"), ("ভট্টাচার্য", "Bhattacharja"),
    ("মোহাম্মদ", "Mohammad"), ("মোঃ আলী", "মোহাম্মদ আলী"), ("আম্বিয়া", "Ambia"), ("সিং", "Singh"),
]  # fmt: skip
DIFFERENT = [
    ("রহিম উদ্দিন", "করিম উদ্দিন"), ("ফাতেমা", "হালিমা"), ("আব্দুল করিম", "আব্দুর রহিম"), ("জাহাঙ্গীর", "আলমগীর"),
    ("নাসিমা", "নাজমা"), ("শফিক", "রফিক"), ("সালমা", "আসমা"), ("আলী", "লায়লা"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right"), SAME)
def test_variants_share_a_key(left: str, right: str):
    assert name_key(left) == name_key(right) != ""


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_other_names_do_not(left: str, right: str):
    assert name_key(left) != name_key(right)


def test_romanised():
    assert romanise("রহমান") == "rahman"
    assert romanise("আনোয়ার") == "anowar"
    assert romanise("ওয়াহিদ") == "wahid"
    assert romanise("Abdul Karim") == "abdul karim"
    assert romanise("জ্ঞান") == "gan"


def test_no_letters_no_key():
    assert name_key("") == name_key("123 -- ।") == ""


@given(
    st.lists(st.sampled_from([word for pair in SAME for name in pair for word in tokens(name)]), min_size=1, max_size=5)
)
def test_a_key_is_made_word_by_word(words: list[str]):
    """What bulk code relies on: keys of the distinct words, joined, are the key of the name."""
    joined = join_keys([token_key(word) for word in words])
    if joined:
        assert name_key(" ".join(words)) == joined


@given(st.text(alphabet="কখগচছজঝঞটড়ঢ়য়যরলবশষসহংঁঃ্ািীুেৈোৌঅআইউএও abxyz", max_size=40))
def test_any_letters_give_plain_latin(text: str):
    assert romanise(text).replace(" ", "").isascii()
    assert name_key(text).isascii()
