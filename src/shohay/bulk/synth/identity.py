"""Identity numbers, phones and accounts of a chunk's people."""

from __future__ import annotations

import numpy as np

from shohay.bulk.synth import numbers as no
from shohay.bulk.synth.frame import Frame, some, years
from shohay.bulk.synth.tables import draw, rates

AGENT_ORDINAL = 699_000_000  # the wallets of agents: ordinals that no household reaches
BANK_RANGE, BANK_STEP = 9_000_000_000_000, 7_368_787


def identity_kinds(rng: np.random.Generator, people: Frame) -> np.ndarray:
    """Which number each person has, by age: birth registration for children, the smart card for younger adults."""
    n, age = len(people["age"]), people["age"]
    adult = rng.choice(4, (n, 2), p=[0.47, 0.13, 0.40, 0.0]).astype(np.int8)[:, 0]
    kind = np.where(age < 36, no.NID10, adult + 1)
    kind = np.where((age >= 36) & some(rng, n, np.where(age >= 65, 0.045, 0.004)), no.BRN17, kind)
    kind = np.where((age < 22) & some(rng, n, 0.12), no.BRN17, kind)
    missing = np.where(
        age < 18, rates()["no_identity_child"] * np.where(age < 5, 2.2, 0.7), rates()["no_identity_adult"]
    )
    kind = np.where(age < 18, no.BRN17, kind)
    return np.where(some(rng, n, missing), no.NO_ID, kind).astype(np.int8)


def identities(people: Frame, home: Frame, seed: int) -> np.ndarray:
    """The number of each person (int64, 0 = none) by its id_kind; unique, structured by the household's union."""
    at = people["home"]
    line = people["line"].astype(np.int64) - 1
    serial = no.serials(home["in_union"][at] * no.PEOPLE_PER_HOUSEHOLD + line, home["area"][at].astype(np.int64), seed)
    local = no.local_number(people["id_area"], people["id_rmo"], serial)
    return no.identity_numbers(
        people["id_kind"], no.smart_nid(people["ordinal"], seed), local, years(people["id_born"])
    )


def account_kinds(rng: np.random.Generator, people: Frame) -> np.ndarray:
    """Wallet, bank account or none: adults, applicants nearly always."""
    n = len(people["age"])
    u = rng.random(n)
    wallet, bank = rates()["wallet_adult"], rates()["bank_adult"]
    applies = people["applies"] > 0
    bank_share = np.where(applies, 0.13, bank)
    total = np.where(applies, rates()["account_applicant"], wallet + bank)
    kind = np.select([u < bank_share, u < total], [no.BANK, no.MFS], no.NO_ACCOUNT)
    return np.where((people["age"] >= 18) | applies, kind, no.NO_ACCOUNT).astype(np.int8)


def accounts(rng: np.random.Generator, people: Frame, home: Frame, seed: int) -> None:
    """Columns account_kind, account (int64), account_length, provider (of wallets), branch (of banks; an index).

    Some old people's money goes to the wallet of the member before them; agents' wallets serve many.
    """
    n, at = len(people["age"]), people["home"]
    kind = people["account_kind"]
    bank = 1_000_000_000_000 + no.scramble(people["ordinal"], BANK_STEP, BANK_RANGE, seed)
    account = np.where(kind == no.MFS, no.mobile(people["ordinal"], seed), np.where(kind == no.BANK, bank, 0))
    _, cuts = no.providers()
    provider = draw(rng, cuts, n).astype(np.int8)
    _, offsets = no.branches()
    first, last = offsets[home["district"][at]], offsets[home["district"][at] + 1]
    branch = first + (rng.random(n) * (last - first)).astype(np.int64)
    previous = np.maximum(np.arange(n) - 1, 0)
    shares = (people["age"] >= 60) & (kind == no.MFS) & some(rng, n, 0.05)
    shares &= (at[previous] == at) & (kind[previous] == no.MFS) & ~shares[previous]
    account = np.where(shares, account[previous], account)
    provider = np.where(shares, provider[previous], provider)
    agent = people["agent"]
    wallet = no.mobile(AGENT_ORDINAL + home["area"][at].astype(np.int64), seed)
    people["account"] = np.where(agent, wallet, account)
    people["account_kind"] = np.where(agent, no.MFS, kind).astype(np.int8)
    people["provider"] = np.where(agent, home["area"][at] % 2, provider).astype(np.int8)
    people["branch"] = branch
    people["account_length"] = np.array([0, 11, 13])[people["account_kind"]]
