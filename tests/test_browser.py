"""計算ページを Chromium で開き、打って、円を読む。外への通信が1つでもあれば失敗。"""

from __future__ import annotations

import csv
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("Chromium が無いので、画面の試験をしない", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api")
from hoken_calc.ui.serve import notebooks_dir, pages  # noqa: E402

PAGES = [p["path"] for p in pages()]
# 計算画面のあるページ。ほかは、読むだけのページ。
KEISAN = [p for p in PAGES if '"gamen"' in (notebooks_dir() / p).read_text(encoding="utf-8")]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
SAMPLES = Path(__file__).parents[1] / "data" / "samples"
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# 遅い機械でも、待てば出る物は待つ。
playwright.expect.set_options(timeout=60_000)


@contextmanager
def serving(**env: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "hoken_calc.cli", "serve", "--no-browser", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **env},
    )
    url = f"http://127.0.0.1:{port}/"
    for _ in range(480):
        try:
            urllib.request.urlopen(url, timeout=1)
            break
        except OSError:
            time.sleep(0.25)
    yield url, process
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as (url, _):
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield b
        b.close()


@contextmanager
def mihatta_page(browser: Any) -> Iterator[Any]:
    """外への通信を見張る、新しい画面。"""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(60_000)
    outside: list[str] = []

    def watch(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    page.on("request", watch)
    yield page
    page.close()
    assert outside == []


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    with mihatta_page(browser) as page:
        yield page


@pytest.fixture(scope="module")
def hiraita(request: Any, browser: Any, server: str) -> Iterator[Any]:
    """例を入れて開いたページ。見るだけの試験が、同じ物を順に使う。"""
    with mihatta_page(browser) as page:
        open_page(page, f"{server}voila/render/{request.param}" if request.param else server)
        yield page


def open_calculator(page: Any, server: str) -> None:
    page.goto(server)
    page.locator("main a[href$='nendo_koshin.ipynb']").click()
    page.get_by_label("労災の賃金総額").wait_for()


def result(page: Any, name: str) -> Any:
    return page.locator(".hk-omona div", has=page.locator("b", has_text=name)).locator("span")


def test_type_wages_and_read_the_yen(page: Any, server: str) -> None:
    open_calculator(page, server)
    page.get_by_text("あと、ここを入れると計算できます").wait_for()
    page.get_by_role("button", name="個別に申告").click()
    page.get_by_label("業種（労災保険）").fill("94 その他の各種事業")
    page.get_by_label("労災の賃金総額").fill("５６，７６５，４３２円")
    page.get_by_label("雇用の賃金総額").fill("54151000")
    page.get_by_label("申告済みの概算保険料").fill("928,566")
    expect = playwright.expect
    expect(result(page, "確定保険料")).to_have_text("955,484円")
    expect(result(page, "概算保険料")).to_have_text("901,333円")
    expect(result(page, "一般拠出金")).to_have_text("1,135円")
    expect(page.locator(".hk-kijitsu tbody tr")).to_have_text(
        [
            "第1期328,498円令和8年7月10日（金）令和8年9月7日（月）",
            "第2期300,444円令和8年11月2日（月）令和8年11月16日（月）",
            "第3期300,444円令和9年2月1日（月）令和9年2月15日（月）",
            "計929,386円",
        ]
    )
    expect(page.locator(".hk-yoshiki")).to_contain_text("56,765千円")
    line = page.locator('.hk-hyoji details[data-line="kakutei_koyo"]')
    line.locator("summary").click()
    expect(line).to_contain_text("54,151,000 × 14.5/1000 = 785,189.5円 → 785,189円")
    page.get_by_label("雇用の賃金総額").fill("54151999")
    expect(line).to_have_attribute("open", "")
    page.get_by_label("労災の賃金総額").fill("abc")
    expect(page.locator(".hk-okashii")).to_contain_text("「abc」は読めません")


def test_paste_a_monthly_table_from_excel(page: Any, server: str) -> None:
    open_calculator(page, server)
    page.get_by_role("button", name="例を入れる").click()
    page.get_by_role("button", name="月別の表").click()
    first = page.get_by_label("4月 常用労働者 人数")
    first.wait_for()
    rows = "\r\n".join("\t".join(["5", "300,123", "", "", "1", "８０，５００"]) for _ in range(12))
    first.evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        rows,
    )
    page.get_by_label("4月 被保険者 人数").fill("5")
    page.get_by_label("4月 被保険者 円").fill("3601476")
    expect = playwright.expect
    expect(page.locator(".hk-hyo tfoot td").nth(1)).to_have_text("3,601,476")
    expect(page.locator('.hk-hyoji details[data-line="rosai_kiso"] .hk-value')).to_have_text(
        "4,567,000円"
    )
    expect(page.locator('.hk-hyoji details[data-line="rodoshasu"] .hk-value')).to_have_text("6人")
    page.get_by_label("5月 常用労働者 円").fill("x")
    expect(page.get_by_label("5月 常用労働者 円")).to_have_attribute("aria-invalid", "true")


def test_practice_marks_and_traces(page: Any, server: str) -> None:
    from hoken_calc.training import KAMOKU, mondai

    kamoku = KAMOKU["nendo_koshin"]
    machigai = next(m for m in kamoku.machigai if m.id == "percent_koyo")
    wrong = kamoku.machigaeru(machigai, kamoku.jirei(1))
    assert wrong is not None
    kiso = next(m.step.value for m in mondai(kamoku, 1) if m.step.id == "rosai_kiso")
    open_calculator(page, server)
    page.get_by_label("⑦(一) 労災の算定基礎額").fill(str(kiso))
    page.get_by_label("⑫ 確定保険料・雇用分").fill(f"{wrong.values['kakutei_koyo']:,}")
    page.get_by_label("⑬ 確定保険料").focus()
    expect = playwright.expect
    hantei = page.locator(".hk-hantei")
    expect(hantei).to_have_count(2)
    expect(hantei.nth(0)).to_contain_text("○ 正しい")
    expect(hantei.nth(1)).to_contain_text("雇用保険率: 1000分のいくつの率を、%")
    page.get_by_role("button", name="つぎの事例").click()
    expect(hantei).to_have_count(0)


