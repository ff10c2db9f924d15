"""Words of facts: kinds of values, units, where a fact is known from, of whom it is asked."""

from __future__ import annotations

FACT_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "fact_kind": {
        "bool": ("হ্যাঁ বা না", "Yes or no"),
        "number": ("সংখ্যা", "Number"),
        "text": ("একটি নাম", "One of some words"),
        "date": ("তারিখ", "Date"),
        "list": ("তালিকা", "List"),
    },
    "fact_unit": {
        "class": ("শ্রেণি", "class"),
        "decimals": ("শতাংশ", "decimals"),
        "gardens": ("বাগান", "gardens"),
        "months": ("মাস", "months"),
        "percent": ("শতকরা", "percent"),
        "persons": ("জন", "persons"),
        "points 0-100": ("০ থেকে ১০০ নম্বর", "points from 0 to 100"),
        "points 0-1000": ("০ থেকে ১০০০ নম্বর", "points from 0 to 1000"),
        "programme codes": ("কর্মসূচি", "programmes"),
        "programmes": ("কর্মসূচি", "programmes"),
        "rooms": ("কক্ষ", "rooms"),
        "sq km": ("বর্গকিলোমিটার", "square kilometres"),
        "taka a year": ("বছরে টাকা", "taka a year"),
        "years": ("বছর", "years"),
    },
    "fact_source": {
        "Disability Information System": (
            "প্রতিবন্ধিতা তথ্য ব্যবস্থা",
            "Disability Information System",
        ),
        "HIES, with its source": (
            "খানা আয় ও ব্যয় জরিপ, উৎসসহ",
            "Household income and expenditure survey, with its source",
        ),
        "antenatal card": ("গর্ভকালীন সেবা কার্ড", "Antenatal card"),
        "any of the three": ("তিনটির যেকোনো একটি থেকে", "Any of the three"),
        "as the person says": ("ব্যক্তি যেমন বলেন", "As the person says"),
        "boundaries of BBS and OCHA": ("বিবিএস ও ওসিএইচএর সীমানা", "Boundaries of BBS and OCHA"),
        "census, by upazila; see the page of area facts": (
            "আদমশুমারি, উপজেলাভিত্তিক",
            "Census, by upazila",
        ),
        "census, of the smallest area published": (
            "আদমশুমারি, প্রকাশিত সবচেয়ে ছোট এলাকার",
            "Census, of the smallest area published",
        ),
        "certificate of a doctor": ("চিকিৎসকের সনদ", "Certificate of a doctor"),
        "circular of December 2023; unknown where the list could not be read": (
            "ডিসেম্বর ২০২৩-এর পরিপত্র; তালিকা পড়া না গেলে অজানা",
            "Circular of December 2023; unknown where the list could not be read",
        ),
        "coastal zone policy of 2005, by district": (
            "উপকূলীয় অঞ্চল নীতি ২০০৫, জেলাভিত্তিক",
            "Coastal zone policy of 2005, by district",
        ),
        "code of the place": ("এলাকার কোড", "Code of the place"),
        "counted over the members": ("সদস্যদের গুনে", "Counted over the members"),
        "cultivable land below 50 decimals": (
            "চাষের জমি ৫০ শতাংশের কম",
            "Cultivable land below 50 decimals",
        ),
        "cut-off or number of conditions of the installed formula; unknown where it has none": (
            "স্থাপিত সূত্রের সীমা বা শর্তের সংখ্যা; সূত্রে না থাকলে অজানা",
            "Cut-off or number of conditions of the installed formula; unknown where it has none",
        ),
        "disability of the head": ("পরিবারপ্রধানের প্রতিবন্ধিতা", "Disability of the head"),
        "duplicate check": ("দ্বৈততা যাচাই", "Duplicate check"),
        "enrolments in force": ("চলমান তালিকাভুক্তি", "Enrolments in force"),
        "enrolments in force and what the household declared": (
            "চলমান তালিকাভুক্তি ও পরিবার যা জানিয়েছে",
            "Enrolments in force and what the household declared",
        ),
        "gazette of the ministry of liberation war affairs": (
            "মুক্তিযুদ্ধ বিষয়ক মন্ত্রণালয়ের গেজেট",
            "Gazette of the Ministry of Liberation War Affairs",
        ),
        "household form": ("পরিবারের ফরম", "Household form"),
        "household income over members": (
            "পরিবারের আয়কে সদস্যসংখ্যা দিয়ে ভাগ করে",
            "Household income over members",
        ),
        "installed scorecard; more points, less poor": (
            "স্থাপিত স্কোরকার্ড; বেশি নম্বর মানে কম দরিদ্র",
            "Installed scorecard; more points, less poor",
        ),
        "kind of area": ("এলাকার ধরন", "Kind of area"),
        "kind of disability": ("প্রতিবন্ধিতার ধরন", "Kind of disability"),
        "level of school": ("শিক্ষার স্তর", "Level of school"),
        "list of DSS; unknown where no list was found": (
            "সমাজসেবা অধিদপ্তরের তালিকা; না পাওয়া গেলে অজানা",
            "List of the Department of Social Services; unknown where none was found",
        ),
        "list of the stipend programme": ("উপবৃত্তি কর্মসূচির তালিকা", "List of the stipend programme"),
        "lists of the tea board, by district": (
            "চা বোর্ডের তালিকা, জেলাভিত্তিক",
            "Lists of the tea board, by district",
        ),
        "marital status": ("বৈবাহিক অবস্থা", "Marital status"),
        "published protocols of the Jamuna, by district": (
            "যমুনার প্রকাশিত কার্যবিধি, জেলাভিত্তিক",
            "Published protocols of the Jamuna, by district",
        ),
        "registry": ("নিবন্ধন", "Registry"),
        "relation": ("সম্পর্ক", "Relation"),
        "sex and marital status of the head": (
            "পরিবারপ্রধানের লিঙ্গ ও বৈবাহিক অবস্থা",
            "Sex and marital status of the head",
        ),
        "sex of the head": ("পরিবারপ্রধানের লিঙ্গ", "Sex of the head"),
        "sum of both": ("দুটির যোগফল", "Sum of both"),
        "table of the scorecard": ("স্কোরকার্ডের সারণি", "Table of the scorecard"),
        "the poverty score on a scale of 1000": (
            "দারিদ্র্য স্কোর, ১০০০-এর মাপে",
            "The poverty score on a scale of 1000",
        ),
        "walls": ("দেয়াল", "Walls"),
        "whole years to the reference date": (
            "নির্ধারিত তারিখ পর্যন্ত পূর্ণ বছর",
            "Whole years to the reference date",
        ),
        "whole years, from year, month and day": (
            "বছর, মাস ও দিন থেকে পূর্ণ বছর",
            "Whole years, from year, month and day",
        ),
    },
    "fact_asked": {
        "age >= 15": ("১৫ বছর বা বেশি বয়সীদের", "those aged 15 or more"),
        "age >= 18": ("১৮ বছর বা বেশি বয়সীদের", "those aged 18 or more"),
        "age between 3 and 24": ("৩ থেকে ২৪ বছর বয়সীদের", "those aged 3 to 24"),
        "is_disabled": ("প্রতিবন্ধী ব্যক্তিদের", "persons with a disability"),
        "is_pregnant": ("গর্ভবতী নারীদের", "pregnant women"),
        "is_student": ("শিক্ষার্থীদের", "students"),
        "marital_status in ('widowed', 'divorced', 'separated')": (
            "বিধবা বা বিপত্নীক, তালাকপ্রাপ্ত ও বিচ্ছিন্নদের",
            "the widowed, divorced and separated",
        ),
        "school_level in ('primary', 'secondary', 'higher_secondary')": (
            "প্রাথমিক থেকে উচ্চমাধ্যমিকের শিক্ষার্থীদের",
            "pupils from primary to higher secondary",
        ),
        "sex = 'female' and age between 12 and 52": (
            "১২ থেকে ৫২ বছর বয়সী নারীদের",
            "women aged 12 to 52",
        ),
    },
}  # fmt: skip
