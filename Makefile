.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
DEV := requirements/dev.txt
READY := .venv/.ready
QUESTIONS := tests/questions
ENGINE ?= docker
IMAGE ?= citebot
SOAK_MINUTES ?= 30
LOCK := pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-emit-index-url --no-header
AUDIT_TOOLS := $(PYTHON) -m venv .venv-audit && .venv-audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/audit.txt

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

$(READY): $(DEV) pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(DEV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
	@echo "Citebot is set up. Its command is $(BIN)/citebot; after “. $(BIN)/activate” plain “citebot” will do."

run: $(READY) ## start the bot: Telegram with a token, else a chat in this terminal
	@$(BIN)/citebot

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest -n 4

lint: $(READY) ## lint, format and types; the Dockerfile too
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/hadolint Dockerfile

check: $(READY) ## verify the knowledge file
	@$(BIN)/citebot check

quality: $(READY) ## measure understanding on every question set; fails under the floors
	@$(BIN)/citebot eval $(QUESTIONS)/*.jsonl --floors $(QUESTIONS)/floors.yaml
	@for article in tests/articles/*/; do echo; $(BIN)/citebot eval --knowledge $${article}knowledge.yaml \
		$${article}questions.jsonl --failures 0 --floors $${article}floors.yaml || exit 1; done

compare: ## measure plain search on the same questions; MODEL=folder with MiniLM's files, else it is downloaded
	@$(PYTHON) -m venv .venv-baselines && .venv-baselines/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/baselines.txt
	@.venv-baselines/bin/python -m bot eval $(QUESTIONS)/*.jsonl --failures 0 --against rapidfuzz,bm25,minilm $(if $(MODEL),--model $(MODEL))

bench: $(READY) ## print the table of benchmarks
	@$(BIN)/python -m bench

image: ## build the container image
	@$(ENGINE) build --tag $(IMAGE) .

image-size: ## what each package in the image takes
	@$(ENGINE) run --rm --interactive --network none --entrypoint python $(IMAGE) - < bench/image_size.py

image-time: ## what a message takes in the image
	@$(ENGINE) run --rm --interactive --network none --volume $(CURDIR)/$(QUESTIONS):/questions:ro --entrypoint python $(IMAGE) - /questions < bench/engine_time.py

audit: ## look the pinned packages up among the known vulnerabilities; asks an online service
	@$(AUDIT_TOOLS)
	@.ci/audit .venv-audit/bin/pip-audit requirements/run.txt
	@rm -rf .venv-audit

sbom: ## write sbom.json: the pinned packages and their licences, as CycloneDX
	@$(AUDIT_TOOLS)
	@$(PYTHON) -m venv --without-pip .venv-sbom
	@.venv-audit/bin/python -m pip --python .venv-sbom/bin/python install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@.venv-audit/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --output-file sbom.json .venv-sbom/bin/python
	@rm -rf .venv-audit .venv-sbom

soak: $(READY) ## run for SOAK_MINUTES (30) at 50 messages a second with faults; memory, losses, latency
	@$(BIN)/python -m tests.proofs.soak $(SOAK_MINUTES)

replicas: $(READY) ## two webhook replicas behind nginx on loopback, one killed in mid-load
	@$(BIN)/python -m tests.proofs.replicas

schema: $(READY) ## write the JSON Schemas of knowledge files anew
	@$(BIN)/citebot check --schema > knowledge/article.schema.json
	@$(BIN)/citebot check --schema utterances > knowledge/utterances.schema.json

lock: ## pin the dependencies anew, with hashes
	@$(PYTHON) -m venv .venv-lock && .venv-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@.venv-lock/bin/uv $(LOCK) pyproject.toml -o requirements/run.txt
	@.venv-lock/bin/uv $(LOCK) --group dev pyproject.toml -o requirements/dev.txt
	@.venv-lock/bin/uv $(LOCK) --extra baselines pyproject.toml -o requirements/baselines.txt
	@.venv-lock/bin/uv $(LOCK) requirements/build.in -o requirements/build.txt
	@.venv-lock/bin/uv $(LOCK) requirements/audit.in -o requirements/audit.txt
	@rm -rf .venv-lock

clean: ## remove everything that make made
	@rm -rf .venv .venv-baselines .venv-lock .venv-audit .venv-sbom sbom.json build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

.PHONY: help run test lint check quality compare bench image image-size image-time audit sbom soak replicas schema lock clean
