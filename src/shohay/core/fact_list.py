"""The facts themselves, one a row: name, type, unit, level, Bangla, English, how it is known, what it is made from.

Types: bool, number, text, date, list. Levels: person, household, area, benefit. ``made from`` names the facts
that a derived fact needs; when a derived fact cannot be told, those of them that are missing are asked for.
``counted`` facts come from the living members of the household, each counted once; they cannot be told when a
member lacks what the count needs.
"""

# ruff: noqa: E501

from __future__ import annotations

Row = tuple[str, str, str, str, str, str, str, tuple[str, ...]]

FORM = "household form"
COUNT = "counted over the members"

PERSON: list[Row] = [
    ("sex", "text", "", "person", "লিঙ্গ", "Sex", FORM, ()),
    ("birth_date", "date", "", "person", "জন্মতারিখ", "Date of birth", FORM, ()),
    ("age", "number", "years", "person", "নির্ধারিত তারিখে পূর্ণ বয়স", "Whole years of age on the reference date",
     "whole years, from year, month and day", ("birth_date",)),
    ("relation", "text", "", "person", "পরিবারপ্রধানের সঙ্গে সম্পর্ক", "Relation to the head of the household", FORM, ()),
    ("is_head", "bool", "", "person", "পরিবারপ্রধান", "Is the head of the household", "relation", ("relation",)),
    ("marital_status", "text", "", "person", "বৈবাহিক অবস্থা", "Marital status", FORM, ()),
    ("marriage_ended_on", "date", "", "person", "বিবাহ শেষ হওয়ার তারিখ", "Day the marriage ended", FORM, ()),
    ("is_widowed", "bool", "", "person", "বিধবা বা বিপত্নীক", "Is widowed", "marital status", ("marital_status",)),
    ("is_divorced", "bool", "", "person", "তালাকপ্রাপ্ত", "Is divorced", "marital status", ("marital_status",)),
    ("is_separated", "bool", "", "person", "স্বামী বা স্ত্রীর সঙ্গে থাকেন না", "Lives apart from the spouse",
     "marital status", ("marital_status",)),
    ("years_since_marriage_ended", "number", "years", "person", "বিবাহ শেষ হওয়ার পর পূর্ণ বছর",
     "Whole years since the marriage ended", "whole years to the reference date", ("marriage_ended_on",)),
    ("disability", "text", "", "person", "প্রতিবন্ধিতার ধরন", "Kind of disability", FORM, ()),
    ("is_disabled", "bool", "", "person", "প্রতিবন্ধী ব্যক্তি", "Is a person with a disability", "kind of disability",
     ("disability",)),
    ("has_disability_card", "bool", "", "person", "সুবর্ণ নাগরিক কার্ড আছে", "Holds the Suborno Nagorik card",
     "Disability Information System", ()),
    ("is_pregnant", "bool", "", "person", "গর্ভবতী", "Is pregnant", FORM, ()),
    ("pregnancy_month", "number", "months", "person", "গর্ভাবস্থার মাস", "Month of pregnancy", "antenatal card", ()),
    ("pregnancy_order", "number", "", "person", "কততম গর্ভ", "Which pregnancy this is", "antenatal card", ()),
    ("has_anc_card", "bool", "", "person", "গর্ভকালীন সেবা (এএনসি) কার্ড আছে", "Holds an antenatal care card", FORM, ()),
    ("school_level", "text", "", "person", "শিক্ষার স্তর", "Level of school attended", FORM, ()),
    ("school_class", "number", "class", "person", "শ্রেণি", "Class attended", FORM, ()),
    ("is_school_listed", "bool", "", "person", "তালিকাভুক্ত শিক্ষাপ্রতিষ্ঠানে পড়ে", "Attends a listed school",
     "list of the stipend programme", ()),
    ("is_student", "bool", "", "person", "শিক্ষার্থী", "Attends school", "level of school", ("school_level",)),
    ("occupation", "text", "", "person", "পেশা", "Occupation", FORM, ()),
    ("annual_income", "number", "taka a year", "person", "নিজের বার্ষিক আয়", "Own yearly income", FORM, ()),
    ("receives_government_salary", "bool", "", "person", "সরকারি বেতন পান", "Receives a government salary", FORM, ()),
    ("receives_government_pension", "bool", "", "person", "সরকারি পেনশন পান", "Receives a government pension", FORM, ()),
    ("is_permanent_resident", "bool", "", "person", "এলাকার স্থায়ী বাসিন্দা", "Permanent resident of the area", FORM, ()),
    ("community", "text", "", "person", "সম্প্রদায়", "Community", "as the person says", ()),
    ("has_identity", "bool", "", "person", "জাতীয় পরিচয়পত্র বা জন্মনিবন্ধন নম্বর আছে", "Has an NID or birth registration number",
     "registry", ()),
    ("is_alive", "bool", "", "person", "জীবিত", "Is alive", "registry", ()),
    ("is_duplicate", "bool", "", "person", "একই ব্যক্তির দ্বিতীয় নথি", "Is a second record of the same person",
     "duplicate check", ()),
]  # fmt: skip

