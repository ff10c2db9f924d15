"""What the open data sets are about, and what each of their columns holds, in both languages.

The page of open data and the metadata beside each file say the same, from here. A test holds that every set and every
column is described.
"""

from __future__ import annotations

from shohay.core.messages import Text

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"

# set -> what it is and how it came about
ABOUT: dict[str, Text] = {
    "programmes": Text(
        "কর্মসূচির তালিকা: মন্ত্রণালয়, ধরন, জীবনচক্রের ধাপ, ক্লাস্টার, বরাদ্দ ও উপকারভোগী। প্রতিটি সারি একটি কর্মসূচি।",
        "The list of programmes: ministry, type, stage of life, cluster, budget and beneficiaries. One "
        "row a programme.",
    ),
    "ministries": Text(
        "মন্ত্রণালয় ও বিভাগ, তাদের কর্মসূচির সংখ্যা ও যোগফল। প্রতিটি সারি একটি মন্ত্রণালয় বা বিভাগ।",
        "Ministries and divisions with the number and sums of their programmes. One row each.",
    ),
    "budget-years": Text(
        "আগের বছরগুলোর বরাদ্দ ও উপকারভোগী, যেমন ছাপা হয়েছে। প্রতিটি সারি এক মন্ত্রণালয়ের এক অর্থবছর।",
        "Budget and beneficiaries of earlier years as printed. One row a ministry and fiscal year.",
    ),
    "rates": Text(
        "কোন সময়ে কোন কর্মসূচি কত দিয়েছে। প্রতিটি সারি একটি সুবিধা ও তার মেয়াদ।",
        "What each programme gave and when. One row a benefit and its period.",
    ),
    "places": Text(
        "বিভাগ, জেলা, উপজেলা ও সিটি কর্পোরেশন, পরিসংখ্যান ব্যুরোর কোডসহ।",
        "Divisions, districts, upazilas and city corporations with the codes of the Bureau of Statistics.",
    ),
    "coverage": Text(
        "জেলা অনুযায়ী কর্মসূচির যোগ্য ও অন্তর্ভুক্ত মানুষ; পাঁচের কম হলে ঘর খালি।",
        "Eligible and enrolled people by programme and district; empty where fewer than five.",
    ),
    "payments": Text(
        "কর্মসূচি ও অবস্থা অনুযায়ী পরিশোধের সংখ্যা ও টাকা; পাঁচের কম হলে ঘর খালি।",
        "Number and amount of payments by programme and state; empty where fewer than five.",
    ),
    "returns": Text(
        "ব্যাংক থেকে পরিশোধ ফেরতের কারণ (ISO 20022 কোড)।",
        "Why banks returned payments (ISO 20022 codes).",
    ),
    "indicators": Text(
        "ফলাফল সূচকের প্রকাশিত মান: অর্থবছর, স্থান ও দল অনুযায়ী।",
        "Published values of the results indicators by fiscal year, place and group.",
    ),
    "actions": Text(
        "কর্মপরিকল্পনার প্রতিটি প্রতিশ্রুতি: কাজ, সূচক, নির্ধারিত দিন ও মন্ত্রণালয়ের ভাষ্য।",
        "Every promise of the action plan: activity, indicator, day, and state as its ministry reports it.",
    ),
}

COLUMNS: dict[str, Text] = {
    "code": Text("কোড", "Code"),
    "ministry_id": Text("মন্ত্রণালয়ের কোড", "Code of the ministry or division"),
    "name_bn": Text("নাম, বাংলা", "Name in Bangla"),
    "name_en": Text("নাম, ইংরেজি", "Name in English"),
    "lifecycle_stage": Text("জীবনচক্রের ধাপ", "Stage of life"),
    "thematic_cluster": Text("বিষয়ভিত্তিক ক্লাস্টার", "Thematic cluster"),
    "type": Text("কর্মসূচির ধরন", "Type of programme"),
    "fiscal_year": Text("অর্থবছর, জুলাই থেকে জুন", "Fiscal year, July to June"),
    "budget_crore": Text("বরাদ্দ, কোটি টাকা", "Budget, crore taka (10 million)"),
    "beneficiaries_lakh": Text("উপকারভোগী, লাখ", "Beneficiaries, lakh (100,000)"),
    "in_list": Text("তালিকায় আছে কি না", "Whether it stands in the list of the year"),
    "programme_count": Text("কর্মসূচির সংখ্যা", "Number of programmes"),
    "programme": Text("কর্মসূচির কোড; খালি = সব মিলে", "Code of the programme; empty = all together"),
    "from": Text("যে দিন থেকে", "First day"),
    "to": Text("যে দিন পর্যন্ত; খালি = চলছে", "Last day; empty = still holds"),
    "line": Text("সুবিধার নাম", "Name of the benefit"),
    "kind": Text("টাকা না পণ্য", "Money or goods"),
    "taka": Text("টাকা", "Taka"),
    "quantity": Text("পরিমাণ", "Quantity"),
    "unit": Text("একক", "Unit"),
    "per": Text("কত সময়ে", "For how long"),
    "of": Text("কী পণ্য বা কার জন্য", "What goods, or for whom"),
    "level": Text("স্তর: বিভাগ, জেলা, উপজেলা, সিটি কর্পোরেশন", "Level: division, district, upazila, city corporation"),
    "parent_id": Text("যে স্থানের ভেতরে, তার কোড", "Code of the place that it lies in"),
    "vintage": Text("কোডের বছর", "Year of the codes"),
    "population": Text("জনসংখ্যা, আদমশুমারি ২০২২", "Population, census of 2022"),
    "district": Text("জেলার কোড", "Code of the district"),
    "eligible": Text("যোগ্য মানুষ", "People eligible"),
    "enrolled": Text("অন্তর্ভুক্ত মানুষ", "People enrolled"),
    "coverage": Text("যোগ্যদের মধ্যে অন্তর্ভুক্তির অংশ, ০ থেকে ১", "Enrolled over eligible, 0 to 1"),
    "state": Text("অবস্থা", "State"),
    "payments": Text("পরিশোধের সংখ্যা", "Number of payments"),
    "poisha": Text("পয়সা (১০০ = ১ টাকা)", "Poisha (100 = 1 taka)"),
    "reason": Text("কারণের কোড, ISO 20022", "Code of the reason, ISO 20022"),
    "objective_bn": Text("উদ্দেশ্য, বাংলা", "Objective in Bangla"),
    "objective_en": Text("উদ্দেশ্য, ইংরেজি", "Objective in English"),
    "activity_bn": Text("কাজ, বাংলা", "Activity in Bangla"),
    "activity_en": Text("কাজ, ইংরেজি", "Activity in English"),
    "indicator_bn": Text("কর্মসম্পাদন সূচক, বাংলা", "Performance indicator in Bangla"),
    "indicator_en": Text("কর্মসম্পাদন সূচক, ইংরেজি", "Performance indicator in English"),
    "timeframe": Text("সময়সীমা, যেমন ছাপা", "Timeframe as printed"),
    "due": Text("নির্ধারিত দিন; খালি = দিন নেই", "The day promised; empty = none"),
    "theme": Text("বিষয়", "Theme"),
    "status": Text("মন্ত্রণালয়ের ভাষ্য অনুযায়ী অবস্থা", "State as the ministry reports it"),
}


def column(name: str) -> Text:
    """What a column holds; its own name where it says so itself (columns of SDMX files are capitals)."""
    return COLUMNS.get(name, Text(name, name))
