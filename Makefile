# Everything starts here with nothing but make and python3 (3.11 or newer, with venv).
# ARGS is handed on: make test ARGS="-k status", make demo ARGS="--port 8090 --fresh".

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
RELEASE := .venv-release
DIST ?= dist
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)
# A secret key of minisign (`minisign -G` makes one); without it a release is not signed.
MINISIGN_KEY ?=
# Where known vulnerabilities are asked for: any service that speaks OSV's query interface.
OSV_URL ?= https://api.osv.dev/v1/query
PIP_INSTALL := $(BIN)/pip install --disable-pip-version-check --no-input
# Installs a lock with one line of progress; pip's errors are shown as they are. Python compiles what is used when it is used.
INSTALL_LOCK = { $(PIP_INSTALL) --progress-bar off --no-compile --no-deps --require-hashes --requirement $(1); echo "ended $$?"; } \
	| awk -v all="$$(grep -c == $(1))" '/^Collecting/ { printf "\r  %d of %d", ++n, all; fflush() } \
		/^Installing/ { printf ", unpacking …\n"; fflush() } /^ended/ { exit $$2 }'

# The suite starts hundreds of processes from the same files: without cached bytecode each one compiles them anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types layers bench torture fuzz transcripts docs lock audit release clean run-setup dev-setup

help: ## list every target
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: run-setup ## start the counter with a made-up register; prints where to look and what to type
	@$(BIN)/loket demo $(ARGS)

test: dev-setup compiled ## the daily tests, in four minutes: everything on SQLite
	$(BIN)/pytest -n 4 --dist worksteal -m "not thorough" $(ARGS)

check: dev-setup ## what has to pass before a change lands: lint, types, layers and every test on both databases
	@$(MAKE) --no-print-directory --jobs=2 lint types layers every-test

.PHONY: every-test compiled
compiled: dev-setup # once, instead of in each of the four processes of a first run
	@test -d tests/__pycache__ || $(BIN)/pytest --collect-only -qq >/dev/null 2>&1 || true

every-test: dev-setup compiled # begins when lint and layers are good, while mypy goes on
	$(BIN)/pytest -n 4 --dist worksteal --hypothesis-profile=ci $(ARGS)

lint: dev-setup ## style, spelling, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/deptry .

types: dev-setup ## types, strictly
	$(BIN)/mypy

layers: dev-setup ## who may import whom
	$(BIN)/lint-imports

bench: dev-setup ## measure against other bots, side by side, on this machine
	$(BIN)/python -m benchmarks $(ARGS)

torture: dev-setup ## the long kill -9 sets and rushes, and many new random examples (the test suite runs short ones)
	$(BIN)/pytest -m "hypothesis and not torture" --hypothesis-profile=torture --timeout=3600 $(ARGS)
	TORTURE_BENCH=1 TORTURE_ATTACKERS=$${TORTURE_ATTACKERS:-200} TORTURE_SAMPLES=$${TORTURE_SAMPLES:-2000} TORTURE_KILLS=$${TORTURE_KILLS:-50} TORTURE_RUSHES=$${TORTURE_RUSHES:-200} TORTURE_PAGES=$${TORTURE_PAGES:-30} TORTURE_MOVES=$${TORTURE_MOVES:-1} TORTURE_REQUESTS=$${TORTURE_REQUESTS:-200} TORTURE_STOPS=$${TORTURE_STOPS:-20} TORTURE_FAILOVERS=$${TORTURE_FAILOVERS:-20} TORTURE_CHROOT=$${TORTURE_CHROOT:-1} TORTURE_TROUBLE_SECONDS=$${TORTURE_TROUBLE_SECONDS:-30} TORTURE_SEED=$${TORTURE_SEED:-$$($(BIN)/python -c 'import random; print(random.randrange(10**6))')} $(BIN)/pytest -m torture --timeout=3600 -s $(ARGS)
	TORTURE_OFFICE=1 $(BIN)/pytest tests/conversations -m "not torture" --timeout=3600 $(ARGS)
	TORTURE_ALTERNATING=1 $(BIN)/pytest tests/conversations -m "not torture" --ignore=tests/conversations/test_two_processes.py --ignore=tests/conversations/test_cost_of_a_message.py --timeout=3600 $(ARGS)

fuzz: dev-setup ## ten minutes of rubbish for every parser that takes bytes from outside (FUZZ_MINUTES)
	FUZZ_MINUTES=$${FUZZ_MINUTES:-10} $(BIN)/pytest tests/fuzz -q -n 2 --timeout=3600 $(ARGS)

transcripts: dev-setup ## write the conversations anew as text files that people who read no Python can review
	LOKET_TRANSCRIPTS=write $(BIN)/pytest tests/conversations -k transcript -q -p no:randomly $(ARGS)

docs: dev-setup ## write the settings table, the walks through the code, the dashboard and the screenshots anew from the product itself
	$(BIN)/python docs/write.py $(ARGS)

