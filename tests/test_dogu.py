"""画面の土台: 入力を運ぶリンクと、思わぬ誤りの知らせ。"""

from __future__ import annotations

from typing import Any

import pytest

from hoken_calc.ui import link
from hoken_calc.ui.buhin import OBOERU_NAGASA, Gamen, Hyo, Hyoji, botan, erabu, hai, hako, moji
from hoken_calc.ui.ikkatsu_yuki import IkkatsuYukiGamen
from hoken_calc.ui.merit import MeritGamen
from hoken_calc.ui.nendo_koshin import NendoKoshinGamen
from hoken_calc.ui.tokubetsu_kanyu import TokubetsuKanyuGamen


class ShikenGamen(Gamen):
    """名前の欄と、名前の列のある表。10 を打つとこわれる。"""

    namae = "試験の画面"

    def __init__(self) -> None:
        self.simei = moji("shimei", "氏名", nosenai=True)
        self.gaku = moji("gaku", "額")
        self.kubun = erabu("kubun", "区分", [("はじめ", 1), ("つぎ", None)], 1)
        self.aru = hai("aru", "ある")
        self.hyo = Hyo(
            field="hyo",
            nosenai=[0],
            gyo=["1", "2"],
            retsu=["氏名", "額"],
            yobina=["氏名", "額"],
            kumi=[["表", 2]],
            atai=[["", ""], ["", ""]],
        )
        self.kekka = Hyoji()
        ran = (self.simei, self.gaku, self.kubun, self.aru)
        for k in ran:
            k.on_change(self._changed)
        self.hyo.observe(self._changed, "atai")
        self.botan = botan("例を入れる", self._rei)
        self.view = hako(*(k.hako for k in ran), self.hyo, self.botan, self.kekka)

    def _changed(self, _: Any) -> None:
        if self.gaku.value == "10":
            raise RuntimeError("山田太郎")
        self.kekka.html = f"{self.gaku.value}円"

    def _rei(self, _: Any) -> None:
        self.gaku.widget.value = "10"


def hirogeru(gamen: Gamen) -> Gamen:
    """画面に出した形にする。"""
    gamen._repr_mimebundle_()
    return gamen


def toi(gamen: Gamen) -> str:
    """いまの入力を運ぶ、リンクの ? の後。"""
    gamen._link_ni(None)
    return gamen.dogu.link


def hyo(gamen: Gamen) -> list[Any]:
    """画面の表の中身。"""
    return [b.atai for b in gamen.buhin() if isinstance(b, Hyo)]


def test_a_link_never_carries_personal_fields() -> None:
    gamen = hirogeru(ShikenGamen())
    gamen.simei.widget.value = "山田太郎"
    gamen.gaku.widget.value = "1,000"
    gamen.kubun.widget.value = None
    gamen.hyo.atai = [["山田太郎", "5_0~0"], ["", ""]]
    assert toi(gamen) == "gaku=1,000&kubun=nashi&aru=iie&hyo=_5%200%200"
    assert gamen.dogu.link_nashi == ["氏名", "氏名"]
    akeru = hirogeru(ShikenGamen())
    akeru.dogu.toi = "?shimei=yamada&gaku=1,000&kubun=nashi&aru=hai&hyo=yamada_5~_6"
    assert akeru.simei.value == ""
    assert (akeru.gaku.value, akeru.kubun.value, akeru.aru.value) == ("1,000", None, True)
    assert akeru.hyo.atai == [["", "5"], ["", "6"]]
    assert akeru.dogu.link_ayamari == ["「shimei」という項目は、この画面にありません。"]


def test_a_table_without_a_name_is_not_in_the_link() -> None:
    gamen = hirogeru(ShikenGamen())
    gamen.hyo.field = ""
    gamen.hyo.atai = [["", "5"], ["", ""]]
    assert "5" not in toi(gamen)
    assert gamen.dogu.link_nashi == ["表の中身（表）"]
    gamen.hyo.field = "hyo"
    gamen.hyo.atai = [["", "5" * link.HYO_NAGASA], ["", "5"]]
    assert "hyo=" not in toi(gamen)


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("kubun=9", "区分: 「9」は選べません。選べるのは 1（はじめ）、nashi（つぎ）"),
        ("aru=1", "ある: 「1」は読めません。hai か iie"),
        ("gaku=" + "9" * 301, "額: 文字が長すぎます"),
        ("hyo=1~2~3", "表: 2行2列に入りません"),
        ("hyo=1_2_3", "表: 2行2列に入りません"),
        ("chingin=5", "「chingin」という項目は、この画面にありません"),
        ("gaku=7&gaku=8", "「gaku」が2つあります"),
    ],
)
def test_a_bad_link_says_what_is_wrong_and_keeps_the_rest(bad: str, words: str) -> None:
    gamen = hirogeru(ShikenGamen())
    gamen.dogu.toi = f"?gaku=7&gamen=shiken&token=x&voila-theme=dark&{bad}".replace(
        "?gaku=7&" if bad.startswith("gaku") else "?", "?"
    )
    assert words in "".join(gamen.dogu.link_ayamari)
    assert len(gamen.dogu.link_ayamari) == 1
    assert gamen.gaku.value == ("" if "長すぎ" in words else "7")


