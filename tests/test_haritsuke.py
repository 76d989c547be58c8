"""貼り付け: 見出しの名前で列を合わせる、見出しの無い貼り付け、入らない貼り付け。"""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from hoken_calc.tables import data_dir
from hoken_calc.ui import haritsuke
from hoken_calc.ui.buhin import Hyo, Hyoji
from hoken_calc.ui.hoshokin import HoshokinGamen
from hoken_calc.ui.ikkatsu_yuki import SAIDAI, IkkatsuYukiGamen
from hoken_calc.ui.nendo_koshin import NendoKoshinGamen
from hoken_calc.ui.tokubetsu_kanyu import TokubetsuKanyuGamen

MIHON = data_dir() / "samples" / "itaku_hoshokin.csv"


def haru(hyo: Hyo, text: str, gyo: int = 0, retsu: int = 0) -> None:
    """画面の部品（hyo.js）が渡す物を渡す。"""
    hyo.hari = {"text": text, "gyo": gyo, "retsu": retsu}
    assert hyo.hari == {}


def hyo(tate: int = 3, **more: Any) -> Hyo:
    retsu = ["枝番号", "労働者数", "納付額"]
    gyo = [f"{i + 1}" for i in range(tate)]
    more = {"retsu": retsu, "yobina": retsu, "id": ["eda", "rodoshasu", "nofu_gaku"], **more}
    return Hyo(gyo=gyo, atai=[[""] * 3 for _ in gyo], **more)


@pytest.mark.parametrize(
    ("text", "gyo"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ('"確定\n保険料"\t1\n', [["確定 保険料", "1"]]),
        ('"彼は""よい""と言う\tよ"\t2', [['彼は"よい"と言う よ', "2"]]),
        # 閉じていない引用符と、途中の引用符は、ただの文字。
        ('"a\t1\nb\t2', [['"a', "1"], ["b", "2"]]),
        ('5" 管\t"b"c', [['5" 管', '"b"c']]),
        ("1\t\n\t2", [["1", ""], ["", "2"]]),
    ],
)
def test_cells_copied_from_excel(text: str, gyo: list[list[str]]) -> None:
    assert haritsuke.yomu(text) == gyo


@pytest.mark.parametrize(
    "head",
    ["事業場名\t納付額\t枝番号", "name\tnofu_gaku\teda", '事業場名\t" 納付\n額 "\t枝番号'],
)
def test_columns_are_matched_by_the_names_in_the_first_row(head: str) -> None:
    t = hyo()
    haru(t, f"{head}\r\nさくら\t100\t001\r\nつばき\t200\t002\r\n", retsu=2)
    assert t.atai == [["001", "", "100"], ["002", "", "200"], ["", "", ""]]
    assert t.hamidashi == 0
    na = head.split("\t")[0]
    assert t.shirase == (f"見出しの名前で、列を合わせました。表に無いので使わなかった列: {na}。")


def test_columns_not_named_keep_their_values() -> None:
    t = hyo()
    haru(t, "001\t4\t100\n002\t5\t200")
    haru(t, "枝番号\t納付額\n003\t300", gyo=1)
    assert t.atai[:2] == [["001", "4", "100"], ["003", "5", "300"]]


def test_without_a_heading_the_values_go_where_they_are_pasted() -> None:
    t = hyo()
    haru(t, "4\t100\n5\t200\n", gyo=1, retsu=1)
    assert t.atai == [["", "", ""], ["", "4", "100"], ["", "5", "200"]]
    assert t.shirase == ""
    # 知らない見出しの行（数字が無い）は外す。
    haru(t, "番号\t人数\n7\t8\n")
    assert t.atai[0] == ["7", "8", ""]
    # 列の名前と同じ文字があっても、数のある行は見出しでない。
    haru(t, "枝番号\t9\n")
    assert t.atai[0] == ["枝番号", "9", ""]


