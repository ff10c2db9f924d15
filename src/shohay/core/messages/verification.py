"""Messages of identity numbers, their keys, and verification by outside parties."""

MESSAGES: dict[str, tuple[str, str]] = {
    "number_wrong": (
        "এই ধরনের নম্বরে ঠিক {digits}টি অঙ্ক থাকে। কার্ড বা সনদ দেখে আবার লিখুন।",
        "A number of this kind has exactly {digits} digits. Look at the card or certificate and type it again.",
    ),
    "evidence_missing": (
        "কোন কাগজ দেখে নম্বরটি নিলেন তা লিখুন।",
        "Say which paper you took the number from.",
    ),
    "number_kind_held": (
        "এই ধরনের একটি নম্বর আগে থেকেই আছে। সেটি ভুল হলে আগে প্রত্যাহার করুন।",
        "The person has a number of this kind already. If it is wrong, withdraw it first.",
    ),
    "number_withdrawn": (
        "নম্বরটি আগেই প্রত্যাহার করা হয়েছে। পাতাটি আবার খুলে দেখুন।",
        "This number was withdrawn already. Open the page again to see it.",
    ),
    "decision_unknown": (
        "তালিকা থেকে একটি সিদ্ধান্ত বেছে নিন।",
        "Choose one of the decisions in the list.",
    ),
    "finding_not_open": (
        "বিষয়টি এর মধ্যে নিষ্পন্ন হয়েছে। পাতাটি আবার খুলে দেখুন।",
        "This was settled meanwhile. Open the page again to see how.",
    ),
    "rotation_running": (
        "এখন সব নম্বর নতুন চাবিতে বন্ধ করা হচ্ছে। কাজটি শেষ হলে আবার চেষ্টা করুন (shohay keys status)।",
        "All numbers are being sealed with a new key just now. Try again when that is done (shohay keys status).",
    ),
    "key_in_use": (
        "{key} চাবিতে বন্ধ {count}টি মান এখনও আছে। আগে shohay keys rotate চালান।",
        "{count} values are still sealed with key {key}. Run shohay keys rotate first.",
    ),
    "key_unknown": (
        "চাবির গোছায় {key} নামে কোনো পুরোনো চাবি নেই। shohay keys status দেখুন।",
        "The ring has no older key called {key}. See shohay keys status.",
    ),
    "party_unknown": (
        "“{party}” নামে কোনো যাচাইকারী সংস্থা নেই। তালিকা থেকে বেছে নিন।",
        "There is no verifying party called “{party}”. Choose one from the list.",
    ),
    "verification_open": (
        "এই এলাকার জন্য এই সংস্থার যাচাই আগে থেকেই চলছে। সেটি শেষ হতে দিন বা থামান।",
        "This party is being asked about this area already. Let that finish, or stop it.",
    ),
    "verification_ended": (
        "যাচাইটি আগেই শেষ হয়েছে বা থামানো হয়েছে।",
        "This verification has ended or was stopped already.",
    ),
}
