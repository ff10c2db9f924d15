"""Small values of the domain: money, periods, identity numbers, places.

Everything here is immutable, checks itself when made and raises ``ValueError`` with a short English reason;
bulk code does the same checks set-based and reports them as data.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

BANGLA_DIGITS = str.maketrans("০১২৩৪৫৬৭৮৯", "0123456789")


@dataclass(frozen=True, order=True, slots=True)
class Taka:
    """Money in whole poisha (1 taka = 100 poisha); never a float."""

    poisha: int

    @classmethod
    def of(cls, taka: int) -> Taka:
        return cls(taka * 100)

    def __add__(self, other: Taka) -> Taka:
        return Taka(self.poisha + other.poisha)

    def __mul__(self, times: int) -> Taka:
        return Taka(self.poisha * times)

    def __str__(self) -> str:
        """Taka with two decimals, no grouping: the form that bank files need."""
        sign, poisha = ("-" if self.poisha < 0 else ""), abs(self.poisha)
        return f"{sign}{poisha // 100}.{poisha % 100:02d}"


@dataclass(frozen=True, order=True, slots=True)
class FiscalYear:
    """July to June; FiscalYear(2025) is FY2025-26."""

    starts: int

    @classmethod
    def parse(cls, text: str) -> FiscalYear:
        found = re.fullmatch(r"(\d{4})-(\d{2})", text.strip().translate(BANGLA_DIGITS))
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise ValueError(f"not a fiscal year: {text!r}; write 2025-26")
        return cls(int(found[1]))

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        return cls(day.year if day.month >= 7 else day.year - 1)

    @property
    def first_day(self) -> date:
        return date(self.starts, 7, 1)

    @property
    def last_day(self) -> date:
        return date(self.starts + 1, 6, 30)

    def __str__(self) -> str:
        return f"{self.starts}-{(self.starts + 1) % 100:02d}"


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """Days from ``first`` to before ``end``."""

    first: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.first:
            raise ValueError("a period must end after it begins")

    @property
    def months(self) -> int:
        return (self.end.year - self.first.year) * 12 + self.end.month - self.first.month


@dataclass(frozen=True, slots=True)
class Nid:
    """National identity number of 10, 13 or 17 digits.

    17 digits are the birth year and the 13; 13 are zila 2, RMO 1, upazila 2, union 2, serial 6. The 10-digit
    smart number has no derivable relation to the older ones and no published check digit.
    """

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{10}|\d{13}|\d{17}", self.digits):
            raise ValueError("an NID has 10, 13 or 17 digits")

    @property
    def kind(self) -> str:
        return f"nid{len(self.digits)}"

    @property
    def birth_year(self) -> int | None:
        return int(self.digits[:4]) if len(self.digits) == 17 else None

    def masked(self) -> str:
        return "•" * (len(self.digits) - 3) + self.digits[-3:]


@dataclass(frozen=True, slots=True)
class Brn:
    """Birth registration number of 17 digits: birth year 4, zila 2, RMO and upazila 3, union 2, serial 6."""

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{17}", self.digits):
            raise ValueError("a birth registration number has 17 digits")

    kind = "brn17"

    @property
    def birth_year(self) -> int:
        return int(self.digits[:4])

    def masked(self) -> str:
        return "•" * 14 + self.digits[-3:]


@dataclass(frozen=True, slots=True)
class Mobile:
    """A mobile number in its canonical 11 digits, 01[3-9]xxxxxxxx; also the wallet number."""

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"01[3-9]\d{8}", self.digits):
            raise ValueError("a mobile number has 11 digits and begins 013 to 019")

    @classmethod
    def parse(cls, text: str) -> Mobile:
        bare = re.sub(r"[\s\-()]", "", text.translate(BANGLA_DIGITS))
        return cls(re.sub(r"^(?:\+?88)(?=01)", "", bare))

    def masked(self) -> str:
        return self.digits[:3] + "•" * 6 + self.digits[-2:]


@dataclass(frozen=True, slots=True)
class RoutingNumber:
    """Bank routing number: bank 3, district 2, branch 3, check 1 (weights 5-7-1)."""

    digits: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d{9}", self.digits):
            raise ValueError("a routing number has 9 digits")

    @property
    def check_digit_holds(self) -> bool:
        """Sum of digits times 5, 7, 1 repeating is a multiple of 10. A failure is a warning, not a refusal."""
        return sum(int(digit) * (5, 7, 1)[i % 3] for i, digit in enumerate(self.digits)) % 10 == 0


@dataclass(frozen=True, order=True, slots=True)
class AreaCode:
    """A BBS place code; codes nest as prefixes: division 2, district 4, upazila 6, union 8 digits."""

    code: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"|\d{2}|\d{4}|\d{6}|\d{8}", self.code):
            raise ValueError("a place code has 2, 4, 6 or 8 digits; '' is the whole country")

    def covers(self, other: str) -> bool:
        return other.startswith(self.code)

    @property
    def upazila(self) -> str:
        return self.code[:6]