def test_a_heading_may_leave_out_the_unit_or_use_the_spoken_name() -> None:
    t = hyo(
        retsu=["枝番号", "労働者数（年度の平均）", "納付額（円）"], yobina=["枝", "人数", "納付"]
    )
    haru(t, "労働者数\t納付額\t枝番号\n4\t100\t001")
    haru(t, "人数（人）\t納付額(円)\t枝\n5\t200\t002", gyo=1)
    assert t.atai[:2] == [["001", "4", "100"], ["002", "5", "200"]]
    # （ ）の中だけが違う列は、（ ）が要る。
    t = hyo(retsu=["枝番号", "額（円）", "額（人）"], yobina=["a", "b", "c"])
    haru(t, "枝番号\t額\t額（人）\n001\t1\t2")
    assert t.atai[0] == ["001", "", "2"]
    kanyu = TokubetsuKanyuGamen().hyo
    haru(kanyu, "承認日\t給付基礎日額\nR7.10.1\t10,000")
    assert kanyu.atai[0][:2] == ["10,000", "R7.10.1"]


def test_a_monthly_table_drops_its_headings_and_months() -> None:
    t = NendoKoshinGamen().hyo
    haru(t, "\t人数\t円\n4月\t3\t900,000\n5月\t3\t910,000\n")
    assert [row[:2] for row in t.atai[:3]] == [["3", "900,000"], ["3", "910,000"], ["", ""]]


def test_a_fixed_table_takes_all_that_fits_or_nothing() -> None:
    t = hyo(nashi=[[2, 1]])
    haru(t, "1\t2\t3\t4\n5\t6\t7\t8\n", gyo=1)
    assert t.kara()
    assert t.shirase.startswith(
        "貼り付けた 2行4列は、貼った所から表（3行3列）に入らないので、1つも入れていません。"
    )
    haru(t, "1\t2\t3\n5\t6\t7\n", gyo=1)
    assert t.atai == [["", "", ""], ["1", "2", "3"], ["5", "", "7"]]
    assert t.shirase.startswith("貼り付けた値のうち 1 個は、書けないます")
    t.modosu()
    assert (t.hamidashi, t.shirase) == (0, "")


def test_a_list_takes_all_or_nothing_and_says_so_every_time() -> None:
    t = hyo(saidai=3)
    yobareta: list[int] = []
    t.observe(lambda _: yobareta.append(t.hamidashi), "atai")
    haru(t, "1\t4\t5\n" * 4)
    haru(t, "1\t4\t5\n" * 4)
    assert t.kara()
    assert (yobareta, t.hari_okisa) == ([3, 3], (4, 3))
    haru(t, "1\t4\t5\n" * 3)
    assert t.atai == [["1", "4", "5"]] * 3
    assert (yobareta, t.hamidashi) == ([3, 3, 0], 0)
    # 貼る時に、画面は増えた空の行も送る。それでは知らせを消さない。
    t = hyo(saidai=3)
    t.set_state({"hari": {"text": "1\t4\t5\n" * 4, "gyo": 0, "retsu": 0}, "atai": [[""] * 3] * 4})
    assert t.hamidashi == 3


def test_a_list_pasted_with_its_headings_replaces_the_whole_list() -> None:
    t = hyo(saidai=3)
    haru(t, "1\t4\t5\n2\t4\t5\n3\t4\t5")
    haru(t, "納付額\t枝番号\n9\t7", gyo=2, retsu=1)
    assert t.atai == [["7", "", "9"], ["", "", ""], ["", "", ""]]
    assert t.shirase == (
        "見出しのある表を貼ったので、一覧を入れ替えました。見出しに無いので空にした列: 労働者数。"
    )
    haru(t, "納付額\t枝番号\n")
    assert t.atai[0] == ["7", "", "9"]
    assert t.shirase == "見出しの行だけなので、何も入れていません。"


def test_a_list_pasted_without_headings_tells_what_stays() -> None:
    t = hyo(saidai=5)
    haru(t, "1\t4\t5\n" * 5)
    haru(t, "2\t6\t7\n" * 3)
    assert [row[0] for row in t.atai] == ["2", "2", "2", "1", "1"]
    assert t.shirase == "4行目から下は前のままです。"
    haru(t, "3\t8\n3\t8", gyo=3)
    assert t.shirase == "4行目から5行目の 納付額 は前のままです。"
    haru(t, "2\t6\t7\n" * 5)
    assert t.shirase == ""


