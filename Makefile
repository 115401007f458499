# The commands of the project; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo test quick soak lint fmt score fuzz lock clean
PY := .venv/bin/python
PYTHON ?= python3

help: ## Show this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: .venv/ready ## Create .venv with exactly the versions in requirements.lock

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Cần Python 3.11 trở lên / Python 3.11 or newer is needed: make setup PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || { echo "Thiếu mô-đun venv / the venv module is missing: apt-get install python3-venv"; exit 1; }
	@echo "Setting up .venv (about a minute the first time) ..."
	$(PYTHON) -m venv .venv
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps -r requirements.lock
	.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## From two documents to delivered reminders, on this machine, with nothing to start by hand
	.venv/bin/dondoc demo

test: setup ## Run every test (T=tests/directives for some)
	$(PY) -m pytest $(if $(T),$(T),-n 2 --dist loadfile)

quick: setup ## Run the tests that start no servers and kill no processes: about a minute
	$(PY) -m pytest -n 2 --dist loadfile -m "not slow and not prefect and not postgres and not browser" $(T)

soak: setup ## Run the long ones at full size: thousands of letters, dozens of kills, three years of an office
	$(PY) -m pytest -m soak $(T)

lint: setup ## Check style, types and layers
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

fmt: setup ## Format and mend what can be mended
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .

score: setup ## Measure the reading against the documents with expected answers
	$(PY) -m tests.scoring

fuzz: setup ## Read 100,000 texts that a fuzzer makes by watching the code they reach (RUNS=…); about ten minutes
	.venv/bin/pip install --quiet --disable-pip-version-check "atheris>=2.3"
	$(PY) -m tests.directives.fuzz_with_atheris -runs=$(or $(RUNS),100000) -max_len=100 -len_control=0 -timeout=20

lock: ## Write requirements.lock anew from pyproject.toml
	sh .ci/lock

clean: ## Remove what the demo and the tests wrote (not .venv)
	rm -rf var .mypy_cache .ruff_cache .pytest_cache .hypothesis
