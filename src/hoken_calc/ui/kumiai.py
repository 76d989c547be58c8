"""事務組合の集金日と手数料の欄。年度更新と延納の画面が使う。"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from ..kibetsu import ki_no_namae
from ..kumiai import Kumiai, yomu
from ..nyuryoku import Yomenai, nin
from ..sheet.render import number
from .buhin import Hyoji, file_erabu, hai, hako, midashi, moji
from .kekka_hyoji import hizuke
from .yotei import Yotei

ANNAI = """<style>@media print{.hk-kumiai-annai{display:none}}</style>
<p class="hk-dare hk-kumiai-annai">集金日と手数料は組合ごとに違います。組合の設定のファイル（見本は data/samples/kumiai.toml）を読むと、ここに出ます。</p>"""


class KumiaiRan:
    """組合の設定を読む欄と、集金日・手数料の表示。"""

    def __init__(self, kawatta: Callable[[Any], None]) -> None:
        self.rodoshasu = moji("kumiai.rodoshasu", "常時使用労働者数", "手数料を出す時だけ。人。")
        self.tokubetsu = hai("kumiai.tokubetsu", "特別加入者がいる")
        self.file = file_erabu("組合の設定を読む", ".toml", self._file)
        self.kumiai: Kumiai | None = None
        self.hyoji = Hyoji(html=ANNAI)
        self.kawatta = kawatta
        for k in (self.rodoshasu, self.tokubetsu):
            k.on_change(kawatta)
        ran = hako(self.rodoshasu.hako, self.tokubetsu.hako, self.file, css=["hk-sanretsu"])
        self.hako = hako(midashi("事務組合の集金日と手数料"), ran, self.hyoji)

    def modosu(self) -> None:
        """読んだ設定を忘れ、案内に戻す。"""
        self.kumiai = None
        self.rodoshasu.show_error("")
        self.hyoji.html = ANNAI

    def _file(self, _: Any) -> None:
        if not self.file.value:
            return
        (upload,) = self.file.value
        try:
            self.kumiai = yomu(bytes(upload["content"]))
        except ValueError as e:
            self.modosu()
            midashi, *naosu = map(escape, str(e).split("\n"))
            items = "".join(f"<li>{x}</li>" for x in naosu)
            self.hyoji.html = (
                f'<div class="hk-okashii"><strong>{midashi}</strong>'
                f"{f'<ul>{items}</ul>' if items else ''}</div>"
            )
        self.kawatta(None)

    def dasu(self, nendo: int, kibetsu: Sequence[tuple[int, date]], nai: str = "") -> list[Yotei]:
        """概算の保険年度 `nendo` の、期ごとの額と納期限から集金日を出し、その予定を返す。

        `nai` は、集金日を出せない訳。
        """
        if self.kumiai is None:
            return []
        bi = [self.kumiai.shukin_bi(nendo, ki) for ki in range(1, len(kibetsu) + 1) if not nai]
        yotei = [
            Yotei(namae, "集金日", hi, gaku)
            for namae, hi, (gaku, _) in zip(ki_no_namae(len(bi)), bi, kibetsu, strict=False)
        ]
        items = "".join(f"<li>{y.namae} {number(y.gaku)}円: {hizuke(y.hi)}</li>" for y in yotei)
        osoi = "".join(
            f"<li>{y.namae}の集金日 {hizuke(y.hi)} は、納期限 {hizuke(kigen)} より後です。"
            "このままでは納期限に間に合いません。設定の日を確かめてください。</li>"
            for y, (_, kigen) in zip(yotei, kibetsu, strict=False)
            if y.hi > kigen
        )
        self.hyoji.html = (
            f'<div class="hk-tarinai"><strong>{escape(self.kumiai.namae)}の集金日</strong>'
            f"{f'<p>{nai}</p>' if nai else f'<ul>{items}</ul>'}{self._tesuryo(self.kumiai)}</div>"
            + (f'<div class="hk-chui"><strong>注意</strong><ul>{osoi}</ul></div>' if osoi else "")
        )
        return yotei

    def _tesuryo(self, kumiai: Kumiai) -> str:
        self.rodoshasu.show_error("")
        if not self.rodoshasu.value.strip():
            return ""
        try:
            gaku = kumiai.tesuryo(nin(self.rodoshasu.value), self.tokubetsu.value)
        except Yomenai as e:
            self.rodoshasu.show_error(str(e))
            return ""
        return f"<p>1年の手数料: <strong>{number(gaku)}円</strong></p>"
