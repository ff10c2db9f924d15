#!/bin/sh
# Make .venv with the locked packages. Needs Python 3.11 or newer; installs python3-venv by apt when root lacks it.
set -e
python=${PYTHON:-python3}
"$python" - <<'PY' || { echo "Shohay needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2; exit 1; }
import sys
sys.exit(sys.version_info < (3, 11))
PY
if [ ! -x .venv/bin/python ]; then
  if ! "$python" -c "import ensurepip" 2>/dev/null; then
    if [ "$(id -u)" = 0 ]; then
      apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    else
      echo "Python's venv module is missing. Run as root: apt-get install python3-venv" >&2; exit 1
    fi
  fi
  "$python" -m venv .venv
fi
.venv/bin/python -m pip install -q --disable-pip-version-check "uv>=0.13,<0.14"
.venv/bin/uv pip sync -q --python .venv/bin/python --require-hashes requirements.lock
.venv/bin/uv pip install -q --python .venv/bin/python --no-deps -e .
.venv/bin/python tools/messages.py compile
