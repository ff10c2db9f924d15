"""Messages that belong to no single area."""

MESSAGES: dict[str, tuple[str, str]] = {
    "not_allowed": (
        "এই কাজের অনুমতি আপনার নেই ({what})। আপনার ভূমিকা বা এলাকা এর আওতায় পড়ে না; প্রয়োজন হলে ঊর্ধ্বতন কর্মকর্তাকে বলুন।",
        "You may not do this ({what}). Your role or area does not cover it; ask your supervisor if you need it.",
    ),
    "same_person": (
        "যিনি প্রস্তাব করেছেন তিনি নিজে অনুমোদন করতে পারেন না। অন্য একজন কর্মকর্তাকে অনুমোদন করতে হবে।",
        "Whoever proposed this cannot approve it. Another officer must approve.",
    ),
    "reason_missing": (
        "কারণ লেখা হয়নি। কেন এই সিদ্ধান্ত, এক বাক্যে লিখুন।",
        "The reason is missing. Write in one sentence why you decide so.",
    ),
    "wrong_state": (
        "এখন এটি করা যায় না: বর্তমান অবস্থা “{state}”। পাতাটি আবার খুলে দেখুন কী বদলেছে।",
        "This cannot be done now: the present state is “{state}”. Open the page again to see what changed.",
    ),
}
