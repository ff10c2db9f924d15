"""Pauses, circuit and pace, with a clock that tests can turn: an hour passes at once."""

from __future__ import annotations

from typing import Any

import pytest

from shohay.adapters.calling import Clock, Line, Patience
from shohay.core.verification import CallFailed, CallRefused, PartyOut


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.at, self.sleep)


class Script(Line):
    """A line whose party answers by a script: a status, or an error to raise; the last one for ever."""

    def __init__(self, time: Time, *answers: Any, **how: Any) -> None:
        patience = Patience(attempts=3, first_pause=1, longest_pause=4, open_after=3, rest=30, longest_rest=100)
        super().__init__("http://127.0.0.1:9", clock=time.clock(), patience=patience, **{"calls_a_second": 1000, **how})
        self.answers = list(answers)
        self.made: list[float] = []

    def _post(self, path: str, data: bytes, request_id: str) -> tuple[int, dict[str, str], bytes]:
        self.made.append(self.clock.now())
        said = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(said, Exception):
            raise said
        return (*said, b'{"ok": 1}') if isinstance(said, tuple) else (said, {}, b'{"ok": 1}')

    def ask(self) -> dict[str, Any]:
        return self.call("/", {}, request_id="1", read=dict)


def test_a_call_that_breaks_is_made_again_after_longer_and_longer_pauses():
    time = Time()
    line = Script(time, 500, ConnectionResetError(), 200)
    assert line.ask() == {"ok": 1}
    first, second = [pause for pause in time.slept if pause > 0.1]
    assert 0.5 <= first <= 1 <= second <= 2
    assert line.standing().circuit == "closed"


def test_after_the_last_attempt_the_call_is_given_up():
    line = Script(Time(), TimeoutError(), 500, 503)
    with pytest.raises(CallFailed, match="503"):
        line.ask()
    assert (len(line.made), line.standing().failed) == (3, 3)


def test_the_circuit_opens_rests_and_tries_with_one_call():
    time = Time()
    line = Script(time, *[500] * 5, 200)
    with pytest.raises(CallFailed):
        line.ask()
    assert line.standing().circuit == "open"
    with pytest.raises(PartyOut) as out:
        line.ask()
    assert 0 < out.value.seconds < 30.01
    assert len(line.made) == 3  # nobody called
    time.at += 30
    with pytest.raises(PartyOut) as out:  # the probe fails: rest twice as long
        line.ask()
    assert (len(line.made), 50 < out.value.seconds < 60.01) == (4, True)
    time.at += 60
    with pytest.raises(PartyOut) as out:
        line.ask()
    assert (len(line.made), 90 < out.value.seconds < 100.01) == (5, True)  # never longer than the longest
    time.at += 100
    assert line.ask() == {"ok": 1}
    assert line.standing().circuit == "closed"


def test_an_hour_of_silence_costs_a_call_every_rest_and_no_more():
    time = Time()
    line = Script(time, ConnectionRefusedError())
    while time.at < 3600:
        try:
            line.ask()
        except PartyOut as out:
            time.at += out.seconds
        except CallFailed:
            continue
    assert len(line.made) < 45
    line.answers = [200]
    time.at += 100
    assert line.ask() == {"ok": 1}


def test_429_makes_everybody_wait_and_is_no_failure():
    time = Time()
    line = Script(time, (429, {"retry-after": "7"}), (429, {"retry-after": "2.5"}), (429, {"retry-after": "soon"}), 200)
    assert line.ask() == {"ok": 1}
    assert line.made[1] - line.made[0] == pytest.approx(7)
    assert line.made[2] - line.made[1] == pytest.approx(2.5)
    assert line.standing()[3:5] == (3, 0)  # told to wait three times, nothing broke


def test_the_pace_is_kept():
    time = Time()
    line = Script(time, 200, calls_a_second=4)
    for _ in range(9):
        line.ask()
    assert line.made[-1] == pytest.approx(2.0)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 413, 422])
def test_a_call_that_is_not_wanted_is_not_made_again(status: int):
    line = Script(Time(), status)
    with pytest.raises(CallRefused, match=str(status)):
        line.ask()
    assert (len(line.made), line.standing().circuit) == (1, "closed")
