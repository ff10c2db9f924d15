"""Messages of applications, quotas, determinations, selection lists, figures and background work."""

MESSAGES: dict[str, tuple[str, str]] = {
    "upload_not_admitted": (
        "ফাইলের আবেদনগুলো এখনো নেওয়া যায় না: ফাইলটি নিবন্ধনে ওঠেনি। আগে ফাইলটি যাচাই করে নিবন্ধনে তুলুন।",
        "The applications of this file cannot be taken yet: the registry does not hold its people. "
        "Check and admit the file first.",
    ),
    "quota_negative": (
        "{area} এলাকার কোটা ঋণাত্মক লেখা হয়েছে। শূন্য বা তার বেশি সংখ্যা দিন।",
        "The quota of {area} is below zero. Give zero or more.",
    ),
    "quota_unknown_area": (
        "এই এলাকাগুলো তালিকায় নেই: {areas}। উপজেলা বা সিটি কর্পোরেশনের সঠিক কোড দিন।",
        "These areas are not on the list: {areas}. Give codes of upazilas or city corporations.",
    ),
    "quota_nobody": (
        "কোটা ভাগ করা গেল না: নিবন্ধনে কোনো মানুষ নেই। আগে খানার ফাইল নিবন্ধনে তুলুন।",
        "The quota cannot be shared: the registry holds nobody. Admit a household file first.",
    ),
    "quota_no_national": (
        "{programme} কর্মসূচির জাতীয় উপকারভোগী সংখ্যা জানা নেই, তাই কোটা আনুপাতিক হারে বের করা গেল না। সংখ্যাটি নিজে লিখুন।",
        "The national number of beneficiaries of {programme} is not known, so no quota can be scaled from it. "
        "Give the number yourself.",
    ),
    "no_definitions": (
        "{on} তারিখে কার্যকর কোনো কর্মসূচি-সংজ্ঞা নেই। আগে সংজ্ঞা প্রকাশ করুন।",
        "No programme definition is in force on {on}. Publish the definitions first.",
    ),
    "formula_missing": (
        "দারিদ্র্য স্কোরের সূত্র “{code}” বসানো নেই। আগে সূত্রটি বসান (shohay load reference)।",
        "The score formula “{code}” is not installed. Install it first (shohay load reference).",
    ),
    "list_already_approved": (
        "তালিকাটি আগেই অনুমোদিত: {by}, {at}। আবার অনুমোদনের দরকার নেই; ভুল মনে হলে অভিযোগ বা বাতিলের প্রস্তাব করুন।",
        "This list was approved already, by {by} on {at}. Nothing more is needed; "
        "if it looks wrong, propose to stop the enrolments in question.",
    ),
    "list_was_returned": (
        "তালিকাটি ফেরত দেওয়া হয়েছে; কারণ: {reason}। অনুমোদনের আগে আবার প্রস্তাব করতে হবে।",
        "This list was returned, because: {reason}. It must be proposed again before it can be approved.",
    ),
    "lists_none": (
        "প্রস্তাব করার মতো কোনো তালিকা নেই: আপনার এলাকা ও কর্মসূচিতে কেউ যোগ্য বিবেচিত হননি, বা তালিকা আগেই প্রস্তাবিত।",
        "There is no list to propose: nobody was found eligible in your areas and programmes, "
        "or the lists are proposed already.",
    ),
    "run_unknown": (
        "“{run}” নামে কোনো হিসাব নেই। নির্ধারণ হলে D12, পে-রোল হলে P3, সূচক হলে I4 এভাবে লিখুন।",
        "There is no computation “{run}”. Write D12 for a determination, P3 for a payroll, I4 for indicators.",
    ),
    "definition_gone": (
        "{programme} কর্মসূচির যে সংজ্ঞায় হিসাব হয়েছিল তা পাওয়া যাচ্ছে না ({sha256})। ব্যাকআপ থেকে ফিরিয়ে আনুন।",
        "The definition of {programme} that was used then cannot be found ({sha256}). Bring it back from a backup.",
    ),
    "snapshot_gone": (
        "প্রতিলিপির ফাইল পাওয়া যাচ্ছে না: {path}। ব্যাকআপ থেকে ফিরিয়ে আনুন।",
        "The files of the snapshot are not there: {path}. Bring them back from a backup.",
    ),
    "snapshot_changed": (
        "প্রতিলিপির এই অংশগুলো পরে বদলানো হয়েছে: {tables}। ব্যাকআপ থেকে ফিরিয়ে আনুন এবং নিরীক্ষককে জানান।",
        "These parts of the snapshot were changed later: {tables}. Bring them back from a backup and tell the auditor.",
    ),
    "job_waiting": (
        "এই কাজটি আগেই চলছে বা অপেক্ষায় আছে ({name})। শেষ হলে আবার শুরু করতে পারবেন।",
        "This work is under way or waiting already ({name}). You can start it again when it has ended.",
    ),
    "job_over": (
        "কাজটি এর মধ্যেই শেষ হয়ে গেছে, তাই থামানোর কিছু নেই। ফল দেখুন।",
        "This work has ended already, so there is nothing to stop. Look at its result.",
    ),
    "job_unknown": ("“{name}” নামে কোনো কাজ নেই।", "There is no background work called “{name}”."),
    "job_no_officer": (
        "কাজটি যিনি চেয়েছিলেন ({username}) তাঁর এখন আর সেই ভূমিকা নেই, তাই কাজটি করা হয়নি।",
        "Whoever asked for this ({username}) no longer holds that role, so it was not done.",
    ),
    "job_broke": (
        "কাজটি যান্ত্রিক ত্রুটিতে থেমে গেছে ({what})। কোনো অর্ধেক ফল থাকেনি; আবার চেষ্টা করুন, না হলে "
        "কারিগরি দলকে কাজের নম্বর {work} জানান।",
        "The work stopped on a technical fault ({what}). Nothing half-done remains; try again, "
        "and if it happens again give the technical team the work number {work}.",
    ),
    "person_unknown": (
        "এই নম্বরে কাউকে পাওয়া যায়নি, বা তিনি আপনার এলাকার বাইরে।",
        "Nobody is found under this number, or the person is outside your area.",
    ),
}