lock: dev-setup ## choose the newest libraries within pyproject.toml's bounds and pin them with their hashes
	$(BIN)/uv lock --quiet --upgrade
	$(BIN)/uv export --quiet --frozen --no-header --no-annotate --no-emit-project --no-emit-index-url \
		--no-emit-find-links --no-default-groups --group build --output-file requirements.lock
	$(BIN)/uv export --quiet --frozen --no-header --no-annotate --no-emit-project --no-emit-index-url \
		--no-emit-find-links --group build --group dev --output-file requirements-dev.lock
	$(BIN)/uv export --quiet --frozen --no-header --no-annotate --no-emit-project --no-emit-index-url \
		--no-emit-find-links --only-group release --output-file requirements-release.lock
	rm -f uv.lock

audit: release-setup ## look every locked library up in the OSV database of known vulnerabilities (needs the internet)
	@$(RELEASE)/bin/pip-audit --progress-spinner off --disable-pip --require-hashes \
		--vulnerability-service osv --osv-url $(OSV_URL) \
		--requirement requirements.lock --requirement requirements-dev.lock --requirement requirements-release.lock $(ARGS) \
		2>$(RELEASE)/audit.log || { tail -n 1 $(RELEASE)/audit.log >&2; echo "The audit did not pass. Update what is listed above with 'make lock'; if nothing is listed, $(OSV_URL) was not reached." >&2; exit 1; }

release: dev-setup release-setup ## build wheels, sdist, bill of materials, notes and checksums into dist/, signed with MINISIGN_KEY=FILE
	@rm -rf dist && mkdir dist
	@$(BIN)/python -m hatchling build -d dist >/dev/null
	@cd demo && ../$(BIN)/python -m hatchling build -t wheel -d ../dist >/dev/null
	@$(RELEASE)/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --output-reproducible \
		--output-file dist/loket.cdx.json 2>/dev/null
	@$(MAKE) --no-print-directory seal

clean: ## remove the virtual environments, caches, releases and the demo's data
	rm -rf $(VENV) $(RELEASE) dist var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov

# A lock names every library, so there is nothing to resolve: with --no-deps an older pip does not look for a newer
# release of what another library wants with an extra. `pip check` tells when the lock is not whole after all.
# A copy of the lock that was installed tells whether anything has to be installed at all.
# The development lock holds everything of the run-time lock.
run-setup: $(BIN)/pip
	@cmp -s requirements-dev.lock $(VENV)/dev.lock || cmp -s requirements.lock $(VENV)/run.lock || { \
		echo "Installing the libraries of requirements.lock into $(VENV) …" && \
		$(call INSTALL_LOCK,requirements.lock) && \
		$(MAKE) --no-print-directory install-loket && $(BIN)/pip check --quiet && \
		rm -f $(VENV)/dev.lock && cp requirements.lock $(VENV)/run.lock; }

dev-setup: $(BIN)/pip
	@cmp -s requirements-dev.lock $(VENV)/dev.lock || { \
		echo "Installing the libraries of requirements-dev.lock into $(VENV) …" && \
		$(call INSTALL_LOCK,requirements-dev.lock) && \
		$(MAKE) --no-print-directory install-loket && $(BIN)/pip check --quiet && \
		cp requirements-dev.lock $(VENV)/dev.lock; }

.PHONY: install-loket release-setup seal
seal: # the notes are the part of CHANGELOG.md about this version, or about what is unreleased
	@heading=$$(grep -m 1 -F '## $(VERSION)' CHANGELOG.md || echo '## Unreleased') && awk -v heading="$$heading" \
		'/^## / { inside = ($$0 == heading) } inside' CHANGELOG.md > $(DIST)/RELEASE_NOTES.md
	@cd $(DIST) && rm -f SHA256SUMS* && sha256sum * > SHA256SUMS && cat SHA256SUMS
	@test -n "$(MINISIGN_KEY)" || { echo "Not signed: name a secret key with MINISIGN_KEY=FILE; minisign -G makes one."; exit 0; }; \
	test -z "$(MINISIGN_KEY)" || { command -v minisign >/dev/null || { echo "minisign is missing (on Debian: apt install minisign)." >&2; exit 1; }; \
		minisign -S -s "$(MINISIGN_KEY)" -m $(DIST)/SHA256SUMS -t "Loket $(VERSION)"; }

release-setup: # the tools of `audit` and `release`, apart from what Loket runs with
	@cmp -s requirements-release.lock $(RELEASE)/release.lock || { \
		$(PYTHON) -m venv --clear $(RELEASE) && \
		$(RELEASE)/bin/pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
			--requirement requirements-release.lock && \
		cp requirements-release.lock $(RELEASE)/release.lock; }

install-loket:
	@$(PIP_INSTALL) --quiet --no-deps --no-index --no-build-isolation --editable .

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Loket needs Python 3.11 or newer; '$(PYTHON)' is not. Name another one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV) \
		|| { echo "Python's venv module is missing (on Debian: apt install python3-venv)." >&2; exit 1; }
