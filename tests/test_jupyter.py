"""JupyterLab（make lab）と Binder。ほんとうに開き、動かして、画面と円を見る。"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from test_browser import browser, page, playwright  # noqa: F401

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "himitsu"
LAB = """
import sys, tasks
from pathlib import Path
tasks.setup = lambda lock: None
tasks.BIN = Path(sys.executable).parent
tasks.lab()
"""


@contextmanager
def jupyter(command: list[str], cwd: Path, home: Path, **env: str) -> Iterator[str]:
    """Binder と同じように、合言葉と深い住所で Jupyter を開く。設定は新しい人と同じ空から。"""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    options = ["--no-browser", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    options += ["--ServerApp.base_url=/user/x/", "--ServerApp.allow_root=True"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=cwd,
        env={**os.environ, "HOME": str(home), **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}/user/x/"
    try:
        for _ in range(180):
            try:
                urllib.request.urlopen(f"{url}api", timeout=1)
                break
            except OSError:
                assert process.poll() is None, "Jupyter が開かない"
                time.sleep(0.5)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def e_ga_mieru(page: Any) -> None:  # noqa: F811
    mieru = "document.querySelector('.jp-RenderedMarkdown img')?.naturalWidth > 100"
    page.wait_for_function(mieru, timeout=90_000)


def lab_no_note_wo_ugokasu(page: Any, url: str, hajime: str) -> None:  # noqa: F811
    """`hajime` の住所で「はじめに」が開く。ノートを動かすと、コードと計算画面が見える。"""
    page.goto(f"{url}{hajime}?token={TOKEN}")
    page.locator(".jp-Notebook h1", has_text="はじめに").wait_for(timeout=90_000)
    e_ga_mieru(page)
    # 別の作業場で開く（前のノートの札が残ると、そちらを動かしてしまう）。
    page.goto(f"{url}lab/workspaces/shiken/tree/enno.ipynb?token={TOKEN}")
    page.get_by_text("| Idle").wait_for(timeout=90_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.locator('[data-command="runmenu:run-all"]').click()
    note = page.locator(".jp-Notebook")
    note.locator(".hk-view").first.wait_for(state="attached", timeout=90_000)
    note.locator(".hk-view").first.scroll_into_view_if_needed()
    note.get_by_role("button", name="例を入れる").first.click()
    playwright.expect(note.locator(".hk-view").first).to_contain_text("300,445円", timeout=30_000)
    playwright.expect(note.locator(".jp-InputArea-editor", has_text="EnnoGamen()")).to_be_visible()
    assert page.get_by_text("Jupyter news").count() == 0


def test_make_lab(page: Any, tmp_path: Path) -> None:  # noqa: F811
    command = [sys.executable, "-c", LAB, "lab"]
    with jupyter(command, ROOT, tmp_path) as url:
        lab_no_note_wo_ugokasu(page, url, hajime="")


@pytest.mark.parametrize("na", ["enno.ipynb", "hajimeni.ipynb"])
def test_opening_and_saving_changes_nothing(page: Any, tmp_path: Path, na: str) -> None:  # noqa: F811
    for basho in ("notebooks", "binder"):
        shutil.copytree(ROOT / basho, tmp_path / basho, ignore=shutil.ignore_patterns(".*"))
    note = tmp_path / "notebooks" / na
    moto = note.read_bytes()
    conf = {"JUPYTER_CONFIG_PATH": str(tmp_path / "binder" / "jupyter")}
    command = [sys.executable, "-m", "jupyter", "lab"]
    with jupyter(command, tmp_path, tmp_path, **conf) as url:
        page.goto(f"{url}lab/tree/{na}?token={TOKEN}")
        page.get_by_text("| Idle").wait_for(timeout=90_000)
        page.wait_for_timeout(2000)
        assert page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0
        with page.expect_response(lambda r: r.request.method == "PUT" and na in r.url):
            page.keyboard.press("ControlOrMeta+s")
    assert note.read_bytes() == moto


@pytest.mark.binder
def test_binder(page: Any, tmp_path: Path) -> None:  # noqa: F811
    """binder/ の通りに新しい場所で作り、計算ページと JupyterLab を開く。"""
    repo, kankyo = tmp_path / "repo", tmp_path / "kankyo"
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, files.stdout.split("\0")):
        if (ROOT / name).is_file():
            (repo / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, repo / name)
    venv.create(kankyo, with_pip=True)
    bin = kankyo / "bin"
    env = {"PATH": f"{bin}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": ""}
    pip = [str(bin / "python"), "-m", "pip", "install", "--quiet", "--no-compile"]
    pip += ["--disable-pip-version-check", "--require-hashes", "-r", "binder/requirements.txt"]
    subprocess.run(pip, cwd=repo, check=True)
    subprocess.run(["bash", "binder/postBuild"], cwd=repo, env={**os.environ, **env}, check=True)
    with jupyter([str(bin / "jupyter"), "server"], repo, tmp_path, **env) as url:
        page.goto(f"{url}voila/render/nendo_koshin.ipynb")
        assert "/login" in page.url, "合言葉が無ければ開かない"
        page.goto(f"{url}voila/render/nendo_koshin.ipynb?token={TOKEN}")
        page.get_by_role("button", name="例を入れる").click(timeout=90_000)
        playwright.expect(
            page.locator('.celltag_gamen [data-line="kakutei_hokenryo"]')
        ).to_contain_text("424,879円", timeout=30_000)
        page.get_by_role("link", name="はじめに").first.click()
        page.locator("h1", has_text="はじめに").wait_for(timeout=90_000)
        e_ga_mieru(page)
        assert page.locator("body.hk-page").count() == 1
        page.get_by_role("link", name="労働保険の検算").click()
        page.get_by_role("link", name="延納と納期限").last.click()
        page.get_by_role("button", name="例を入れる").click(timeout=90_000)
        playwright.expect(page.locator(".hk-view").first).to_contain_text(
            "300,445円", timeout=90_000
        )
        lab_no_note_wo_ugokasu(page, url, hajime="lab/tree/hajimeni.ipynb")
