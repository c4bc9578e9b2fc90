# Everything that people run. Each target makes the environment by itself first.
PORT ?= 8000
export PORT RESET
PYTHON = .venv/bin/python
SHELL = /bin/sh
# Without its bytecode kept, each of the many processes of the suite would read all its sources again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help environment demo run test more check soak bench bench-documents messages requirements clean

help: ## Show what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

environment:
	@sh config/deploy/environment.sh

demo: environment ## Start everything with sample data (PORT=8000, RESET=1 starts over)
	@exec $(PYTHON) manage.py demo

run: environment ## Start web and worker for development: loads no sample data, reloads when code changes
	@exec $(PYTHON) manage.py demo --bare

test: environment ## Run the suite; PostgreSQL, Redis and Chromium are used where they are there
	@$(PYTHON) -m tests.whole $(TESTS)

more: environment ## Run what `test` leaves out: every rule on PostgreSQL too, in other looks, and for other people
	@$(PYTHON) -m tests.whole --further $(TESTS)

check: environment ## Check style, types, layers, settings, migrations, requirements and links
	@$(PYTHON) -m tests.check

soak: environment ## Run the large numbers: 5,000 letters with killed workers (SOAK_LETTERS=500 for fewer), thousands of rows
	@$(PYTHON) -m tests.services $(PYTHON) -m pytest -m soak --durations=0 -s $(TESTS)

bench: environment ## Print what each thing costs, as ratios
	@$(PYTHON) -m tests.bench

bench-documents: environment ## Print what documents cost, against a bare canvas and WeasyPrint, by one process and by two
	@$(PYTHON) -m tests.bench.bench_documents

messages: environment ## Collect what the product says into the catalogues of its languages, and compile them
	@DJANGO_SETTINGS_MODULE=config.settings $(PYTHON) -m tests.messages

requirements: environment ## Write requirements.txt and requirements-dev.txt again from the lock (needs uv)
	@uv export --quiet --frozen --no-hashes --no-annotate --no-header --no-dev -o requirements.txt
	@uv export --quiet --frozen --no-hashes --no-annotate --no-header -o requirements-dev.txt

clean: ## Remove the environment, and the data of `demo` and `run`
	@rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
