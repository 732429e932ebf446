# Everything that needs an environment makes it first: only Python 3.11 (or newer) and make are assumed.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test test-slow explore lint reference trust bundle clean

demo: $(STAMP)
	$(BIN)/zxsim optimize scenarios/published-library

# One process a processor; a file of tests stays in one process, with what its tests share.
AT_ONCE := -n logical --dist loadfile

test: $(STAMP)
	$(BIN)/python -m pytest -m "not slow" $(AT_ONCE)

test-slow: $(STAMP)
	$(BIN)/python -m pytest -m slow $(AT_ONCE)

explore: $(STAMP)
	ZXSIM_EXPLORE=1 $(BIN)/python -m pytest -m slow

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The pages that are made from the schema and from the scenarios.
reference: $(STAMP)
	$(BIN)/zxsim schema --markdown --lang en > docs/scenario-reference.md
	$(BIN)/zxsim schema --markdown --lang zh > docs/scenario-reference.zh.md
	$(BIN)/python docs/clause_pages.py

# The page on how far to trust the model, made from a calibration (and its tables that the tests keep).
trust: $(STAMP)
	ZXSIM_UPDATE_HEADLINES=1 $(BIN)/python -m pytest tests/test_calibrate.py -k as_stored
	$(BIN)/zxsim calibrate scenarios/baoshan-2021 --quiet --lang en --page docs/how-far-to-trust.md
	$(BIN)/zxsim calibrate scenarios/baoshan-2021 --quiet --lang zh --page docs/how-far-to-trust.zh.md

# Everything for a Windows office without a network: dist/zxsim-VERSION-offline-win_amd64.zip.
PLATFORM ?= win_amd64
bundle: $(STAMP)
	$(BIN)/python -m offline.bundle --platform $(PLATFORM)

$(STAMP): requirements.txt requirements-dev.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
