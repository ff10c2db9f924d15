#!/bin/sh
# Make .venv with the locked packages. Needs Python 3.11 or newer and nothing else; as root or not.
set -e
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
  echo "Shohay needs Python 3.11 or newer; set PYTHON=/path/to/python3.11" >&2
  exit 1
}

# Debian leaves pip out of a bare Python. As root we install it; otherwise we unpack its package in our own folder.
borrow_pip() {
  mkdir -p var/pip/lists/partial var/pip/cache/archives/partial
  options="-o Dir::State::lists=$PWD/var/pip/lists -o Dir::Cache=$PWD/var/pip/cache -o APT::Sandbox::User="
  (cd var/pip && apt-get $options -qq update && apt-get $options -qq download python3-pip-whl && dpkg -x python3-pip-whl_*.deb .) || {
    echo "Python's venv module is missing and its package cannot be fetched. Run as root: apt-get install python3-venv" >&2
    exit 1
  }
  PYTHONPATH=$(ls "$PWD"/var/pip/usr/share/python-wheels/pip-*.whl) .venv/bin/python -m pip "$@"
}

install_uv="install -q --disable-pip-version-check uv>=0.13,<0.14"
if [ ! -x .venv/bin/uv ]; then
  if ! "$python" -c 'import ensurepip' 2>/dev/null && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
  fi
  if "$python" -c 'import ensurepip' 2>/dev/null; then
    "$python" -m venv .venv
    .venv/bin/python -m pip $install_uv
  else
    "$python" -m venv --without-pip .venv
    borrow_pip $install_uv
  fi
fi
.venv/bin/uv pip sync -q --python .venv/bin/python --require-hashes requirements.lock
.venv/bin/uv pip install -q --python .venv/bin/python --no-deps -e .
.venv/bin/python tools/messages.py compile
