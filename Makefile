# Two commands do everything: `make run` sets up and serves, `make test` sets up and tests.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

export HUBMAP_DATABASE_URL ?= sqlite:///$(CURDIR)/var/hubmap.sqlite

.PHONY: run build test lint format bench walking relevance clean

run: $(VENV)/.ready
	@mkdir -p var
	@$(BIN)/hubmap build
	@$(BIN)/hubmap serve --host $(HOST) --port $(PORT) --workers $(WORKERS)

build: $(VENV)/.ready
	@mkdir -p var
	@$(BIN)/hubmap build

test: $(VENV)/.ready-dev
	$(BIN)/pytest --cov --cov-report=term --cov-fail-under=90

lint: $(VENV)/.ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.ready-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(VENV)/.ready-dev
	$(BIN)/python -m tests.bench

walking: $(VENV)/.ready-dev
	$(BIN)/python -m tests.walking

relevance: $(VENV)/.ready-dev
	$(BIN)/python -m tests.relevance

clean:
	rm -rf $(VENV) var build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "hubmap needs Python 3.11 or newer; found $$($(PYTHON) --version). Try: make PYTHON=python3.12"; exit 1; }
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing what hubmap needs …"
	@$(PIP) install -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "Installing what its tests need …"
	@$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@
