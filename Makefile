# make run    set everything up and play the first scenario
# make test   the same set-up plus the development tools, then all tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# command:package - a command that is missing is installed with its Debian package.
NEEDS := ip:iproute2 bridge:iproute2 ping:iputils-ping tcpdump:tcpdump bwrap:bubblewrap ps:procps newuidmap:uidmap
export PATH := $(PATH):/usr/sbin:/sbin

# Most tests wait: for pings, for terminals. Those of one file are not played at once: some look at the whole machine.
PYTEST_ARGS ?= -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help run test check lint format types scenarios gallery corpus bench wheel clean system browser

help: ## this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

run: system $(VENV)/installed ## set everything up and play scenarios/vepa.yaml
	$(BIN)/replay run scenarios/vepa.yaml

# What only the tests need.
test: NEEDS += prove:perl setpriv:util-linux tmux:tmux
test: system $(VENV)/developed browser ## set everything up and pass all tests, the real-network ones included
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: lint types test ## everything a change must pass

lint: $(VENV)/developed ## style, and the scenarios
	$(BIN)/ruff check .
	$(BIN)/replay lint scenarios

types: $(VENV)/developed ## mypy, strict
	$(BIN)/mypy

scenarios: system $(VENV)/installed ## play every scenario
	$(BIN)/replay run scenarios

gallery: system $(VENV)/installed ## play every scenario, write its page into docs/gallery
	$(BIN)/replay run scenarios -j auto --no-write
	$(BIN)/replay gallery scenarios -o docs/gallery

format: $(VENV)/developed ## lay out the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

corpus: $(VENV)/developed ## how well tutorials are read: precision and recall over tests/corpus (CORPUS_ARGS=-v: each miss)
	$(BIN)/python -m tests.corpus_score $(CORPUS_ARGS)

bench: system $(VENV)/developed ## speed and memory beside other tools, into benchmarks/README.md
	$(BIN)/python benchmarks/bench.py $(BENCH_ARGS)

wheel: $(VENV)/developed ## build the wheel and the source distribution into dist/
	$(BIN)/python -m build

clean: ## remove what make made
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .replay

system:
	@missing=; for need in $(NEEDS); do \
	  command -v $${need%%:*} >/dev/null 2>&1 || missing="$$missing $${need##*:}"; done; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || missing="$$missing python3"; \
	[ -d $(VENV) ] || $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || missing="$$missing python3-venv"; \
	[ -z "$$missing" ] && exit 0; \
	missing=$$(printf '%s\n' $$missing | sort -u | tr '\n' ' '); \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  echo "installing $$missing"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; } >/dev/null; \
	else \
	  echo "Missing here: $$missing"; echo "Install them with:"; \
	  echo "  sudo apt-get update && sudo apt-get install -y $$missing"; exit 1; \
	fi

# For the tests of pages, which are skipped without it: what is here, else the distribution's Chromium with a font
# that has Chinese, else Playwright's own. As an ordinary user what is here is used.
browser: $(VENV)/developed
	@$(BIN)/python tests/browser.py >/dev/null 2>&1 && exit 0; \
	[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || { echo "no Chromium here: the tests of pages are skipped"; exit 0; }; \
	echo "installing Chromium"; \
	{ apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 240 apt-get install -y -qq --no-install-recommends \
	  chromium-headless-shell fonts-wqy-zenhei; } >/dev/null 2>&1 \
	  || timeout 400 $(BIN)/playwright install --with-deps chromium >/dev/null 2>&1 || true; \
	$(BIN)/python tests/browser.py || true

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/developed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/installed
