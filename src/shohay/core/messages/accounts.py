"""Messages of accounts."""

MESSAGES: dict[str, tuple[str, str]] = {
    "username_taken": (
        "“{username}” নামে একজন কর্মকর্তা আগে থেকেই আছেন। অন্য একটি সাইন-ইন নাম দিন, অথবা তাঁর দায়িত্ব পরিবর্তন করুন।",
        "An officer called “{username}” exists already. Choose another sign-in name, or change that officer's duties.",
    ),
    "password_weak": (
        "পাসওয়ার্ডটি সহজে অনুমান করা যায় অথবা খুব ছোট। অন্তত ১০ অক্ষরের এমন একটি দিন যা নাম বা পরিচিত শব্দ নয়।",
        "The password is too short or easy to guess. Use at least 10 characters that are no name and no common word.",
    ),
    "role_unknown": (
        "“{role}” নামে কোনো ভূমিকা নেই। তালিকা থেকে একটি ভূমিকা বেছে নিন।",
        "There is no role called “{role}”. Choose one from the list.",
    ),
    "area_code_wrong": (
        "“{code}” এলাকার কোড নয়: কোডে ২, ৪, ৬ বা ৮টি অঙ্ক থাকে; সারা দেশের জন্য খালি রাখুন।",
        "“{code}” is no place code: codes have 2, 4, 6 or 8 digits; leave it empty for the whole country.",
    ),
    "duty_missing": (
        "কোন এলাকায় ও কোন কর্মসূচিতে দায়িত্ব, তা বলা হয়নি। অন্তত একটি এলাকা ও একটি কর্মসূচি দিন (খালি কোড মানে সব)।",
        "No area or no programme was named. Give at least one of each (an empty code means all).",
    ),
    "duty_held": (
        "এই কর্মকর্তার এই দায়িত্ব এখনই আছে। নতুন করে দেওয়ার প্রয়োজন নেই।",
        "The officer holds this duty already. There is nothing to add.",
    ),
    "duty_ended": (
        "এই দায়িত্ব {on} তারিখে শেষ হয়েছে। নতুন দায়িত্ব দিন।",
        "This duty ended on {on}. Assign a new one.",
    ),
    "only_synthetic": (
        "এখানে প্রকৃত মানুষের তথ্য আছে, তাই প্রদর্শনীর হিসাব খোলা যায় না। প্রদর্শনীর জন্য আলাদা স্থাপনা ব্যবহার করুন।",
        "Real people are recorded here, so demonstration accounts cannot be opened. Use another installation for that.",
    ),
}
