# Needs make, and Python 3.11 or newer with its venv module. Everything else is installed in .venv, at the versions of
# constraints.txt, the first time it is asked for.

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The first Python that is new enough; name another with `make PYTHON=/path/to/python3.12`.
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for each in python3 python3.14 python3.13 python3.12 python3.11; do \
	if $$each -c '$(FITS)' >/dev/null 2>&1; then echo $$each; break; fi; done)

PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
INSTALL := $(PIP) install --constraint constraints.txt

# What a person has set for their own work must neither move an installation elsewhere nor change how screens look.
# Where packages come from is left as it is set.
unexport PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_CONSTRAINT PIP_BUILD_CONSTRAINT PIP_NO_BUILD_ISOLATION PIP_NO_DEPS
unexport PIP_REQUIRE_HASHES PIP_ONLY_BINARY PIP_NO_BINARY PIP_PYTHON PIP_VERBOSE PIP_REPORT PIP_DRY_RUN
unexport PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONWARNINGS PYTHONOPTIMIZE PYTEST_ADDOPTS VIRTUAL_ENV
unexport NO_COLOR FORCE_COLOR CLICOLOR CLICOLOR_FORCE COLORTERM COLUMNS LINES
unexport $(filter TEXTUAL% OKRTUI%,$(.VARIABLES))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test lint check wheel check-wheel docs bench load faults clean

help: ## What can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(READY) ## The program on a made-up company, in a file that is thrown away
	@$(BIN)/okrtui demo

test: lint check check-wheel ## Everything that must hold: format, lint, types, imports, tests, the built wheel

lint: $(READY) ## Format, lint, types and the direction of imports
	@echo "Format, lint, types, imports"
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports >$(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }

check: $(READY) ## The tests
	@echo "Tests"
	@$(BIN)/python -m pytest --quiet --numprocesses 4

wheel: $(READY) ## The wheel, in dist/
	@rm -f dist/*.whl
	@$(BIN)/python -m build --quiet --wheel --no-isolation --outdir dist >$(VENV)/build.log 2>&1 \
		|| { cat $(VENV)/build.log; exit 1; }

check-wheel: wheel ## The wheel, installed by itself and tried
	@echo "The wheel, installed by itself"
	@$(BIN)/python -m pytest --quiet tests/wheel/check_wheel.py

docs: $(READY) ## The pages and the picture that the program makes of itself
	@$(BIN)/python -m screens.reference >$(VENV)/made && mv $(VENV)/made docs/keys.md
	@$(BIN)/python -m okrtui.cli.reference >$(VENV)/made && mv $(VENV)/made docs/command-line.md
	@$(BIN)/python docs/picture.py >$(VENV)/made && mv $(VENV)/made docs/room.svg

bench: $(READY) ## Measure starts, screens, keys, saves, pauses and memory, as JSON; BENCH=--quick ends in minutes
	@$(BIN)/python -m benchmarks $(BENCH)

load: $(READY) ## What `okrtui serve` bears: 150 sessions, ten of them typing for five minutes, as JSON; LOAD="--seconds 10" is quicker
	@$(BIN)/python -m benchmarks.load $(LOAD)

faults: $(READY) ## Everything that can go wrong, as often as docs/faults.md says, as JSON; FAULTS="-k WORD" runs some of it
	@$(BIN)/python tests/faults $(FAULTS)

clean: ## Remove what was made here, .venv too
	@rm -rf $(VENV) .bench dist build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .reports
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" && $(PYTHON) -c '$(FITS)' 2>/dev/null || { \
		echo "okrtui needs Python 3.11 or newer with venv (Debian: apt-get install python3-venv)," \
			"and $(or $(PYTHON),python3) is not: name one with make PYTHON=..." >&2; exit 1; }
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) pip
	@$(INSTALL) hatchling editables
	@$(INSTALL) --no-build-isolation --editable . --group dev
	@touch $@
