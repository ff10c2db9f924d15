"""The named cast: twelve invented people who are in every demo population and may be used by any test.

They stand at fixed household references, in the words of the household template; nobody in it is real. The identity
numbers have the right structure and belong to nobody we know of; wallets end in 0000.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

Row = dict[str, Any]

REFERENCE = "CAST-{:02d}"
HOME: Row = {
    "area_type": "rural", "rooms": 1, "walls": "tin", "television": "no", "fans": 1, "mobile_phones": 1,
    "vehicle": "no", "daily_labourer": "no", "homestead_decimals": 4.0, "cultivable_decimals": 0.0,
    "household_income": 72000, "disaster_hit": "no", "declared_programmes": "",
}  # fmt: skip
PERSON: Row = {
    "relation": "head", "marital_status": "married", "disability": "", "disability_card": "no", "pregnant": "no",
    "school_level": "none", "annual_income": 0, "government_salary": "no", "government_pension": "no",
    "permanent_resident": "yes", "community": "", "occupation": "none", "applies_for": "",
    "freedom_fighter": "none", "serious_illness": "none",
}  # fmt: skip


def _home(key: str, union: str, address: str, *members: Row, **facts: Any) -> tuple[str, list[Row]]:
    """One household: its key, and its rows in line order."""
    home = HOME | {"union_code": union, "address": address} | facts
    return key, [home | PERSON | member | {"line_no": line} for line, member in enumerate(members, start=1)]


def _who(bn: str, en: str, father: str, mother: str, sex: str, born: str, **facts: Any) -> Row:
    names = {"name_bn": bn, "name_en": en, "father_name": father, "mother_name": mother}
    return names | {"sex": sex, "birth_date": dt.date.fromisoformat(born)} | facts


def _id(kind: str, number: str) -> Row:
    return {"id_kind": kind, "id_number": number}


def _wallet(provider: str, number: str) -> Row:
    return {"account_kind": "mfs", "account_provider": provider, "account_number": number}


def _widow() -> tuple[str, list[Row]]:
    return _home(
        "widow", "55495247", "চর যাত্রাপুর",
        _who("মোছাঃ রহিমা বেওয়া", "Mst. Rahima Bewa", "মোঃ কলিম উদ্দিন", "ছকিনা বেগম", "female", "1971-03-14",
             marital_status="widowed", marriage_ended_on=dt.date(2019, 8, 2), annual_income=9000,
             occupation="housewife", applies_for="WDA", **_id("nid17", "19714915247000101"),
             **_wallet("nagad", "01711000000")),
        _who("জান্নাতুল আক্তার", "Jannatul Akter", "মোঃ আফাজ আলী", "মোছাঃ রহিমা বেওয়া", "female", "2011-05-20",
             relation="child", marital_status="never", school_level="secondary", school_class=9, school_listed="yes",
             occupation="student", **_id("brn17", "20114915247000102")),
        walls="straw", fans=0, disaster_hit="yes", household_income=30000,
    )  # fmt: skip


def _fisher() -> tuple[str, list[Row]]:
    return _home(
        "fisher", "10091851", "ইলিশা ঘাট",
        _who("মোঃ জয়নাল মাঝি", "Md. Joynal Majhi", "আব্দুল মালেক মাঝি", "আমেনা খাতুন", "male", "1984-11-02",
             occupation="fisher", annual_income=84000, applies_for="FFP", **_id("nid13", "0910951000201"),
             **_wallet("bkash", "01812000000")),
        _who("নাসিমা বেগম", "Nasima Begum", "মোঃ রমজান আলী", "মরিয়ম বেগম", "female", "1990-01-10", relation="spouse",
             occupation="housewife", applies_for="VWB;FAMCARD", **_id("nid10", "5501200020")),
        _who("মোঃ রাকিব", "Md. Rakib", "মোঃ জয়নাল মাঝি", "নাসিমা বেগম", "male", "2015-02-18", relation="child",
             marital_status="never", school_level="none", occupation="none", **_id("brn17", "20150910951000203")),
        walls="straw", fans=0, daily_labourer="yes", household_income=84000, disaster_hit="yes",
    )  # fmt: skip


def _twice() -> tuple[str, list[Row]]:
    return _home(
        "twice_first", "60916240", "খাদিমনগর",
        _who("মোঃ আব্দুর রহমান", "Md. Abdur Rahman", "মোঃ ইউনুস মিয়া", "আয়েশা খাতুন", "male", "1958-06-11",
             annual_income=8000, applies_for="OAA", **_id("nid10", "6401200030"), **_wallet("bkash", "01713000000")),
        _who("রাবেয়া খাতুন", "Rabeya Khatun", "সোলায়মান মিয়া", "হাজেরা বিবি", "female", "1963-09-01", relation="spouse",
             occupation="housewife", **_id("nid10", "6401200031")),
        household_income=60000,
    )  # fmt: skip


def _twice_again() -> tuple[str, list[Row]]:
    """The same man at his son's: other card, other wallet, day and month of birth swapped. So the machine does not link
    the two by itself: names and parents sound the same, but no number agrees, and a person has to decide."""
    return _home(
        "twice_second", "60916295", "টুলটিকর",
        _who("মো: আবদুর রহমান", "Mohammad Abdur Rohman", "ইউনুছ মিয়া", "আয়শা খাতুন", "male", "1958-11-06",
             annual_income=6000, applies_for="OAA", marital_status="widowed", marriage_ended_on=dt.date(2015, 4, 1),
             **_id("nid17", "19589116295000301"), **_wallet("nagad", "01714000000")),
    )  # fmt: skip


def _expecting() -> tuple[str, list[Row]]:
    return _home(
        "pregnant", "40878631", "গাবুরা",
        _who("রাকিব হোসেন", "Rakib Hossain", "মোঃ কামাল হোসেন", "শাহিদা বেগম", "male", "1998-07-21",
             occupation="day_labourer", annual_income=70000, **_id("nid10", "4001200040")),
        _who("সাদিয়া আক্তার", "Sadia Akter", "মোঃ সেলিম খান", "পারুল বেগম", "female", "2002-12-05", relation="spouse",
             occupation="housewife", pregnant="yes", pregnancy_month=5, pregnancy_order=1, anc_card="yes",
             applies_for="MCBP", **_id("nid10", "4001200041"), **_wallet("nagad", "01614000000")),
        walls="mud", daily_labourer="yes", disaster_hit="yes", household_income=70000,
    )  # fmt: skip


def _pupils() -> tuple[str, list[Row]]:
    def pupil(bn: str, en: str, sex: str, born: str, level: str, grade: int, number: str) -> Row:
        return _who(bn, en, "মোঃ ফারুক মিয়া", "সালমা বেগম", sex, born, relation="child", marital_status="never",
                    school_level=level, school_class=grade, school_listed="yes", occupation="student",
                    **_id("brn17", number))  # fmt: skip

    return _home(
        "mother_of_pupils", "45392955", "ইসলামপুর",
        _who("মোঃ ফারুক মিয়া", "Md. Faruk Mia", "নুরুল মিয়া", "জমিলা খাতুন", "male", "1985-03-03", occupation="farmer",
             annual_income=96000, **_id("nid10", "3901200050")),
        _who("সালমা বেগম", "Salma Begum", "মোঃ হারুন শেখ", "রোকেয়া বেগম", "female", "1989-10-12", relation="spouse",
             occupation="housewife", applies_for="PESP", **_id("nid10", "3901200051"),
             **_wallet("nagad", "01715000000")),
        pupil("মাহিয়া আক্তার", "Mahia Akter", "female", "2015-04-09", "primary", 5, "20153912955000502"),
        pupil("মোঃ সিয়াম মিয়া", "Md. Siam Mia", "male", "2017-08-30", "primary", 3, "20173912955000503"),
        pupil("হাবিবা আক্তার", "Habiba Akter", "female", "2019-11-17", "primary", 1, "20193912955000504"),
        rooms=2, cultivable_decimals=60.0, household_income=96000,
    )  # fmt: skip


def _turns_65() -> tuple[str, list[Row]]:
    return _home(
        "turns_65", "50882727", "খাস কাউলিয়া",
        _who("মোঃ মকবুল প্রামানিক", "Md. Mokbul Pramanik", "তমিজ প্রামানিক", "রহিমা বেওয়া", "male", "1961-07-01",
             annual_income=10000, occupation="none", applies_for="OAA", **_id("nid17", "19618812727000601"),
             **_wallet("rocket", "01916000000")),
        _who("হালিমা খাতুন", "Halima Khatun", "সেকেন্দার আলী", "মালেকা বেগম", "female", "1967-02-02", relation="spouse",
             occupation="housewife", **_id("nid10", "8801200061")),
        disaster_hit="yes", household_income=40000,
    )  # fmt: skip


def _pensioner() -> tuple[str, list[Row]]:
    return _home(
        "pensioner", "30262508", "মিরপুর",
        _who("আব্দুল হামিদ সরকার", "Abdul Hamid Sarkar", "আব্দুল জলিল সরকার", "সালেহা খাতুন", "male", "1955-05-05",
             annual_income=240000, government_pension="yes", occupation="retired", applies_for="OAA",
             **_id("nid10", "2601200070"), **_wallet("bkash", "01717000000")),
        area_type="city", rooms=3, walls="brick", television="yes", fans=3, mobile_phones=2, household_income=420000,
    )  # fmt: skip


def _no_card() -> tuple[str, list[Row]]:
    return _home(
        "disabled_without_card", "20753676", "সোনাদিয়া",
        _who("মোঃ লিটন মিয়া", "Md. Liton Mia", "মোঃ ইসমাইল মিয়া", "ফরিদা বেগম", "male", "1995-12-12",
             marital_status="never", disability="physical", disability_card="no", annual_income=5000, applies_for="DPA",
             **_id("nid10", "7501200080"), **_wallet("nagad", "01818000000")),
        disaster_hit="yes", household_income=20000,
    )  # fmt: skip


def _tea_worker() -> tuple[str, list[Row]]:
    return _home(
        "tea_worker", "60588338", "কালীঘাট চা বাগান",
        _who("ফুলমতি মুন্ডা", "Fulmati Munda", "রামপ্রসাদ মুন্ডা", "কুন্তী মুন্ডা", "female", "1982-01-26",
             marital_status="separated", marriage_ended_on=dt.date(2021, 1, 15), occupation="tea_worker",
             community="tea", annual_income=62000, applies_for="TEA", **_id("nid13", "5818338000901"),
             **_wallet("bkash", "01719000000")),
        walls="mud", homestead_decimals=0.0, household_income=62000,
    )  # fmt: skip


def _hijra() -> tuple[str, list[Row]]:
    return _home(
        "hijra", "30262512", "মিরপুর",
        _who("মায়া হিজড়া", "Maya Hijra", "আব্দুস সাত্তার", "লতিফা বেগম", "hijra", "1974-04-14", marital_status="never",
             community="hijra", annual_income=24000, occupation="none", applies_for="HIJRA",
             **_id("nid10", "2601200100"), **_wallet("bkash", "01711100000")),
        area_type="city", household_income=24000,
    )  # fmt: skip


def _unknown() -> tuple[str, list[Row]]:
    return _home(
        "income_unknown", "55490857", "কোদালকাটি",
        _who("মোঃ সোলায়মান আলী", "Md. Solaiman Ali", "হযরত আলী", "আছিয়া বেগম", "male", "1956-02-10",
             annual_income=None, occupation="farmer", applies_for="OAA", **_id("nid13", "4910857001101"),
             **_wallet("nagad", "01811100000")),
        walls="straw", fans=0, disaster_hit="yes", household_income=None,
    )  # fmt: skip


CAST: dict[str, list[Row]] = {}
for _number, _made in enumerate(
    (
        _widow,
        _fisher,
        _twice,
        _twice_again,
        _expecting,
        _pupils,
        _turns_65,
        _pensioner,
        _no_card,
        _tea_worker,
        _hijra,
        _unknown,
    ),
    start=1,
):
    _key, _rows = _made()
    CAST[_key] = [{"household_reference": REFERENCE.format(_number)} | row for row in _rows]


def household(key: str) -> list[Row]:
    """The rows of one household of the cast (copies), in the columns of the household template."""
    return [dict(row) for row in CAST[key]]


def rows() -> list[Row]:
    """Every row of the cast, in order (copies)."""
    return [dict(row) for members in CAST.values() for row in members]


def unions() -> list[str]:
    """The unions in which the cast lives, in order."""
    return sorted({row["union_code"] for row in rows()})
