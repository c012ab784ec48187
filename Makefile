# `make` or `make help` lists what can be made.

.DEFAULT_GOAL := help
.PHONY: help setup run test quick lint format check check-data browser pictures release-data bench audit clean

PORT ?= 8501

VENV := .venv
INSTALLED := $(VENV)/.installed
TOOLS := $(VENV)/.tools
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

help:  ## List these commands
	@sed -n 's/^\([a-z-]*\):.*##  *\(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do \
		printf '  make %-12s %s\n' "$$name" "$$text"; done

setup: $(INSTALLED)  ## Create .venv with the pinned requirements; does nothing when they are installed

# The stamp is written last, so an installation that broke off is taken up again.
$(INSTALLED): requirements.txt ui/packing.py
	@if ! test -x $(BIN)/pip; then \
		for python in $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3; do \
			$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
			python=; \
		done; \
		if test -z "$$python"; then \
			echo "Python 3.11 or newer is needed; name one with 'make setup PYTHON=/path/to/python3'." >&2; exit 1; \
		fi; \
		if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
			echo "$$python has no venv module: install it (Debian: apt-get install python3-venv), then retry." >&2; exit 1; \
		fi; \
		echo "Creating $(VENV) with $$($$python --version)"; \
		$$python -m venv $(VENV) || exit 1; \
	fi
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m ui.packing
	@touch $@

run: setup  ## Serve the dashboard on http://127.0.0.1:8501; PORT=8502 make run takes another port
	@echo "Dashboard: http://127.0.0.1:$(PORT) (Ctrl-C stops it)"
	@exec $(BIN)/streamlit run dashboard.py --server.port $(PORT)

test: setup lint browser  ## Run the linter and all tests, those in a real browser included
	$(PYTEST)

quick: setup lint  ## Run the linter and the tests that take less than seconds and no browser
	$(PYTEST) -m "not browser and not slow"

lint: setup  ## Check style and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

format: setup  ## Mend what the linter can mend, and format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

check: setup  ## Check the dataset and verify every quoted word
	$(BIN)/python -m loaders check
	$(BIN)/python -m loaders verify

check-data: check  ## All that a curator needs before a release: check, renew the documents, look at the release notes
	@$(BIN)/python -m docs.documents
	@$(BIN)/python -m docs.release_notes

$(TOOLS): requirements-tools.txt $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-tools.txt
	@touch $@

# Continuous integration must not pass without them; elsewhere their tests are left out, and pytest says so.
browser:  ## Find Chromium and nginx for the tests, or fetch them
	@sh tests/browser/install.sh || test "$$CI" != true

pictures: setup browser  ## Take the screenshots in docs/pictures again
	@$(BIN)/python -m docs.screens

release-data: setup  ## Write the dataset to dist/ as other tools load it: data package, Parquet, SQLite
	$(BIN)/python -m exports release dist

bench: $(TOOLS) browser  ## Measure speed, growth, load, fairness and memory on this machine; about an hour
	$(BIN)/python -m bench

audit: $(TOOLS)  ## Compare the installed packages with known advisories; fails when one cannot be looked up
	$(BIN)/pip-audit --local --strict --progress-spinner off

clean:  ## Remove caches and test results; .venv stays
	rm -rf .pytest_cache .ruff_cache .hypothesis test-results
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
