"""Messages about what people were told, what they agreed to, and what they ask to have corrected."""

MESSAGES: dict[str, tuple[str, str]] = {
    "purposes_wrong": (
        "তথ্য ব্যবহারের উদ্দেশ্যের দলিলটি ঠিক নেই: {where}। ঠিক করে আবার দিন।",
        "The document of purposes does not hold together at: {where}. Correct it and load it again.",
    ),
    "purpose_unknown": (
        "{purpose} নামে কোনো উদ্দেশ্য নেই, বা এতে সম্মতি লাগে না। তালিকা থেকে বেছে নিন।",
        "There is no purpose {purpose} that needs consent. Choose from the list.",
    ),
    "told_in_future": (
        "জানানোর তারিখ আজকের পরে হতে পারে না। তারিখ মিলিয়ে লিখুন।",
        "The day on which the household was told cannot lie ahead. Check the date.",
    ),
    "told_by_missing": (
        "পরিবারকে কে জানিয়েছেন তা লিখুন।",
        "Say who told the household.",
    ),
    "correction_empty": (
        "কী ভুল আছে এবং কী হবে, দুটোই লিখুন।",
        "Say what is wrong and what it should be.",
    ),
    "correction_waiting": (
        "এই ব্যক্তির একই তথ্যের সংশোধনের অনুরোধ আগে থেকেই অপেক্ষায় আছে। আগে সেটি নিষ্পত্তি করুন।",
        "A request to correct the same fact of this person is waiting already. Settle that one first.",
    ),
    "correction_settled": (
        "এই অনুরোধ আগেই নিষ্পত্তি হয়েছে, {by} করেছেন। তালিকাটি আবার খুলুন।",
        "This request has been settled already, by {by}. Open the list again.",
    ),
    "correction_not_event": (
        "এই সংশোধন এই ব্যক্তির বা পরিবারের নয়। ঠিক ঘটনাটি বেছে নিন।",
        "That correction is not about this person or household. Choose the right one.",
    ),
    "correction_own": (
        "যিনি অনুরোধ লিখেছেন, তিনি তা নাকচ করতে পারেন না। অন্য কর্মকর্তা করবেন।",
        "Who wrote the request down may not turn it down. Another officer must.",
    ),
}
