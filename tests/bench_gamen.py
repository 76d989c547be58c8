"""画面の速さの測り。同じノートを、設定なしの voila（stock）と、私たちの出し方で、交互に測る。

ここで開く時間は、住所を打ってから「例を入れる」を押した後の円が出るまで。
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
NOTE = "nendo_koshin.ipynb"
TEKAZU = 7  # 交互に開く回数
ICHIDO = 20  # 1度に開く数
MATSU = 180  # 秒
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
OURS = [sys.executable, "-m", "hoken_calc.cli", "serve", "--no-browser", "--port"]
STOCK = [sys.executable, "-m", "voila", str(ROOT / "notebooks"), "--no-browser", "--port"]

# ボタンが出たらすぐに押し、円が出るまで待つ。画面の中で見るので、測る側の遅れが入らない。
OSU = """() => new Promise((done) => {
  let osita = false;
  const miru = () => {
    const botan = !osita && [...document.querySelectorAll('button')].find((b) => b.textContent === '例を入れる');
    if (botan) { osita = true; botan.click(); }
    if (!document.querySelector('.hk-omona')?.textContent.includes('円')) return;
    observer.disconnect();
    done();
  };
  const observer = new MutationObserver(miru);
  observer.observe(document, { childList: true, subtree: true, characterData: true });
  miru();
})"""

# 欄に1字打った時から、結果の円が書き換わるまで（ミリ秒）。
KII = """async (value) => {
  const input = [...document.querySelectorAll('input')].find((i) => i.labels?.[0]?.textContent.includes('労災の賃金総額'));
  const omona = document.querySelector('.hk-omona');
  const root = document.querySelector('.hk-view') ?? document.body;
  const before = omona.textContent;
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  return await new Promise((done, fail) => {
    const start = performance.now();
    const observer = new MutationObserver(() => {
      if (document.querySelector('.hk-omona')?.textContent === before) return;
      observer.disconnect();
      done(performance.now() - start);
    });
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    setTimeout(() => fail('円が変わりません'), 20000);
    set.call(input, value);
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}"""


class Site:
    """測る相手の1つ。"""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = s.getsockname()[1]
        env = {k: v for k, v in os.environ.items() if k != "HOKEN_CALC_PAGES"}
        self.process = subprocess.Popen(
            [*command, str(port)],
            env=env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{port}/"
        for _ in range(240):
            try:
                urllib.request.urlopen(self.url, timeout=1)
                return
            except OSError:
                time.sleep(0.25)
        raise RuntimeError(f"{name} が始まりません。")

    def kernels(self) -> list[psutil.Process]:
        """いまあるカーネル。"""
        return [
            p
            for p in psutil.Process(self.process.pid).children(recursive=True)
            if "ipykernel_launcher" in p.cmdline()
            or any("-ipc-" in c.laddr for c in p.net_connections("unix") if c.laddr)
        ]

    def stop(self) -> None:
        """終わらせる。"""
        self.process.terminate()
        self.process.wait(timeout=30)


@contextlib.contextmanager
def sites() -> Iterator[tuple[Site, Site]]:
    """設定なしの voila と、私たちの出し方。"""
    stock, ours = Site("stock", STOCK), Site("ours", OURS)
    try:
        yield stock, ours
    finally:
        stock.stop()
        ours.stop()


async def hiraku(page: Any, url: str) -> float:
    """開いて「例を入れる」を押し、円が出るまでの秒。"""
    start = time.perf_counter()
    await page.goto(f"{url}voila/render/{NOTE}", wait_until="commit", timeout=MATSU * 1000)
    await asyncio.wait_for(page.evaluate(OSU), MATSU)
    return time.perf_counter() - start


async def tojiru(page: Any) -> None:
    """ほかへ移ってから閉じる（閉じる時の知らせが届くように）。"""
    await page.goto("about:blank")
    await page.close()


def hyo(name: str, times: dict[str, list[float]]) -> None:
    """中央値と、組ごとの比。"""
    stock, ours = times["stock"], times["ours"]
    hi = statistics.median(b / a for a, b in zip(stock, ours, strict=True))
    print(
        f"{name:<24} stock {statistics.median(stock):6.2f} 秒（{min(stock):.2f}〜{max(stock):.2f}）"
        f"  ours {statistics.median(ours):6.2f} 秒（{min(ours):.2f}〜{max(ours):.2f}）"
        f"  比の中央値 {hi:.2f}",
        flush=True,
    )


async def kogo(browser: Any, both: tuple[Site, Site], kioku: bool, kazu: int) -> None:
    """交互に開く。`kioku` なら、ブラウザが部品を覚えている。"""
    from playwright.async_api import Error

    contexts = {s.name: await browser.new_context() for s in both}
    times: dict[str, list[float]] = {s.name: [] for s in both}
    for i in range(-1 if kioku else 0, kazu):
        for site in both:
            context = contexts[site.name] if kioku else await browser.new_context()
            page = await context.new_page()
            try:
                en = await hiraku(page, site.url)
            except (TimeoutError, Error):
                en = float("inf")
                print(f"{site.name}: {MATSU} 秒待っても開かない", flush=True)
            await tojiru(page)
            if not kioku:
                await context.close()
            if i >= 0:
                times[site.name].append(en)
            await asyncio.sleep(4)
    hyo("円が出るまで（2度目から）" if kioku else "円が出るまで（初めて）", times)
    for context in contexts.values():
        await context.close()


async def kii(browser: Any, both: tuple[Site, Site]) -> None:
    """1字打ってから円が変わるまで。カーネルの記憶も測る。"""
    for site in both:
        mae = {p.pid for p in site.kernels()}
        page = await browser.new_page()
        await hiraku(page, site.url)
        ms = [await page.evaluate(KII, str(30_000_000 + 1_000_000 * i)) for i in range(21)][1:]
        print(
            f"打ってから円まで           {site.name:<6} 中央値 {statistics.median(ms):.0f} ms"
            f"（{min(ms):.0f}〜{max(ms):.0f}、20回）",
            flush=True,
        )
        kernels = [p for p in site.kernels() if p.pid not in mae] or site.kernels()
        m = [p.memory_full_info() for p in kernels]
        print(
            f"1人のカーネルの記憶        {site.name:<6} RSS {max(x.rss for x in m) >> 20} MB、"
            f"PSS {max(x.pss for x in m) >> 20} MB、USS {max(x.uss for x in m) >> 20} MB",
            flush=True,
        )
        await tojiru(page)


async def ichido(browser: Any, both: tuple[Site, Site]) -> None:
    """20のページを1度に開く。"""
    for site in both:
        context = await browser.new_context()
        pages = [await context.new_page() for _ in range(ICHIDO)]
        start = time.perf_counter()
        found = await asyncio.gather(*(hiraku(p, site.url) for p in pages), return_exceptions=True)
        ok = [f for f in found if not isinstance(f, BaseException)]
        pss = sum(p.memory_full_info().pss for p in site.kernels()) >> 20
        print(
            f"{ICHIDO} ページを1度に            {site.name:<6} {len(ok)} ページが使え、"
            f"最後まで {max(ok, default=0):.1f} 秒、中央値 {statistics.median(ok or [0]):.1f} 秒、"
            f"カーネル {len(site.kernels())} の記憶（PSS）{pss} MB"
            f"（測り {time.perf_counter() - start:.0f} 秒）",
            flush=True,
        )
        for p in pages:
            await tojiru(p)
        await context.close()


async def soak(browser: Any, kazu: int) -> None:
    """私たちのページを続けて開き、カーネルの数とサーバーの記憶が増えないかを見る。"""
    site = Site("ours", OURS)
    server = psutil.Process(site.process.pid)
    try:
        context = await browser.new_context()
        for i in range(kazu + 1):
            page = await context.new_page()
            await hiraku(page, site.url)
            await tojiru(page)
            if i % max(1, kazu // 10) == 0:
                await asyncio.sleep(5)
                print(
                    f"{i:>4} 回: カーネル {len(site.kernels())}、"
                    f"サーバーの記憶（RSS）{server.memory_info().rss >> 20} MB",
                    flush=True,
                )
    finally:
        site.stop()


async def hakaru(kazu: int | None) -> None:
    """全部を測る。`kazu` なら、続けて開くだけ。"""
    from playwright.async_api import async_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        print("Chromium が無いので、画面の速さは測りません。")
        return
    async with async_playwright() as p:
        browser = await p.chromium.launch(executable_path=chromium, args=OPTIONS)
        if kazu is not None:
            await soak(browser, kazu)
            return
        load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
        print(f"\n画面（{NOTE}、{os.cpu_count()} コア、始めの込み具合 {load:.1f}）", flush=True)
        with sites() as both:
            await kogo(browser, both, True, TEKAZU)
            await kogo(browser, both, False, 3)
            await kii(browser, both)
            await ichido(browser, both)
        await browser.close()


def main(kazu: int | None = None) -> None:
    """`soak 500` なら、500回続けて開く。"""
    asyncio.run(hakaru(kazu))


if __name__ == "__main__":
    main(int(sys.argv[2]) if sys.argv[1:2] == ["soak"] else None)
