# The same verbs for people and for CI. Each sets up what it needs in $(VENV) the first time.
PYTHON ?= python3
VENV ?= .venv
# The day as of which the rules have no finding; `adjudge check` alone looks at them as of today.
CHECKED = 2026-11-22
BIN = $(VENV)/bin
READY = $(VENV)/ready

.PHONY: demo test lint bench then-and-now clean

demo: $(READY)  ## evaluate a real scenario
	$(BIN)/adjudge evaluate scenarios/examples/click-log-sql.yaml

test: lint  ## everything CI checks
	$(BIN)/adjudge regress
	$(BIN)/adjudge coverage --at-least 70
	$(BIN)/adjudge check --as-of $(CHECKED)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: $(READY)  ## what evaluations and start-up cost, beside the plainest durable-rules program
	$(BIN)/python benchmarks/run.py

# Compiled once here: some environments keep Python from doing so by itself, and start-up would pay for it each time.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	$(BIN)/python -m compileall -q engine cli
	touch $@

then-and-now: $(READY)  ## which right answers of the notes' time have been overtaken since; it differs, so it exits with 1
	$(BIN)/adjudge diff --as-of 2021-12-31 --as-of 2026-11-22 scenarios/exam --format markdown > docs/then-and-now.md || test $$? = 1

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
