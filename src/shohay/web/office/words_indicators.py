"""Words of the results framework: levels, units, directions, groups, and what is written in the log."""

from __future__ import annotations

INDICATOR_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "indicator_direction": {
        "up": ("বাড়লে ভালো", "More is better"),
        "down": ("কমলে ভালো", "Less is better"),
        "target": ("লক্ষ্যমাত্রায় থাকাই ভালো", "Best at the target"),
        "monitor": ("শুধু পর্যবেক্ষণ", "Watched only"),
    },
    "indicator_source": {
        "computed": ("এই ব্যবস্থা হিসাব করে", "Computed here"),
        "submitted": ("দপ্তর জমা দেয়", "Reported by an office"),
    },
    "indicator_frequency": {
        "annual": ("বার্ষিক", "Annual"),
        "quarterly": ("ত্রৈমাসিক", "Quarterly"),
        "monthly": ("মাসিক", "Monthly"),
        "per release": ("প্রতি সংস্করণে", "With each release"),
        "per upload": ("প্রতি ফাইলে", "With each file"),
        "per event": ("প্রতি দুর্যোগে", "With each event"),
        "HIES round": ("খানা আয়-ব্যয় জরিপে", "With each HIES round"),
        "annual (admin) / HIES round": ("বার্ষিক; জরিপে আলাদা", "Annual; HIES round apart"),
        "annual/HIES": ("বার্ষিক; জরিপে আলাদা", "Annual; HIES round apart"),
        "survey round": ("প্রতি জরিপে", "With each survey round"),
        "2-yearly": ("দুই বছরে একবার", "Every two years"),
        "semi-annual": ("ছয় মাসে একবার", "Half-yearly"),
    },
    "indicator_split": {
        "sex": ("নারী-পুরুষ", "Sex"),
        "programme": ("কর্মসূচি", "Programme"),
        "quintile": ("দারিদ্র্য স্কোরের পঞ্চমাংশ", "Fifth of the poverty score"),
        "ministry": ("মন্ত্রণালয়", "Ministry"),
        "criterion": ("কোডি মানদণ্ড", "Criterion of CODI"),
        "district": ("জেলা", "District"),
    },
    "indicator_group": {
        "sex:female": ("নারী", "Women and girls"),
        "sex:male": ("পুরুষ", "Men and boys"),
        "sex:other": ("অন্যান্য", "Other"),
        "quintile:1": ("দরিদ্রতম পঞ্চমাংশ", "Poorest fifth"),
        "quintile:2": ("দ্বিতীয় পঞ্চমাংশ", "Second fifth"),
        "quintile:3": ("তৃতীয় পঞ্চমাংশ", "Third fifth"),
        "quintile:4": ("চতুর্থ পঞ্চমাংশ", "Fourth fifth"),
        "quintile:5": ("সবচেয়ে সচ্ছল পঞ্চমাংশ", "Best-off fifth"),
    },
    "event": {
        "indicators.loaded": ("সূচকের সংজ্ঞা তোলা", "Indicators loaded"),
        "indicators.computed": ("সূচক হিসাব", "Indicators computed"),
        "indicator.target_set": ("সূচকের লক্ষ্যমাত্রা নির্ধারণ", "Target of an indicator set"),
        "list.shown": ("তালিকা জনসমক্ষে দেখানো", "List shown in public"),
        "submission.sent": ("সূচকের মান জমা", "Value of an indicator reported"),
        "submission.verified": ("সূচকের মান যাচাই", "Value of an indicator verified"),
        "submission.returned": ("সূচকের মান ফেরত", "Value of an indicator returned"),
    },
    "list_way": {
        "open_meeting": ("উন্মুক্ত সভায় পড়ে শোনানো", "Read out in an open meeting"),
        "notice_board": ("নোটিশ বোর্ডে টাঙানো", "Put up on a notice board"),
        "online": ("ওয়েবসাইটে প্রকাশ", "Published on a website"),
    },
    "subject": {"list_shown": ("প্রকাশিত তালিকা", "list shown in public")},
    "step": {"indicators": ("সূচকের গণনা", "Counting for the indicators")},
    "job": {"compute_indicators": ("সূচক হিসাব", "Indicators computed")},
}
