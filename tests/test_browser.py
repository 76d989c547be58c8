"""計算ページを Chromium で開き、打って、円を読む。外への通信が1つでもあれば失敗。"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None and not os.environ.get("CI"):
    pytest.skip("Chromium が無いので、画面の試験をしない", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api")
SAMPLES = Path(__file__).parents[1] / "data" / "samples"
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "hoken_calc.cli", "serve", "--no-browser", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}/"
    for _ in range(120):
        try:
            urllib.request.urlopen(url, timeout=1)
            break
        except OSError:
            time.sleep(0.5)
    yield url
    process.terminate()
    process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield b
        b.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    outside: list[str] = []

    def watch(request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
            outside.append(request.url)

    page.on("request", watch)
    yield page
    page.close()
    assert outside == []


def open_calculator(page: Any, server: str) -> None:
    page.goto(server)
    page.get_by_role("link", name="年度更新").last.click()
    page.get_by_label("労災の賃金総額").wait_for(timeout=60_000)


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
    expect(result(page, "確定保険料")).to_have_text("955,484円", timeout=15_000)
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
    expect(page.locator(".hk-hyo tfoot td").nth(1)).to_have_text("3,601,476", timeout=15_000)
    expect(page.locator('.hk-hyoji details[data-line="rosai_kiso"] .hk-value')).to_have_text(
        "4,567,000円"
    )
    expect(page.locator('.hk-hyoji details[data-line="rodoshasu"] .hk-value')).to_have_text("6人")
    page.get_by_label("5月 常用労働者 円").fill("x")
    expect(page.get_by_label("5月 常用労働者 円")).to_have_attribute("aria-invalid", "true")


def test_practice_marks_and_traces(page: Any, server: str) -> None:
    from hoken_calc.training import MACHIGAI, jirei, machigaeru
    from hoken_calc.training.saiten import calc_jirei

    answer, given = calc_jirei(jirei(1))
    wrong = machigaeru(next(m for m in MACHIGAI if m.id == "percent_koyo"), given)
    assert wrong is not None
    open_calculator(page, server)
    page.get_by_label("⑦(一) 労災の算定基礎額").fill(str(answer.values["rosai_kiso"]))
    page.get_by_label("⑫ 確定保険料・雇用分").fill(f"{wrong.values['kakutei_koyo']:,}")
    page.get_by_label("⑬ 確定保険料").focus()
    expect = playwright.expect
    hantei = page.locator(".hk-hantei")
    expect(hantei).to_have_count(2, timeout=15_000)
    expect(hantei.nth(0)).to_contain_text("○ 正しい")
    expect(hantei.nth(1)).to_contain_text("雇用保険率: 1000分のいくつの率を、%")
    page.get_by_role("button", name="つぎの事例").click()
    expect(hantei).to_have_count(0)


def test_tokubetsu_kanyu(page: Any, server: str) -> None:
    page.goto(server)
    page.get_by_role("link", name="特別加入").last.click()
    page.get_by_label("加入者1 給付基礎日額").wait_for(timeout=60_000)
    page.get_by_label("業種（労災保険）").fill("38")
    page.get_by_label("年度").first.select_option(label="令和7年度")
    page.get_by_label("加入者1 給付基礎日額").fill("１０，０００")
    page.get_by_label("加入者1 承認日").fill("R7.9.10")
    expect = playwright.expect
    # 304,167 × 7 = 2,129,169 → 2,129千円 × 12/1000
    expect(result(page, "特別加入保険料")).to_have_text("25,548円", timeout=15_000)
    page.get_by_label("加入者1 給付基礎日額").fill("9500")
    expect(page.locator(".hk-okashii").first).to_contain_text("「9,500」は選べません")
    page.get_by_label("率（1000分のいくつ）").fill("17")
    expect(page.locator(".hk-erabu td").first).to_have_text("62,050", timeout=15_000)
    page.get_by_label("企業全体の常時の労働者数").fill("301")
    expect(page.locator(".hk-okashii").last).to_contain_text("300人以下", timeout=15_000)


def test_ikkatsu_yuki(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/ikkatsu_yuki.ipynb")
    page.get_by_label("工事1 業種番号").wait_for(timeout=60_000)
    page.get_by_label("確定の保険年度").select_option(label="令和7年度")
    for name, value in (
        ("業種番号", "35"),
        ("開始日", "R6.5.1"),
        ("終了日", "令和7年8月31日"),
        ("請負金額", "１０，０００，０００円"),
    ):
        page.get_by_label(f"工事1 {name}", exact=True).fill(value)
    expect = playwright.expect
    expect(result(page, "確定保険料")).to_have_text("21,850円", timeout=15_000)
    page.get_by_label("工事2 業種番号").fill("94")
    expect(page.locator(".hk-okashii")).to_contain_text("工事2", timeout=15_000)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルから読む").click()
    chooser.value.set_files(str(SAMPLES / "koji.csv"))
    expect(page.get_by_label("工事8 請負金額")).to_have_value("195,000,000", timeout=15_000)
    expect(page.locator(".hk-tarinai li")).to_have_count(3, timeout=15_000)


def test_enno(page: Any, server: str) -> None:
    from base64 import b64decode

    from icalendar import Calendar

    page.goto(f"{server}voila/render/enno.ipynb")
    page.get_by_label("概算保険料", exact=True).wait_for(timeout=60_000)
    page.get_by_label("概算の保険年度").select_option(label="令和7年度")
    page.get_by_label("概算保険料", exact=True).fill("100,001")
    page.get_by_label("保険関係の成立日").fill("R7.6.1")
    expect = playwright.expect
    expect(page.locator(".hk-kijitsu tbody tr")).to_have_count(2, timeout=15_000)
    expect(page.locator(".hk-kijitsu tbody tr").first).to_contain_text(
        "50,001円令和7年7月22日（火）"
    )
    href = page.locator("a[download]").get_attribute("href")
    events = Calendar.from_ical(b64decode(href.split(",")[1])).walk("VEVENT")
    assert [str(e["DTSTART"].dt) for e in events] == ["2025-07-22", "2026-02-16"]
    page.get_by_label("保険関係の成立日").fill("")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="組合の設定を読む").click()
    chooser.value.set_files(str(SAMPLES / "kumiai.toml"))
    page.get_by_label("常時使用労働者数").fill("12")
    kumiai = page.locator(".hk-tarinai")
    expect(kumiai).to_contain_text("令和7年6月20日（金）", timeout=15_000)
    expect(kumiai).to_contain_text("17,000円")


def test_html_typed_into_a_field_comes_out_as_text(page: Any, server: str) -> None:
    open_calculator(page, server)
    page.get_by_role("button", name="例を入れる").click()
    page.get_by_label("労災の賃金総額").fill("<img src=x onerror=alert(1)>")
    playwright.expect(page.locator(".hk-okashii")).to_contain_text("<img", timeout=15_000)
    assert page.locator(".hk-okashii img").count() == 0


def test_narrow_screen_does_not_scroll_sideways(browser: Any, server: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 800})
    open_calculator(page, server)
    page.get_by_role("button", name="例を入れる").click()
    result(page, "確定保険料").wait_for(timeout=15_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.close()


def test_sources_are_not_served(server: str) -> None:
    for path in (
        "voila/files/nendo_koshin.ipynb",
        "voila/files/../pyproject.toml",
        "files/index.ipynb",
    ):
        with pytest.raises(urllib.request.HTTPError):
            urllib.request.urlopen(server + path)


def test_hoshokin(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/hoshokin.ipynb")
    page.get_by_label("確定の保険年度").wait_for(timeout=60_000)
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルから読む").click()
    chooser.value.set_files(str(SAMPLES / "itaku_hoshokin.csv"))
    expect = playwright.expect
    expect(page.locator(".hk-yoken .hk-batsu")).to_have_count(1, timeout=20_000)
    expect(page.locator(".hk-tarinai").first).to_contain_text("枝番号004: 275,170円")
    expect(page.locator(".hk-nagai tbody tr")).to_have_count(60)
    # 足りない2件が納めると、要件を満たす。
    page.get_by_label("4 納付額", exact=True).fill("275,170")
    page.get_by_label("49 納付額", exact=True).fill("260,767")
    expect(page.locator(".hk-yoken .hk-batsu")).to_have_count(0, timeout=20_000)
    page.get_by_label("事業場（枝番号）").select_option(label="010（2人）")
    page.get_by_label("変わった後の労働者数").fill("5")
    moshimo = page.locator(".hk-tarinai", has_text="報奨金の合計は")
    expect(moshimo).to_contain_text("6,200円 減ります", timeout=20_000)
    expect(page.locator(".hk-utsusu")).to_contain_text(
        "1号 令和7年度の確定保険料の総額: 11,665,273円"
    )
    page.get_by_label("滞納処分（徴収法27条3項）を受けた").check()
    expect(page.locator(".hk-utsusu")).to_contain_text("受けたか: 有", timeout=20_000)
    expect(page.locator(".hk-omona div").first).to_contain_text("0円")


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
    page.get_by_label("滞納した労働保険料").wait_for(timeout=60_000)
    page.get_by_label("滞納した労働保険料").fill("５００，９９９円")
    page.get_by_label("法定納期限").fill("R6.7.10")
    page.get_by_label("完納した日").fill("令和6年11月15日")
    expect = playwright.expect
    expect(result(page, "延滞金")).to_have_text("9,700円", timeout=15_000)
    expect(page.locator(".hk-kijitsu tbody tr")).to_have_count(2)
    expect(page.locator(".hk-kijitsu tbody tr").first).to_contain_text("62日2.4%")
    zu = page.locator("svg.hk-zu").get_attribute("aria-label")
    assert "2024-07-11から2024-09-10まで62日、率2.4%" in zu
    page.get_by_label("完納した日").fill("R6.7.1")
    expect(page.locator(".hk-tarinai").first).to_contain_text("かかりません", timeout=15_000)
    page.get_by_label("認定決定された確定保険料か、その不足額").fill("28,300")
    expect(result(page, "追徴金")).to_have_text("2,800円", timeout=15_000)


def test_zoka_gaisan(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/zoka_gaisan.ipynb")
    page.get_by_role("button", name="例を入れる").wait_for(timeout=60_000)
    page.get_by_role("button", name="例を入れる").click()
    expect = playwright.expect
    # 362,500 − 145,000。9月10日の翌日から30日目は10月10日（土）、12日は祝日
    expect(result(page, "増えた概算保険料")).to_have_text("217,500円", timeout=15_000)
    expect(page.locator(".hk-kijitsu tbody tr").first).to_have_text(
        "1回目108,750円令和8年10月13日（火）"
    )
    page.get_by_label("増えた後の賃金の見込み").fill("20,000,999")
    expect(page.locator(".hk-tarinai")).to_contain_text("申告は要りません", timeout=15_000)


def test_nintei_kettei(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/enno.ipynb")
    page.get_by_label("認定決定の通知を受けた日").wait_for(timeout=60_000)
    page.get_by_label("概算の保険年度").select_option(label="令和7年度")
    page.get_by_label("認定決定の通知を受けた日").fill("R7.11.10")
    rows = page.locator(".hk-kijitsu tbody tr")
    expect = playwright.expect
    expect(rows.nth(1)).to_contain_text("300,444円令和7年11月25日（火）", timeout=15_000)
    expect(rows.nth(2)).to_contain_text("令和8年2月16日（月）")


def test_the_table_of_works_grows(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/ikkatsu_yuki.ipynb")
    page.get_by_label("工事1 業種番号").wait_for(timeout=60_000)
    page.get_by_label("確定の保険年度").select_option(label="令和7年度")
    row = ["35", "", "2024-05-01", "2025-08-31", "1,000,000", "", "", "", ""]
    paste(page, "工事1 業種番号", [row] * 30)
    expect = playwright.expect
    # 30,000,000 × 23% × 9.5/1000
    expect(result(page, "確定保険料")).to_have_text("65,550円", timeout=15_000)
    expect(page.get_by_label("工事30 請負金額", exact=True)).to_have_value("1,000,000")
    expect(page.get_by_label("工事31 請負金額", exact=True)).to_have_value("")
    page.get_by_label("申告済みの概算保険料").fill("65,550")
    page.get_by_label("次の年度の見込みを書く（書かなければ確定と同じ）").check()
    page.get_by_label("35 建築事業 賃金の見込み").fill("20,000,000")
    expect(result(page, "概算保険料")).to_have_text("190,000円", timeout=15_000)
    expect(page.locator(".hk-kijitsu tbody tr").nth(1)).to_contain_text("63,333円")
    page.get_by_role("button", name="全部消す").click()
    expect(page.get_by_label("工事30 請負金額", exact=True)).to_have_count(0, timeout=15_000)


def test_kumiai_on_the_page_of_nendo_koshin(page: Any, server: str) -> None:
    open_calculator(page, server)
    page.get_by_role("button", name="例を入れる").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="組合の設定を読む").click()
    chooser.value.set_files(str(SAMPLES / "kumiai.toml"))
    page.get_by_label("常時使用労働者数").fill("12")
    kumiai = page.locator(".hk-tarinai", has_text="集金日")
    expect = playwright.expect
    expect(kumiai).to_contain_text("第1期 160,974円: 令和8年6月22日（月）", timeout=15_000)
    expect(kumiai).to_contain_text("17,000円", timeout=15_000)


def test_nigen(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/nigen.ipynb")
    page.get_by_label("工事1 業種番号").wait_for(timeout=60_000)
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
    expect(result(page, "確定保険料の合計")).to_have_text("1,132,350円", timeout=15_000)
    expect(page.locator(".hk-kijitsu").first).to_contain_text("令和8年11月16日（月）まで")
    page.get_by_label("事務所の労災の申告がある").uncheck()
    expect(result(page, "確定保険料の合計")).to_have_text("1,110,750円", timeout=15_000)


def test_zennen_sa(page: Any, server: str) -> None:
    """94、賃金 2,000万・1,800万 → 2,200万・2,000万。概算の雇用保険率は 14.5 → 13.5。"""
    page.goto(f"{server}voila/render/zennen_sa.ipynb")
    page.get_by_label("労災の賃金総額（令和6年度）").wait_for(timeout=60_000)
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
    expect(page.locator(".hk-hitokoto")).to_contain_text("去年より 50,040円 多い", timeout=15_000)
    expect(result(page, "今年払う額")).to_have_text("371,440円")
    expect(page.locator(".hk-riyu li")).to_have_count(4)
    expect(page.locator("svg.hk-taki desc")).to_have_text(
        "去年払う額 321,400円、前の年度の精算 +35,000円、賃金の増加 +35,000円、"
        "雇用保険率の改定 −20,000円、一般拠出金 +40円、今年払う額 371,440円"
    )
    page.get_by_label("今年の申告済みの概算保険料").fill("x")
    expect(page.locator(".hk-okashii")).to_contain_text("「x」は読めません", timeout=15_000)
    page.set_viewport_size({"width": 375, "height": 800})
    page.get_by_label("今年の申告済みの概算保険料").fill("356,000")
    expect(page.locator(".hk-hitokoto")).to_contain_text("15,040円", timeout=15_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 375


def test_merit(page: Any, server: str) -> None:
    page.goto(f"{server}voila/render/merit.ipynb")
    page.get_by_label("労働者数 令和4年度").wait_for(timeout=60_000)
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
    expect(result(page, "メリット料率").first).to_have_text("2.88/1000", timeout=15_000)
    expect(result(page, "収支率").first).to_have_text("75%")
    expect(page.locator("tr.hk-erabu").first).to_contain_text("70%を超え75%以下")
    page.get_by_label("給付 令和4年度", exact=True).fill("502,501")
    expect(result(page, "収支率").first).to_have_text("75…%", timeout=15_000)
    expect(result(page, "増減率").first).to_have_text("増減なし")
    page.get_by_role("button", name="給付を種類から足す").click()
    page.get_by_label("給付の種類").select_option(label="障害補償年金 7級")
    page.get_by_label("受けた額").fill("1,000")
    page.get_by_role("button", name="この給付を足す").click()
    # 1,000 × 560 ÷ 2,010,000 = 27.86…%
    expect(result(page, "収支率").first).to_have_text("27.86…%", timeout=15_000)
    page.get_by_label("労働者数 令和6年度").fill("90")
    expect(page.locator(".hk-okashii").first).to_contain_text(
        "あと10人いて100人以上", timeout=15_000
    )
    expect(page.locator(".hk-tarinai").first).to_contain_text("労災を使っても率は上がりません")
    page.get_by_label("給付（終了後3か月まで）").fill("500,000")
    expect(result(page, "改定確定保険料")).to_have_text("750,950円", timeout=15_000)
