"""The fonts of reports, bundled (data/fonts): Noto Sans Bengali with Noto Sans for Latin letters and digits."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "data" / "fonts"
FAMILIES = ("Noto Sans Bengali", "Noto Sans")
REGULAR = ("noto-sans-bengali-400.ttf", "noto-sans-400.ttf")
EVERY = (*REGULAR, "noto-sans-bengali-600.ttf", "noto-sans-600.ttf")
