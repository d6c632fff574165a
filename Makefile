.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
DEV := requirements/dev.txt
READY := .venv/.ready

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

$(READY): $(DEV) pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(DEV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

run: $(READY) ## start the bot: Telegram with a token, else a chat in this terminal
	@$(BIN)/citebot

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest

lint: $(READY) ## lint, format check and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: $(READY) ## verify the knowledge file
	@$(BIN)/citebot check

.PHONY: help run test lint check
