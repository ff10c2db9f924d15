"""Who pays, and from which account. The defaults are those of the demo's bank."""

from __future__ import annotations

import os

PAYER = "Government of the People's Republic of Bangladesh"
PAYING_ACCOUNT = os.environ.get("SHOHAY_PAYING_ACCOUNT", "1010100200300")
PAYING_BANK = os.environ.get("SHOHAY_PAYING_BANK", "999999992")  # its number in the clearing system