def test_tokubetsu_kanyu(page: Any, server: str) -> None:
    page.goto(server)
    page.locator("main a[href$='tokubetsu_kanyu.ipynb']").click()
    page.get_by_label("加入者1 給付基礎日額").wait_for()
    page.get_by_label("業種（労災保険）").first.fill("38")
    page.get_by_role("combobox", name="年度").first.select_option(label="令和7年度")
    page.get_by_label("加入者1 給付基礎日額").fill("１０，０００")
    page.get_by_label("加入者1 承認日").fill("R7.9.10")
    expect = playwright.expect
    # 304,167 × 7 = 2,129,169 → 2,129千円 × 12/1000
    expect(result(page, "特別加入保険料")).to_have_text("25,548円")
    page.get_by_label("加入者1 給付基礎日額").fill("9500")
    expect(page.locator(".hk-okashii").first).to_contain_text("「9,500」は選べません")
    page.get_by_role("button", name="例を入れる").nth(1).click()
    ritsu = page.get_by_label("通知された労災保険率").last
    ritsu.fill("17")
    expect(page.locator(".hk-erabu td").first).to_have_text("62,050")
    ritsu.fill("abc")
    expect(page.locator(".hk-erabu")).to_have_count(0)
    page.get_by_label("企業全体の常時の労働者数").fill("301")
    expect(page.locator(".hk-okashii").last).to_contain_text("300人以下")


def test_ikkatsu_yuki(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/ikkatsu_yuki.ipynb")
    page.get_by_label("工事1 業種番号").wait_for()
    page.get_by_label("確定の保険年度").select_option(label="令和7年度")
    for name, value in (
        ("業種番号", "35"),
        ("開始日", "R6.5.1"),
        ("終了日", "令和7年8月31日"),
        ("請負金額", "１０，０００，０００円"),
    ):
        page.get_by_label(f"工事1 {name}", exact=True).fill(value)
    expect = playwright.expect
    expect(result(page, "確定保険料")).to_have_text("21,850円")
    page.get_by_label("工事2 業種番号").fill("94")
    expect(page.locator(".hk-okashii")).to_contain_text("工事2")
    # 終わっていない工事は、開始日と請負金額だけでよい。
    page.get_by_label("工事2 業種番号").fill("35")
    page.get_by_label("工事2 開始日").fill("R7.12.1")
    page.get_by_label("工事2 請負金額").fill("5,000,000")
    mada = page.get_by_role("heading", name="終わっていない工事")
    expect(mada).to_be_visible()
    expect(page.get_by_role("heading", name="一括有期事業報告書の行（1件）")).to_be_visible()
    page.get_by_label("現場に特別加入した人（事業主や役員など）がいる").check()
    for name, value in (
        ("業種番号", "35"),
        ("確定の給付基礎日額", "10,000"),
        ("概算の給付基礎日額", "なし"),
    ):
        page.get_by_label(f"加入者1 {name}", exact=True).fill(value)
    # 21,850 ＋ 3,650,000 × 9.5/1000
    expect(result(page, "確定保険料")).to_have_text("56,525円")
    page.get_by_label("現場に特別加入した人（事業主や役員など）がいる").uncheck()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルから読む").click()
    chooser.value.set_files(str(SAMPLES / "koji.csv"))
    expect(page.get_by_label("工事8 請負金額")).to_have_value("195,000,000")
    expect(page.locator(".hk-tarinai li")).to_have_count(3)


def test_enno(page: Any, server: str) -> None:
    from base64 import b64decode

    from icalendar import Calendar

    page.goto(f"{server}voila/render/enno.ipynb")
    page.get_by_label("概算保険料", exact=True).wait_for()
    page.get_by_label("概算の保険年度").select_option(label="令和7年度")
    page.get_by_label("概算保険料", exact=True).fill("100,001")
    page.get_by_label("保険関係の成立日").fill("R7.6.1")
    expect = playwright.expect
    expect(page.locator(".hk-kijitsu tbody tr")).to_have_count(2)
    expect(page.locator(".hk-kijitsu tbody tr").first).to_contain_text(
        "50,001円令和7年7月22日（火）"
    )
    href = page.locator("a[download]").get_attribute("href")
    events = Calendar.from_ical(b64decode(href.split(",")[1])).walk("VEVENT")
    # 納期限2つと、第2期の口座振替日。
    assert [str(e["DTSTART"].dt) for e in events] == ["2025-07-22", "2026-02-16", "2026-02-16"]
    page.get_by_label("保険関係の成立日").fill("")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="組合の設定を読む").click()
    chooser.value.set_files(str(SAMPLES / "kumiai.toml"))
    page.get_by_label("常時使用労働者数").fill("12")
    kumiai = page.locator(".hk-tarinai")
    expect(kumiai).to_contain_text("令和7年6月20日（金）")
    expect(kumiai).to_contain_text("17,000円")


def test_html_typed_into_a_field_comes_out_as_text(page: Any, server: str) -> None:
    open_calculator(page, server)
    page.get_by_role("button", name="例を入れる").click()
    page.get_by_label("労災の賃金総額").fill("<img src=x onerror=alert(1)>")
    playwright.expect(page.locator(".hk-okashii")).to_contain_text("<img")
    assert page.locator(".hk-okashii img").count() == 0


# ---- どのページでも同じ約束 ----
GAMEN = ":nth-match(.celltag_gamen .hk-waku, 1)"  # ページの主な画面


def open_page(page: Any, url: str, rei: bool = True) -> None:
    """ページを開き、あれば「例を入れる」を押して、落ち着くまで待つ。"""
    page.goto(url)
    if urlsplit(url).path.rpartition("/")[2] not in KEISAN:
        return
    page.locator(f"{GAMEN} .hk-view").wait_for()
    page.get_by_role("button", name="印刷・PDFにする").first.wait_for()
    ochitsuku(page)
    button = page.locator(GAMEN).get_by_role("button", name="例を入れる")
    if rei and button.count():
        page.evaluate(HATARAKU)
        button.first.click()
        page.evaluate("window.hataraita")
        ochitsuku(page)


# カーネルが次の仕事を終えるまで。混んだ機械では、押してから働き始めるまでが長い。
HATARAKU = """() => {
    window.hataraita = new Promise((done) => {
        const miru = (records) => records.some((r) => r.oldValue === "busy") && done();
        new MutationObserver(miru).observe(document.body, {
            attributeFilter: ["data-yosu"], attributeOldValue: true,
        });
    });
}"""


def ochitsuku(page: Any) -> None:
    """計算が終わり、画面が変わらなくなるまで待つ。"""
    page.wait_for_function(
        """async () => {
            const look = () => document.body.innerText + document.body.dataset.yosu;
            const before = look();
            await new Promise((done) => setTimeout(done, 400));
            return before === look() && before.endsWith("idle");
        }""",
    )


