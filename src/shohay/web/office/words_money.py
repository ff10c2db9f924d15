"""Words of goods, of payments made again and of corrected accounts: what only officers meet. See words.py."""

# kind -> code -> (Bangla, English)
MONEY_WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "occasion": {
        "eid_ul_fitr": ("ঈদুল ফিতর", "Eid-ul-Fitr"),
        "eid_ul_azha": ("ঈদুল আজহা", "Eid-ul-Azha"),
        "fishing_ban": ("মাছ ধরার নিষেধাজ্ঞা", "Fishing ban"),
        "disaster": ("দুর্যোগ", "Disaster"),
        "other_event": ("অন্য উপলক্ষ", "Another occasion"),
    },
    "item": {
        "kg_rice": ("চাল", "rice"),
        "kg_fortified_rice": ("পুষ্টি চাল", "fortified rice"),
    },
    "ration_reason": {
        "not_collected": ("নিতে আসেননি", "Did not come"),
        "died": ("মৃত্যু", "Died"),
        "moved": ("এলাকা ছেড়েছেন", "Moved away"),
        "refused": ("নিতে চাননি", "Did not want it"),
        "wrong_person": ("অন্য ব্যক্তি এসেছিলেন", "Somebody else came"),
        "short_stock": ("মজুত কম ছিল", "Not enough stock"),
    },
    "ration_held": {
        "dead": ("মৃত হিসেবে নথিভুক্ত", "Recorded as dead"),
        "duplicate": ("একই ব্যক্তির দ্বিতীয় নিবন্ধন", "Second record of the same person"),
        "household_listed": ("পরিবারের আরেক কার্ড তালিকায় আছে", "Another card of the household is listed"),
        "already_listed": ("এই মাসের তালিকায় আগে থেকেই আছেন", "On a list of this month already"),
        "amount_unknown": ("কত প্রাপ্য তা জানার তথ্য নেই", "A fact that sets the quantity is missing"),
    },
    "job": {
        "prepare_distributions": ("বিতরণ তালিকা তৈরি", "Preparing the distribution lists"),
        "send_again": ("ফেরত টাকা আবার ব্যাংকে পাঠানো", "Sending returned money to the bank again"),
    },
    "subject": {
        "distribution": ("বিতরণ তালিকা", "distribution list"),
        "supplement": ("সম্পূরক তালিকা", "list to pay again"),
    },
    "standing": {
        "ready": ("আবার দেওয়া যায়", "Can be paid again"),
        "same_account": ("হিসাব সংশোধন বাকি", "Account to correct"),
        "not_back": ("টাকা এখনো ব্যাংকে", "Money not back yet"),
        "on_its_way": ("আবার পাঠানো হচ্ছে", "On its way again"),
        "dead": ("মৃত্যু বা দ্বৈত নিবন্ধন", "Died, or second record"),
    },
    "check": {"owed_again": ("আবার ধার্য: খতিয়ানে / তালিকায়", "Owed again: ledger / list")},
    "event": {
        "account.proposed": ("হিসাব বদলের প্রস্তাব", "Another account proposed"),
        "account.changed": ("হিসাব বদল", "Account changed"),
        "account.refused": ("হিসাব বদল হয়নি", "Change of account refused"),
        "supplement.prepared": ("ফেরত টাকার সম্পূরক তালিকা প্রস্তুত", "Payments gathered to pay again"),
        "supplement.approved": ("সম্পূরক তালিকা অনুমোদন", "Paying again approved"),
        "supplement.withdrawn": ("সম্পূরক তালিকা ফেরত নেওয়া", "Paying again taken back"),
        "supplement.files_written": ("সম্পূরক ব্যাংক ফাইল তৈরি", "Bank files to pay again written"),
        "supplement.sent": ("সম্পূরক ফাইল ব্যাংকে পাঠানো", "Paid again: sent to the bank"),
        "supplement.compared": ("সম্পূরক তালিকা মিলিয়ে দেখা, এখনো মেলেনি", "Paying again compared, does not agree yet"),
        "supplement.reconciled": ("সম্পূরক তালিকার হিসাব মিলেছে", "Paying again reconciled"),
        "distribution.prepared": ("বিতরণ তালিকা প্রস্তুত", "Distribution lists prepared"),
        "distribution.approved": ("বিতরণ তালিকা অনুমোদন", "Distribution list approved"),
        "distribution.list_taken": ("নামসহ বিতরণ তালিকা নেওয়া", "Distribution list with names taken"),
        "distribution.handed_over": ("বিতরণের ফাইল গৃহীত", "File of who collected taken in"),
        "distribution.closed": ("বিতরণ সমাপ্ত", "Distribution closed"),
        "ration.recorded": ("একজনের বিতরণ লেখা", "One ration recorded"),
        "ration.record_taken_back": ("একজনের বিতরণের লেখা ফেরত", "Record of one ration taken back"),
    },
}
