# make demo: redact the sample documents into out/ and verify them.  make test: run everything.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLES := $(wildcard sample_docs/*.pdf)

export OMP_NUM_THREADS ?= 1

.PHONY: demo foreign test lint samples pictures lock clean

demo: $(STAMP)
	@mkdir -p out
	@set -e; for sample in $(SAMPLES); do \
	  name=$$(basename $$sample); \
	  REDACTOR_CONFIG_DIR=out/.keys $(BIN)/redactor redact $$sample -o out/$$name; \
	  REDACTOR_CONFIG_DIR=out/.keys $(BIN)/redactor verify out/$$name --source $$sample; \
	  echo; \
	done
	@$(MAKE) --no-print-directory foreign
	@echo "Redacted $(words $(SAMPLES)) documents. Open out/mixed_record.pdf beside sample_docs/mixed_record.pdf."

# What an auditor does, with nothing of ours: OpenSSH checks the signatures of the demo's reports.
foreign: $(STAMP)
	@set -e; if ! command -v ssh-keygen > /dev/null; then \
	  echo "ssh-keygen is not installed, so no foreign program verified the reports."; exit 0; \
	fi; \
	public=$$(REDACTOR_CONFIG_DIR=out/.keys $(BIN)/redactor keys show | head -n 1); \
	echo "demo@example.org namespaces=\"redactor-report\" $$public" > out/allowed_signers; \
	echo "ssh-keygen -Y verify -f out/allowed_signers -I demo@example.org -n redactor-report" \
	  "-s REPORT.sig < REPORT"; \
	for report in $(patsubst sample_docs/%,out/%.report.json,$(SAMPLES)); do \
	  printf '  %s: ' "$$report"; \
	  ssh-keygen -Y verify -f out/allowed_signers -I demo@example.org -n redactor-report \
	    -s "$$report.sig" < "$$report"; \
	done; \
	echo

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
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra pades --universal --python-version 3.11 \
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
