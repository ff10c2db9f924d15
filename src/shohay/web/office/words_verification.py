"""Words of numbers, parties, answers and what does not agree."""

from __future__ import annotations

VERIFICATION_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "party": {
        "number": ("নম্বরের নিজস্ব যাচাই", "The number itself"),
        "nid": ("নির্বাচন কমিশন (জাতীয় পরিচয়পত্র)", "Election commission (NID)"),
        "civil_registration": ("জন্ম ও মৃত্যু নিবন্ধন", "Birth and death registration"),
        "disability_register": ("প্রতিবন্ধিতা তথ্যভান্ডার", "Disability register"),
        "sim_owner": ("সিমের মালিকানা (বিটিআরসি)", "SIM ownership (BTRC)"),
        "wallets": ("মোবাইল ওয়ালেট সেবাদাতা", "Wallet providers"),
    },
    "party_tells": {
        "nid": ("নাম, জন্মতারিখ, পিতা-মাতা মেলে কি না", "whether name, birth date and parents agree"),
        "civil_registration": ("জন্ম নিবন্ধন আছে কি না, মৃত্যু হয়েছে কি না", "whether the birth is registered, and deaths"),
        "disability_register": ("সুবর্ণ নাগরিক কার্ড ও প্রতিবন্ধিতার ধরন", "the Suborno Nagorik card and kind of disability"),
        "sim_owner": ("সিমটি নিজের পরিচয়পত্রে নেওয়া কি না", "whether the SIM is registered to the person's own NID"),
        "wallets": ("ওয়ালেট চালু কি না, কার নামে", "whether the wallet is open, and in whose name"),
    },
    "circuit": {
        "closed": ("চালু", "Answers"),
        "open": ("সাড়া নেই, অপেক্ষা চলছে", "Silent, waiting"),
        "half_open": ("পরীক্ষা করা হচ্ছে", "Being tried"),
        "never": ("এখনো জিজ্ঞাসা করা হয়নি", "Never asked"),
    },
    "level": {
        "exact": ("সব মেলে", "All agrees"),
        "partial": ("আংশিক মেলে", "Agrees in part"),
        "none": ("কিছুই মেলে না", "Nothing agrees"),
        "not_found": ("পাওয়া যায়নি", "Not found"),
    },
    "answer_field": {
        "name": ("নাম", "name"),
        "birth_date": ("জন্মতারিখ", "birth date"),
        "father_name": ("পিতার নাম", "father's name"),
        "mother_name": ("মাতার নাম", "mother's name"),
        "alive": ("জীবিত", "alive"),
        "disability": ("প্রতিবন্ধিতার ধরন", "kind of disability"),
        "owner": ("সিমের মালিক", "owner of the SIM"),
        "state": ("ওয়ালেটের অবস্থা", "state of the wallet"),
        "holder": ("ওয়ালেটের নাম", "name on the wallet"),
    },
    "wallet_state": {
        "open": ("চালু", "open"),
        "dormant": ("নিষ্ক্রিয়", "dormant"),
        "closed": ("বন্ধ", "closed"),
    },
    "finding": {
        "died": ("মৃত্যু নিবন্ধিত হয়েছে", "A death is registered"),
        "wallet_closed": ("ওয়ালেট চালু নেই", "The wallet is not open"),
        "not_found": ("সংস্থার খাতায় পাওয়া যায়নি", "Not found in the party's register"),
        "birth_date_differs": ("জন্মতারিখ মেলে না", "The birth date differs"),
        "name_differs": ("নাম মেলে না", "The name differs"),
        "parent_differs": ("পিতা বা মাতার নাম মেলে না", "A parent's name differs"),
        "disability_differs": ("প্রতিবন্ধিতার ধরন মেলে না", "The kind of disability differs"),
        "sim_of_another": ("সিমটি অন্যের নামে", "The SIM is another person's"),
        "wallet_of_another": ("ওয়ালেটটি অন্যের নামে", "The wallet is in another name"),
        "birth_year_differs": ("নম্বরের জন্মসাল আর জন্মতারিখ মেলে না", "The number has another birth year"),
        "year_impossible": ("নম্বরের জন্মসাল সম্ভব নয়", "The number's birth year cannot be"),
        "nid_too_young": ("বয়স ১৬ হয়নি, তবু জাতীয় পরিচয়পত্র", "An NID of somebody under 16"),
        "numbers_disagree": ("১৩ ও ১৭ অঙ্কের নম্বর দুটি মেলে না", "The 13- and 17-digit numbers do not fit together"),
        "number_shared": ("একই নম্বর আরেকজনেরও", "Another person has the same number"),
        "district_unknown": ("নম্বরের জেলা কোড নেই", "The number's district does not exist"),
        "district_differs": ("নম্বরের জেলা আর ঠিকানা আলাদা", "The number is of another district than the address"),
        "upazila_unknown": ("নম্বরের উপজেলা কোড নেই", "The number's upazila does not exist"),
        "rmo_unknown": ("নম্বরের এলাকার ধরন অচেনা", "The number's kind of area is unknown"),
    },
    "severity": {
        "serious": ("গুরুতর", "Serious"),
        "doubt": ("সন্দেহজনক", "Doubtful"),
        "note": ("লক্ষণীয়", "Worth noting"),
    },
    "finding_state": {
        "open": ("দেখা বাকি", "Open"),
        "explained": ("ব্যাখ্যা পাওয়া গেছে", "Explained"),
        "corrected": ("নিবন্ধন সংশোধিত", "Registry corrected"),
        "referred": ("অন্য দপ্তরে পাঠানো", "Referred to the other office"),
        "gone": ("আর পাওয়া যায়নি", "No longer found"),
    },
    "verification_run": {
        "waiting": ("শুরুর অপেক্ষায়", "Waiting to begin"),
        "running": ("চলছে", "Running"),
        "paused": ("সংস্থার সাড়ার অপেক্ষায়", "Waits for the party"),
        "done": ("শেষ", "Done"),
        "cancelled": ("থামানো হয়েছে", "Stopped"),
    },
    "job": {"verify": ("বাইরের সংস্থায় যাচাই", "Verifying with an outside party")},
    "step": {
        "prepare": ("কাকে জিজ্ঞাসা করা হবে ঠিক করা", "Finding whom to ask"),
        "asking": ("উত্তর নেওয়া", "Asking"),
        "deaths": ("মৃত্যুর খবর প্রস্তাব করা", "Proposing reported deaths"),
    },
    "event": {
        "identity.added": ("পরিচয় নম্বর যোগ", "Identity number added"),
        "identity.withdrawn": ("পরিচয় নম্বর প্রত্যাহার", "Identity number withdrawn"),
        "identity.checked": ("পরিচয় নম্বর যাচাই", "Identity numbers checked"),
        "finding.decided": ("অমিল নিষ্পত্তি", "Mismatch settled"),
        "verification.started": ("যাচাই শুরু", "Verification started"),
        "verification.prepared": ("যাচাইয়ের তালিকা প্রস্তুত", "Verification prepared"),
        "verification.answered": ("যাচাইয়ের উত্তর এসেছে", "Answers of a party taken in"),
        "verification.paused": ("যাচাই স্থগিত, সংস্থার সাড়া নেই", "Verification put down: the party is silent"),
        "verification.resumed": ("যাচাই আবার শুরু", "Verification taken up again"),
        "verification.done": ("যাচাই শেষ", "Verification done"),
        "verification.cancelled": ("যাচাই থামানো", "Verification stopped"),
        "deaths.proposed": ("নিবন্ধিত মৃত্যু প্রস্তাব", "Reported deaths proposed"),
        "keys.made": ("নতুন চাবি তৈরি", "New key made"),
        "keys.rotation_started": ("চাবি বদল শুরু", "Rotation of keys begun"),
        "keys.rotated": ("চাবি বদল শেষ", "Keys rotated"),
        "keys.retired": ("পুরোনো চাবি সরানো", "Old key taken away"),
    },
}  # fmt: skip
# code -> (tone, icon) of its badge
LEVEL_TONES = {
    "exact": ("good", "check-circle-fill"), "partial": ("wait", "exclamation-triangle-fill"),
    "none": ("bad", "x-circle-fill"), "not_found": ("wait", "question-circle-fill"),
}  # fmt: skip
SEVERITY_TONES = {
    "serious": ("bad", "exclamation-triangle-fill"), "doubt": ("wait", "question-circle-fill"),
    "note": ("", "info-circle-fill"),
}  # fmt: skip
CIRCUIT_TONES = {
    "closed": ("good", "check-circle-fill"), "open": ("bad", "x-circle-fill"), "half_open": ("wait", "hourglass-split"),
    "never": ("", "dash-circle"),
}  # fmt: skip
RUN_TONES = {
    "waiting": ("wait", "hourglass-split"), "running": ("busy", "arrow-repeat"), "paused": ("wait", "hourglass-split"),
    "done": ("good", "check-circle-fill"), "cancelled": ("", "slash-circle"),
}  # fmt: skip
FINDING_TONES = {
    "open": ("wait", "hourglass-split"), "explained": ("good", "check-circle-fill"),
    "corrected": ("good", "check-circle-fill"), "referred": ("busy", "arrow-repeat"), "gone": ("", "slash-circle"),
}  # fmt: skip
TONES_OF = {
    "level": LEVEL_TONES, "severity": SEVERITY_TONES, "circuit": CIRCUIT_TONES, "verification_run": RUN_TONES,
    "finding_state": FINDING_TONES,
}  # fmt: skip
