# What can be done with this checkout, one explained line per task; `make` alone lists them.
# Works with GNU make 3.81 (macOS) and needs only Python 3.11 or newer, pip and git.

VENV ?= .venv
BIN = $(VENV)/bin
CANDIDATES = python3.13 python3.12 python3.11 python3.14 python3 python

# The first Python that is new enough; a name alone proves nothing (shims, old versions).
PYTHON ?= $(shell for p in $(CANDIDATES); do \
	"$$p" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo "$$p"; exit; }; done)

# Debian ships Python without the pip that an environment needs: then its own pip fills it.
PIP = $$(if [ -x $(BIN)/pip ]; then echo $(BIN)/pip; \
	else echo "$(PYTHON) -m pip --python $(BIN)/python"; fi)
INSTALL = $(PIP) install --quiet --disable-pip-version-check

# An environment whose Python went away (an upgrade of the system) is made anew.
ifeq ($(wildcard $(BIN)/python),)
$(shell rm -f $(VENV)/.ready $(VENV)/.ready-dev)
endif

.PHONY: help
help: ## List the tasks.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(VENV)/.ready ## Set everything up and measure a real walk: writes demo-report.html.
	@$(BIN)/evenstride demo --html "$(CURDIR)/demo-report.html"

.PHONY: test
test: $(VENV)/.ready-dev ## Set everything up and run all tests, with coverage shown.
	@$(BIN)/python -m pytest --cov --cov-report=term

.PHONY: test-browser
test-browser: $(VENV)/.ready-dev tests/browser/node_modules ## Run what needs Chromium and Node.js (apt install chromium).
	@tests/browser/node_modules/.bin/tsc -p tests/browser/tsconfig.json
	@$(BIN)/python -m pytest tests/browser

# No lock file of npm: it would name an address. The versions are exact, and nothing of it is served.
tests/browser/node_modules: tests/browser/package.json
	@npm install --silent --no-package-lock --no-audit --no-fund --prefix tests/browser
	@touch $@

.PHONY: screenshots
screenshots: $(VENV)/.ready-dev ## Write a picture of every screen to ./screenshots (needs Chromium).
	@$(BIN)/python -m tools.screenshots screenshots

.PHONY: lint
lint: $(VENV)/.ready-dev ## Check style and layout of the code.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: $(VENV)/.ready-dev ## Check the types, strictly.
	@$(BIN)/mypy

.PHONY: format
format: $(VENV)/.ready-dev ## Lay the code out and repair what can be repaired.
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: knowledge
knowledge: $(VENV)/.ready-dev ## Check the knowledge files: ids, references, ranges, directions, reading age, words.
	@$(BIN)/python -m tools.check_knowledge

.PHONY: languages
languages: $(VENV)/.ready-dev ## Say how much each translation says, and what in it does not fit or is stale.
	@$(BIN)/python -m tools.check_languages

.PHONY: docs
docs: $(VENV)/.ready-dev ## Write the pages that are made from the program.
	@$(BIN)/python tools/measures_page.py > docs/measures.md
	@$(BIN)/python tools/method_constants.py
	@$(BIN)/python -m tools.knowledge_pages
	@$(BIN)/python -m tools.routine_page
	@$(BIN)/python -m tools.robustness_page

.PHONY: sizes
sizes: ## Show how long modules and functions are, against our aims.
	@$(PYTHON) tools/sizes.py

.PHONY: validation
validation: $(VENV)/.ready-dev ## Measure accuracy and speed against reference events (needs recordings).
	@$(BIN)/python -m validation $(VALIDATION)

.PHONY: lock
lock: $(VENV)/.ready-dev ## Choose new versions of what we build on, with their hashes.
	@$(LOCK) --extra report --extra web -o requirements.lock
	@$(LOCK) --extra dev --constraints requirements.lock -o requirements-dev.lock

# One version for every Python and platform; nothing in the files names an index or a host.
LOCK = $(BIN)/uv pip compile pyproject.toml --quiet --upgrade --group build --universal \
	--python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --no-strip-extras

.PHONY: clean
clean: ## Remove the environment and everything that was generated.
	rm -rf $(VENV) build dist demo-report.html screenshots tests/browser/node_modules .coverage .hypothesis \
		.mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "evenstride needs Python 3.11 or newer, and none was found" \
		"($(CANDIDATES)). Install one, or say where it is: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Setting up $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || $(PYTHON) -m venv --clear --without-pip $(VENV)

# The project itself comes last, without looking anything up: its build tool is in the lock too.
$(VENV)/.ready: requirements.lock pyproject.toml | $(BIN)/python
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock pyproject.toml | $(BIN)/python
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.ready
