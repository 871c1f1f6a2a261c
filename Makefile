# Every target works from nothing: it makes .venv and installs the locked packages first.

PYTHON  ?= python3
ADDRESS ?= 127.0.0.1:8000
FORMAT  ?= text

VENV    := .venv
BIN     := $(VENV)/bin
SITE    := $(VENV)/site.installed
TEST    := $(VENV)/test.installed
NODE    := node_modules/.package-lock.json
# uv installs the same locked files in a quarter of pip's time. Bytecode as pip makes it: without,
# each snippet and notebook compiles Matplotlib anew, for in its box nothing can be written.
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python
LOCK    := $(BIN)/uv pip compile --quiet --universal --python-version 3.11.5 --generate-hashes \
           --no-annotate --custom-compile-command 'make lock'

export NO_MKDOCS_2_WARNING := 1
# Container images set it; every command would compile all its modules again, for a second.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help serve build offline zensical check lint test test-content record bench bench-scale lock clean

help: ## 이 목록을 보여 줘요
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 21

# Notebooks take a minute; NOTEBOOKS=true make serve shows them too. A save rebuilds the saved page
# alone, so that hundreds of notes do not slow it down; FULL=1 make serve rebuilds every page.
serve: $(SITE) ## http://127.0.0.1:8000 에서 미리 봐요 (주소 바꾸기: ADDRESS=127.0.0.1:9000)
	@$(BIN)/python -m papernotes.preview.address $(ADDRESS)
	@$(if $(FULL),,echo '저장한 쪽만 다시 지어요. 목록, 다른 쪽의 스니펫 출력과 용어, 틀까지 다시 지으려면 FULL=1 make serve로 켜 주세요.')
	$(BIN)/papernotes runtime
	NOTEBOOKS=$${NOTEBOOKS:-false} $(BIN)/mkdocs serve $(if $(FULL),,--dirty) --dev-addr $(ADDRESS)

# Building only reads: snippets are run by check and by the tests. RUNTIME=--required fails where
# Python for the reader's browser is not to be had. With SITE_ZIP=1, the zip that `make offline`
# made goes onto the site, too. Each build has a folder of its own, so that two at once do not mix.
build: $(SITE) ## site/ 에 사이트를 만들어요 (실패하면 이전 site/ 는 그대로예요)
	$(BIN)/papernotes check
	$(BIN)/papernotes runtime $(RUNTIME)
	@mkdir -p build && find build -maxdepth 1 -name 'site.*' -mtime +0 -exec rm -rf {} +
	new=$$(mktemp -d build/site.XXXXXX) && trap 'rm -rf "$$new"' EXIT && chmod 755 "$$new" && \
	  EXPORTED=1 $(BIN)/mkdocs build --strict --site-dir "$$new" && \
	  if [ -n "$$SITE_ZIP" ]; then cp site.zip "$$new"; fi && \
	  $(BIN)/papernotes export "$$new" --move-to site

# For readers without a network: unzip, open index.html.
offline: $(SITE) ## site.zip 을 만들어요: 풀어서 index.html 을 열면 네트워크 없이 읽어요
	@mkdir -p build && find build -maxdepth 1 -name 'offline.*' -mtime +0 -exec rm -rf {} +
	new=$$(mktemp -d build/offline.XXXXXX) && trap 'rm -rf "$$new"' EXIT && \
	  OFFLINE=true EXPORTED=1 $(BIN)/mkdocs build --strict --site-dir "$$new/papernotes" && \
	  rm -rf "$$new/papernotes/assets/pyodide" "$$new/papernotes/assets/pdfjs" && \
	  $(BIN)/papernotes export "$$new/papernotes" && \
	  python=$$(cd "$(BIN)" && pwd)/python && \
	  (cd "$$new" && "$$python" -m zipfile --create site.zip papernotes) && \
	  mv "$$new/site.zip" site.zip