def findings(page: Any) -> list[str]:
    """axe-core の、重い（serious、critical）指摘。"""
    page.evaluate("() => {" + AXE.read_text(encoding="utf-8") + "}")  # CSP は、足した script を断る
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {node['html'][:200]}"
        for v in result["violations"]
        if v["impact"] in ("serious", "critical")
        for node in v["nodes"]
    ]


def fields(page: Any) -> list[list[str]]:
    """計算画面の欄の値。"""
    return page.locator(GAMEN).evaluate(
        """(waku) => [...waku.querySelectorAll("input, select, .mod-active")]
            .filter((x) => !x.closest(".hk-dogu, .hk-hyo") && x.type !== "file")
            .map((x) => [x.type, x.type === "checkbox" ? x.checked : x.value])"""
    )


def tsumeru(text: str) -> str:
    """字の形をそろえ、空白を除く。"""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def kami(page: Any, path: Path) -> list[str]:
    """PDF にして、読み戻した文字。紙ごと。"""
    page.pdf(path=path, prefer_css_page_size=True, print_background=True)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return [tsumeru(text) for text in done.stdout.decode("utf-8").split("\f") if text.strip()]


@pytest.mark.parametrize("hiraita", ["", *PAGES], indirect=True)
def test_no_serious_finding_and_no_code(hiraita: Any) -> None:
    tojita = "document.querySelectorAll('details:not([open])')"
    hiraita.evaluate(f"(window.tojita = [...{tojita}]).forEach((d) => (d.open = true))")
    assert findings(hiraita) == []
    hiraita.evaluate("window.tojita.forEach((d) => (d.open = false))")
    assert hiraita.locator(".jp-CodeCell .jp-InputArea, .jp-CodeMirrorEditor").count() == 0
    assert "hoken_calc" not in hiraita.locator("body").inner_text()


