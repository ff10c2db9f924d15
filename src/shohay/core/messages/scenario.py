"""Messages of scenarios and their simulation."""

MESSAGES: dict[str, tuple[str, str]] = {
    "scenario_wrong": (
        "দৃশ্যপটের দলিলটি এই জায়গায় ঠিক নেই: {where} ({why})। ঠিক করে আবার দিন।",
        "The scenario does not hold together at {where}: {why}. Correct it and send it again.",
    ),
    "scenario_twice": (
        "{code} কর্মসূচি এই দৃশ্যপটে দুইবার আছে। একটি রেখে অন্যটি বাদ দিন।",
        "Programme {code} stands in this scenario twice. Keep one of the two.",
    ),
    "scenario_unknown_programme": (
        "{code} নামে কোনো প্রকাশিত কর্মসূচি নেই। কর্মসূচির তালিকা থেকে সংকেতটি মিলিয়ে নিন।",
        "There is no published programme {code}. Compare the code with the list of programmes.",
    ),
    "scenario_unknown_draft": (
        "{code} কর্মসূচির এই খসড়াটি ({draft}) পাওয়া যায়নি। খসড়ার তালিকা থেকে আবার বেছে নিন।",
        "There is no draft {draft} of programme {code}. Choose it again from the list of drafts.",
    ),
    "scenario_no_version": (
        "{on} তারিখে {code} কর্মসূচির কোনো নিয়ম কার্যকর নেই। অন্য তারিখ দিন, অথবা কর্মসূচিটি বাদ দিন।",
        "No version of programme {code} is in force on {on}. Give another day, or leave the programme out.",
    ),
    "scenario_too_many": (
        "একসঙ্গে সর্বোচ্চ {most}টি দৃশ্যপট তুলনা করা যায়; {given}টি দেওয়া হয়েছে।",
        "At most {most} scenarios are compared at once; {given} were given.",
    ),
    "survey_base_weights": (
        "{count}টি খানার ভার (ওজন) নেই বা শূন্যের বেশি নয়, তাই ফাইলটি নেওয়া যায় না। ওজনসহ পূর্ণ ফাইলটি দিন।",
        "{count} households have no weight above zero, so the file cannot be taken. Send it with all weights.",
    ),
    "survey_base_wrong": (
        "জরিপের ফাইল বা তার দলিল এই জায়গায় ঠিক নেই: {where} ({why})। মিলিয়ে ঠিক করুন।",
        "The survey file or its mapping does not hold together at {where}: {why}. Compare and correct it.",
    ),
    "survey_base_missing": (
        "{path} ফোল্ডারে সিমুলেশনের উপযোগী জরিপ নেই। `shohay survey-base` দিয়ে তৈরি করুন।",
        "{path} holds no survey that can be simulated on. Make one with `shohay survey-base`.",
    ),
    "simulation_no_people": (
        "এই তথ্যভাণ্ডারে কোনো খানা নেই, তাই কিছু গণনা করা যায় না। অন্য উৎস বেছে নিন।",
        "There is no household in this data, so nothing can be computed. Choose another source.",
    ),
}
