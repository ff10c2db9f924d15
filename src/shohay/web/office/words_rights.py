"""Words of notices, consents and requests for correction: code -> (Bangla, English)."""

from __future__ import annotations

from shohay.web.office.words_events import EVENT_WORDS

RIGHTS_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "spoken": {
        "bn": ("বাংলা", "Bangla"),
        "en": ("ইংরেজি", "English"),
        "chakma": ("চাকমা", "Chakma"),
        "marma": ("মারমা", "Marma"),
        "garo": ("গারো", "Garo"),
        "santali": ("সাঁওতালি", "Santali"),
        "sign": ("ইশারা ভাষা", "Sign language"),
    },
    "told_where": {
        "home": ("বাড়িতে", "At home"),
        "union": ("ইউনিয়ন ডিজিটাল সেন্টারে", "At the Union Digital Centre"),
        "office": ("উপজেলা কার্যালয়ে", "At the upazila office"),
        "333": ("৩৩৩ নম্বরে ফোনে", "By phone, 333"),
        "file": ("মাঠ জরিপের ফাইলের সঙ্গে", "With the file of the field survey"),
    },
    "asker": {
        "self": ("ব্যক্তি নিজে", "The person"),
        "family": ("পরিবারের সদস্য", "A member of the family"),
        "representative": ("প্রতিনিধি বা অভিভাবক", "A representative or guardian"),
    },
    "correction_fact": {
        **EVENT_WORDS["fact"],
        "number": ("জাতীয় পরিচয়পত্র বা জন্মনিবন্ধন নম্বর", "NID or birth registration number"),
        "account": ("ফোন, ওয়ালেট বা ব্যাংক হিসাব", "Phone, wallet or bank account"),
        "household": ("খানার সদস্য, ঘর বা জমি", "Members, house or land of the household"),
    },
    "event": {
        "notice.given": ("তথ্য ব্যবহার সম্পর্কে জানানো", "Household told about the use of its data"),
        "correction.asked": ("সংশোধনের অনুরোধ", "Correction asked for"),
        "correction.taken_up": ("সংশোধনের অনুরোধ নেওয়া", "Request for correction taken up"),
        "correction.refused": ("সংশোধনের অনুরোধ নাকচ", "Request for correction turned down"),
        "person.sheet_printed": ("সব তথ্যের কাগজ ছাপানো", "Sheet of everything printed"),
    },
}