HOUSEHOLD: list[Row] = [
    ("area_type", "text", "", "household", "এলাকার ধরন", "Kind of area", FORM, ()),
    ("is_rural", "bool", "", "household", "গ্রাম এলাকা", "Rural area", "kind of area", ("area_type",)),
    ("rooms", "number", "rooms", "household", "ঘরের কক্ষ", "Rooms lived in", FORM, ()),
    ("walls", "text", "", "household", "দেয়ালের উপকরণ", "Material of the walls", FORM, ()),
    ("has_weak_walls", "bool", "", "household", "মাটি, খড় বা বাঁশের দেয়াল", "Walls of mud, straw or bamboo", "walls", ("walls",)),
    ("has_television", "bool", "", "household", "টেলিভিশন আছে", "Owns a television", FORM, ()),
    ("fans", "number", "", "household", "বৈদ্যুতিক পাখা", "Electric fans", FORM, ()),
    ("mobile_phones", "number", "", "household", "মোবাইল ফোন", "Mobile phones", FORM, ()),
    ("has_vehicle", "bool", "", "household", "সাইকেল, মোটরসাইকেল বা গাড়ি আছে", "Owns a bicycle, motorcycle or car", FORM, ()),
    ("has_productive_asset", "bool", "", "household", "টেলিভিশন, যানবাহন বা চাষের জমি আছে",
     "Owns a television, a vehicle or farm land", "any of the three", ("has_television", "has_vehicle", "cultivable_decimals")),
    ("has_daily_labourer", "bool", "", "household", "দিনমজুর সদস্য আছে", "A member works for daily wages", FORM, ()),
    ("homestead_decimals", "number", "decimals", "household", "বসতভিটা", "Homestead land", FORM, ()),
    ("cultivable_decimals", "number", "decimals", "household", "চাষযোগ্য জমি", "Cultivable land", FORM, ()),
    ("land_decimals", "number", "decimals", "household", "বসতভিটা ও চাষের জমি মিলিয়ে", "Homestead and cultivable land together",
     "sum of both", ("homestead_decimals", "cultivable_decimals")),
    ("is_landless", "bool", "", "household", "বসতভিটা ছাড়া জমি ৫০ শতাংশের কম", "Less than 50 decimals besides the homestead",
     "cultivable land below 50 decimals", ("cultivable_decimals",)),
    ("household_income", "number", "taka a year", "household", "পরিবারের বার্ষিক আয়", "Yearly income of the household", FORM, ()),
    ("income_per_head", "number", "taka a year", "household", "মাথাপিছু বার্ষিক পারিবারিক আয়", "Yearly household income per head",
     "household income over members", ("household_income", "household_size")),
    ("is_disaster_hit", "bool", "", "household", "সাম্প্রতিক দুর্যোগে ক্ষতিগ্রস্ত", "Hit by a recent disaster", FORM, ()),
    ("household_size", "number", "persons", "household", "পরিবারের সদস্য", "Members of the household", COUNT, ()),
    ("members_under_13", "number", "persons", "household", "১২ বছর বা কম বয়সী সদস্য", "Members aged 12 or less", COUNT, ()),
    ("members_under_5", "number", "persons", "household", "৫ বছরের কম বয়সী শিশু", "Children under 5", COUNT, ()),
    ("members_under_16", "number", "persons", "household", "১৬ বছরের কম বয়সী সন্তান", "Members under 16", COUNT, ()),
    ("members_6_to_12", "number", "persons", "household", "৬ থেকে ১২ বছর বয়সী সদস্য", "Members aged 6 to 12", COUNT, ()),
    ("members_6_to_12_in_school", "number", "persons", "household", "৬ থেকে ১২ বছর বয়সী যারা স্কুলে পড়ে",
     "Members aged 6 to 12 who attend school", COUNT, ()),
    ("members_65_or_more", "number", "persons", "household", "৬৫ বছর বা বেশি বয়সী সদস্য", "Members aged 65 or more", COUNT, ()),
    ("men_18_to_59", "number", "persons", "household", "১৮ থেকে ৫৯ বছরের পুরুষ", "Men aged 18 to 59", COUNT, ()),
    ("earning_men", "number", "persons", "household", "উপার্জনক্ষম প্রাপ্তবয়স্ক পুরুষ যাঁর আয় আছে", "Grown men with an income of their own",
     COUNT, ()),
    ("disabled_members", "number", "persons", "household", "প্রতিবন্ধী সদস্য", "Members with a disability", COUNT, ()),
    ("pre_primary_pupils", "number", "persons", "household", "তালিকাভুক্ত বিদ্যালয়ে প্রাক-প্রাথমিকে পড়ুয়া",
     "Pre-primary pupils at a listed school", COUNT, ()),
    ("primary_pupils", "number", "persons", "household", "তালিকাভুক্ত বিদ্যালয়ে প্রাথমিকে পড়ুয়া", "Primary pupils at a listed school",
     COUNT, ()),
    ("school_girls", "number", "persons", "household", "স্কুলপড়ুয়া কিশোরী (১২-১৯)", "Adolescent schoolgirls (12 to 19)", COUNT, ()),
    ("working_children", "number", "persons", "household", "কাজ করা স্কুলবয়সী শিশু (৬-১৪)", "Children of school age (6 to 14) who earn", COUNT, ()),
    ("head_sex", "text", "", "household", "পরিবারপ্রধানের লিঙ্গ", "Sex of the head", COUNT, ()),
    ("head_age", "number", "years", "household", "পরিবারপ্রধানের বয়স", "Age of the head", COUNT, ()),
    ("head_marital_status", "text", "", "household", "পরিবারপ্রধানের বৈবাহিক অবস্থা", "Marital status of the head", COUNT, ()),
    ("head_disability", "text", "", "household", "পরিবারপ্রধানের প্রতিবন্ধিতা", "Disability of the head", COUNT, ()),
    ("head_community", "text", "", "household", "পরিবারপ্রধানের সম্প্রদায়", "Community of the head", COUNT, ()),
    ("is_female_headed", "bool", "", "household", "পরিবারপ্রধান নারী", "Headed by a woman", "sex of the head", ("head_sex",)),
    ("is_head_alone", "bool", "", "household", "পরিবারপ্রধান বিধবা, তালাকপ্রাপ্ত বা স্বামী-বিচ্ছিন্ন নারী",
     "Headed by a widowed, divorced or separated woman", "sex and marital status of the head", ("head_sex", "head_marital_status")),
    ("is_head_disabled", "bool", "", "household", "পরিবারপ্রধান প্রতিবন্ধী", "The head has a disability", "disability of the head",
     ("head_disability",)),
    ("has_government_salary", "bool", "", "household", "কোনো সদস্য সরকারি চাকরি করেন", "A member has a government job", COUNT, ()),
    ("has_government_pension", "bool", "", "household", "কোনো সদস্য সরকারি পেনশন পান", "A member has a government pension", COUNT, ()),
    ("is_household_resident", "bool", "", "household", "পরিবারপ্রধান এলাকার স্থায়ী বাসিন্দা",
     "The head is a permanent resident of the area", COUNT, ()),
    ("ppi_score", "number", "points 0-100", "household", "দারিদ্র্য স্কোর (পিপিআই)", "Poverty score (PPI)",
     "installed scorecard; more points, less poor",
     ("members_under_13", "members_6_to_12", "members_6_to_12_in_school", "has_daily_labourer", "rooms", "walls",
      "has_television", "fans", "mobile_phones", "has_vehicle", "cultivable_decimals")),
    ("pmt_score", "number", "points 0-1000", "household", "প্রক্সি মিনস টেস্ট (পিএমটি) স্কোর", "Proxy means test (PMT) score",
     "the poverty score on a scale of 1000", ("ppi_score",)),
    ("poverty_likelihood", "number", "percent", "household", "দারিদ্র্যসীমার নিচে থাকার সম্ভাবনা", "Likelihood of living below the upper poverty line",
     "table of the scorecard", ("ppi_score",)),
]  # fmt: skip

