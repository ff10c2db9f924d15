#!/bin/sh
# Everything that is checked without running the product. Each line says what it is; the first failure ends it.
set -e
say() { printf '\n== %s\n' "$1"; }
say "format";                ruff format --check src tests tools
say "lint";                  ruff check src tests tools
say "types";                 mypy
say "arrows";                lint-imports --no-logo
say "migrations";            shohay manage makemigrations --check --dry-run
say "translations";          python tools/messages.py check
say "lock file";             python tools/lock_current.py
say "generated documents";   python tools/generate.py --check