@pytest.mark.parametrize("hiraita", ["", *PAGES], indirect=True)
def test_narrow_screen(hiraita: Any) -> None:
    page = hiraita
    page.set_viewport_size({"width": 375, "height": 800})
    page.wait_for_timeout(300)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    # 横に動かせる表の中のほかは、どの文も画面から出ない。
    outside = page.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((x) => {
            const box = x.getBoundingClientRect();
            if (!box.width || !box.height || (box.right <= 376 && box.left >= -1)) return false;
            return !x.closest(".hk-yoko, .jp-RenderedMarkdown table, .hk-tobasu, svg, datalist");
        }).map((x) => x.outerHTML.slice(0, 120))"""
    )
    assert outside == []
    # 図の字は読める大きさのまま。期日の表は、縦の並びになる。
    chiisai = page.evaluate(
        """() => [...document.querySelectorAll("svg text")].filter((x) => x.checkVisibility()
            && x.getScreenCTM().a * parseFloat(getComputedStyle(x).fontSize) < 12)
            .map((x) => x.textContent)"""
    )
    assert chiisai == []
    assert page.locator(".hk-ugoku > .hk-kijitsu").count() == 0
    page.get_by_text("ページを選ぶ").click()
    playwright.expect(page.get_by_role("navigation").get_by_role("link")).to_have_count(len(PAGES))
    assert findings(page) == []
    page.set_viewport_size({"width": 1280, "height": 1000})


def test_pictures_are_readable_on_a_narrow_screen(page: Any, server: str) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{server}voila/render/hajimeni.ipynb")
    page.wait_for_load_state("load")
    haba = page.locator("main img").evaluate_all(
        "(all) => all.map((x) => [x.naturalWidth, x.width])"
    )
    assert len(haba) == 4
    assert all(moto / 2 * 0.9 < hyoji <= 375 and moto < 800 for moto, hyoji in haba)


@pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"), reason="pdftotext が無い"
)
@pytest.mark.parametrize("hiraita", KEISAN, indirect=True)
def test_paper(hiraita: Any, tmp_path: Path) -> None:
    page = hiraita
    title = page.locator("h1").first.evaluate("(h) => h.firstChild.textContent")
    sheets = kami(page, tmp_path / "kami.pdf")
    assert sheets[0].startswith(tsumeru(title) + "計算書")
    for n, sheet in enumerate(sheets, 1):
        assert sheet.endswith(f"労働保険の検算(提出用ではありません){n}/{len(sheets)}")
    text = "".join(sheets)
    for words in ("に印刷。", "まで確認。", "入力", "提出用ではありません"):
        assert words in text
    for words in ("リンクを写す", "ページを選ぶ", "例を入れる", "行を押すと", "読み込み直す"):
        assert words not in text
    konkyo = page.locator(f"{GAMEN} .hk-hyoji .hk-basis:not(.hk-insatsu-nashi *)")
    assert text.count("根拠:") == konkyo.count()
    assert ("使った表:" in sheets[-1] + sheets[-2]) == (
        "使った表:" in page.locator(GAMEN).inner_html()
    )
    if "去年との差" in title:  # 1枚目で読み終わる
        assert "理由" in sheets[0]
        assert sheets[1].startswith("差の計算")
        assert len(sheets) <= 4
    for value in page.locator(f"{GAMEN} .hk-komoku.hk-en input:visible").all():
        assert tsumeru(value.input_value()) in text


@pytest.mark.parametrize("hiraita", KEISAN, indirect=True)
def test_keyboard_reaches_every_field(hiraita: Any) -> None:
    page = hiraita
    # 同じ形の行は、初めの2つだけを見る。
    page.add_style_tag(
        content=".hk-hyo tbody tr:nth-child(n+3), .hk-sheet section:nth-of-type(n+3) {display: none}"
    )
    page.locator(".hk-na").focus()
    mada = page.locator(GAMEN).evaluate(
        """(waku) => {
            window.mada = new Set([...waku.querySelectorAll("input, select, button, summary, a")]
                .filter((x) => x.checkVisibility({visibilityProperty: true}) && x.type !== "file"));
            window.usui = [];
            document.addEventListener("focusin", ({target}) => {
                const {outlineStyle, outlineWidth} = getComputedStyle(target);
                if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) window.usui.push(target.outerHTML.slice(0, 120));
                window.mada.delete(target);
            });
            return window.mada.size;
        }"""
    )
    for _ in range(mada + 40):
        page.keyboard.press("Tab")
    assert page.evaluate("[...window.mada].map((x) => x.outerHTML.slice(0, 120))") == []
    assert page.evaluate("window.usui") == []


def test_no_line_hangs_in_the_menu_and_the_ring_of_a_cell_is_whole(page: Any, server: str) -> None:
    open_page(page, f"{server}voila/render/tokubetsu_kanyu.ipynb", rei=False)
    # 行の初めのまとまりの線は切れ、ほかのまとまりの線は見える。
    for haba in (1280, 1000, 820):
        page.set_viewport_size({"width": haba, "height": 1000})
        sen = page.evaluate(
            """() => {
                const nav = document.querySelector(".hk-menu nav").getBoundingClientRect();
                const ul = [...document.querySelectorAll(".hk-menu ul")].map((x) => x.getBoundingClientRect());
                return ul.map((x, i) => [i === 0 || x.top > ul[i - 1].top + 1, x.left < nav.left - 0.5]);
            }"""
        )
        assert all(hajime == kireru for hajime, kireru in sen)
    # 光る枠は、ますの中に出る（左の見出しの下に隠れない）。
    masu = page.get_by_label("加入者1", exact=False).first
    masu.focus()
    assert masu.evaluate("(x) => parseFloat(getComputedStyle(x).outlineOffset)") <= -3


def test_keyboard_alone(page: Any, server: str) -> None:
    query = "?nendo=2025&gyoshu=98&shinkokuzumi_gaisan=0"
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb{query}", rei=False)
    wages = page.get_by_label("労災の賃金総額")
    for _ in range(40):
        page.keyboard.press("Tab")
        if wages.evaluate("(x) => x === document.activeElement"):
            break
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("10,000,000")
    page.keyboard.press("Tab")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("10,000,000")
    # 令和7年度の飲食店: 10,000千円 × (3 + 14.5)/1000
    playwright.expect(result(page, "確定保険料")).to_have_text("175,000円")
    status = page.locator('[role="status"][aria-live="polite"]').first
    playwright.expect(status).to_contain_text("175,000")


def test_labels_and_errors_are_tied_to_the_fields(page: Any, server: str) -> None:
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb")
    expect = playwright.expect
    wages = page.get_by_label("労災の賃金総額")
    expect(wages).to_have_accessible_description(re.compile("単位は円"))
    wages.fill("abc")
    expect(wages).to_have_attribute("aria-invalid", "true")
    expect(wages).to_have_accessible_description(re.compile("「abc」は読めません"))
    group = page.get_by_role("group", name="申告の方式")
    expect(group.get_by_role("button", pressed=True)).to_have_text("事務組合に委託")
    kuwashiku = page.get_by_role("button", name=re.compile("くわしい条件"))
    expect(kuwashiku).to_have_attribute("aria-expanded", "false")
    kuwashiku.press("Enter")
    expect(kuwashiku).to_have_attribute("aria-expanded", "true")


@pytest.mark.skipif(
    shutil.which("pdftotext") is None and not os.environ.get("CI"), reason="pdftotext が無い"
)
def test_paper_has_every_line_with_its_basis(page: Any, server: str, tmp_path: Path) -> None:
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb")
    text = "".join(kami(page, tmp_path / "kami.pdf"))
    assert "労災の賃金総額25,143,210" in text
    assert "25,143,000×3/1000=75,429円" in text
    assert text.count("根拠:") == page.locator(f"{GAMEN} .hk-basis").count() > 30
    assert page.locator(f"{GAMEN} details[open]").count() == 0


def test_paper_of_a_page_to_read_has_the_day_of_the_tables(
    page: Any, server: str, tmp_path: Path
) -> None:
    for url in (server, f"{server}voila/render/hajimeni.ipynb"):
        page.goto(url)
        sheets = kami(page, tmp_path / "kami.pdf")
        assert "率と規則の表は令和" in sheets[0]
        assert "まで確認" in sheets[0]
        assert "ページを選ぶ" not in sheets[0]


def test_paper_writes_the_name_of_the_industry(page: Any, server: str, tmp_path: Path) -> None:
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb")
    page.get_by_label("業種（労災保険）").fill("９４")
    ochitsuku(page)
    assert "業種(労災保険)94その他の各種事業" in kami(page, tmp_path / "kami.pdf")[0]


def test_first_sheet_of_merit_has_the_chart(page: Any, server: str, tmp_path: Path) -> None:
    open_page(page, f"{server}voila/render/merit.ipynb")
    assert "収支率(%)" in kami(page, tmp_path / "kami.pdf")[0]


def test_paper_of_the_second_calculator_has_its_own_title(
    page: Any, server: str, tmp_path: Path
) -> None:
    open_page(page, f"{server}voila/render/entaikin.ipynb")
    page.get_by_role("button", name="印刷・PDFにする").last.wait_for()
    page.evaluate("document.body.dataset.insatsu = 'tsuichokin'")
    sheets = kami(page, tmp_path / "kami.pdf")
    assert sheets[0].startswith("延滞金・追徴金追徴金を計算する計算書")


@pytest.mark.parametrize("name", KEISAN)
def test_a_link_opens_the_same_calculation(page: Any, server: str, name: str) -> None:
    open_page(page, f"{server}voila/render/{name}")
    page.locator(GAMEN).get_by_role("button", name="この計算のリンクを写す").click()
    url = page.locator(GAMEN).get_by_label("この計算のリンク", exact=True)
    playwright.expect(url).to_have_value(re.compile(r"\?.*="))
    ochitsuku(page)
    nashi = "入っていない物" in page.locator(f"{GAMEN} .hk-link-shirase").inner_text()
    before = sugata(page)
    open_page(page, url.input_value(), rei=False)
    assert page.locator(f"{GAMEN} .hk-dogu .hk-okashii").count() == 0
    for _ in range(300):
        if nashi or sugata(page) == before:
            return
        page.wait_for_timeout(200)
    assert sugata(page) == before


def sugata(page: Any) -> Any:
    """欄の値と、結果の文字。"""
    return fields(page), page.locator(f"{GAMEN} .hk-kekka").all_inner_texts()


def test_a_bad_link_says_what_is_wrong(page: Any, server: str) -> None:
    query = "?nendo=2024&gyoshu=94&hoshiki=<b>x</b>&shinbun=1&chingin.rosai=5000000"
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb{query}", rei=False)
    expect = playwright.expect
    panel = page.locator(f"{GAMEN} .hk-dogu .hk-okashii")
    expect(panel).to_contain_text("申告の方式: 「<b>x</b>」は選べません")
    expect(panel).to_contain_text("「shinbun」という項目は、この画面にありません")
    expect(page.get_by_label("労災の賃金総額")).to_have_value("5000000")
    expect(page.get_by_label("業種（労災保険）")).to_have_value("94 その他の各種事業")


def test_a_link_chooses_the_calculator(page: Any, server: str) -> None:
    expect = playwright.expect
    query = "?gamen=nichigaku&ritsu=17"
    open_page(page, f"{server}voila/render/tokubetsu_kanyu.ipynb{query}", rei=False)
    midashi = page.get_by_role("heading", name="日額を選ぶ")
    expect(midashi).to_be_focused()
    expect(midashi).to_be_in_viewport()
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb?gamen=xxx&nendo=2024", rei=False)
    panel = page.locator(f"{GAMEN} .hk-dogu .hk-okashii")
    expect(panel).to_contain_text("「xxx」という計算は、このページにありません")
    expect(page.get_by_label("年度", exact=True).first).not_to_have_value(
        re.compile("令和6年度の確定")
    )


KOWASU = """
import hoken_calc.enno as e
moto = e.calc
def calc(data):
    if data.get("gaisan_hokenryo") == "666":
        raise RuntimeError("himitsu")
    return moto(data)
