"""Benchmarks: a file each, with DEFAULT_ROWS and run(rows) -> dict; `shohay bench` finds them."""