AREA: list[Row] = [
    ("poverty_rate", "number", "percent", "area", "এলাকার দারিদ্র্যের হার", "Poverty rate of the area", "HIES, with its source", ()),
    ("oaa_universal", "bool", "", "area", "যোগ্য সবাই ভাতা পান এমন উপজেলা", "Upazila where everyone eligible is covered",
     "list of DSS; unknown where no list was found", ()),
    ("division_code", "text", "", "area", "বিভাগ", "Division", "code of the place", ()),
    ("district_code", "text", "", "area", "জেলা", "District", "code of the place", ()),
]  # fmt: skip

BENEFIT: list[Row] = [
    ("receives", "list", "programme codes", "benefit", "নিজে এখন যে কর্মসূচির সুবিধা পান", "Programmes the person is on now",
     "enrolments in force", ()),
    ("household_receives", "list", "programme codes", "benefit", "পরিবার এখন যে কর্মসূচির সুবিধা পায়", "Programmes the household is on now",
     "enrolments in force and what the household declared", ()),
    ("programmes_held", "number", "programmes", "benefit", "নিজে কতটি কর্মসূচিতে আছেন", "How many programmes the person is on",
     "enrolments in force", ("receives",)),
]  # fmt: skip

# What a text fact may be; a criterion that compares with anything else is refused as a slip of the pen.
VALUES: dict[str, tuple[str, ...]] = {
    "sex": ("male", "female", "hijra"),
    "relation": ("head", "spouse", "child", "parent", "grandchild", "sibling", "other"),
    "marital_status": ("never", "married", "widowed", "divorced", "separated"),
    "disability": (
        "none", "physical", "visual", "hearing", "speech", "intellectual", "mental", "multiple", "autism", "other",
    ),
    "school_level": ("none", "pre_primary", "primary", "secondary", "higher_secondary", "higher"),
    "area_type": ("rural", "urban", "city"),
    "walls": ("brick", "tin", "mud", "straw"),
}  # fmt: skip
VALUES |= {f"head_{name}": VALUES[name] for name in ("sex", "marital_status", "disability")}