e.calc = calc
"""


def test_unexpected_errors_and_a_lost_server(page: Any, tmp_path: Path) -> None:
    """計算を1つだけこわした計算ページで、誤りの知らせと、サーバーが消えた時の知らせ。"""
    (tmp_path / "sitecustomize.py").write_text(KOWASU, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    expect = playwright.expect
    with serving(PYTHONPATH=path) as (url, process):
        open_page(page, f"{url}voila/render/enno.ipynb")
        gaku = page.get_by_label("概算保険料", exact=True)
        gaku.fill("666")
        panel = page.locator(f"{GAMEN} .hk-dogu [role=alert] .hk-okashii")
        expect(panel).to_contain_text("思わぬ誤りが起きました")
        expect(panel).not_to_contain_text("himitsu")
        expect(page.locator(f"{GAMEN} .hk-kijitsu")).to_have_count(0)
        expect(gaku).to_have_value("666")
        gaku.fill("900000")
        expect(panel).to_have_count(0)
        expect(page.locator(f"{GAMEN} .hk-kijitsu")).to_contain_text("300,000円")
        process.terminate()
        lost = page.get_by_role("alert").filter(has_text="つながりが切れました")
        lost.wait_for()
        expect(lost.get_by_role("button", name="読み込み直す")).to_be_visible()
        assert page.locator(".jp-Dialog:visible").count() == 0
        gaku.fill("123,456")
        kami_ni = "".join(kami(page, tmp_path / "kireta.pdf"))
        assert "123,456" in kami_ni
        assert "つながりが切れた後の印刷です" in kami_ni
        assert "300,000円" not in kami_ni


def test_paper_never_shows_results_of_other_inputs(page: Any, server: str) -> None:
    open_page(page, f"{server}voila/render/enno.ipynb")
    kami_ni = """(value) => {
        const ran = [...document.querySelectorAll(".celltag_gamen input")].find((x) => x.value);
        ran.value = value;
        ran.dispatchEvent(new Event("input", {bubbles: true}));
        dispatchEvent(new Event("beforeprint"));
        const text = document.querySelector(".hk-keisansho").innerText;
        const awanai = document.querySelector(".hk-awanai") !== null;
        dispatchEvent(new Event("afterprint"));
        return [text.includes(value), text.includes("計算の途中の印刷です"), awanai];
    }"""
    assert page.evaluate(kami_ni, "900,001") == [True, True, True]
    ochitsuku(page)
    # ボタンで印刷する時は、計算が終わるまで待つ。
    page.evaluate("window.print = () => (window.yosu = document.body.dataset.yosu)")
    page.get_by_label("概算保険料", exact=True).fill("900,002")
    page.get_by_role("button", name="印刷・PDFにする").first.click()
    page.wait_for_function("window.yosu")
    assert page.evaluate("window.yosu") == "idle"


def uchikomi(page: Any) -> str:
    """このタブに覚えた物の全部。覚えるまで待つ。"""
    page.wait_for_timeout(600)
    ochitsuku(page)
    assert page.evaluate("localStorage.length") == 0
    return str(page.evaluate("JSON.stringify(sessionStorage)"))


def test_what_was_typed_comes_back(page: Any, server: str) -> None:
    expect = playwright.expect
    modoshita = page.get_by_text("前に打った入力を戻しました。")
    url = f"{server}voila/render/nendo_koshin.ipynb"
    open_page(page, url, rei=False)
    assert uchikomi(page) == "{}"
    page.get_by_label("業種（労災保険）").fill("94")
    page.get_by_role("button", name="月別の表").click()
    page.get_by_label("4月 常用労働者 円").fill("1,234,567")
    assert "1,234,567" in uchikomi(page)
    page.reload()
    expect(modoshita).to_be_visible()
    expect(page.get_by_label("4月 常用労働者 円")).to_have_value("1,234,567")
    # ほかの計算へ行き、戻る。ほかの計算には入らない。
    page.get_by_role("navigation").get_by_role("link", name="延納と納期限").click()
    page.get_by_label("概算保険料", exact=True).wait_for()
    expect(modoshita).to_have_count(0)
    page.go_back()
    expect(page.get_by_label("4月 常用労働者 円")).to_have_value("1,234,567")
    # ほかのタブには入らない。
    with mihatta_page(page.context.browser) as hoka:
        open_page(hoka, url, rei=False)
        expect(hoka.get_by_label("業種（労災保険）")).to_have_value("")
    # リンクを開いた時はリンクの値。直した後に読み込み直すと、直した値。
    open_page(page, f"{url}?chingin.rosai=5000000", rei=False)
    expect(modoshita).to_have_count(0)
    expect(page.get_by_label("業種（労災保険）")).to_have_value("")
    page.get_by_label("労災の賃金総額").fill("6000000")
    uchikomi(page)
    page.reload()
    expect(page.get_by_label("労災の賃金総額")).to_have_value("6000000")
    page.goto(url)
    page.get_by_role("button", name="消して、はじめから").click()
    expect(modoshita).to_have_count(0)
    expect(page.get_by_label("業種（労災保険）")).to_have_value("")


def test_names_and_numbers_are_not_kept(page: Any, server: str) -> None:
    open_page(page, f"{server}voila/render/hoshokin.ipynb", rei=False)
    page.get_by_label("1 枝番号", exact=True).fill("山田")
    page.get_by_label("一般拠出金の滞納処分").select_option(label="有る")
    assert "山田" not in uchikomi(page)
    page.reload()
    modoshita = page.get_by_text("前に打った入力を戻しました。")
    playwright.expect(modoshita).to_contain_text("戻せなかった物: 枝番号")
    playwright.expect(page.get_by_label("一般拠出金の滞納処分")).to_have_value("有る")
    playwright.expect(page.get_by_label("1 枝番号", exact=True)).to_have_value("")


def test_two_calculators_of_a_page_keep_their_own(page: Any, server: str) -> None:
    expect = playwright.expect
    open_page(page, f"{server}voila/render/tokubetsu_kanyu.ipynb", rei=False)
    page.get_by_label("業種（労災保険）").first.fill("38")
    page.get_by_label("加入者1 給付基礎日額").fill("10,000")
    page.get_by_label("通知された労災保険率").last.fill("17")
    assert uchikomi(page).count("hoken-calc") == 2
    page.reload()
    expect(page.get_by_text("前に打った入力を戻しました。")).to_have_count(2)
    expect(page.get_by_label("加入者1 給付基礎日額")).to_have_value("10,000")
    expect(page.get_by_label("通知された労災保険率").last).to_have_value("17")


def test_a_button_that_overwrites_can_be_undone(page: Any, server: str) -> None:
    expect = playwright.expect
    open_page(page, f"{server}voila/render/nendo_koshin.ipynb")
    modosu = page.get_by_role("button", name="元に戻す")
    expect(modosu).to_have_count(0)
    page.get_by_label("労災の賃金総額").fill("30,000,000")
    for name in ("例を入れる", "全部消す"):
        page.get_by_role("button", name=name).click()
        modosu.click()
        expect(page.get_by_label("労災の賃金総額")).to_have_value("30,000,000")
        expect(modosu).to_have_count(0)
        expect(result(page, "確定保険料")).to_have_text("439,450円")


def test_sources_are_not_served(server: str) -> None:
    for path in (
        "voila/files/nendo_koshin.ipynb",
        "voila/files/../pyproject.toml",
        "files/index.ipynb",
    ):
        with pytest.raises(urllib.request.HTTPError):
            urllib.request.urlopen(server + path)


def test_hoshokin(page: Any, server: str, tmp_path: Path) -> None:
    page.goto(f"{server}voila/render/hoshokin.ipynb")
    page.get_by_label("確定の保険年度").wait_for()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルから読む").click()
    chooser.value.set_files(str(SAMPLES / "itaku_hoshokin.csv"))
    expect = playwright.expect
    expect(page.locator(".hk-yoken .hk-batsu")).to_have_count(1)
    expect(page.locator(".hk-tarinai").first).to_contain_text("枝番号004: 275,170円")
    expect(page.locator(".hk-nagai tbody tr")).to_have_count(60)
    # 足りない2件が納めると、要件を満たす。
    page.get_by_label("4 納付額", exact=True).fill("275,170")
    page.get_by_label("49 納付額", exact=True).fill("260,767")
    expect(page.locator(".hk-yoken .hk-batsu")).to_have_count(0)
    page.get_by_label("事業場（枝番号）").select_option(label="010（2人）")
    page.get_by_label("変わった後の労働者数").fill("5")
    moshimo = page.locator(".hk-tarinai", has_text="報奨金の合計は")
    expect(moshimo).to_contain_text("6,200円 減ります")
    expect(page.locator(".hk-utsusu")).to_contain_text(
        "1号 令和7年度の確定保険料の総額: 11,665,273円"
    )
    page.get_by_label("滞納処分（徴収法27条3項）を受けた").check()
    expect(page.locator(".hk-utsusu")).to_contain_text("受けたか: 有")
    expect(page.locator(".hk-omona div").first).to_contain_text("0円")
    # もしもの計算は、紙に出さない。
    text = "".join(kami(page, tmp_path / "hoshokin.pdf"))
    assert "枝番号" in text
    assert "入力の表" in text
    for words in ("変わった後の労働者数", "何が変わるか", "報奨金の合計は", "いまの計算"):
        assert words not in text


def test_hoshokin_paste(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/hoshokin.ipynb")
    page.get_by_label("確定の保険年度").wait_for()
    expect = playwright.expect
    gyo = ["4", "労災と雇用の両方", "いいえ", "100000", "100000"]
    rows = [[f"{i:03}", *gyo] for i in range(1, 351)]
    paste(page, "1 枝番号", rows[:300])
    # 入るのを待たずに打った物も、貼った物も残る。
    page.get_by_label("300 督促後の納付", exact=True).fill("100000")
    expect(result(page, "報奨金（労働保険料）")).to_have_text("4,318,000円")
    expect(page.get_by_label("300 枝番号", exact=True)).to_have_value("300")
    # 300行より多い時は、1行も入れず、額も要件も申請書も出さない。
    paste(page, "1 枝番号", rows)
    okashii = page.locator(".hk-okashii", has_text="貼り付けた 350行6列は")
    expect(okashii).to_contain_text("10,000件まで")
    for css in (".hk-omona", ".hk-yoken", ".hk-utsusu"):
        expect(page.locator(css)).to_have_count(0)
    # 見出しのある一覧は、名前で列を合わせる。貼ったますにも入る。
    page.get_by_role("button", name="全部消す").click()
    expect(okashii).to_have_count(0)
    with (SAMPLES / "itaku_hoshokin.csv").open(encoding="utf-8-sig", newline="") as f:
        mihon = list(csv.reader(f))
    page.get_by_label("1 枝番号", exact=True).focus()
    paste(page, "1 枝番号", mihon)
    expect(page.get_by_label("1 枝番号", exact=True)).to_have_value("001")
    expect(page.locator(".hk-hari").first).to_contain_text(
        "使わなかった列: 確定の保険年度、事業場名、備考"
    )
    expect(page.locator(".hk-yoken .hk-batsu")).to_have_count(1)
    page.get_by_label("一般拠出金の滞納処分").select_option(label="有る")
    expect(page.locator(".hk-yoken .hk-batsu")).to_have_count(2)


def paste(page: Any, label: str, rows: list[list[str]]) -> None:
    page.get_by_label(label, exact=True).evaluate(
        """(input, text) => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            input.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        "\r\n".join("\t".join(row) for row in rows),
    )


