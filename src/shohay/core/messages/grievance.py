"""Messages of grievance."""

MESSAGES: dict[str, tuple[str, str]] = {
    "grievance_text_missing": (
        "অভিযোগে কিছু লেখা নেই। কী হয়েছে, দুই-এক বাক্যে লিখুন।",
        "The complaint is empty. Write in a sentence or two what happened.",
    ),
    "grievance_text_long": (
        "অভিযোগটি {limit} অক্ষরের বেশি। মূল কথা রেখে ছোট করুন।",
        "The complaint is longer than {limit} characters. Keep the main point and shorten it.",
    ),
    "grievance_kind_unknown": (
        "অভিযোগের ধরন “{kind}” তালিকায় নেই। তালিকা থেকে একটি ধরন বেছে নিন।",
        "The kind of complaint “{kind}” is not on the list. Choose one from the list.",
    ),
    "grievance_not_found": (
        "{number} নম্বরের কোনো অভিযোগ নেই। রসিদে লেখা নম্বরটি মিলিয়ে আবার দিন।",
        "There is no complaint with number {number}. Compare it with the receipt and try again.",
    ),
    "answer_missing": (
        "উত্তর লেখা হয়নি। অভিযোগকারী যা পড়বেন তা লিখুন।",
        "The answer is missing. Write what the complainant will read.",
    ),
    "payment_not_theirs": (
        "এই পরিশোধটি ওই ব্যক্তির নয়। ব্যক্তির নিজের পরিশোধ বেছে নিন।",
        "This payment is not that person's. Choose one of the person's own payments.",
    ),
}
