"""画面の、ブラウザの要らない所: 多い工事、図、延納できない申告。"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import ipywidgets as w
import pytest

from hoken_calc import ui
from hoken_calc.tables import jp
from hoken_calc.ui.buhin import FileErabu, Gamen, Hyo, Hyoji, nichigaku
from hoken_calc.ui.enno import EnnoGamen
from hoken_calc.ui.entaikin import EntaikinGamen
from hoken_calc.ui.hoshokin import HoshokinGamen
from hoken_calc.ui.ikkatsu_yuki import KAZU, SAIDAI, IkkatsuYukiGamen
from hoken_calc.ui.jiko import JikoGamen
from hoken_calc.ui.link import yomu
from hoken_calc.ui.merit import MeritGamen, MeritYukiGamen
from hoken_calc.ui.nendo_koshin import NendoKoshinGamen
from hoken_calc.ui.nigen import NigenGamen
from hoken_calc.ui.tokubetsu_kanyu import NichigakuGamen, TaishoGamen, TokubetsuKanyuGamen
from hoken_calc.ui.zennen_sa import ZennenSaGamen
from hoken_calc.ui.zoka_gaisan import ZokaGaisanGamen
from hoken_calc.ui.zu import kukan_no_zu, moji_no_nagasa, toshi_no_zu, tsumiage_no_zu

KOJI = ["35", "", "2024-05-01", "2025-08-31", "1,000,000", "", "", "", ""]


def test_more_works_than_the_table_holds_are_reckoned_from_the_file() -> None:
    gamen = IkkatsuYukiGamen()
    gamen.ran.ireru([KOJI] * SAIDAI)
    assert len(gamen.ran.hyo.gyo) == SAIDAI
    assert not gamen.ran.okashii.html
    gamen.ran.ireru([KOJI] * (SAIDAI + 1))
    # 301,000,000 × 23% = 69,230,000、× 9.5/1000
    assert "657,685" in gamen.omona.html
    assert f"ファイルの {SAIDAI + 1} 件" in gamen.ran.okashii.html
    assert "工事1件ずつの式は" in gamen.kekka.html
    gamen.ran.ireru([])
    assert "工事を入れてください" in gamen.omona.html
    assert len(gamen.ran.hyo.gyo) == KAZU


def test_a_list_that_does_not_fit_is_told_until_it_is_mended() -> None:
    gamen = IkkatsuYukiGamen()
    hyo = gamen.ran.hyo
    hyo.hari = {"text": "\n".join(["\t".join(KOJI)] * (SAIDAI + 1)), "gyo": 0, "retsu": 0}
    assert f"表（{SAIDAI}行9列）に入らないので、1行も入れていません" in gamen.ran.okashii.html
    assert hyo.kara()
    hyo.hari = {"text": "\n".join(["\t".join(KOJI)] * SAIDAI), "gyo": 0, "retsu": 0}
    assert (gamen.ran.okashii.html, len(hyo.gyo)) == ("", SAIDAI)
    hyo.hari = {"text": "1", "gyo": SAIDAI, "retsu": 0}
    assert "1行も入れていません" in gamen.ran.okashii.html
    hyo.atai = [KOJI]  # 打ち直したら、もう言わない
    assert gamen.ran.okashii.html == ""


def test_a_part_that_cannot_be_paid_in_three_is_paid_at_once() -> None:
    gamen = NigenGamen()
    gamen._rei(None)
    gamen.hoshiki.widget.value = "kobetsu"
    html = gamen.omona.html
    assert "現場労災（末尾5）は概算保険料が20万円に届かず" in html
    assert "事務所労災（末尾6）は概算保険料が20万円に届かず" in html
    assert "雇用保険（末尾2）は概算" not in html
    assert html.index("hk-omona") < html.index("1回で計算しています") < html.index("いつ、いくら")
    gamen.jimusho_ari.widget.value = False
    assert "事務所労災" not in gamen.omona.html
    gamen = IkkatsuYukiGamen()
    _botan(gamen, "例を入れる")[0].click()
    gamen.hoshiki.widget.value = "kobetsu"
    assert "1回で計算しています" not in gamen.omona.html
    gamen.ran.sumi.widget.value = "60,000"
    assert "<b>確定保険料</b>" in gamen.omona.html
    assert "延納できないので、1回で計算しています。いまの概算保険料は " in gamen.omona.html
    assert "<th scope='row'>全期</th>" in gamen.kekka.html


def test_the_year_is_reckoned_at_once_when_it_cannot_be_paid_in_three() -> None:
    gamen = NendoKoshinGamen()
    _botan(gamen, "例を入れる")[0].click()
    assert gamen.kaisu.value == 3
    assert "1回で計算しています" not in gamen.omona.html + gamen.kaisu.hojo.value
    gamen.hoshiki.widget.value = "kobetsu"
    assert "確定保険料" in gamen.omona.html
    gamen.rosai.widget.value = gamen.koyo.widget.value = "20,000,000"
    # 20,000千円 × (3＋13.5)/1000
    # 確定 20,000千円 × (3＋14.5)/1000、概算 20,000千円 × (3＋13.5)/1000
    assert "350,000" in gamen.omona.html
    for html in (gamen.omona.html, gamen.kaisu.hojo.value):
        assert "延納できないので、1回で計算しています。" in html
        assert "いまの概算保険料は 330,000円です。" in html
    assert gamen.kaisu.value == 3
    gamen.hoshiki.widget.value = "jimukumiai"
    assert "1回で計算しています" not in gamen.omona.html + gamen.kaisu.hojo.value
    assert "第3期" in gamen.omona.html


def test_the_page_of_a_builder_leads_to_the_three_returns() -> None:
    gamen = NendoKoshinGamen()
    _botan(gamen, "例を入れる")[0].click()
    assert "nigen.ipynb" not in gamen.kekka.html
    gamen.gyoshu.widget.value = "35"
    assert 'href="nigen.ipynb?nendo=2025&amp;hoshiki=jimukumiai"' in gamen.kekka.html
    assert (
        yomu("nendo=2025&hoshiki=jimukumiai", [NigenGamen().nendo, NigenGamen().hoshiki], list)
        == []
    )


@pytest.mark.parametrize(
    ("text", "nichigaku_"),
    [
        ("10000,5000", ["10000", "5000"]),
        ("１００００，５０００", ["10000", "5000"]),
        ("10,000円,5,000円", ["10,000円", "5,000円"]),
        ("10,000、5,000", ["10,000", "5,000"]),
        ("10,000", ["10,000"]),
        ("10,000,5000", ["10,000,5000"]),
        ("なし", []),
    ],
)
def test_daily_amounts_are_parted_where_the_comma_cannot_be_of_digits(
    text: str, nichigaku_: list[str]
) -> None:
    assert [k["nichigaku"] for k in nichigaku(text)] == nichigaku_


def test_zu_tells_in_words_what_it_draws() -> None:
    hi = date(2026, 11, 25)
    zu = toshi_no_zu([("第1期", hi, 100), ("第2期", hi, 200), ("第3期", date(2027, 2, 15), 200)])
    assert "第1期・第2期 11/25 300円" in zu
    assert "第1期 令和8年11月25日 100円、第2期" in zu
    kukan = {"kaishi": hi, "shuryo": hi, "nissu": 1, "ritsu": Fraction(24), "saisho": True}
    assert "2.4%" in kukan_no_zu([kukan])
    assert "<b>" not in tsumiage_no_zu([("<b>", {"a": 0})], {"a": "<b>"}, "<b>")


def test_no_late_charge_is_told_without_a_table() -> None:
    gamen = EntaikinGamen()
    for k, v in ((gamen.hokenryo, "500999"), (gamen.kigen, "R6.7.10"), (gamen.kanno, "R6.7.1")):
        k.widget.value = v
    assert "延滞金はかかりません" in gamen.omona.html
    assert "使った表" not in gamen.kekka.html


# 「全部消す」と「例を入れる」のある画面。
KESU = [
    EnnoGamen,
    EntaikinGamen,
    HoshokinGamen,
    IkkatsuYukiGamen,
    JikoGamen,
    MeritGamen,
    MeritYukiGamen,
    NendoKoshinGamen,
    NichigakuGamen,
    NigenGamen,
    TaishoGamen,
    TokubetsuKanyuGamen,
    ZennenSaGamen,
    ZokaGaisanGamen,
]


def _rei_no_html(gamen: Gamen) -> str:
    """例を入れた後の、画面の表示の全部。"""
    for rei in _botan(gamen, "例を入れる"):
        rei.click()
    return "".join(b.html for b in gamen.buhin() if isinstance(b, Hyoji))


def _botan(gamen: Gamen, namae: str) -> list[Any]:
    return [b for b in gamen.buhin() if isinstance(b, w.Button) and namae in b.description]


def _kakikae(x: Any) -> None:
    """欄を、いまと違う値にする。"""
    if isinstance(x, (w.Dropdown, w.ToggleButtons)):
        x.value = next((v for _, v in x.options if v != x.value), x.value)
    elif isinstance(x, w.Checkbox):
        x.value = not x.value
    else:
        x.value = "7"


def _naka(gamen: Gamen) -> dict[str, Any]:
    """欄と表の中身。"""
    out: dict[str, Any] = {}
    for n, b in enumerate(gamen.buhin()):
        if isinstance(b, Hyo):
            out[f"{n}"] = (b.gyo, b.atai, b.hamidashi, b.ayamari)
        elif hasattr(b, "komoku"):
            k = b.komoku
            out[f"{n} {k.field}"] = (k.value, k.mieru, k.shirase.value)
        elif isinstance(b, FileErabu):
            out[f"{n} file"] = b.value
        elif isinstance(b, Hyoji):
            out[f"{n} hyoji"] = b.html
    return out


@pytest.mark.parametrize("gamen_no_kata", KESU, ids=lambda g: g.__name__)
def test_clearing_brings_every_field_back(gamen_no_kata: type[Gamen]) -> None:
    gamen = gamen_no_kata()
    hajime = _naka(gamen)
    (kesu,) = _botan(gamen, "全部消す")
    for rei in _botan(gamen, "例を入れる"):
        rei.click()
    assert _naka(gamen) != hajime
    kesu.click()
    assert _naka(gamen) == hajime
    _botan(gamen, "例を入れる")[0].click()
    for b in gamen.buhin():
        if hasattr(b, "komoku"):
            _kakikae(b.komoku.widget)
        elif isinstance(b, FileErabu):
            b.value = ({"name": "x.csv", "content": b""},)
    kesu.click()
    assert _naka(gamen) == hajime


def test_the_pages_that_clear() -> None:
    aru = {
        f.stem
        for f in Path(*ui.__path__).glob("*.py")
        if 'botan("全部消す"' in f.read_text("utf-8")
    }
    assert aru == {g.__module__.rpartition(".")[2] for g in KESU}


def test_works_read_from_a_file_too_long_for_the_table_are_cleared() -> None:
    gamen = NigenGamen()
    hajime = _naka(gamen)
    gamen.ran.ireru([KOJI] * (SAIDAI + 1))
    _botan(gamen, "全部消す")[0].click()
    assert _naka(gamen) == hajime


def test_an_error_in_a_table_names_the_row_and_the_column() -> None:
    ikkatsu = IkkatsuYukiGamen()
    ikkatsu.ran.ireru([["35", "", "2024/13/40", "2025-08-31", "1x", "", "", "", "x"]])
    assert "<li>工事1 開始日: 日付は" in ikkatsu.omona.html
    assert "<li>工事1 請負金額: 0以上の円を" in ikkatsu.omona.html
    assert "<li>工事1: 元請の工事なら「はい」か" in ikkatsu.omona.html
    assert set(ikkatsu.ran.hyo.ayamari) == {"0,2", "0,4", "0,8"}
    ikkatsu.ran.ireru([["35", "", "", "2025-08-31", "1", "", "", "", ""]])
    assert "<li>工事1: 開始日を入れてください。" in ikkatsu.omona.html

    kanyu = TokubetsuKanyuGamen()
    kanyu._rei(None)
    kara = [""] * 4
    kanyu.hyo.atai = [["10,000", "", "", ""], kara, ["5,000", "2024/13/40", "", ""]]
    assert "<li>加入者3 承認日: 日付は" in kanyu.omona.html
    assert set(kanyu.hyo.ayamari) == {"2,1"}
    kanyu.hyo.atai = [["10,000", "", "", ""]]
    assert kanyu.hyo.ayamari == {}

    hoshokin = HoshokinGamen()
    hoshokin._rei()
    hoshokin.hyo.atai = [[*hoshokin.hyo.atai[0][:1], "x", *hoshokin.hyo.atai[0][2:]]]
    assert "<li>枝番号001 労働者数: 人数を" in hoshokin.omona.html

    merit = MeritGamen()
    merit._rei(None)
    merit.hyo.atai = [["x", *merit.hyo.atai[0][1:]], *merit.hyo.atai[1:]]
    assert f"<li>{merit.hyo.retsu[0]} 労働者数: 人数を" in merit.omona.html


def _li(html: str) -> list[str]:
    return re.findall("<li>(.*?)</li>", html)


def test_missing_fields_are_told_by_their_labels_in_the_order_of_the_page() -> None:
    zoka = ZokaGaisanGamen()
    ran = (zoka.moto_kiso, zoka.zoka_kiso, zoka.moto_gaisan, zoka.zoka_gaisan, zoka.zoka_bi)
    assert _li(zoka.omona.html) == [f"「{k.label}」を入れてください。" for k in ran]
    sa = ZennenSaGamen()
    mieru = [k for k in (sa.gyoshu, *sa.kyonen.omona, *sa.kotoshi.omona) if k.mieru]
    # 今年の申告済みの概算は、書かなくてよい。
    mieru = [k for k in mieru if k is not sa.kotoshi.sumi]
    assert _li(sa.omona.html) == [f"「{k.label}」を入れてください。" for k in mieru]
    # 年度の途中で率が変わった年は、半年の欄の名前で言う。
    nendo = NendoKoshinGamen()
    nendo.nendo.widget.value = 2022
    assert "「労災の賃金 4〜9月」と「労災の賃金 10〜3月」を入れて" in nendo.omona.html


def _mabiki(zu: str) -> tuple[list[tuple[float, float]], list[tuple[float, float, float]]]:
    """図の線（x、上の端）と札（左、右、下の端）。"""
    sen = re.findall(r'<line x1="([\d.]+)" y1="([\d.]+)"', zu)
    fuda = re.findall(r'<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*円)</text>', zu)
    return (
        [(float(x), float(y)) for x, y in sen],
        [(float(x), float(x) + moji_no_nagasa(t), float(y)) for x, y, t in fuda],
    )


@pytest.mark.parametrize(
    "hi",
    [
        [date(2026, 7, 10), date(2026, 11, 16), date(2027, 2, 15)],
        [date(2026, 7, 10), date(2026, 11, 2), date(2027, 2, 1)],
        [date(2026, 12, 30), date(2027, 2, 16)],
        [date(2027, 3, 31)],
        [date(2026 + y, m, 10) for y in range(3) for m in (4, 7, 11)],
    ],
)
def test_no_label_of_the_year_is_crossed_by_a_line(hi: list[date]) -> None:
    zu = toshi_no_zu([(f"第{n}期", d, 1_234_567) for n, d in enumerate(hi, 1)])
    haba = float(re.findall(r'viewBox="0 0 (\d+)', zu)[0])
    sen, fuda = _mabiki(zu)
    assert len(sen) == len(fuda) == len(hi)
    for hidari, migi, shita in fuda:
        assert hidari >= 0
        assert migi <= haba
        # 札の高さに線があるのは、線の上の端が札より上の時。
        assert not [x for x, ue in sen if ue < shita and hidari <= x <= migi]


# ---- 一括有期: 報告書の行、終わっていない工事、特別加入 ---------------------
OWATTA = ["35", "", "2024-05-01", "2025-08-31", "10,000,000", "", "", "", ""]
MADA = ["35", "", "2025-12-01", "", "20,000,000", "", "", "", ""]


def ikkatsu(*koji: list[str]) -> IkkatsuYukiGamen:
    gamen = IkkatsuYukiGamen()
    gamen.nendo.widget.value = 2025
    gamen.ran.ireru(list(koji))
    return gamen


def test_a_work_without_an_end_is_listed_apart() -> None:
    html = ikkatsu(MADA, OWATTA, [*OWATTA[:8], "いいえ"]).kekka.html
    mada = html[html.index("<h2>終わっていない工事</h2>") :]
    assert "<li>工事1: 終了日が無いので" in mada
    assert "<li>工事3: 下請の工事" in mada[mada.index("<h2>入れなかった工事</h2>") :]


def test_the_report_has_every_work_even_when_the_steps_are_left_out() -> None:
    html = ikkatsu(*[OWATTA] * 51).kekka.html
    hokokusho = html[html.index("報告書の行（51件）") : html.index("<h2>総括表</h2>")]
    assert hokokusho.count("<tr><th scope='row'>工事") == 51
    assert "1件ずつの額は、上の報告書の行にあります" in html
    assert "1件ずつの額は" not in ikkatsu(OWATTA).kekka.html


def test_tokubetsu_kanyu_on_the_page_of_works() -> None:
    gamen = ikkatsu(OWATTA)
    gamen.ran.tokubetsu_ari.widget.value = True
    gamen.ran.tokubetsu.atai = [["35", "10,000", "", "", "なし"], ["35", "", "", "", ""]]
    assert "<li>加入者2 確定の給付基礎日額: " in gamen.omona.html
    assert "<li>加入者2 概算の給付基礎日額: " in gamen.omona.html
    assert set(gamen.ran.tokubetsu.ayamari) == {"1,1", "1,4"}
    gamen.ran.tokubetsu.atai = [["３５", "10,000", "", "", "なし"]]
    # 21,850 ＋ 34,675
    assert "<b>確定保険料</b><span>56,525<small>" in gamen.omona.html
    assert "特別加入（第1種・中小事業主等）" in gamen.kekka.html
    gamen.hoshiki.widget.value = "kobetsu"
    assert "労働保険事務組合に事務を委託している事業だけ" in gamen.omona.html
    gamen.hoshiki.widget.value = "jimukumiai"
    gamen.ran.ireru([])
    assert "<b>確定保険料</b><span>34,675<small>" in gamen.omona.html
    gamen.ran.tokubetsu_ari.widget.value = False
    assert "工事を入れてください" in gamen.omona.html


def test_tokubetsu_kanyu_and_unfinished_works_on_the_page_of_nigen() -> None:
    gamen = NigenGamen()
    gamen._rei(None)
    assert "<h2>終わっていない工事</h2>" in gamen.kekka.html
    mae = gamen.omona.html
    gamen.ran.tokubetsu_ari.widget.value = True
    gamen.ran.tokubetsu.atai = [["35", "10,000", "", "", "10,000"]]
    assert gamen.omona.html != mae
    assert "特別加入（確定 35）: 3,650,000 × 9.5/1000" in gamen.omona.html
    assert "特別加入（概算 35）: 3,650,000 × 9.5/1000" in gamen.omona.html


def test_a_long_list_of_nigen_goes_after_the_calculation_on_paper() -> None:
    """入力の表が5行までなら1枚目、6行からは計算の後。"""
    gamen = NigenGamen()
    gamen._rei(None)
    assert len([row for row in gamen.ran.hyo.atai if any(row)]) == 5
    assert "hk-hyo-ato" not in gamen.view._dom_classes
    assert "hk-kami" not in gamen.omona.html
    gamen.ran.tokubetsu_ari.widget.value = True
    gamen.ran.tokubetsu.atai = [["35", "10,000", "", "", "10,000"]]
    assert "hk-hyo-ato" in gamen.view._dom_classes
    assert "工事 5件、特別加入 1人。一覧は、計算の後の紙にあります。" in gamen.omona.html
    gamen.ran.tokubetsu_ari.widget.value = False
    assert "hk-hyo-ato" not in gamen.view._dom_classes


def test_why_of_nigen_says_dates_in_wareki_without_double_brackets() -> None:
    gamen = NigenGamen()
    gamen._rei(None)
    naze = gamen.omona.html.split("なぜこの額か")[1]
    assert "確定（35、平成30年4月1日 から）: " in naze
    assert "））" not in naze


@pytest.mark.parametrize("ritsu", ["abc", "0", "300", "9..5"])
def test_a_rate_that_cannot_be_read_leaves_no_yen(ritsu: str) -> None:
    gamen = NichigakuGamen()
    gamen._rei(None)
    assert "34,675円" in gamen.hyoji.html  # 3,650,000 × 9.5/1000
    gamen.ran.ritsu.widget.value = ritsu
    assert "通知された労災保険率: 率を1000分のいくつか" in gamen.hyoji.html
    assert "hk-zu" not in gamen.hyoji.html
    assert "<table" not in gamen.hyoji.html
    gamen.ran.ritsu.widget.value = ""
    assert "34,675円" in gamen.hyoji.html


def test_the_rate_follows_the_year_and_the_business() -> None:
    gamen = NichigakuGamen()
    gamen._rei(None)
    gamen.ran.nendo.widget.value = 2014
    assert "13/1000" in gamen.hyoji.html
    assert "47,450円" in gamen.hyoji.html  # 3,650,000 × 13/1000
    gamen.ran.gyoshu.widget.value = ""
    assert "業種" in gamen.hyoji.html
    assert "円" not in gamen.hyoji.html
    gamen.ran.nendo.widget.value = 2025
    gamen.ran.shu.widget.value = 2
    assert "17/1000" in gamen.hyoji.html
    assert "10,000円なら62,050円" in gamen.hyoji.html  # 読み上げの文にも額
    assert not gamen.ran.gyoshu.mieru


def test_next_years_daily_amount_goes_to_the_estimate() -> None:
    gamen = TokubetsuKanyuGamen()
    gamen._rei(None)
    # 3,650,000 ＋ 152,084×7（9月から）＋ 106,459×8（11月まで）＝ 5,566,260 → 5,566,000 × 9.5/1000
    assert "52,877" in gamen.omona.html
    # 10,000円と、7,000円に変える人: 3,650,000 ＋ 2,555,000 ＝ 6,205,000 × 9.5/1000 ＝ 58,947.5
    assert "令和8年度の概算" in gamen.kekka.html
    assert "58,947" in gamen.kekka.html
    ato = gamen.hyo.atai[1]
    gamen.hyo.atai = [["10,000", "", "R8.3.1", ""], ["", "", "", ""], ato]
    assert "加入者3（日額7,000円）" in gamen.kekka.html  # 表の行の名前のまま
    assert "加入者2" not in gamen.kekka.html
    gamen.hyo.atai = [["10,000", "", "", "9,500"]]
    assert "加入者1 来年度の日額: 給付基礎日額は" in gamen.kekka.html
    assert gamen.hyo.ayamari.keys() == {"0,3"}
    assert "34,675" in gamen.omona.html
    gamen.hyo.atai = [["10,000", "", "R8.3.1", "9,000"]]
    assert "続ける加入者がいない" in gamen.kekka.html
    gamen.hyo.atai = [["10,000", "", "", "なし"]]
    assert "続ける加入者がいない" in gamen.kekka.html
    # 続けるのは5,000円の人だけ: 1,825,000 × 9.5/1000 ＝ 17,337.5
    gamen.hyo.atai = [["10,000", "", "", "無し"], ["5,000", "", "", ""]]
    assert "<b>来年度の概算保険料</b><span>17,337<small>" in gamen.kekka.html
    assert gamen.hyo.ayamari == {}
    gamen.hyo.atai = [["10,000", "", "", "9,000"]]
    gamen.ran.ritsu.widget.value = "5.7"
    assert "概算は計算していません" in gamen.kekka.html
    gamen.hyo.atai = [["10,000", "", "", ""]]
    assert "令和8年度の概算から使います" in gamen.kekka.html


def test_next_years_daily_amount_is_not_used_by_yuki_jigyo() -> None:
    gamen = TokubetsuKanyuGamen()
    gamen._rei(None)
    assert gamen.hyo.retsu[3] == "来年度の日額"
    gamen.jigyo.widget.value = "yuki"
    gamen.hyo.atai = [["10,000", "R7.5.29", "R8.7.3", "9,000"]]
    assert gamen.hyo.retsu[3] == "使いません"
    assert "来年度の日額は使っていません。" in gamen.kekka.html
    assert "来年度の概算保険料" not in gamen.kekka.html
    gamen.hyo.atai = [["10,000", "R7.5.29", "R8.7.3", ""]]
    assert "来年度の日額" not in gamen.kekka.html


def test_a_project_of_fixed_term_on_the_page() -> None:
    gamen = TokubetsuKanyuGamen()
    gamen._rei(None)
    gamen.jigyo.widget.value = "yuki"
    assert "加入者1 承認日: 有期事業では、承認日を" in gamen.omona.html
    gamen.hyo.atai = [["10,000", "R7.5.29", "R8.7.3", ""]]
    # 304,167 × 14 ＝ 4,258,338 → 4,258,000 × 9.5/1000 ＝ 40,451
    assert "40,451" in gamen.omona.html
    assert "解説1つ" in gamen.kekka.html
    gamen.ran.shu.widget.value = 3
    assert not gamen.jigyo.mieru
    assert "40,451" not in gamen.omona.html


def test_taisho_tells_the_limit_of_the_chosen_business() -> None:
    gamen = TaishoGamen()
    _botan(gamen, "例を入れる")[0].click()
    assert "条件を満たします" in gamen.hyoji.html
    assert "そのほかの業種は、企業全体で常時300人以下です。いまは5人です。" in gamen.hyoji.html
    gamen.gyotai.widget.value = "kinyu"
    gamen.rodoshasu.widget.value = "51"
    html = gamen.hyoji.html
    assert "常時50人以下です。いまは51人です" in html
    assert "100人" not in html
    assert "第1章VI" in html
    assert not gamen.shitauke.mieru
    gamen.rodoshasu.widget.value = "0"
    assert "労働者数は1人以上です" in gamen.hyoji.html
    gamen.tsunen.widget.value = False
    assert "延べ日数" in gamen.hyoji.html
    for nissu, yoi in (("99", False), ("100", True)):
        gamen.nobe.widget.value = nissu
        assert ("条件を満たします" in gamen.hyoji.html) is yoi


MIDASHI = "業種番号,開始日,終了日,請負金額"
YOI = "35,2024-05-01,2025-08-31,10000000"


def _yomu(gamen: IkkatsuYukiGamen | NigenGamen, csv: str) -> None:
    gamen.ran.ichiran.file.value = ({"name": "x.csv", "content": csv.encode()},)
    gamen.ran.ichiran.yomu()


def _haru(hyo: Hyo, text: str) -> None:
    hyo.hari = {"text": text, "gyo": 0, "retsu": 0}


@pytest.fixture(params=[IkkatsuYukiGamen, NigenGamen])
def kensetsu(request: pytest.FixtureRequest) -> IkkatsuYukiGamen | NigenGamen:
    """例を入れた、工事一覧のある画面。"""
    gamen = request.param()
    _botan(gamen, "例を入れる")[0].click()
    assert _gaku(gamen)
    return gamen


def _gaku(gamen: IkkatsuYukiGamen | NigenGamen) -> bool:
    """額を出しているか。"""
    return "hk-omona" in gamen.omona.html or gamen.kekka.html != ""


def test_a_file_that_cannot_be_read_leaves_no_yen(kensetsu: Any) -> None:
    ran = kensetsu.ran
    mae = ran.hyo.atai
    _yomu(kensetsu, "枝番号,労働者数\n1,4\n")
    for _ in range(2):
        assert "見出しに 業種番号、開始日、終了日 がありません。" in ran.okashii.html
        assert "ファイルは読んでいません。計算もしていません。" in ran.okashii.html
        assert not _gaku(kensetsu)
        assert ran.hyo.atai == mae
        ran.sumi.widget.value = "70,000"  # ほかの欄に書いても、消えない。
    ran.hyo.atai = mae[:3]
    assert ran.okashii.html == ""
    assert _gaku(kensetsu)


def test_a_paste_that_does_not_fit_leaves_no_yen(kensetsu: Any) -> None:
    _haru(kensetsu.ran.hyo, "\n".join(["\t".join(KOJI)] * 1200))
    assert "1行も入れていません。計算もしていません。" in kensetsu.ran.okashii.html
    assert not _gaku(kensetsu)
    # 読めるファイルを読めば、その一覧で計算する。読めなければ、後の誤りを言う。
    _yomu(kensetsu, "a,b\n1,2\n")
    assert "見出しに 業種番号" in kensetsu.ran.okashii.html
    _yomu(kensetsu, f"{MIDASHI}\n{YOI}\n")
    assert kensetsu.ran.okashii.html == ""
    assert _gaku(kensetsu)


@pytest.mark.parametrize("midashi", [True, False])
def test_a_list_with_a_broken_row_leaves_no_yen_until_it_is_replaced(
    kensetsu: Any, midashi: bool
) -> None:
    ran = kensetsu.ran
    _yomu(kensetsu, f"{MIDASHI}\n{YOI}\n35,2024-05-01,2025-08-31,2,480,000\n")
    assert "3行目: 列の数が" in ran.okashii.html
    assert "計算していません" in ran.okashii.html
    assert not _gaku(kensetsu)
    ran.sumi.widget.value = "70,000"
    assert not _gaku(kensetsu)
    text = "\t".join(KOJI)
    if midashi:
        text = f"{MIDASHI}\n{YOI}".replace(",", "\t")
    _haru(ran.hyo, text)
    assert ran.okashii.html == ""
    assert _gaku(kensetsu)


def test_the_same_rows_pasted_again_are_a_new_list(kensetsu: Any) -> None:
    _yomu(kensetsu, f"{MIDASHI}\n{YOI}\n35,2024-05-01,2025-08-31,2,480,000\n")
    _haru(kensetsu.ran.hyo, f"{MIDASHI}\n{YOI}".replace(",", "\t"))
    assert _gaku(kensetsu)


def test_adding_rows_to_a_broken_list_does_not_make_it_whole(kensetsu: Any) -> None:
    _yomu(kensetsu, f"{MIDASHI}\n{YOI}\n35,2024-05-01,2025-08-31,2,480,000\n")
    kensetsu.ran.hyo.hari = {"text": "\t".join(KOJI), "gyo": 1, "retsu": 0}
    assert "3行目: 列の数が" in kensetsu.ran.okashii.html
    assert not _gaku(kensetsu)


def test_rows_shifted_by_a_column_are_told_first() -> None:
    gamen = IkkatsuYukiGamen()
    _haru(gamen.ran.hyo, "35\t2024-05-01\t2025-08-31\t1000000\n" * 4)
    assert "列がずれているようです" in gamen.ran.okashii.html
    # 1行だけの誤りは、ずれではない。
    zureta = ["35", "2024-05-01", "2025-08-31", "1000000", *[""] * 5]
    gamen.ran.ireru([KOJI, zureta, KOJI])
    assert "列がずれている" not in gamen.ran.okashii.html
    assert not _gaku(gamen)


def test_an_error_in_a_table_has_no_name_of_the_check_box() -> None:
    for gamen in (IkkatsuYukiGamen(), NigenGamen()):
        _botan(gamen, "例を入れる")[0].click()
        gamen.ran.tokubetsu_ari.widget.value = gamen.ran.mikomi_ari.widget.value = True
        gamen.ran.tokubetsu.atai = [["35", "y", "", "", "なし"]]
        gamen.ran.mikomi.atai = [["x", ""], *gamen.ran.mikomi.atai[1:]]
        assert "<li>加入者1 確定の給付基礎日額: " in gamen.omona.html
        assert "<li>見込みの 31 " in gamen.omona.html
        assert "現場に特別加入した人" not in gamen.omona.html
        assert "次の年度の見込みを書く" not in gamen.omona.html


@pytest.mark.parametrize(
    ("kaku", "bango", "hojo"),
    [
        ("９８", "98", "「98 卸売業・小売業、飲食店又は宿泊業」で計算しています。"),
        ("飲食", "98 卸売業・小売業、飲食店又は宿泊業", "「98 卸売業"),
        ("94 その他の各種事業", "94 その他の各種事業", ""),
        ("建設", None, "候補: 31 水力発電施設、ずい道等新設事業、32 "),
        ("3", "3", "候補: 31 水力"),
        ("宇宙", None, "合う業種がありません。"),
    ],
)
def test_the_industry_in_use_is_said_and_a_group_is_not_one(
    kaku: str, bango: str | None, hojo: str
) -> None:
    gamen = NendoKoshinGamen()
    gamen.gyoshu.widget.value = kaku
    gamen.gyoshu.kouho_wo_dasu()
    assert gamen.gyoshu.bango() == bango
    assert hojo in gamen.gyoshu.hojo.value
    assert bool(hojo) == bool(gamen.gyoshu.hojo.value)


def test_a_number_and_a_name_that_do_not_agree_are_refused() -> None:
    gamen = NendoKoshinGamen()
    _botan(gamen, "例を入れる")[0].click()
    gamen.gyoshu.widget.value = "94 卸売業・小売業、飲食店又は宿泊業"
    html = gamen.omona.html + gamen.gyoshu.shirase.value
    assert "業種番号94は「その他の各種事業」です。" in html
    assert "hk-omona" not in html


@pytest.mark.parametrize("gamen_no_kata", KESU, ids=lambda g: g.__name__)
def test_a_page_opens_without_a_made_up_answer(gamen_no_kata: type[Gamen]) -> None:
    gamen = gamen_no_kata()
    html = "".join(b.html for b in gamen.buhin() if isinstance(b, Hyoji))
    assert "入れてください" in html
    assert "hk-omona" not in html
    assert "条件を満たします" not in html
    assert "<h2>" not in html
    html = _rei_no_html(gamen)
    assert "ここを入れると計算できます" not in html


@pytest.mark.parametrize("gamen_no_kata", KESU, ids=lambda g: g.__name__)
def test_the_number_of_warnings_stands_above_the_yen(gamen_no_kata: type[Gamen]) -> None:
    gamen = gamen_no_kata()
    html = _rei_no_html(gamen)
    ichiran = re.findall(
        '<div class="hk-chui"><strong>(?:注意|資料で確かめきれて).*?</div>', html, re.S
    )
    kazu = sum(x.count("<li>") for x in ichiran)
    hajime = [b.html for b in gamen.buhin() if isinstance(b, Hyoji) and b.tsugeru and b.html]
    koe = "".join(hajime)
    assert ("注意が" in koe) == bool(kazu)
    if kazu:
        assert f"注意が{kazu}件あります。下の注意書きを先に読んでください。" in koe
        assert koe.index("注意が") < koe.index("<h2>" if "hk-omona" not in koe else "hk-omona")


def test_a_total_that_lacks_a_work_says_so_beside_the_yen() -> None:
    mae = ["35", "", "H23.12.1", "R7.8.31", "9,000,000", "", "", "", ""]
    for gamen in (IkkatsuYukiGamen(), NigenGamen()):
        _botan(gamen, "例を入れる")[0].click()
        if isinstance(gamen, NigenGamen):
            gamen._rei(None)
        assert "この額は足りません" not in gamen.omona.html
        gamen.ran.ireru([OWATTA, mae])
        omona = gamen.omona.html
        shita = omona[omona.index("hk-omona") :]
        assert "この額は足りません" in shita[: shita.find("<h2>") if "<h2>" in shita else None]
        assert "合計はその分だけ足りません。" in shita


def test_an_approval_outside_the_year_says_the_months_beside_the_yen() -> None:
    gamen = TokubetsuKanyuGamen()
    assert gamen.ran.nendo.value == NendoKoshinGamen().nendo.value
    _botan(gamen, "例を入れる")[0].click()
    assert "か月で計算しています" not in gamen.omona.html
    gamen.hyo.ireru([["10,000", "R7.8.20", "", ""]])
    # 304,167 × 8 ＝ 2,433,336 → 2,433,000 × 9.5/1000
    assert "<span>23,113<small>" in gamen.omona.html
    assert "か月で計算しています" not in gamen.omona.html
    assert "例 令和7年10月1日" in gamen.hyo.setsumei
    gamen.ran.nendo.widget.value = 2026
    assert "例 令和8年10月1日" in gamen.hyo.setsumei
    assert "<span>34,675<small>" in gamen.omona.html
    assert (
        "加入者1（日額10,000円）は、承認日（令和7年8月20日）が令和8年度より前なので、この年度は12か月で計算しています。"
        in gamen.omona.html
    )
    gamen.ran.nendo.widget.value = 2024
    gamen.hyo.ireru([["10,000", "R6.8.20", "R7.12.1", ""], ["10,000", "", "R7.4.1", ""]])
    assert (
        "脱退日（令和7年12月1日）が令和6年度より後なので、この年度は8か月で計算しています。"
        in gamen.omona.html
    )
    assert "加入者2" not in gamen.omona.html


SEIREKI = re.compile(r"(?<!\d)(?:19|20)\d\d(?:年|[-/]\d{1,2}[-/]\d{1,2})")


@pytest.mark.parametrize("gamen_no_kata", KESU, ids=lambda g: g.__name__)
def test_what_a_page_says_has_no_western_year(gamen_no_kata: type[Gamen]) -> None:
    gamen = gamen_no_kata()
    html = _rei_no_html(gamen)
    assert "提出用ではありません" in html or gamen_no_kata is TaishoGamen
    moji = re.sub(r'href="data:[^"]*"', "", html)
    assert SEIREKI.findall(moji) == []


def test_years_of_every_era_are_said_as_they_were() -> None:
    hi = ("1926-12-25", "1989-01-07", "1989-01-08", "2019-04-30", "2019-05-01", "2026-07-10")
    assert [jp(date.fromisoformat(x)) for x in hi] == [
        "昭和元年12月25日",
        "昭和64年1月7日",
        "平成元年1月8日",
        "平成31年4月30日",
        "令和元年5月1日",
        "令和8年7月10日",
    ]
