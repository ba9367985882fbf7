# nurture. `make demo` shows it at work; `make test` proves it. Both make .venv by themselves.

VENV ?= .venv
TESTS ?= tests/lived tests
DEMO ?= demo
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/pip-compile --quiet --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options

SETUP := $(VENV)/.setup
DEV := $(VENV)/.dev
CORE := messages conversations stages followups drafts sheet config
CORE_TESTS = $(wildcard $(addprefix tests/,$(CORE)) tests/test_config.py)
COVERED = $(addprefix --cov=nurture.,$(CORE))

# A .venv that was moved here, or whose Python is gone, is made anew.
SOUND := $(shell test "`cat $(SETUP) 2>/dev/null`" = "$(CURDIR)" && $(BIN)/python -c "" 2>/dev/null && echo yes)

.PHONY: help setup dev demo test lint coverage bank train tune evaluate docs lock clean again
.DEFAULT_GOAL := help

help:
	@echo "make setup      .venv with locked versions, and $(BIN)/nurture in it"
	@echo "make demo       nurture at work on a sample mailbox"
	@echo "make test       all tests, a real mail and a real database server among them"
	@echo "make lint       style, types, import contracts"
	@echo "make coverage   the core rooms' tests, which must cover 95 % of them"
	@echo "make bank       the phrase bank counted and checked"
	@echo "make train      the reader's weights anew from the phrase bank (minutes)"
	@echo "make tune       the encoder taught anew from the phrase bank (hours), then make train"
	@echo "make evaluate   how well the reader reads, into docs/evaluation.md"
	@echo "make docs       the pages that are made from the code"
	@echo "make lock       new locked versions from pyproject.toml"
	@echo "make clean      remove what these commands made"

setup: $(SETUP)
	@:
dev: $(DEV)
	@:

$(SETUP): requirements.lock pyproject.toml $(if $(SOUND),,again)
	@sh scripts/make-venv.sh "$(VENV)"
	@echo "Installing the locked versions into $(VENV) (about a minute) ..."
	@$(PIP) install --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@rm -f $(DEV) && printf '%s' "$(CURDIR)" > $@
	@echo "Ready: $(BIN)/nurture"

$(DEV): $(SETUP) requirements-dev.lock
	@echo "Installing the development tools into $(VENV) ..."
	@$(PIP) install --require-hashes --requirement requirements-dev.lock
	@touch $@

demo: $(SETUP)
	@$(BIN)/nurture demo "$(DEMO)"

# The whole lives last longest, a file each: they begin first, side by side.
test: $(DEV)
	@sh scripts/with-servers.sh $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -q -rs $(TESTS)

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: $(DEV)
	$(BIN)/python -m pytest -n 2 -q -m "not slow and not dovecot and not timed" $(CORE_TESTS) $(COVERED) \
		--cov-report=term-missing:skip-covered --cov-fail-under=95

bank: $(DEV)
	@$(BIN)/python -m nurture.training.check

train: $(DEV)
	@$(BIN)/python -m nurture.training.fit fr en

tune: $(DEV)
	@sh scripts/tune.sh .venv-tune
	@$(MAKE) train

evaluate: $(DEV)
	@$(BIN)/python -m nurture.training.evaluate --write docs/evaluation.md

docs: $(SETUP)
	@$(BIN)/python -c 'from nurture.config import reference; print(reference(), end="")' > docs/configuration.md
	@for lang in fr en; do $(BIN)/python -c 'import sys; from nurture.drafts import Templates, gallery; from nurture.shipped import shipped; \
		sys.stdout.reconfigure(encoding="utf-8"); print(gallery(Templates((shipped("templates"),)), sys.argv[1]), end="")' $$lang > docs/templates/$$lang.md; done
	@$(BIN)/python -m tests.drafts.measure --write
	@$(BIN)/python -c 'from pathlib import Path; from nurture.cli.manual import written; written(Path("docs/man"))'
	@$(BIN)/python -c 'from nurture.cli.overview import overview; print(overview(), end="")' > docs/cli.md
	@$(BIN)/python -m tests.cli.sessions --write
	@$(BIN)/python -m tests.cli.transcripts

# Extras stay in the second file: without them pip takes a newer `coverage[toml]` for another package, which has no hash.
lock: $(DEV)
	@$(PIP) install pip-tools
	$(LOCK) --upgrade --strip-extras --build-deps-for editable --output-file requirements.lock pyproject.toml
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
		| $(LOCK) --upgrade --no-strip-extras --no-annotate --constraint requirements.lock --output-file requirements-dev.lock -

clean:
	rm -rf "$(VENV)" .venv-tune demo nurture-demo .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .coverage

again:
