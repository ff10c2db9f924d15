# Shohay. Everything a person types is here; `make demo` and `make test` work from an empty checkout.
PY := .venv/bin/python
export PATH := $(CURDIR)/.venv/bin:$(PATH)
HOUSEHOLDS ?= 50000
SEED ?= 2026

.PHONY: demo test test-all spark test-spark check bench setup browser messages screenshots lock clean stop

setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml tools/setup.sh
	@sh tools/setup.sh
	@touch $@

demo: setup            ## from nothing to the whole chain, then serve it (NO_SERVE=1 ends after the chain)
	@shohay demo --households $(HOUSEHOLDS) --seed $(SEED) $(if $(NO_SERVE),--no-serve)

test: setup browser    ## everything that CI runs
	@pytest -n 2 --dist loadgroup

test-all: setup browser ## the heavy tests too
	@pytest -n 2 --dist loadgroup -m "heavy or not heavy"

spark: setup           ## Apache Spark beside the rest, for a registry that outgrows one machine (needs Java 17)
	@uv pip install -q --python $(PY) --require-hashes -r requirements-spark.lock

test-spark: spark      ## the same answers from Spark as from DuckDB
	@pytest -m spark tests/bulk/spark

check: setup           ## format, lint, types, arrows, migrations, translations, generated docs
	@sh tools/check.sh

bench: setup           ## every benchmark at its default size
	@shohay bench all

browser: setup         ## Chromium for the browser tests, where it can be had
	@sh tools/browser.sh

messages: setup        ## compile the translations
	@$(PY) tools/messages.py compile

screenshots: setup browser ## the pictures of docs/screens
	@$(PY) tools/screenshots.py

lock:                  ## renew requirements.lock from pyproject.toml
	@uv pip compile pyproject.toml --extra dev --extra demo --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -q -o requirements.lock
	@$(PY) tools/extra.py spark | uv pip compile - -c requirements.lock --generate-hashes --no-emit-index-url --no-header --no-annotate --python-version 3.11 -q -o requirements-spark.lock

stop:                  ## stop the private PostgreSQL
	@shohay stop
