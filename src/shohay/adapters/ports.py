"""Which adapter speaks to which party."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from shohay.adapters.calling import Clock, Line, Patience
from shohay.adapters.civil_registration import CivilRegistration
from shohay.adapters.disability_register import DisabilityRegister
from shohay.adapters.nid import Nid
from shohay.adapters.sim_owner import SimOwner
from shohay.adapters.wallets import Wallets
from shohay.core.verification import PARTIES, Port


def port_of(
    party: str, *, urls: Mapping[str, str], key: str, hash_key: str, patience: Patience | None = None,
    clock: Clock | None = None,
) -> Port:  # fmt: skip
    """The adapter of ``party`` at its address; ``hash_key`` is what only the telecom regulator's answers need."""
    line = Line(urls[party], key=key, calls_a_second=PARTIES[party].calls_a_second, patience=patience, clock=clock)
    made: dict[str, Callable[[Line], Port]] = {
        "nid": Nid, "civil_registration": CivilRegistration, "disability_register": DisabilityRegister,
        "sim_owner": lambda line: SimOwner(line, hash_key), "wallets": Wallets,
    }  # fmt: skip
    return made[party](line)
