# Every command a contributor needs. `make` alone lists them.
SHELL := /bin/bash
PY := .venv/bin/python
UV := .venv/bin/uv
PORT ?= 8765

.PHONY: help setup demo quick test test-sqlite test-postgres coverage-evaluation mutants lint types contracts fix lock docs screenshots tools clean

help:  ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.venv/.uv: requirements/uv.txt
	python3 -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/.product: .venv/.uv requirements/product.txt requirements/build.txt pyproject.toml
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --compile-bytecode --require-hashes -r requirements/product.txt -r requirements/build.txt
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --no-deps --no-build-isolation --offline -e .
	@touch $@

.venv/.assets: .venv/.product tools/build_assets.py $(wildcard src/kapstone/clinic/ground/ui/css/*.css)
	$(PY) tools/build_assets.py
	@touch $@

.venv/.dev: .venv/.product requirements/dev.txt
	VIRTUAL_ENV=.venv $(UV) pip install --quiet --require-hashes -r requirements/product.txt -r requirements/build.txt -r requirements/dev.txt
	@touch $@

setup: .venv/.assets .venv/.dev  ## build .venv with everything that making and testing needs

demo: .venv/.assets  ## build the demo clinic and serve it, with every role's way in printed
	.venv/bin/kapstone demo --port $(PORT)

lint: .venv/.dev  ## style, and the ban on reading the clock
	.venv/bin/ruff check src tests tools
	.venv/bin/ruff format --check src tests tools

types: .venv/.dev  ## mypy, strict
	PYTHONPATH=. .venv/bin/mypy

contracts: .venv/.dev  ## which room may import which
	.venv/bin/lint-imports

fix: .venv/.dev  ## let the formatter mend what it can
	.venv/bin/ruff check --fix src tests tools
	.venv/bin/ruff format src tests tools

quick: setup lint types contracts  ## the loop one works in: at most three minutes
	$(PY) -m pytest tests/care tests/spec tests/house tests/clinic -q -n 2 --dist loadscope

tools: setup  ## what the whole test run needs from the system: Chromium and PostgreSQL
	tools/system_packages

test: setup tools lint types contracts  ## everything, on SQLite and on PostgreSQL
	tools/test_everything

coverage-evaluation: setup  ## every branch of the evaluation's rules is walked by a test, or this fails
	$(PY) -m coverage run --branch --source=src/kapstone/care/evaluation --data-file=.test/coverage -m pytest tests/care tests/spec -q
	$(PY) -m coverage report --data-file=.test/coverage --show-missing --skip-covered --fail-under=100

mutants: setup  ## break rules and limits in thousands of ways: their tables must notice nine of ten (an hour; goes on)
	$(PY) tools/mutants.py evaluation
	$(PY) tools/mutants.py doses

docs: setup  ## write the generated pages again
	$(PY) tools/build_docs.py

screenshots: setup tools  ## take the pictures of the README and the docs again
	$(PY) tools/screenshots.py

lock: .venv/.uv  ## resolve the requirements again; the files name no package host
	tools/lock

clean:  ## forget what was built
	rm -rf .venv .test .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
