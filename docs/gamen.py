"""README と「はじめに」の絵を、ほんとうの計算ページから撮り直す。

python tasks.py gamen

「はじめに」の絵は、ノートの中に添える。外のファイルを出さなくても、Voilà・JupyterLab・GitHub で見える。
計算ページは、狭い画面では、狭い画面で撮った絵（セルの metadata の semai）を出す。
"""

from __future__ import annotations

import base64
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Locator, Page, sync_playwright

from hoken_calc.training import KAMOKU, mondai

ROOT = Path(__file__).resolve().parents[1]
HAJIMENI = ROOT / "notebooks" / "hajimeni.ipynb"
HABA = 1100
SEMAI: Any = {"width": 375, "height": 800}
YOHAKU = 12, 4  # 横と縦


@contextmanager
def server() -> Iterator[str]:
    """計算ページを開き、終わったら閉じる。"""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = [sys.executable, "-m", "hoken_calc.cli", "serve", "--no-browser", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(url, timeout=1)
                break
            except OSError:
                time.sleep(0.5)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def hiraku(page: Page, url: str) -> None:
    """年度更新のページを開き、例を入れる。"""
    page.goto(f"{url}voila/render/nendo_koshin.ipynb")
    page.get_by_role("button", name="例を入れる").click(timeout=60_000)
    page.locator('.celltag_gamen [data-line="kakutei_koyo"]').wait_for(timeout=30_000)


def toru(page: Page, ue: Locator, shita: Locator) -> bytes:
    """`ue` の上から `shita` の下までを、`ue` の幅で撮る（WebP）。"""
    a, b = ue.bounding_box(), shita.bounding_box()
    assert a
    assert b
    yoko, tate = YOHAKU
    kiri = {
        "x": a["x"] - yoko,
        "y": page.evaluate("scrollY") + a["y"] - tate,
        "width": a["width"] + yoko * 2,
        "height": b["y"] + b["height"] - a["y"] + tate * 2,
        "scale": 2 if page.viewport_size == SEMAI else 1,
    }
    shot = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": 66, "clip": kiri, "captureBeyondViewport": True},
    )
    return base64.b64decode(shot["data"])


def e_wo_toru(page: Page, url: str) -> dict[str, bytes]:
    """「はじめに」の4枚。"""
    hiraku(page, url)
    view = page.locator(".hk-view").first
    kuwashiku = view.get_by_text("くわしい条件（").first
    nokigen = page.locator(".hk-kijitsu").first
    out = {
        "nyuryoku.webp": toru(page, view, kuwashiku),
        "kekka.webp": toru(page, page.locator(".hk-omona").first, nokigen),
    }
    gyo = page.locator('.hk-hyoji details[data-line="rosai_kiso"]').first
    gyo.locator("summary").click()
    out["gyo.webp"] = toru(page, gyo, gyo)
    ran = mondai(KAMOKU["nendo_koshin"], 1)[0]
    page.get_by_label(ran.label).fill(str(ran.step.before_rounding))
    page.keyboard.press("Enter")
    hantei = page.locator(".hk-hantei").first
    hantei.wait_for()
    out["renshu.webp"] = toru(page, hantei, hantei)
    return out


def soeru(hiroi: dict[str, bytes], semai: dict[str, bytes]) -> None:
    """絵を、その絵を使うセルに添える。狭い画面の絵は metadata に（JupyterLab は、文に無い添え物を捨てる）。"""
    nb = nbformat.read(HAJIMENI, 4)
    for cell in nb.cells:
        names = re.findall(r"\(attachment:([^)]+)\)", cell.source)
        for n in names:
            cell.attachments = {n: {"image/webp": base64.b64encode(hiroi[n]).decode()}}
            cell.metadata["semai"] = base64.b64encode(semai[n]).decode()
    nbformat.write(nb, HAJIMENI)


def main() -> None:
    """絵を全部撮る。"""
    chromium: Any = shutil.which("chromium") or shutil.which("chromium-browser")
    with server() as url, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": HABA, "height": 1000})
        hiroi = e_wo_toru(page, url)
        semai = e_wo_toru(browser.new_page(viewport=SEMAI), url)
        page = browser.new_page(viewport={"width": 1180, "height": 1330})
        hiraku(page, url)
        page.screenshot(path=ROOT / "docs" / "gamen.png")
        browser.close()
    soeru(hiroi, semai)
    for name, data in hiroi.items():
        print(f"{name}: {len(data):,} バイト、狭い画面の絵は {len(semai[name]):,} バイト")


if __name__ == "__main__":
    main()
