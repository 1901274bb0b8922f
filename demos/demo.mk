# What every demo's Makefile shares: a demo sets PORT (and what else is its own) and includes this file.
# Each variable can be given on the command line or in the environment: make run PORT=9000 COUNT=500

ROOT := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/..)
NAME := $(notdir $(CURDIR))

VENV     ?= $(ROOT)/.venv
PORT     ?= 8000
KEYSPACE ?= $(subst -,_,$(NAME))
COUNT    ?= 50
SEED     ?= 7
FEED     ?=

PYTHON = $(VENV)/bin/python
# A page that watches a stream of events would keep a server that ends waiting for ever.
SERVE ?= $(PYTHON) -m uvicorn main:app --host 127.0.0.1 --port $(PORT) --log-level warning --timeout-graceful-shutdown 2

export PORT KEYSPACE

.DEFAULT_GOAL := help
.PHONY: help env db-up db-down seed run clean test

help: ## Say what there is
	@echo "$(NAME): make run starts everything, on http://127.0.0.1:$(PORT)/"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'
	@echo "  variables        PORT=$(PORT) KEYSPACE=$(KEYSPACE) COUNT=$(COUNT) SEED=$(SEED) FEED=file.csv VENV=..."

# An environment that somebody names with VENV= is theirs and is left as it is.
env:
ifeq ($(origin VENV),file)
	@test -e $(VENV)/.made || echo "Making the environment in $(VENV), once; this takes about a minute."
	@$(MAKE) --silent --no-print-directory -C $(ROOT) env
endif

db-up: env ## Start the CQL server unless one is there, and make the keyspace
	@$(PYTHON) -m demokit up

db-down: env ## Stop the CQL server, unless another demo still uses it
	@$(PYTHON) -m demokit down

seed: db-up ## Fill the tables: COUNT= rows from SEED=, or the file FEED=
	@$(PYTHON) seed.py --count $(COUNT) --seed $(SEED) $(if $(FEED),--feed '$(FEED)')

run: seed ## Do everything: server, keyspace, tables, data, app
	@exec $(PYTHON) -m demokit run $(SERVE)

clean: env ## Drop this demo's keyspace
	@$(PYTHON) -m demokit clean

test: env ## Run this demo's scenarios
	@cd $(ROOT) && $(PYTHON) -m pytest features/demos/$(NAME)
