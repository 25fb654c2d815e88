# Every verb sets itself up first: .venv from requirements.lock (from requirements-dev.lock what
# tests and measures), then the front-end files.
# Variables: PORT, HOST, DATABASE_URL, DEBUG (1 is demonstration mode), ARGS, PYTHON.

PYTHON ?= python3
RUN := .venv/bin/python
WITH_DATABASE := exec $(RUN) -m bcfportal.launcher with-database $(RUN)

# These are a demonstration on one machine, or make databases of their own.
run test test-all queries check bench mutants compare build: export DEBUG ?= 1
# These work on the portal's own database; on one that was given they are what their variables say.
ifeq ($(strip $(DATABASE_URL)),)
migrations shell manage: export DEBUG ?= 1
endif

.DEFAULT_GOAL := help
# Every core has a worker; ARGS="-n 0" runs in one process, ARGS=--reuse-db on a stale template.
PYTEST := $(WITH_DATABASE) -m pytest -n auto

.PHONY: help run test test-all queries check format bench mutants compare migrations shell manage \
	lock build fresh packages tools

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-11s %s\n", $$1, $$2}' Makefile

run: build ## serve the portal with demonstration data (PORT=8000 HOST=127.0.0.1 DATABASE_URL=)
	@exec $(RUN) -m bcfportal.launcher serve

test: tools build ## run the tests but for browser and long ones, with a journey a role (ARGS="-k name")
	@$(PYTEST) -m "journey or not (browser or long)" $(ARGS)

test-all: tools build ## run every test (ARGS="-k name", REQUIRE_BROWSER=1)
	@$(PYTEST) $(ARGS)

queries: tools build ## write what is kept beside the tests again: queries, and counts that only fall
	@$(RUN) -m tests.names
	@$(RUN) -m tests.untyped
	@$(if $(ARGS),,rm -rf tests/queries)
	@$(PYTEST) -m queries --write-queries $(ARGS)

check: tools build ## style, imports, types, missing migrations, settings of a deployment
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) -c "from importlinter.cli import lint_imports_command as lint; lint()"
	@$(RUN) -m mypy
	@$(WITH_DATABASE) manage.py makemigrations --check --dry-run
	@env -u DEBUG ALLOWED_HOSTS=example.org DATABASE_URL=postgresql://portal@db.example.org/portal \
		SITE_ADDRESS=https://example.org \
		SECRET_KEY=$$($(RUN) -c "import secrets; print(secrets.token_urlsafe(60)[:60])") \
		$(RUN) manage.py check --deploy --fail-level WARNING

format: tools ## put the code in order
	@$(RUN) -m ruff check --fix-only
	@$(RUN) -m ruff format

bench: tools build ## measure how fast the portal answers
	@$(WITH_DATABASE) -m bench $(ARGS)

mutants: tools ## change the rules a little, one way at a time, and see that a test fails (ARGS="risks.*")
	@DATABASE_URL=postgresql://nobody@127.0.0.1/none $(RUN) -m mutmut run --max-children 1 $(ARGS)
	@$(RUN) -m mutmut results | grep -v ": not checked" || true

compare: tools build ## what differs from the portal as it was (BASE=commit ARGS="--only text")
	@$(WITH_DATABASE) -m compare $(BASE) $(ARGS)

migrations: packages ## write migrations for changed models
	@$(WITH_DATABASE) manage.py makemigrations $(ARGS)

shell: packages ## Python with the portal's models
	@$(WITH_DATABASE) manage.py shell

manage: packages ## any command of Django's (ARGS="migrate --plan")
	@$(WITH_DATABASE) manage.py $(ARGS)

lock: tools ## write both locks again from pyproject.toml
	@$(RUN) -m pip install --quiet --disable-pip-version-check uv
	@$(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--no-header pyproject.toml -o requirements.lock
	@$(RUN) -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
		--no-header --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

build: packages ## front-end files, when their sources have changed
	@$(RUN) -m bcfportal.frontend

fresh: packages ## remove the database and all built files, after asking
	@exec $(RUN) -m bcfportal.launcher fresh

packages tools:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed: install it" \
		"(on Debian and Ubuntu with \`apt-get install python3 python3-venv\`)" \
		"and start again." >&2; exit 1; }
	@$(PYTHON) -I bcfportal/launch/environment.py $(if $(filter tools,$@),develop)
