"""Messages of corrected accounts, and of money that is paid again."""

MESSAGES: dict[str, tuple[str, str]] = {
    "account_change_waits": (
        "এই ব্যক্তির হিসাব বদলের একটি প্রস্তাব আগে থেকেই অপেক্ষায় আছে। আগে সেটি অনুমোদন বা বাতিল করুন।",
        "A change of this person's account waits already. Approve or refuse that one first.",
    ),
    "nothing_to_pay_again": (
        "আবার দেওয়ার মতো কোনো ফেরত টাকা নেই: আগে ফেরত আসা টাকার হিসাব নম্বর সংশোধন ও অনুমোদন করাতে হয়, "
        "আর টাকা ব্যাংক থেকে ফিরে আসতে হয়।",
        "No returned money can be paid again: its account must first be corrected and approved, and the money must be"
        " back from the bank.",
    ),
}
