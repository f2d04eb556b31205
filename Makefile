# Each command sets up what it needs: a Python environment in .venv from requirements.lock, and on
# Debian and Ubuntu, where it may, the system libraries that Qt needs. Only a changed lock is
# installed again.
#
#   make run            the window; make run ARGS="formats" passes words to the command line
#   make test           all tests; make test ARGS="tests/domain -k span" a part of them
#   make check          format, lint, types, imports and all tests
#   make format         put the code in shape
#   make bench          measure speed; make bench-quick the short way
#   make torture        kill, cut, flip and fill the disk; ARGS="--minutes 30" as long as wanted
#   make fuzz           hostile input for every reader; ARGS="--minutes 10"
#   make interop        other programs, installed apart, take our files
#   make screenshots    pictures of the window
#   make lock           resolve the dependencies again; LOCK_ARGS=--upgrade moves all of them up
#   make clean          remove .venv and what the tools left

VENV := .venv
LOCK := requirements.lock
ARGS ?=
LOCK_ARGS ?=

ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PY := $(BIN)/python

.PHONY: run test lint check format bench bench-quick torture fuzz interop screenshots lock clean ready
.DEFAULT_GOAL := check

run: ready
	@$(PY) .ci/system_libraries.py window || true
	@$(PY) main.py $(ARGS)

test: ready
	@$(PY) .ci/system_libraries.py
	QT_QPA_PLATFORM=offscreen $(PY) -m pytest --numprocesses=auto --dist=worksteal $(ARGS)

lint: ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

format: ready
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .

bench: ready
	@$(PY) .ci/system_libraries.py screen || true
	sh .ci/on_screen.sh $(PY) -m tests.bench $(ARGS)

bench-quick: ready
	@$(PY) .ci/system_libraries.py screen || true
	sh .ci/on_screen.sh $(PY) -m tests.bench --quick $(ARGS)

torture: ready
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.torture $(ARGS)

fuzz: ready
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.fuzz $(ARGS)

# Other programs go into environments of their own below .peers; those that do not install are skipped.
interop: ready
	@ANNOTATOR_PEERS=.peers QT_QPA_PLATFORM=offscreen $(PY) -m pytest tests/interop $(ARGS)

screenshots: ready
	@$(PY) .ci/system_libraries.py screen || true
	sh .ci/on_screen.sh $(PY) -m tests.screenshots $(ARGS)

# Only released files of the public index count, so local folders of packages are left out.
lock: ready
	unset PIP_FIND_LINKS UV_FIND_LINKS UV_INDEX UV_DEFAULT_INDEX UV_INDEX_URL UV_EXTRA_INDEX_URL; \
	$(BIN)/uv --no-config pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
		--extra articles --group dev --output-file $(LOCK) $(LOCK_ARGS) pyproject.toml

clean:
	rm -rf $(VENV) .peers build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready: $(VENV)/.project

$(VENV)/.lock: $(LOCK)
	@PYTHON="$(PYTHON)" sh .ci/set_up.sh $(VENV) $(LOCK)
	@touch $@

$(VENV)/.project: $(VENV)/.lock pyproject.toml annotator/__init__.py
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