def test_a_list_pasted_without_a_needed_heading_is_not_entered() -> None:
    for gamen in (IkkatsuYukiGamen(), HoshokinGamen()):
        (rei,) = [b for b in gamen.buhin() if getattr(b, "description", "") == "例を入れる"]
        rei.click()
        t = gamen.hyo if isinstance(gamen, HoshokinGamen) else gamen.ran.hyo
        mae, naka = t.atai, "、".join(t.retsu)
        nashi = [x for x in t.hissu if x not in ("業種番号", "枝番号")]
        haru(t, f"{t.retsu[0]}\t備考\n35\tx")
        assert t.atai == mae
        html = "".join(b.html for b in gamen.buhin() if isinstance(b, Hyoji))
        assert f"見出しに {'、'.join(nashi)} がありません。使う見出し: {naka}。" in html
        assert "1行も入れていません。計算もしていません。" in html
        assert "hk-omona" not in html
        t.atai = mae[:3]
        assert "hk-omona" in "".join(b.html for b in gamen.buhin() if isinstance(b, Hyoji))


def test_the_list_of_works_refuses_too_many_rows() -> None:
    gamen = IkkatsuYukiGamen()
    gyo = "35\t\t2024-05-01\t2025-08-31\t1,000,000\n"
    haru(gamen.ran.hyo, gyo * (SAIDAI + 1))
    assert "1行も入れていません" in gamen.ran.okashii.html
    assert "計算していません" in gamen.omona.html
    haru(gamen.ran.hyo, gyo * SAIDAI)
    assert not gamen.ran.okashii.html
    # 300,000,000 × 23% = 69,000,000、× 9.5/1000
    assert "655,500" in gamen.omona.html


def test_the_sample_pasted_with_its_headings_is_the_sample_read_from_the_file() -> None:
    gyo = list(csv.reader(io.StringIO(MIHON.read_text(encoding="utf-8-sig"))))
    gamen = HoshokinGamen()
    haru(gamen.hyo, "\r\n".join("\t".join(x) for x in gyo))
    rows, _ = HoshokinGamen().ichiran.yonda(MIHON.name, MIHON.read_bytes())
    assert gamen.hyo.atai[: len(rows)] == rows
    assert "使わなかった列: 確定の保険年度、事業場名、備考" in gamen.hyo.shirase
    assert gamen.hyo.ayamari == {}


def test_a_file_with_the_same_heading_twice_is_not_guessed() -> None:
    data = "枝番号,労働者数,保険関係,確定保険料,納付額,納付額\n1,4,雇用だけ,1,1,2\n"
    with pytest.raises(ValueError, match="見出しに 納付額 が2つあります"):
        HoshokinGamen().ichiran.yonda("x.csv", data.encode())


TSUKI = ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"]


@pytest.mark.parametrize("namae", [True, False])
@pytest.mark.parametrize("gokei", ["合計", "計", "総　計", ""])
def test_a_row_of_totals_is_not_a_month(namae: bool, gokei: str) -> None:
    """12か月の下の合計の行は、賞与1の行に入らない。名前が無くても、和なら合計。"""
    rows = [[t, "5", f"{300_000 + i:,}"] for i, t in enumerate(TSUKI)]
    rows.append([gokei, "60", "3,600,066円"])
    if not namae:
        rows = [r[1:] for r in rows]
        if gokei:
            rows[-1][0] = gokei
    t = NendoKoshinGamen().hyo
    haru(t, "\n".join("\t".join(r) for r in rows))
    assert [r[:2] for r in t.atai[:12]] == [["5", f"{300_000 + i:,}"] for i in range(12)]
    assert not any(t.atai[12])
    assert "合計の行（貼り付けた13行目）は入れていません。" in t.shirase


def test_a_last_row_that_is_not_the_sum_stays() -> None:
    t = hyo(5)
    haru(t, "1\t2\t300\n2\t2\t400\n3\t2\t500\n4\t6\t1199\n")
    assert t.atai[3] == ["4", "6", "1199"]
    haru(t, "1\t1\t100\n2\t1\t200\n3\t1\t300\n6\t3\t600\n")
    assert t.atai[3] == ["6", "3", "600"]
    assert t.shirase == ""


