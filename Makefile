# Everything starts here: `make spec` is the main job, `make test` is all of it. `make help` lists the rest.

PYTHON ?= python3
VENV   ?= $(CURDIR)/.venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.made
PEER   := $(CURDIR)/.venvs/peer
ROUNDS ?= 13
LIBRARY := coodie steps tools/unasync.py
DEMOS   := $(patsubst demos/%/Makefile,%,$(wildcard demos/*/Makefile))

export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Where it is set, each of the hundreds of programs that tests start would compile the whole library again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help env spec test test-drivers test-transformers soak load check demos bench bench-check clean lock unasync

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{ printf "  make %-18s %s\n", $$1, $$2 }'

env: $(STAMP) ## Make the environment in .venv (done by every other target)

$(STAMP): requirements/dev.txt pyproject.toml demos/_kit/pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "coodie needs Python 3.11 or newer; $(PYTHON) is not. Name another: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing: apt install python3-venv, then run make again"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . -e demos/_kit
	@touch $(STAMP)

FEATURES := features/
spec: env ## Execute the specification (FEATURES=features/library/reading: a part of it) and write reports/index.html
	@$(BIN)/pytest $(FEATURES); status=$$?; \
	  if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] && [ -z "$$CI" ] && [ -f reports/index.html ]; then \
	    $(BIN)/python -m webbrowser -t "file://$(CURDIR)/reports/index.html" >/dev/null 2>&1 || true; fi; \
	  exit $$status

test: env ## Run everything: unit, property, contract, typing and architecture tests, all features on two drivers
	$(BIN)/pytest tests features --coodie-drivers=cassandra,acsylla

# Two minutes of the one, and a few seconds of the other on three demos, are in `make test`.
MINUTES ?= 30
SECONDS ?= 30

soak: env ## Write, read and break nodes at random for MINUTES=30, drawn from a printed SEED
	$(BIN)/pytest features/library/faults/a_long_run.feature --coodie-drivers=cassandra,acsylla --livingdoc=reports/soak \
	  --soak-minutes=$(MINUTES) $(if $(SEED),--soak-seed=$(SEED))

load: env ## Put each demo under load for SECONDS=30, and end it in the middle of writes
	$(BIN)/pytest features/demos/load.feature --livingdoc=reports/load --load-seconds=$(SECONDS)

# Drivers that cannot share an environment with cassandra-driver, or should not: each has one of its own.
OTHER_DRIVERS := scylla python-rs
DRIVER_STAMPS := $(OTHER_DRIVERS:%=$(VENV)s/%/.made)

test-drivers: env $(DRIVER_STAMPS) ## Run the contract suite and the library's features on every driver; merge all into the report
	@status=0; \
	$(BIN)/pytest tests/contract features/library --coodie-drivers=cassandra,acsylla --livingdoc=reports/drivers/main || status=1; \
	for driver in $(OTHER_DRIVERS); do \
	  $(VENV)s/$$driver/bin/pytest tests/contract features/library --coodie-drivers=$$driver --livingdoc=reports/drivers/$$driver || status=1; \
	done; \
	$(BIN)/python -m coodie.livingdoc render reports/drivers/*/messages.ndjson -o reports/drivers/index.html; \
	echo "every driver: reports/drivers/index.html"; exit $$status

$(VENV)s/%/.made: requirements/%.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)s/$*
	$(VENV)s/$*/bin/python -m pip install --quiet --require-hashes -r requirements/$*.txt
	$(VENV)s/$*/bin/python -m pip install --quiet --no-deps --no-build-isolation -e . -e demos/_kit
	@touch $@

# 3 GB of packages for one model: an environment of its own, and a job that nobody has to run.
TRANSFORMERS := $(VENV)s/transformers

test-transformers: $(TRANSFORMERS)/.made ## Run vector-search's sentence model, all-MiniLM-L6-v2 (installs 3 GB)
	cd demos/vector-search && PYTHONPATH=../..:../_kit $(TRANSFORMERS)/bin/python -m pytest -q --confcutdir=. \
	  -c pyproject.toml -p no:cacheprovider test_minilm.py

$(TRANSFORMERS)/.made: requirements/transformers.txt
	$(PYTHON) -m venv $(TRANSFORMERS)
	$(TRANSFORMERS)/bin/python -m pip install --quiet --require-hashes -r requirements/transformers.txt
	@touch $@

check: env ## Lint, format, type-check, and compare generated code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python tools/unasync.py --check
	$(BIN)/mypy -p coodie -p steps
	$(BIN)/mypy -p demokit
	@for demo in $(DEMOS); do echo "mypy demos/$$demo"; (cd demos/$$demo && $(BIN)/mypy --config-file ../../pyproject.toml *.py $$(ls -d taskboard tasks plugins 2>/dev/null)) || exit 1; done
	$(BIN)/pyright

demos: env ## Open the gallery, which starts and ends the demos; ALL=1 starts all at once
	@$(BIN)/python -m demokit gallery $(if $(ALL),--all)

bench: env $(PEER)/.made ## Measure coodie beside the raw driver, cqlengine and the published package (ROUNDS=13)
	COODIE_BENCH_PEER=$(PEER)/bin/python $(BIN)/python -m benchmarks --rounds $(ROUNDS)

bench-check: env ## Compare coodie's ratios with those that were last recorded
	$(BIN)/python -m benchmarks --rounds $(ROUNDS) --check

$(PEER)/.made: requirements/peer.txt
	@mkdir -p .venvs
	$(PYTHON) -m venv $(PEER)
	$(PEER)/bin/python -m pip install --quiet --require-hashes -r requirements/peer.txt
	@touch $@

unasync: env ## Write coodie/sync from coodie/aio
	$(BIN)/python tools/unasync.py

lock: ## Pin requirements/*.txt anew from requirements/*.in (needs uv)
	for name in dev scylla python-rs transformers; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	    --no-emit-find-links --no-emit-index-url --upgrade requirements/$$name.in -o requirements/$$name.txt; done

clean: ## Stop the local server and remove all that was made here
	@if [ -x $(BIN)/coodie ]; then $(BIN)/coodie server down || true; fi
	rm -rf demos/.state $(VENV) .venvs reports build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
