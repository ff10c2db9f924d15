"""How a household hangs together: relations when the head changes, what an event does to a marital status.

Relations are those of the household form: head, spouse, child, parent, grandchild, sibling, other.
"""

from __future__ import annotations

from collections.abc import Mapping

RELATIONS = ("head", "spouse", "child", "parent", "grandchild", "sibling", "other")
MARITAL = ("never", "married", "widowed", "divorced", "separated")
WIVES_AT_MOST = 4  # with the permission of the arbitration council: Muslim Family Laws Ordinance 1961, section 6
AGE_TO_MARRY = {"male": 21, "female": 18}  # Child Marriage Restraint Act 2017; below it only by order of a court
MOTHER_FROM, MOTHER_TO = 10, 60  # ages at which a birth is believed without asking again

# relation of the new head to the old one -> of a member to the old head -> of the member to the new head; else "other"
_SEEN_FROM: Mapping[str, Mapping[str, str]] = {
    "spouse": {"head": "spouse", "child": "child", "grandchild": "grandchild"},
    "child": {"head": "parent", "spouse": "parent", "child": "sibling"},
    "parent": {"head": "child", "parent": "spouse", "child": "grandchild", "sibling": "child"},
    "grandchild": {"child": "other", "grandchild": "sibling"},
    "sibling": {"head": "sibling", "parent": "parent", "sibling": "sibling"},
    "other": {},
}


def relation_to_new_head(new_head: str, member: str) -> str:
    """The relation of a member to the new head, from what both were to the old one.

    >>> relation_to_new_head("spouse", "child"), relation_to_new_head("child", "spouse")
    ('child', 'parent')
    """
    if new_head == "head":
        return member
    return _SEEN_FROM[new_head].get(member, "other")


def relation_joined(of_their_head: str, member: str) -> str:
    """The relation of a member of a household that joins another, when its head is ``of_their_head`` to the new head.

    >>> relation_joined("child", "child"), relation_joined("sibling", "spouse")
    ('grandchild', 'other')
    """
    if member == "head":
        return of_their_head
    together = {
        ("child", "child"): "grandchild",
        ("parent", "spouse"): "parent",
        ("parent", "child"): "sibling",
        ("spouse", "child"): "child",
        ("sibling", "parent"): "parent",
        ("sibling", "sibling"): "sibling",
    }
    return together.get((of_their_head, member), "other")


def severe_difficulty(answers: Mapping[str, int | None]) -> bool | None:
    """Washington Group short set: a person has a disability when any domain is 3 (a lot) or 4 (cannot do at all).

    None when no answer says so and some are missing.
    """
    given = [answers.get(domain) for domain in WASHINGTON_GROUP]
    if any(answer is not None and answer >= 3 for answer in given):
        return True
    return None if None in given else False


# the six questions of the short set; answers 1 no difficulty, 2 some, 3 a lot, 4 cannot do at all
WASHINGTON_GROUP = ("seeing", "hearing", "walking", "remembering", "self_care", "communicating")
