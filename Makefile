# SOC Tracker. `make run` opens the site, `make test` tests it; both need only python3 and make.
# The other targets are for developers: see CONTRIBUTING.md.

PYTHON ?= python3
PORT ?= 8000
DEMO_RECORDS ?= yes
BENCH_SIZES ?= 10000,1000000
PY := .venv/bin/python
ASSET_SOURCES := $(wildcard package.json package-lock.json .npmrc) $(shell find static/src static/admin -type f 2>/dev/null)

.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help bench run test test-browser assets lint format lock licences screenshots clean

help:
	@echo "make run     open the site on this machine (PORT=8000; DEMO_RECORDS=no leaves out the made-up records)"
	@echo "make test    run every test: on SQLite, on PostgreSQL, in a browser"
	@echo "For developers: lint, format, bench, assets, test-browser, screenshots, lock, licences, clean"

run: .venv/run.stamp .build/static.stamp
	@DEBUG=1 DEMO_MODE=1 $(PY) manage.py serve_demo --port $(PORT) --demo-records $(DEMO_RECORDS)

test: .venv/dev.stamp .build/static.stamp
	@$(PY) -m tests

test-browser: .venv/dev.stamp .build/static.stamp
	@$(PY) -m tests browser

assets: .build/static.stamp

bench: .venv/dev.stamp .build/static.stamp
	@$(PY) -m bench all --sizes $(BENCH_SIZES)

lint: .venv/dev.stamp .build/static.stamp
	@bin/lint

format: .venv/dev.stamp
	@$(PY) -m ruff check --fix-only --quiet .
	@$(PY) -m ruff format .
	@$(PY) -m djlint --reformat --quiet templates

screenshots: .venv/dev.stamp .build/static.stamp
	@$(PY) -m pytest -q -p no:cacheprovider tests/browser/screenshots.py

licences: .venv/run.stamp
	@$(PY) bin/licences

# Without --upgrade, versions stay as they are where they still satisfy pyproject.toml: make lock UPGRADE=--upgrade
lock: .venv/run.stamp
	@bin/lock $(UPGRADE)

clean:
	rm -rf .venv .build .cache node_modules static/build staticfiles uploads soc_tracker.sqlite3*

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("SOC Tracker needs Python 3.11 or newer; $(PYTHON) is older. Name another: make run PYTHON=python3.12")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo 'Python lacks its venv module. Mend it with: sudo apt-get install python3-venv'; exit 1; }
	@echo 'Making a virtual environment in .venv'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: requirements/run.txt requirements/uv.txt | .venv/bin/python
	@bin/sync run

.venv/dev.stamp: requirements/dev.txt requirements/uv.txt | .venv/bin/python
	@bin/sync dev

.build/assets.stamp: $(ASSET_SOURCES) | .venv/run.stamp
	@echo 'Building styles and scripts'
	@bin/npm ci --silent
	@bin/npm run build --silent
	@mkdir -p .build && touch $@

.build/static.stamp: .build/assets.stamp .venv/run.stamp
	@echo 'Collecting and compressing static files'
	@DEBUG=1 $(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
