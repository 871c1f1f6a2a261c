# Every target works from nothing: it makes .venv and installs the locked packages first.

PYTHON  ?= python3
ADDRESS ?= 127.0.0.1:8000

VENV    := .venv
BIN     := $(VENV)/bin
SITE    := $(VENV)/site.installed
TEST    := $(VENV)/test.installed
NODE    := node_modules/.package-lock.json
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check
LOCK    := $(BIN)/uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes \
           --no-annotate --custom-compile-command 'make lock'

export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build check lint test record bench lock clean

help: ## 이 목록을 보여 줘요
	@sed -nE 's/^([a-z]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

# Notebooks take a minute; NOTEBOOKS=true make serve shows them too.
serve: $(SITE) ## http://127.0.0.1:8000 에서 미리 봐요 (주소 바꾸기: ADDRESS=127.0.0.1:9000)
	$(BIN)/papernotes runtime
	NOTEBOOKS=$${NOTEBOOKS:-false} $(BIN)/mkdocs serve --dev-addr $(ADDRESS)

# Building only reads: snippets are run by check and by the tests. RUNTIME=--required fails where
# Python for the reader's browser is not to be had.
build: $(SITE) ## site/ 에 사이트를 만들어요 (실패하면 이전 site/ 는 그대로예요)
	$(BIN)/papernotes check
	$(BIN)/papernotes runtime $(RUNTIME)
	@rm -rf site.next
	{ EXPORTED=1 $(BIN)/mkdocs build --strict --site-dir site.next && \
	  $(BIN)/papernotes export site.next; } || { rm -rf site.next; exit 1; }
	@rm -rf site && mv site.next site

check: $(SITE) ## 노트를 검사해요 (몇 초)
	$(BIN)/papernotes check
	$(BIN)/papernotes run

lint: $(TEST) $(NODE) ## 코드의 모양과 타입을 검사해요
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/node node_modules/.bin/tsc

test: lint ## 모든 테스트를 돌려요 (브라우저 테스트 포함)
	$(BIN)/pytest --numprocesses auto --dist worksteal

record: $(SITE) ## 스니펫을 실행해 출력을 기록해요
	$(BIN)/papernotes run --record

bench: export PATH := $(CURDIR)/$(BIN):$(PATH)
bench: build $(TEST) $(NODE) ## 성능표를 만들어요
	$(BIN)/papernotes run | tail -n 1
	$(BIN)/python -m bench.checking
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.runtime
	$(BIN)/python -m bench.lighthouse

lock: $(TEST) ## requirements*.txt 를 고친 뒤 잠금 파일을 다시 만들어요
	$(LOCK) requirements.txt --no-emit-package papernotes --output-file requirements.lock
	$(LOCK) requirements-test.txt --constraints requirements.lock --output-file requirements-test.lock

clean: ## 만들어진 것을 모두 지워요 (.venv 포함)
	rm -rf site site.next build $(VENV) node_modules docs/assets/pyodide .cache .mypy_cache .pytest_cache .ruff_cache *.egg-info

# Debian ships python3 without venv; as root, in a container or in CI, that is ours to mend.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || { \
	  echo 'Python 3.11.5 이상이 필요해요. 이렇게 골라 주세요: make … PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); [ "$$(id -u)" = 0 ] && \
	  apt-get update && apt-get install -y python3-venv && $(PYTHON) -m venv $(VENV); }

$(SITE): requirements.lock pyproject.toml | $(BIN)/pip
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST): requirements-test.lock $(SITE)
	$(INSTALL) --require-hashes -r requirements-test.lock
	@touch $@

# npm comes with the test requirements, too.
$(NODE): package-lock.json | $(TEST)
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund
