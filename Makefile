# Everything runs from .venv, which `make setup` makes and keeps up to date. `make` alone lists the commands.

PYTHON ?=
STEPS ?=
export PYTHON

python := .venv/bin/python
flask := $(python) -m flask --app wsgi

.PHONY: help setup run test bench lint format lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

setup: .venv/installed app/static/vendor/.complete ## Make the environment, or bring it up to date
	@:

run: setup ## Serve the program on http://127.0.0.1:8000, with the demo in an empty database (Ctrl-C ends it)
	@$(flask) db upgrade
	@$(flask) demo --if-empty
	@exec $(python) .ci/foreground.py $(flask) serve

test: setup ## Lint, types, import contracts, the suite on SQLite and PostgreSQL, the browser stories (STEPS="lint sqlite" picks)
	@$(python) -m tests.runner $(STEPS)

bench: setup build/peer/.complete ## Measure against references and print the table
	@$(python) -m tests.bench

lint: setup ## Only lint, types and import contracts
	@$(python) -m tests.runner lint types contracts

format: setup ## Lay out the code
	@$(python) -m ruff check --fix --quiet . ; $(python) -m ruff format .

lock: ## Renew requirements.lock, tests/bench/peer.lock and package-lock.json to the newest versions that pyproject.toml and package.json allow
	python=$$(sh .ci/python) && "$$python" -m venv build/lock && build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	build/lock/bin/python -m uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --quiet \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file requirements.lock
	build/lock/bin/python -m uv pip compile --group bench --constraint requirements.lock --universal --python-version 3.11 --upgrade --quiet \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --output-file tests/bench/peer.lock
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## Remove what setup made; the database in instance/ stays
	rm -rf .venv node_modules build app/static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# A .venv whose Python is gone (the system's was replaced) is made anew, stamp or no stamp.
ifneq ($(shell $(python) -c "" 2>/dev/null || echo gone),)
.PHONY: .venv/installed
endif

# The lock is complete, so pip need not look for what the packages need.
.venv/installed: requirements.lock
	@echo "Setting up .venv (a minute or two the first time) …"
	@$(python) -c "" 2>/dev/null || { python=$$(sh .ci/python) && "$$python" -m venv --clear .venv; }
	@$(python) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --requirement requirements.lock
	@touch $@

# What the program is measured against lies beside the environment, which stays as it is locked.
build/peer/.complete: tests/bench/peer.lock | .venv/installed
	@rm -rf build/peer
	@$(python) -m pip install -qq --disable-pip-version-check --no-deps --require-hashes --target build/peer --requirement tests/bench/peer.lock
	@touch $@

app/static/vendor/.complete: .ci/vendor.py package-lock.json .npmrc | .venv/installed
	@$(python) .ci/vendor.py
