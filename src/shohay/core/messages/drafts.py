"""Messages of drafts of programme definitions."""

MESSAGES: dict[str, tuple[str, str]] = {
    "draft_open_already": (
        "{programme} কর্মসূচির একটি খসড়া আগে থেকেই খোলা: {holder} {since} তারিখে শুরু করেছেন। সেটি শেষ হলে বা বাদ দেওয়া হলে "
        "নতুন খসড়া শুরু করুন।",
        "A draft of {programme} is open already: {holder} began it on {since}. Begin a new one when that one has been "
        "published or dropped.",
    ),
    "draft_not_yours": (
        "খসড়াটি {holder} লিখছেন; শুধু তিনিই বদলাতে পারেন। পরিবর্তন চাইলে তাঁকে জানান, বা কারণ লিখে ফেরত দিন।",
        "This draft is {holder}'s; only they can change it. Tell them what to change, or send it back with a reason.",
    ),
    "draft_moved": (
        "আপনি লেখার সময় খসড়াটি অন্য ট্যাবে {saved} বদলেছে ({what})। আপনার লেখা নিচে আছে, কিছু হারায়নি। দেখে আবার "
        "সংরক্ষণ করলে আপনার লেখাটি থাকবে।",
        "While you wrote, the draft was changed in another tab at {saved} ({what}). What you typed is below, nothing "
        "is lost. Look at it and save again to keep yours.",
    ),
    "draft_not_open": (
        "খসড়াটি এখন বদলানো যায় না: এর অবস্থা “{state}”। জমা দেওয়া খসড়া আগে ফিরিয়ে নিন।",
        "The draft cannot be changed now: it is “{state}”. Take a submitted draft back first.",
    ),
    "draft_not_waiting": (
        "খসড়াটি প্রকাশের অপেক্ষায় নেই: এর অবস্থা “{state}”। তালিকা থেকে আবার খুলুন।",
        "The draft does not wait for publishing: it is “{state}”. Open it again from the list.",
    ),
    "draft_own": (
        "নিজের লেখা খসড়া নিজে প্রকাশ বা ফেরত দেওয়া যায় না। অন্য একজন কর্মকর্তাকে দেখতে বলুন।",
        "You cannot publish or send back a draft that you wrote. Ask another officer to look at it.",
    ),
    "draft_stale": (
        "খসড়া শুরুর পর {programme} কর্মসূচির নতুন নিয়ম প্রকাশিত হয়েছে ({published})। এই খসড়া জমা দেওয়া বা প্রকাশ করা যায় না। "
        "খসড়াটি নামিয়ে রাখুন, বাদ দিন এবং নতুন নিয়ম থেকে আবার শুরু করুন।",
        "Newer rules of {programme} were published ({published}) after this draft was begun, so it can neither be "
        "submitted nor published. Download it, drop it, and begin again from the newer rules.",
    ),
    "draft_unchanged": (
        "প্রকাশিত নিয়মের সঙ্গে খসড়ার কোনো পার্থক্য নেই। আগে কিছু বদলান, অথবা খসড়াটি বাদ দিন।",
        "The draft is the same as the published rules. Change something first, or drop the draft.",
    ),
    "draft_problems": (
        "খসড়ায় এখনো {count}টি সমস্যা আছে। প্রথমটি: {first} সব ঠিক করে আবার জমা দিন।",
        "The draft still has {count} problems. The first: {first} Mend them all and submit again.",
    ),
    "draft_reason_missing": (
        "কারণ লেখা হয়নি। এক বাক্যে কারণ লিখুন; যিনি লিখেছেন তিনি তা দেখবেন।",
        "No reason was given. Write one sentence; whoever wrote the draft will read it.",
    ),
    "draft_overlap": (
        "নতুন নিয়ম {first} থেকে ধরা যায় না: {began} থেকে শুরু নিয়মের মেয়াদের ওপর পড়ে। {next} বা তার পরের তারিখ দিন।",
        "The new rules cannot hold from {first}: that falls on the rules that began {began}. Give {next} or, where "
        "nothing ends them, a later day.",
    ),
    "draft_gap": (
        "{last} থেকে {first} পর্যন্ত কোনো নিয়ম থাকে না। {next} তারিখ থেকে শুরু করুন।",
        "Between {last} and {first} there would be no rules. Begin on {next}.",
    ),
    "draft_ends_early": (
        "মেয়াদ শেষের তারিখ {last} শুরুর তারিখ {first}-এর আগে। তারিখ দুটি দেখুন।",
        "The last day {last} is before the first day {first}. Look at both days.",
    ),
    "draft_no_source": (
        "আইনি সূত্র লেখা হয়নি। প্রজ্ঞাপন বা আদেশের নম্বর ও তারিখ লিখুন।",
        "No legal source is given. Write the number and day of the order or gazette.",
    ),
    "draft_no_criteria": (
        "কোনো শর্ত নেই। অন্তত একটি শর্ত যোগ করুন।",
        "There is no condition. Add at least one.",
    ),
    "draft_no_sentence": (
        "“{id}” শর্তের বাক্য বাংলা ও ইংরেজি দুই ভাষায় লিখুন; নাগরিক কারণ হিসেবে এটিই পড়েন।",
        "Write the sentence of “{id}” in both languages; it is the reason that citizens read.",
    ),
    "draft_import_wrong": (
        "ফাইলের {line} নম্বর লাইনে ({where}) সমস্যা: {why}",
        "Line {line} of the file ({where}): {why}",
    ),
    "draft_too_long": (
        "নথিটি {most} অক্ষরের চেয়ে বড়। ছোট করে আবার দিন।",
        "The document is longer than {most} letters. Shorten it and try again.",
    ),
    "draft_other_programme": (
        "ফাইলটি {code} কর্মসূচির, {programme} কর্মসূচির নয়। সঠিক ফাইল বাছুন।",
        "The file is of {code}, not of {programme}. Choose the right file.",
    ),
    "draft_has_rules": (
        "{programme} কর্মসূচির নিয়ম আগে থেকেই প্রকাশিত। প্রকাশিত নিয়ম থেকে খসড়া শুরু করুন।",
        "{programme} has published rules. Begin the draft from those.",
    ),
    "draft_no_rules": (
        "{programme} কর্মসূচির কোনো প্রকাশিত নিয়ম নেই। “নিয়মহীন কর্মসূচি” থেকে শুরু করুন বা ফাইল দিন।",
        "{programme} has no published rules. Begin as a programme without rules, or bring a file.",
    ),
    "draft_published_before": (
        "ঠিক এই নথিই আগে একবার প্রকাশিত হয়েছে। নতুন তারিখ থেকে কার্যকর একটি সংস্করণ লিখুন।",
        "Exactly this document was published before. Write a version that holds from a new day.",
    ),
    "draft_part_wrong": (
        "রাখা গেল না: {why} আপনার লেখা নিচে আছে।",
        "Not kept: {why} What you typed is below.",
    ),
    "draft_cases_wrong": (
        "কেসগুলো পড়া গেল না: {why}। cases.yaml-এর নিয়মে লিখুন।",
        "The cases cannot be read: {why}. Write them as in a cases.yaml.",
    ),
    "draft_unknown": (
        "“{draft}” নম্বরের কোনো খসড়া নেই। তালিকা থেকে বাছুন।",
        "There is no draft “{draft}”. Choose one from the list.",
    ),
    "builder_value": (
        "“{value}” মানটি {fact} তথ্যের সঙ্গে তুলনা করা যায় না। সংখ্যা, তালিকার মান বা মানের নাম (:name) দিন।",
        "“{value}” cannot be compared with {fact}. Give a number, one of its values, or a figure as :name.",
    ),
}
