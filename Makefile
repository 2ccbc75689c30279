# make demo: redact the sample documents into out/ and verify them.  make test: run everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLES := $(wildcard sample_docs/*.pdf)

export OMP_NUM_THREADS ?= 1

.PHONY: demo test lint samples pictures lock clean

demo: $(STAMP)
	@mkdir -p out
	@set -e; for sample in $(SAMPLES); do \
	  name=$$(basename $$sample); \
	  REDACTOR_CONFIG_DIR=out/.keys $(BIN)/redactor redact $$sample -o out/$$name; \
	  REDACTOR_CONFIG_DIR=out/.keys $(BIN)/redactor verify out/$$name --source $$sample; \
	  echo; \
	done
	@echo "Redacted $(words $(SAMPLES)) documents. Open out/mixed_record.pdf beside sample_docs/mixed_record.pdf."

test: $(STAMP) lint
	$(BIN)/pytest -n $${REDACTOR_TEST_WORKERS:-2} --durations 10

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

samples: $(STAMP)
	$(BIN)/python -m sample_docs.make

pictures: demo
	$(BIN)/python docs/make_pictures.py

# The lock pins every package with its hashes; it is made anew only on purpose.
lock:
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --quiet -o requirements.lock

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --only-binary=:all: --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
	  --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