def test_entaikin(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/entaikin.ipynb")
    page.get_by_label("滞納した労働保険料").wait_for()
    page.get_by_label("滞納した労働保険料").fill("５００，９９９円")
    page.get_by_label("法定納期限").fill("R6.7.10")
    page.get_by_label("完納した日").fill("令和6年11月15日")
    expect = playwright.expect
    expect(result(page, "延滞金")).to_have_text("9,700円")
    expect(page.locator(".hk-kijitsu tbody tr")).to_have_count(2)
    expect(page.locator(".hk-kijitsu tbody tr").first).to_contain_text("62日2.4%")
    zu = page.locator("svg.hk-zu").get_attribute("aria-label")
    assert "令和6年7月11日から令和6年9月10日まで62日、率2.4%" in zu
    page.get_by_label("完納した日").fill("R6.7.1")
    expect(page.locator(".hk-tarinai").first).to_contain_text("かかりません")
    page.get_by_label("認定決定された確定保険料か、その不足額").fill("28,300")
    expect(result(page, "追徴金")).to_have_text("2,800円")


def test_zoka_gaisan(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/zoka_gaisan.ipynb")
    page.get_by_role("button", name="例を入れる").wait_for()
    page.get_by_role("button", name="例を入れる").click()
    expect = playwright.expect
    # 362,500 − 145,000。9月10日の翌日から30日目は10月10日（土）、12日は祝日
    expect(result(page, "増えた概算保険料")).to_have_text("217,500円")
    expect(page.locator(".hk-kijitsu tbody tr").first).to_have_text(
        "1回目108,750円令和8年10月13日（火）令和8年9月10日〜令和8年11月30日"
    )
    page.get_by_label("増えた後の賃金の見込み").fill("20,000,999")
    expect(page.locator(".hk-tarinai")).to_contain_text("申告は要りません")


def test_nintei_kettei(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/enno.ipynb")
    page.get_by_label("認定決定の通知を受けた日").wait_for()
    page.get_by_label("概算の保険年度").select_option(label="令和7年度")
    page.get_by_label("概算保険料", exact=True).fill("901,333")
    page.get_by_label("認定決定の通知を受けた日").fill("R7.11.10")
    rows = page.locator(".hk-kijitsu tbody tr")
    expect = playwright.expect
    expect(rows.nth(1)).to_contain_text("300,444円令和7年11月25日（火）")
    expect(rows.nth(2)).to_contain_text("令和8年2月16日（月）")


def test_the_table_of_works_grows(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/ikkatsu_yuki.ipynb")
    page.get_by_label("工事1 業種番号").wait_for()
    page.get_by_label("確定の保険年度").select_option(label="令和7年度")
    row = ["35", "", "2024-05-01", "2025-08-31", "1,000,000", "", "", "", ""]
    paste(page, "工事1 業種番号", [row] * 30)
    expect = playwright.expect
    # 30,000,000 × 23% × 9.5/1000
    expect(result(page, "確定保険料")).to_have_text("65,550円")
    expect(page.get_by_label("工事30 請負金額", exact=True)).to_have_value("1,000,000")
    expect(page.get_by_label("工事31 請負金額", exact=True)).to_have_value("")
    page.get_by_label("申告済みの概算保険料").fill("65,550")
    page.get_by_label("次の年度の見込みを書く（書かなければ確定と同じ）").check()
    page.get_by_label("35 建築事業 賃金の見込み").fill("20,000,000")
    expect(result(page, "概算保険料")).to_have_text("190,000円")
    expect(page.locator(".hk-kijitsu tbody tr").nth(1)).to_contain_text("63,333円")
    # 見出しのある表を貼ると、一覧が入れ替わる。空の行に、前の値が残らない。
    midashi = ["業種番号", "区分", "開始日", "終了日", "請負金額"]
    paste(page, "工事20 業種番号", [midashi, *[row[:5]] * 8])
    expect(result(page, "確定保険料")).to_have_text("17,480円")
    expect(page.get_by_label("工事9 請負金額", exact=True)).to_have_value("")
    expect(page.get_by_label("工事10 請負金額", exact=True)).to_have_count(0)
    expect(page.locator(".hk-hari").first).to_contain_text("一覧を入れ替えました")
    # 入らない貼り付けの後は、額を出さない。
    paste(page, "工事1 業種番号", [row] * 301)
    expect(page.locator(".hk-okashii").first).to_contain_text("1行も入れていません")
    expect(page.locator(".hk-omona")).to_have_count(0)
    page.get_by_role("button", name="全部消す").click()
    expect(page.get_by_label("工事30 請負金額", exact=True)).to_have_count(0)


def test_the_words_above_a_table_follow_the_choice(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/tokubetsu_kanyu.ipynb")
    setsumei = page.locator(".hk-hyo > p").first
    expect = playwright.expect
    expect(setsumei).to_contain_text("年度の途中の時だけ")
    page.get_by_label("事業の期間").select_option(index=1)
    expect(setsumei).to_contain_text("全員に書きます")


def test_kumiai_on_the_page_of_nendo_koshin(page: Any, server: str) -> None:
    open_calculator(page, server)
    page.get_by_role("button", name="例を入れる").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="組合の設定を読む").click()
    chooser.value.set_files(str(SAMPLES / "kumiai.toml"))
    page.get_by_label("常時使用労働者数").fill("12")
    kumiai = page.locator(".hk-tarinai", has_text="集金日")
    expect = playwright.expect
    expect(kumiai).to_contain_text("第1期 160,974円: 令和8年6月22日（月）")
    expect(kumiai).to_contain_text("17,000円")


def test_nigen(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/nigen.ipynb")
    page.get_by_label("工事1 業種番号").wait_for()
    expect = playwright.expect
    expect(page.locator(".hk-tarinai").first).to_contain_text("現場労災（末尾5）: 工事を")
    page.get_by_label("確定の保険年度").select_option(label="令和7年度")
    row = ["35", "", "2024-05-01", "2025-08-31", "100,000,000", "", "", "", ""]
    paste(page, "工事1 業種番号", [row, row])
    for label, value in (
        ("申告済みの概算保険料", "100,000"),
        ("事務所の業種（労災保険）", "94"),
        ("事務所の賃金総額", "7,200,000"),
        ("事務所の申告済みの概算保険料", "20,000"),
        ("雇用の賃金総額", "38,500,000"),
        ("雇用の申告済みの概算保険料", "650,000"),
    ):
        page.get_by_label(label, exact=True).fill(value)
    # 437,000 ＋ 21,600 ＋ 673,750
    expect(result(page, "確定保険料の合計")).to_have_text("1,132,350円")
    expect(page.locator(".hk-kijitsu").first).to_contain_text("令和8年11月16日（月）まで")
    page.get_by_label("事務所の労災の申告がある").uncheck()
    expect(result(page, "確定保険料の合計")).to_have_text("1,110,750円")


def test_nigen_first_sheet_has_the_whole_answer(page: Any, server: str, tmp_path: Path) -> None:
    """工事8件と特別加入者1人でも、額となぜは1枚目。入力の表は最後の紙。"""
    page.goto(f"{server}voila/render/nigen.ipynb")
    page.get_by_role("button", name="3つとも例を入れる").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルから読む").click()
    chooser.value.set_files(str(SAMPLES / "koji.csv"))
    page.get_by_label("現場に特別加入した人").check()
    for na in ("業種番号", "確定の給付基礎日額", "概算の給付基礎日額"):
        page.get_by_label(f"加入者1 {na}").fill("35" if na == "業種番号" else "10000")
    playwright.expect(page.locator(".hk-nimaime")).to_contain_text("納付額の合計")
    playwright.expect(page.locator(".hk-nigen")).to_contain_text("特別加入（概算 35）")
    ichimai, *naka, saigo = kami(page, tmp_path / "nigen.pdf")
    for bun in ("工事8件、特別加入1人。", "納める額の合計", "なぜこの額か", "38,500,000×16.5/1000"):
        assert tsumeru(bun) in ichimai
    assert "3つを足す計算" in naka[0]
    assert "195,000,000" in saigo
    assert "195,000,000" not in ichimai


def test_input_tables_say_they_move_and_setsumei_follows(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/tokubetsu_kanyu.ipynb")
    page.get_by_label("加入者1 承認日").wait_for()
    expect = playwright.expect
    hyo = page.locator(".hk-hyo .hk-yoko").first
    expect(hyo).not_to_have_class(re.compile("hk-ugoku"))
    page.set_viewport_size({"width": 375, "height": 800})
    expect(hyo).to_have_class(re.compile("hk-ugoku"))
    page.get_by_label("事業の期間").select_option(label="有期事業")
    expect(page.locator(".hk-hyo").first).to_contain_text("来年度の日額は使いません。")
    expect(page.locator(".hk-hyo thead th").nth(3)).to_have_text("使いません")


def test_zennen_sa(page: Any, server: str) -> None:
    """94、賃金 2,000万・1,800万 → 2,200万・2,000万。概算の雇用保険率は 14.5 → 13.5。"""
    page.goto(f"{server}voila/render/zennen_sa.ipynb")
    page.get_by_label("労災の賃金総額（令和6年度）").wait_for()
    page.get_by_label("くらべる年").select_option(label="令和8年度と令和7年度の年度更新")
    page.get_by_label("業種（労災保険）").fill("94")
    for name, value in (
        ("労災の賃金総額（令和6年度）", "20,000,000"),
        ("雇用の賃金総額（令和6年度）", "18,000,000"),
        ("去年の申告済みの概算保険料", "339,000"),
        ("労災の賃金総額（令和7年度）", "２２，０００，０００円"),
        ("雇用の賃金総額（令和7年度）", "20,000,000"),
    ):
        page.get_by_label(name).fill(value)
    expect = playwright.expect
    # 精算 35,000、賃金 2,000千 × 17.5/1000 ＝ 35,000、率 −20,000、一般拠出金 40
    expect(page.locator(".hk-hitokoto")).to_contain_text("去年より 50,040円 多い")
    expect(result(page, "今年払う額")).to_have_text("371,440円")
    expect(page.locator(".hk-riyu li")).to_have_count(4)
    expect(page.locator("svg.hk-taki desc")).to_have_text(
        "去年払う額 321,400円、前の年度の精算 +35,000円、賃金の増加 +35,000円、"
        "雇用保険率の改定 −20,000円、一般拠出金 +40円、今年払う額 371,440円"
    )
    page.get_by_label("今年の申告済みの概算保険料").fill("x")
    expect(page.locator(".hk-okashii")).to_contain_text("「x」は読めません")
    page.set_viewport_size({"width": 375, "height": 800})
    page.get_by_label("今年の申告済みの概算保険料").fill("356,000")
    expect(page.locator(".hk-hitokoto")).to_contain_text("15,040円")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_merit(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/merit.ipynb")
    page.get_by_label("労働者数 令和4年度").wait_for()
    page.get_by_label("業種（労災保険）").fill("94")
    page.get_by_label("保険関係の成立日").first.fill("H22.4.1")
    for nendo in ("令和4年度", "令和5年度", "令和6年度"):
        for name, value in (
            ("労働者数", "200"),
            ("賃金総額", "0"),
            ("確定保険料", "１，０００，０００"),
            ("給付", "502,500"),
            ("特別支給金", "0"),
        ):
            page.get_by_label(f"{name} {nendo}", exact=True).fill(value)
    expect = playwright.expect
    # 1,507,500 ÷ 2,010,000 = 75%
    expect(result(page, "メリット料率").first).to_have_text("2.88/1000")
    expect(result(page, "収支率").first).to_have_text("75%")
    expect(page.locator("tr.hk-erabu").first).to_contain_text("70%を超え75%以下")
    page.get_by_label("給付 令和4年度", exact=True).fill("502,501")
    expect(result(page, "収支率").first).to_have_text("75.000049…%")
    expect(result(page, "増減率").first).to_have_text("増減なし")
    page.get_by_role("button", name="給付を種類から足す").click()
    page.get_by_label("給付の種類").select_option(label="障害補償年金 7級")
    page.get_by_label("受けた額").fill("1,000")
    page.get_by_role("button", name="この給付を足す").click()
    expect(page.get_by_label("給付1 種類")).to_have_value("障害補償年金 7級")
    # 1,000 × 560 ÷ 2,010,000 = 27.86…%
    expect(result(page, "収支率").first).to_have_text("27.86…%")
    # 率を、年度更新の概算の欄に入れて開く
    page.get_by_role("link", name=re.compile("令和8年度の概算")).click()
    rate = page.get_by_label("通知された労災保険率（概算）")
    rate.wait_for(state="attached")
    expect(rate).to_have_value("2.28")
    expect(page.get_by_label("業種（労災保険）")).to_have_value("94 その他の各種事業")
    expect(page.get_by_label("年度", exact=True).first).to_have_value(
        "令和7年度の確定と令和8年度の概算"
    )


def test_merit_out_of_scope(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/merit.ipynb")
    page.get_by_label("労働者数 令和4年度").wait_for()
    page.get_by_role("button", name="例を入れる").first.click()
    expect = playwright.expect
    expect(result(page, "収支率").first).to_have_text("42.31…%")
    page.get_by_label("業種（労災保険）").fill("94")
    page.get_by_label("労働者数 令和6年度").fill("90")
    expect(page.locator(".hk-okashii").first).to_contain_text("あと10人いて100人以上")
    expect(page.locator(".hk-tarinai").first).to_contain_text("労災を使っても率は上がりません")
    page.get_by_role("button", name="例を入れる").last.click()
    page.get_by_label("給付（終了後3か月まで）").fill("500,000")
    expect(result(page, "改定確定保険料")).to_have_text("750,950円")
