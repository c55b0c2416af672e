# Thin on purpose: every line is a command you could type yourself.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes
PYTEST := $(BIN)/python -m pytest
# As many workers as there are processors; tests/sharing.py says which tests stay together.
PARALLEL := -n auto --maxprocesses=8 --no-loadscope-reorder
IN_A_BROWSER := tests/e2e tests/whiteboard
# What a server would say; the key is long enough to please `check --deploy` and used nowhere.
DEPLOYED := SECRET_KEY=lint-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ \
	SITE_URL=https://fortyfive.example DATABASE_URL=sqlite://:memory:
# Tests start hundreds of processes, and each would compile everything again.
unexport PYTHONDONTWRITEBYTECODE
MANAGE := $(DEPLOYED) $(BIN)/python manage.py

.PHONY: setup setup-test run test lint lint-code lint-content test-sqlite test-postgres test-browser soak

setup: $(BIN)/pip
	@cmp -s requirements.txt .venv/requirements.txt || { \
		echo "Installing the locked packages …" && \
		$(PIP) -r requirements.txt && cp requirements.txt .venv/; }

setup-test: $(BIN)/pip
	@cmp -s requirements-test.txt .venv/requirements-test.txt || { \
		echo "Installing the locked packages and the test tools …" && \
		$(PIP) -r requirements-test.txt && cp requirements.txt requirements-test.txt .venv/; }

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Fortyfive needs Python 3.11 or newer; name one: make PYTHON=/path/to/python3 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv --clear .venv

run: setup
	@exec $(BIN)/python manage.py up

test: setup-test lint test-sqlite test-postgres test-browser

# Both halves at a time. What the texts of questions get is left to the suite, which scores them once for all tests.
lint: setup-test
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint-code lint-content

lint-code:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports

lint-content:
	$(BIN)/djlint templates --check --quiet
	$(BIN)/djlint templates --lint --quiet
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) check_catalog --unscored
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

# Everything but the browser: rules, pages, and the product's own processes, killed and restarted.
test-sqlite: setup-test
	$(PYTEST) $(PARALLEL) -m "not browser"

# What touches the database, once more, on a real PostgreSQL with a real Redis.
test-postgres: setup-test
	$(BIN)/python -m tests.services $(PYTEST) $(PARALLEL) -m "not browser and not processes" --database-only

# People mostly wait, and so do their tests: one worker more than there may be processors.
test-browser: setup-test
	$(PYTEST) $(PARALLEL) -n 3 -m browser $(IN_A_BROWSER)

soak: setup-test
	SOAK_ROUNDS=20 $(PYTEST) -m soak
