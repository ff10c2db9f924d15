"""Texts about facts and their coverage."""

MESSAGES: dict[str, tuple[str, str]] = {
    "fact_of_person": (
        "“{fact}” ব্যক্তির তথ্য, তাই পরিবারের তালিকায় নেওয়া যায় না। পরিবার বা এলাকার কোনো তথ্য দিন।",
        "“{fact}” is a fact of a person, so a table of households cannot have it. Name a fact of the household or area.",
    ),
}
