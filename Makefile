# Everything runs from .venv, which `make install` fills with the pinned versions of constraints.txt.
# Needed: Python 3.11 or newer, and make. Another Python than the first one found: make PYTHON=/path/to/python …

is_new_enough := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$python -c '$(is_new_enough)' 2>/dev/null && echo $$python && break; done)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Tests often wait, for a process or a database: one more of them at a time than there are processors.
WORKERS := $(shell $(PYTHON) -c "import os; print(min(4, (os.cpu_count() or 1) + 1))")
INSTALLED := $(VENV)/installed
INSTALLED_BENCH := $(VENV)/installed-bench
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet

# pyright otherwise asks the network for a newer version of itself.
export PYRIGHT_PYTHON_IGNORE_WARNINGS := 1

.DEFAULT_GOAL := help
.PHONY: help install run demo demo-reset test lint format bench texts lock clean

help: ## Show this
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1#\2/p' $(MAKEFILE_LIST) | while IFS='#' read -r name text; do \
		printf '%-18s %s\n' "$$name" "$$text"; done

install: $(INSTALLED) ## Create .venv and install the pinned dependencies

run: $(INSTALLED) ## Migrate the database and run the bot; without DISCORD_TOKEN, the demo (ARGS="--port 8080 --server 2")
	@$(BIN)/python -m bot run $(ARGS)

demo: $(INSTALLED) ## Open the demo, whatever the settings
	@$(BIN)/python -m bot demo $(ARGS)

demo-reset: $(INSTALLED) ## Open the demo with a fresh database
	@$(BIN)/python -m bot demo --reset $(ARGS)

test: $(INSTALLED) ## Run the tests
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist worksteal

lint: $(INSTALLED) ## Check style, formatting, types and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(INSTALLED) ## Format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(INSTALLED_BENCH) ## Run the benchmarks
	$(BIN)/python -m benchmarks

texts: $(INSTALLED) ## Collect the texts for translation into locales/
	$(BIN)/python -m bot.texts

lock: ## Pin the newest allowed versions again (needs uv)
	$(LOCK) --upgrade --extra test --extra quality --output-file constraints.txt
	$(LOCK) --upgrade --extra bench --constraint constraints.txt --output-file constraints-bench.txt

clean: ## Remove .venv and caches; the data stays
	rm -rf $(VENV) .ruff_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(INSTALLED): constraints.txt
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(is_new_enough)' \
		|| { echo "Microscout needs Python 3.11 or newer; name one with: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Installing the pinned dependencies into $(VENV); this happens once and takes a minute or two."
	@$(PIP) install --quiet --require-hashes -r constraints.txt
	@touch $@

$(INSTALLED_BENCH): $(INSTALLED) constraints-bench.txt
	@$(PIP) install --quiet --require-hashes -r constraints-bench.txt
	@touch $@
