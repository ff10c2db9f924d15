"""Fetch the front-end files that the pages use into src/shohay/web/static/vendor. Run it to renew them.

Nothing is built: the files are copied as their makers published them. Versions are pinned here; LICENCES lists
what came from where. The packages come by ``npm pack``, so whatever registry npm is set up with serves them;
htmx comes out of the installed django-htmx. Usage: ``python tools/vendor.py``.
"""

from __future__ import annotations

import hashlib
import re
import subprocess
import tarfile
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[1] / "src" / "shohay" / "web" / "static" / "vendor"

# package@version -> {path inside the package: name here}
PACKAGES: dict[str, dict[str, str]] = {
    "bootstrap@5.3.9": {
        "dist/css/bootstrap.min.css": "bootstrap.min.css",
        "dist/js/bootstrap.bundle.min.js": "bootstrap.bundle.min.js",
    },
    "echarts@6.1.0": {"dist/echarts.min.js": "echarts.min.js"},
    "@fontsource/noto-sans-bengali@5.3.0": {
        "files/noto-sans-bengali-bengali-400-normal.woff2": "fonts/noto-sans-bengali-400.woff2",
        "files/noto-sans-bengali-bengali-600-normal.woff2": "fonts/noto-sans-bengali-600.woff2",
    },
    "@fontsource/noto-sans@5.3.0": {
        "files/noto-sans-latin-400-normal.woff2": "fonts/noto-sans-400.woff2",
        "files/noto-sans-latin-600-normal.woff2": "fonts/noto-sans-600.woff2",
    },
    "bootstrap-icons@1.13.2": {
        f"icons/{name}.svg": f"icons/{name}.svg"
        for name in (
            "arrow-left", "arrow-right", "arrow-repeat", "bank", "bar-chart", "bell", "box-arrow-right", "cash-stack",
            "chat-left-text", "check-circle-fill", "check-lg", "chevron-right", "clipboard-check", "clock",
            "clock-history", "dash-circle", "download", "exclamation-triangle-fill", "file-earmark-arrow-up",
            "file-earmark-text", "geo-alt", "graph-up", "house-door", "hourglass-split", "info-circle-fill",
            "journal-check", "list", "list-check", "list-ol", "lock", "map", "pause-circle", "pencil", "people",
            "person",
            "person-check", "person-vcard", "question-circle-fill", "search", "send", "shield-check", "slash-circle",
            "table", "telephone", "translate", "x-circle-fill", "x-lg",
        )
    },
}  # fmt: skip
LICENCE_NAMES = {"bootstrap": "MIT", "echarts": "Apache-2.0", "@fontsource/noto-sans-bengali": "OFL-1.1",
                 "@fontsource/noto-sans": "OFL-1.1", "bootstrap-icons": "MIT"}  # fmt: skip


def _pack(package: str, folder: Path) -> Path:
    """Download one package and unpack it; returns its folder."""
    done = subprocess.run(["npm", "pack", package, "--silent"], cwd=folder, check=True, capture_output=True, text=True)
    target = folder / re.sub(r"\W", "_", package)
    with tarfile.open(folder / done.stdout.strip().splitlines()[-1]) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def _copy(source: Path, name: str) -> str:
    """Copy one file without its pointer to a source map (we ship none); returns its line for LICENCES."""
    data = source.read_bytes()
    if name.endswith((".js", ".css")):
        data = re.sub(rb"\n?/[*/]# sourceMappingURL=\S+(?: \*/)?\n?", b"\n", data)
    target = VENDOR / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return f"    {name}  sha256 {hashlib.sha256(data).hexdigest()[:16]}"


def _htmx() -> list[str]:
    spec = find_spec("django_htmx")
    folder = Path(str(spec and spec.origin)).parent / "static" / "django_htmx"
    line = _copy(folder / "htmx-2.min.js", "htmx.min.js")
    return [f"htmx 2, from django-htmx {version('django-htmx')}: 0BSD (htmx), MIT (django-htmx)", line, ""]


def main() -> None:
    lines = ["Files of other makers, copied unchanged by tools/vendor.py. Full licence texts: licences/.", "", *_htmx()]
    with tempfile.TemporaryDirectory() as temporary:
        for package, files in PACKAGES.items():
            name = package.rpartition("@")[0]
            folder = _pack(package, Path(temporary))
            lines.append(f"{package}: {LICENCE_NAMES[name]}")
            lines += [_copy(folder / source, target) for source, target in files.items()]
            for text in [*folder.glob("LICEN[SC]E*"), *folder.glob("NOTICE*")]:
                _copy(text, f"licences/{re.sub(r'[^a-z0-9]+', '-', name).strip('-')}-{text.stem.lower()}.txt")
            lines.append("")
    (VENDOR / "LICENCES").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
