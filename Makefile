# The same verbs for people and for CI. Each sets up what it needs in $(VENV) the first time.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
READY = $(VENV)/ready

.PHONY: demo test lint bench clean

demo: $(READY)  ## evaluate a real scenario
	$(BIN)/adjudge evaluate scenarios/examples/click-log-sql.yaml

test: lint  ## everything CI checks
	$(BIN)/adjudge regress
	$(BIN)/adjudge coverage --at-least 70
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

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist build
