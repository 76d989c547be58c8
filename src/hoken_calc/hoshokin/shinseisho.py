"""報奨金の交付申請書に書く事項（報奨金省令2条）を、順に並べる。"""

from __future__ import annotations

from dataclasses import dataclass

from ..kekka import Keisan
from ..sheet import Run
from ..sheet.render import number
from ..tables import jp, nendo_label


@dataclass(frozen=True)
class Jiko:
    """申請書の1つの事項。`bango` は号の番号。"""

    bango: str
    komoku: str
    atai: str


def hokenryo_no_jiko(run: Run) -> list[Jiko]:
    """労働保険料の報奨金の申請書に書く事項（省令2条1項）。"""
    mae = nendo_label(run["nendo"])
    return [
        Jiko("1号", f"{mae}の確定保険料の総額", _en(run["kakutei_gokei"])),
        Jiko("2号", "1号のうち、納付した総額", _en(run["hokenryo_nofu_gokei"])),
        Jiko("3号", "追徴金・延滞金の総額", _en(run["tsuichokin_gokei"])),
        Jiko("3号", "追徴金・延滞金のうち、納付した総額", _en(run["tsuichokin_nofu_gokei"])),
        Jiko("4号", "徴収法27条3項の処分（滞納処分）を受けたか", _umu(run["taino_nashi"])),
        Jiko("5号", "2号のうち、督促を受けずに納付した額", _en(run["teiritsu_kiso"])),
        Jiko("6号イ", "5人未満の委託事業の数（二保険）", f"{run['kensu_gonin_miman_nihoken']}件"),
        Jiko("6号ロ", "5人未満の委託事業の数（それ以外）", f"{run['kensu_gonin_miman_sonota']}件"),
        Jiko(
            "7号イ",
            "5人以上15人以下の委託事業の数（二保険）",
            f"{run['kensu_gonin_ijo_nihoken']}件",
        ),
        Jiko(
            "7号ロ",
            "5人以上15人以下の委託事業の数（それ以外）",
            f"{run['kensu_gonin_ijo_sonota']}件",
        ),
    ]


def ippan_no_jiko(run: Run) -> list[Jiko]:
    """一般拠出金の報奨金の申請書に書く事項。一般拠出金を書いていなければ空。"""
    if run["ippan_narabi"] is None:
        return []
    return [
        Jiko("1号", "一般拠出金（確定した額）の総額", _en(run["ippan_gokei"])),
        Jiko("2号", "1号のうち、納付した総額", _en(run["ippan_kyoshutsukin_nofu_gokei"])),
        Jiko("3号", "追徴金・延滞金の総額", _en(run["ippan_tsuichokin_gokei"])),
        Jiko("3号", "追徴金・延滞金のうち、納付した総額", _en(run["ippan_tsuichokin_nofu_gokei"])),
        Jiko("4号", "徴収法27条3項の処分（滞納処分）を受けたか", _umu(run["ippan_taino_nashi"])),
        Jiko("5号", "2号のうち、督促を受けずに納付した額", _en(run["ippan_teiritsu_kiso"])),
    ]


def kigen(run: Run) -> str:
    """申請の期限と、出す先。"""
    return f"{jp(run['shinsei_kigen'])}まで。主たる事務所の所在地を管轄する都道府県労働局長へ。"


def shinseisho(answer: Keisan) -> str:
    """申請書に書く事項を、写して使える文字にする。様式そのものではない。

    用語: 報奨金の交付申請（報奨金省令2条）。単位: 円、件。
    """
    run = answer.run
    bubun = (("労働保険料", hokenryo_no_jiko(run)), ("一般拠出金", ippan_no_jiko(run)))
    lines = []
    for namae, jiko in bubun:
        if jiko:
            lines.append(f"【{namae}】常時15人以下の委託事業")
            lines += [f"{j.bango} {j.komoku}: {j.atai}" for j in jiko]
    return "\n".join([*lines, f"【期限】{kigen(run)}"])


def _en(x: int) -> str:
    return f"{number(x)}円"


def _umu(nashi: bool) -> str:
    return "無" if nashi else "有"