def test_ordinary_headings_and_words_of_a_list_are_read() -> None:
    gamen = HoshokinGamen()
    haru(
        gamen.hyo,
        "枝番\t枝番号\t常時使用労働者数\t保険関係\t確定保険料額\t納付済額\n"
        "あ\t001\t4\t両保険\t100,000\t100,000\n"
        "い\t002\t4\t労災のみ\t100,000\t100,000\n"
        "\t合計\t8\t\t200,000\t200,000\n",
    )
    assert gamen.hyo.ayamari == {}
    assert "12,400" in gamen.omona.html or "22,600" in gamen.omona.html  # 4,000＋12,400＋6,200
    assert "合計の行（貼り付けた4行目）は入れていません。" in gamen.hyo.shirase


def test_subcontracted_works_are_left_out_whatever_the_heading() -> None:
    """35 の元請 12,000,000円と、下請 7,500,000円。下請は入れない。"""
    for head, motouke, shitauke in (
        ("元請・下請", "元請", "下請"),
        ("元請", "○", "×"),
        ("元請", "はい", "いいえ"),
    ):
        gamen = IkkatsuYukiGamen()
        haru(
            gamen.ran.hyo,
            f"業種番号\t着工日\t竣工日\t請負代金の額\t{head}\n"
            f"35\tR6.5.10\tR7.6.30\t12,000,000\t{motouke}\n"
            f"35\tR6.5.10\tR7.6.30\t7,500,000\t{shitauke}\n",
        )
        assert gamen.ran.hyo.ayamari == {}
        # 12,000,000 × 23% ＝ 2,760,000、× 9.5/1000
        assert "26,220" in gamen.omona.html
    haru(gamen.ran.hyo, "35\t\tR6.5.10\tR7.6.30\t7,500,000\t\t\t\t元受け\n")
    assert (
        "下請の工事なら「いいえ」か「下請」と書いてください。「元受け」は読めません。"
        in "".join(gamen.ran.hyo.ayamari.values())
    )


def test_headings_that_no_column_knows_are_not_pasted_by_position() -> None:
    gamen = IkkatsuYukiGamen()
    haru(gamen.ran.hyo, "工事名\t種類\t始め\t終わり\n橋の工事\t35\tR6.5.10\tR7.6.30\n")
    assert gamen.ran.hyo.kara()
    assert "見出しの「工事名、種類、始め、終わり」が、この表のどの列とも合いません" in (
        gamen.ran.okashii.html
    )


def test_a_file_of_another_year_is_not_calculated_with_the_year_of_the_page() -> None:
    data = (data_dir() / "samples" / "koji.csv").read_bytes()
    gamen = IkkatsuYukiGamen()
    rows, _ = gamen.ran.ichiran.yonda("koji.csv", data)
    assert len(rows) == 8
    gamen.nendo.widget.value = 2024
    with pytest.raises(ValueError, match="令和7年度で、画面の令和6年度と違います"):
        gamen.ran.ichiran.yonda("koji.csv", data)
    warui = data.replace("令和7年度".encode(), "七年".encode(), 1)
    with pytest.raises(ValueError, match="確定の保険年度: 年度を西暦4桁か和暦で"):
        gamen.ran.ichiran.yonda("koji.csv", warui)


def test_a_column_that_cannot_be_read_is_named_when_the_headings_were_matched() -> None:
    gamen = HoshokinGamen()
    head = "枝番号\t労働者数\t保険関係\t確定保険料\t納付額\n"
    haru(gamen.hyo, head + "".join(f"{i}\t4\t全部\t1,000\t1,000\n" for i in range(5)))
    assert "「保険関係」の列の多くが読めません" in gamen.omona.html
    assert "列がずれている" not in gamen.omona.html
    gamen = HoshokinGamen()
    haru(gamen.hyo, "".join(f"{i}\t全部\t4\t1,000\t1,000\n" for i in range(5)))
    assert "列がずれている" in gamen.omona.html