zensical: build $(TEST) ## 다음 도구로 site-zensical/ 에 짓고 site/ 와 한 쪽씩 비교해요
	rm -rf site-zensical
	EXPORTED=1 SITE_DIR=site-zensical $(BIN)/zensical build --clean --strict
	$(BIN)/papernotes export site-zensical
	$(BIN)/python -m tests.engines site site-zensical

# FORMAT=github writes the problems onto the lines of a pull request.
check: $(SITE) ## 노트를 검사해요 (몇 초; 여러 기계로 나누기: SHARD=1/4)
	$(BIN)/papernotes check --format $(FORMAT) $(if $(SHARD),--shard $(SHARD))
	$(BIN)/papernotes run --format $(FORMAT) $(if $(SHARD),--shard $(SHARD))

lint: $(TEST) $(NODE) ## 코드의 모양과 타입을 검사해요
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/node node_modules/.bin/tsc

test: lint ## 모든 테스트를 돌려요 (브라우저 테스트 포함)
	$(BIN)/papernotes check
	$(BIN)/papernotes run
	$(BIN)/pytest --numprocesses auto --dist worksteal

# What a change of content alone needs; SINCE=HEAD^ runs no snippets but those that changed since.
test-content: $(TEST) ## 글만 바뀌었을 때: 검사하고, 실행하고, site/ 에 지어서 쪽마다 살펴봐요
	$(BIN)/papernotes check --format $(FORMAT)
	$(BIN)/papernotes run --format $(FORMAT) $(if $(SINCE),--changed $(SINCE))
	$(MAKE) build RUNTIME=--required
	LIVE_SITE=site $(BIN)/pytest tests/live --numprocesses auto --dist worksteal

record: $(SITE) ## 스니펫을 실행해 출력을 기록해요
	$(BIN)/papernotes run --record

bench: export PATH := $(CURDIR)/$(BIN):$(PATH)
bench: build $(TEST) $(NODE) ## 성능표를 만들어요
	$(BIN)/papernotes run | tail -n 1
	$(BIN)/python -m bench.checking
	$(BIN)/python -m bench.importing
	$(BIN)/python -m bench.search
	$(BIN)/python -m bench.runtime
	$(BIN)/python -m bench.reader
	$(BIN)/python -m bench.screens
	$(BIN)/python -m bench.lighthouse
	$(BIN)/python -m bench.scale 50 100
	$(BIN)/python -m bench.preview 200

bench-scale: $(TEST) ## 노트 1,000개와 2,000개까지 재요 (두 코어에서 30분쯤)
	$(BIN)/python -m bench.scale 1000 2000
	$(BIN)/python -m bench.where 100 200
	$(BIN)/python -m bench.preview 200 1000

lock: $(TEST) ## requirements*.txt 를 고친 뒤 잠금 파일을 다시 만들어요
	$(LOCK) requirements.txt --no-emit-package papernotes --output-file requirements.lock
	$(LOCK) requirements-test.txt --constraints requirements.lock --output-file requirements-test.lock
	grep '^uv==' requirements-test.txt | $(LOCK) - --output-file requirements-uv.lock

clean: ## 만들어진 것을 모두 지워요 (.venv 포함)
	rm -rf site site.zip site-zensical build $(VENV) node_modules overrides/assets/pyodide overrides/assets/pdfjs \
	  .cache .mypy_cache .pytest_cache .ruff_cache *.egg-info

# Debian ships python3 without venv; as root, in a container or in CI, that is ours to mend.
$(BIN)/uv: requirements-uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11, 5))' || { \
	  echo 'Python 3.11.5 이상이 필요해요. 이렇게 골라 주세요: make … PYTHON=python3.12' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); [ "$$(id -u)" = 0 ] && \
	  apt-get update && apt-get install -y python3-venv && $(PYTHON) -m venv $(VENV); }
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@touch $@

$(SITE): requirements.lock pyproject.toml | $(BIN)/uv
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST): requirements-test.lock $(SITE)
	$(INSTALL) --require-hashes -r requirements-test.lock
	@touch $@

# npm comes with the test requirements, too.
$(NODE): package-lock.json | $(TEST)
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund
