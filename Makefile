# Windows では make の代わりに: py tasks.py serve など
PYTHON ?= python3

.PHONY: serve test lab bench soak gamen lock
serve test lab bench soak gamen:
	@$(PYTHON) tasks.py $@

# 依存の版を決め直す（uv が要る）。索引の住所は書き出さない。
UV_COMPILE = uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet pyproject.toml
lock:
	$(UV_COMPILE) --extra hyo --extra gamen --extra build -o requirements.lock
	$(UV_COMPILE) --all-extras -c requirements.lock -o requirements-test.lock
