"""Words of the values that categories have in a formula, and of the options of training."""

from __future__ import annotations

from shohay.core.messages import Text

VALUES: dict[str, Text] = {
    "brick": Text("ইট", "brick"), "tin": Text("টিন", "tin"), "mud": Text("মাটি", "mud"),
    "straw": Text("খড় বা বাঁশ", "straw or bamboo"), "rural": Text("গ্রাম", "rural"),
    "urban": Text("পৌরসভা", "municipal town"), "city": Text("সিটি কর্পোরেশন", "city corporation"),
    "male": Text("পুরুষ", "male"), "female": Text("নারী", "female"), "hijra": Text("হিজড়া", "hijra"),
    "never": Text("অবিবাহিত", "never married"), "married": Text("বিবাহিত", "married"),
    "widowed": Text("বিধবা বা বিপত্নীক", "widowed"), "divorced": Text("তালাকপ্রাপ্ত", "divorced"),
    "separated": Text("স্বামী বা স্ত্রী থেকে আলাদা", "separated"), "none": Text("নেই", "none"),
    "physical": Text("শারীরিক", "physical"), "visual": Text("দৃষ্টি", "visual"), "hearing": Text("শ্রবণ", "hearing"),
    "speech": Text("বাক্", "speech"), "intellectual": Text("বুদ্ধি", "intellectual"), "mental": Text("মানসিক", "mental"),
    "multiple": Text("একাধিক", "multiple"), "autism": Text("অটিজম", "autism"), "other": Text("অন্য", "other"),
    "bede": Text("বেদে", "Bede"), "tea": Text("চা-শ্রমিক", "tea garden workers"),
    "disadvantaged": Text("অনগ্রসর জনগোষ্ঠী", "disadvantaged communities"),
}  # fmt: skip
DIVISIONS: dict[str, Text] = {
    "10": Text("বরিশাল", "Barishal"), "20": Text("চট্টগ্রাম", "Chattogram"), "30": Text("ঢাকা", "Dhaka"),
    "40": Text("খুলনা", "Khulna"), "45": Text("ময়মনসিংহ", "Mymensingh"), "50": Text("রাজশাহী", "Rajshahi"),
    "55": Text("রংপুর", "Rangpur"), "60": Text("সিলেট", "Sylhet"),
}  # fmt: skip
MODELS: dict[str, Text] = {
    "rural": Text("গ্রাম", "Villages"), "urban": Text("পৌরসভা", "Municipal towns"),
    "city": Text("সিটি কর্পোরেশন", "City corporations"), "town": Text("শহর ও সিটি কর্পোরেশন", "Towns and cities"),
    "all": Text("সব এলাকা", "All areas"),
}  # fmt: skip


def value_text(fact: str, value: str) -> Text:
    """A value of a category in both languages; a code that has no words stands as it is."""
    if fact == "division_code":
        return DIVISIONS.get(value, Text(value, value))
    return VALUES.get(value, Text(value, value))