def test_what_the_tab_keeps_has_no_personal_fields(monkeypatch: pytest.MonkeyPatch) -> None:
    gamen = hirogeru(ShikenGamen())
    okutta: list[Any] = []
    monkeypatch.setattr(gamen.dogu, "send", okutta.append)
    gamen._oboeru(None)
    gamen.simei.widget.value, gamen.gaku.widget.value = "山田太郎", "5"
    gamen.hyo.atai = [["山田太郎", "5" * link.HYO_NAGASA], ["", ""]]
    gamen._oboeru(None)
    kara, kaita = okutta
    assert kara == {"nani": "oboeru", "toi": "", "nashi": []}
    assert kaita["toi"].endswith("5" * link.HYO_NAGASA)
    assert "山田" not in str(kaita)
    assert kaita["nashi"] == ["氏名", "氏名"]
    gamen.hyo.atai = [["", "5" * OBOERU_NAGASA], ["", ""]]
    gamen._oboeru(None)
    assert okutta[-1]["nashi"] == ["表の中身（表）", "氏名"]


def test_a_button_that_changes_what_was_typed_can_be_undone() -> None:
    gamen = hirogeru(ShikenGamen())
    gamen.botan.click()
    assert gamen.dogu.modoseru == ""
    gamen.simei.widget.value, gamen.gaku.widget.value = "山田太郎", "7"
    gamen.hyo.atai = [["山田太郎", "8"], ["", ""]]
    gamen.botan.click()
    assert "例を入れる" in gamen.dogu.modoseru
    gamen.hyo.atai = [["", ""], ["", ""]]
    gamen._hikae_ni_modosu(None)
    assert (gamen.simei.value, gamen.gaku.value) == ("山田太郎", "7")
    assert gamen.hyo.atai == [["山田太郎", "8"], ["", ""]]
    assert gamen.dogu.modoseru == ""


def test_a_link_to_a_calculator_that_is_not_here() -> None:
    gamen = hirogeru(ShikenGamen())
    gamen.dogu.toi = "?gamen=xxx&gaku=7"
    assert "「xxx」という計算は、このページにありません" in gamen.dogu.link_ayamari[0]
    assert gamen.gaku.value == ""
    hoka = hirogeru(TokubetsuKanyuGamen())
    gamen.dogu.toi = f"?gamen={hoka.dogu.kagi}&gaku=7"
    assert gamen.dogu.link_ayamari == []
    assert gamen.gaku.value == ""


def test_a_link_brings_back_every_field() -> None:
    moto = hirogeru(NendoKoshinGamen())
    moto._rei(None)
    moto.nendo.widget.value = 2022
    moto.hoshiki.widget.value = "kobetsu"
    moto.kanpu.widget.value, moto.kaisu.widget.value = True, 1
    moto.irekata.widget.value = "tsuki"
    shigatsu = ["3", "1,234,567", "", "", "", "", "3", "1,234,567", "", ""]
    moto.hyo.atai = [shigatsu, *moto.hyo.atai[1:]]
    assert moto.kekka.html
    akeru = hirogeru(NendoKoshinGamen())
    akeru.dogu.toi = "?" + toi(moto)
    assert akeru.dogu.link_ayamari == []
    assert akeru.data() == moto.data()
    assert akeru.omona.html == moto.omona.html


def test_grids_come_back_in_a_link() -> None:
    for Gamen_ in (TokubetsuKanyuGamen, IkkatsuYukiGamen):
        moto, akeru = hirogeru(Gamen_()), hirogeru(Gamen_())
        for b in moto.buhin():
            if getattr(b, "description", "") == "例を入れる":
                b.click()
        assert "円" in moto.omona.html
        akeru.dogu.toi = "?" + toi(moto)
        assert hyo(akeru) == hyo(moto)
        assert akeru.kekka.html == moto.kekka.html


def test_a_link_of_many_rows_and_of_a_table_that_changes() -> None:
    moto, akeru = hirogeru(IkkatsuYukiGamen()), hirogeru(IkkatsuYukiGamen())
    koji = next(b for b in moto.buhin() if isinstance(b, Hyo) and b.field == "koji")
    koji.atai = [["35", "", "2024-05-10", "2025-06-30", "1,000,000", "", "", "", ""]] * 12
    akeru.dogu.toi = "?" + toi(moto)
    assert akeru.dogu.link_ayamari == []
    assert akeru.kekka.html == moto.kekka.html != ""
    merit, hiraku = hirogeru(MeritGamen()), hirogeru(MeritGamen())
    merit.nendo.widget.value = 2025
    next(b for b in merit.buhin() if isinstance(b, Hyo)).atai = [["1", "2", "3"]] * 7
    hiraku.dogu.toi = "?" + toi(merit)
    assert hyo(hiraku) == hyo(merit)


def test_an_unexpected_error_is_told_and_old_results_are_gone() -> None:
    gamen = hirogeru(ShikenGamen())
    gamen.gaku.widget.value = "5"
    assert gamen.kekka.html == "5円"
    gamen.gaku.widget.value = "10"
    assert "RuntimeError" in gamen.dogu.shippai
    assert "山田" not in gamen.dogu.shippai
    assert (gamen.kekka.html, gamen.gaku.value) == ("", "10")
    gamen.gaku.widget.value = "11"
    assert (gamen.dogu.shippai, gamen.kekka.html) == ("", "11円")
    gamen.botan.click()
    assert "test_dogu.py" in gamen.dogu.shippai
    gamen.hyo.atai = [["", "1"], ["", ""]]
    assert gamen.dogu.shippai


def test_errors_in_a_screen_nobody_sees_are_not_swallowed() -> None:
    gamen = ShikenGamen()
    with pytest.raises(RuntimeError):
        gamen.gaku.widget.value = "10"
