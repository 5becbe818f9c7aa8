# Guiju: two commands are enough for a newcomer: `make run` and `make test`.
PY ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXTRAS ?=
PORT ?= 8000
SCALE ?= 1k

LOCKS := requirements/base.lock $(foreach e,$(EXTRAS),requirements/$(e).lock)
STAMP := $(VENV)/.setup-$(subst $() $(),-,base $(EXTRAS))

.PHONY: run setup dev check test prove bench lock messages clean

$(STAMP): $(LOCKS) pyproject.toml $(wildcard src/guiju/*/locale/*/LC_MESSAGES/*.po)
	@$(PY) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Guiju needs Python 3.11 or newer")'
	@test -x $(BIN)/python || $(PY) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(foreach l,$(LOCKS),-r $(l))
	@$(BIN)/python tools/link_source.py
	@$(BIN)/python tools/compile_messages.py
	@touch $@

setup: $(STAMP)

dev:
	@$(MAKE) --no-print-directory setup EXTRAS="dev postgres ocr $(EXTRAS)"

run: setup
	@GUIJU_MODE=$${GUIJU_MODE:-demo} PORT=$(PORT) $(BIN)/guiju run

check: dev
	@$(BIN)/python tools/check.py

test: dev
	@$(BIN)/python tools/test.py $(ARGS)

prove: dev
	@$(BIN)/python -m bench.prove

bench: dev
	@$(BIN)/python -m bench.speed --scale $(SCALE)

lock:
	@$(BIN)/python tools/lock.py

messages: dev
	@$(BIN)/python tools/messages.py

clean:
	rm -rf $(VENV)
