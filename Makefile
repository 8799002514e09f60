# Every task of the project. `make run` is all an organiser needs; settings are given as `make run PORT=8001`.

PORT ?= 8000
HOST ?= 127.0.0.1
HTTP_PORT ?=
DATA ?= data
DEMO ?= 1
CERT ?=
KEY ?=
PUBLIC_URL ?=
BACKUP ?=
TRUSTED_PROXIES ?=
ONLY ?=
export PORT HOST HTTP_PORT DATA DEMO CERT KEY PUBLIC_URL BACKUP TRUSTED_PROXIES ONLY

PYTHON ?= python3
VENV := .venv/bin
LAUNCHER := $(PYTHON) app/launcher
LOCK := $(VENV)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet \
	--custom-compile-command "make lock"

# The machine's Node.js, unless the set-up had to bring its own.
WITH_NODE := PATH="$(CURDIR)/$(VENV):$$PATH"
# Tests that start browsers come after the others; those that kill servers or run a board in real time come last, alone.
BROWSERS := tests/browser
ALONE := tests/faults tests/firmware_bridge/test_hardware_in_the_loop.py tests/browser/test_chain.py

.PHONY: run restore setup setup-dev browser lint test bench soak messages lock clean

run:
	@exec $(LAUNCHER) run

# Bring DATA back from the second place: make restore FROM=/media/stick/baige DATA=data
restore: setup
	@exec $(VENV)/flask backup restore "$(FROM)"

setup:
	@exec $(LAUNCHER) setup

# What tests and checks need on top; its words go to standard error, because `make -s bench` prints figures only.
setup-dev:
	@exec $(LAUNCHER) setup --dev >&2

browser: setup-dev
	@exec $(VENV)/python -m tests.machine >&2

lint: setup-dev
	$(VENV)/ruff format --check .
	$(VENV)/ruff check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	$(WITH_NODE) node_modules/.bin/tsc --noEmit
	$(WITH_NODE) node_modules/.bin/eslint app/client arena_display tests

test: lint browser
	$(WITH_NODE) node_modules/.bin/vitest run
	$(WITH_NODE) $(VENV)/pytest -q -n 2 $(BROWSERS:%=--ignore=%) $(ALONE:%=--ignore=%)
	$(WITH_NODE) $(VENV)/pytest -q -n 2 --dist worksteal $(BROWSERS) $(ALONE:%=--ignore=%)
	$(WITH_NODE) $(VENV)/pytest -q $(ALONE)

bench: browser
	@exec $(VENV)/python -m tests.bench

soak: browser
	@exec $(VENV)/python -m tests.soak

# Collect every string to translate into app/translations/*/LC_MESSAGES/messages.po.
messages: setup-dev
	@exec $(VENV)/python -m app.i18n update

# Pin everything the requirements*.in files ask for; versions already pinned stay unless UPGRADE=1.
lock: setup-dev
	for name in requirements requirements-bridge requirements-node; do \
		$(LOCK) $(if $(UPGRADE),--upgrade) $$name.in -o $$name.txt || exit 1; done
	$(LOCK) $(if $(UPGRADE),--upgrade) -c requirements.txt requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv node_modules app/static/build app/client/catalogue
