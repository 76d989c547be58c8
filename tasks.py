"""準備・計算ページ・試験の命令。Python だけで動き、Windows でも同じように使える。

python tasks.py serve   準備して、計算ページを開く
python tasks.py test    準備して、試験を全部通す
python tasks.py lab     準備して、JupyterLab でノートを開く
python tasks.py bench   準備して、速さを測る（数分かかる）
python tasks.py soak    準備して、計算ページを500回続けて開き、記憶が増えないかを見る
python tasks.py gamen   準備して、README と「はじめに」の絵を撮り直す
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")


def program(name: str) -> str:
    return str(BIN / (name + (".exe" if os.name == "nt" else "")))


def run(*command: str) -> None:
    env = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([program(command[0]), *command[1:]], cwd=ROOT, env=env)
    if done.returncode:
        sys.exit(done.returncode)


def setup(lock: str) -> None:
    """ロックファイルの版をそのまま入れる。変わっていなければ何もしない。"""
    wanted = hashlib.sha256((ROOT / lock).read_bytes() + (ROOT / "pyproject.toml").read_bytes())
    mark = VENV / f"{lock}.sha256"
    if mark.exists() and mark.read_text() == wanted.hexdigest():
        return
    print(f"準備しています（{lock} の版を .venv に入れます。初めは数分かかります）…", flush=True)
    if not BIN.exists():
        venv.create(VENV, with_pip=True)
    pip = ("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", lock)
    run(*pip, "--no-deps", "--no-build-isolation", "--no-index", "-e", ".")
    mark.write_text(wanted.hexdigest())


def serve() -> None:
    setup("requirements.lock")
    run("hoken-calc", "serve", *sys.argv[2:])


def lab() -> None:
    setup("requirements.lock")
    os.environ["JUPYTER_CONFIG_PATH"] = str(ROOT / "binder" / "jupyter")
    print("JupyterLab を開きます。終わるには Ctrl+C を2度。外への通信はしません。", flush=True)
    run("jupyter-lab", *sys.argv[2:])


def test() -> None:
    setup("requirements-test.lock")
    run("ruff", "check", ".")
    run("ruff", "format", "--check", ".")
    run("mypy")
    run("python", "-m", "pytest", "--nbval", *sys.argv[2:])


def bench() -> None:
    setup("requirements-test.lock")
    run("python", "tests/bench.py")


def soak() -> None:
    setup("requirements-test.lock")
    run("python", "tests/bench_gamen.py", "soak", *(sys.argv[2:] or ["500"]))


def gamen() -> None:
    setup("requirements-test.lock")
    run("python", "docs/gamen.py")


TASKS = {f.__name__: f for f in (serve, test, lab, bench, soak, gamen)}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit("Python 3.11 以上が必要です。")
    if len(sys.argv) < 2 or sys.argv[1] not in TASKS:
        sys.exit(__doc__)
    try:
        TASKS[sys.argv[1]]()
    except KeyboardInterrupt:
        sys.exit(0)
