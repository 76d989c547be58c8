"""事務組合の設定: 集金日と手数料。組合ごとに違うので、組合のファイル（TOML）から読む。"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from .kekka import Ayamari, doko_no
from .koyomi import tsuki_no_hi, yokukaichobi
from .schema import EN, NIN, SEISU, Schema, komoku, read, title

KI = (1, 2, 3)
# 日の順を比べる年度。翌年の2月が28日までなので、日がいちばん詰まる。
KURABERU_NENDO = 2026
_HI = komoku(
    "集金日",
    {
        "ki": {**SEISU, "enum": list(KI), "x-tani": "1・2・3のどれか", "title": "期（ki）"},
        "nen": {**SEISU, "enum": [0, 1], "x-tani": "0か1", "title": "年（nen）"},
        "tsuki": {
            **SEISU,
            "minimum": 1,
            "maximum": 12,
            "x-tani": "1〜12の月",
            "title": "月（tsuki）",
        },
        "hi": {**SEISU, "minimum": 1, "maximum": 31, "x-tani": "1〜31の日", "title": "日（hi）"},
    },
    ("ki", "nen", "tsuki", "hi"),
)
SCHEMA: Schema = komoku(
    "事務組合の設定",
    {
        "namae": {
            "type": "string",
            "minLength": 1,
            "maxLength": 100,
            "title": "組合の名前",
            "x-tani": "1〜100字の文字",
        },
        "shukin": {"type": "array", "items": _HI, "minItems": 3, "maxItems": 3, "title": "集金日"},
        "tesuryo": {
            "title": "手数料",
            "type": "array",
            "items": komoku(
                "手数料",
                {"ijo": title(NIN, "人数（ijo）"), "gaku": title(EN, "額（gaku）")},
                ("ijo", "gaku"),
            ),
            "minItems": 1,
            "maxItems": 50,
        },
        "tokubetsu_kanyu": komoku("特別加入の手数料", {"gaku": title(EN, "額（gaku）")}, ("gaku",)),
    },
    ("namae", "shukin", "tesuryo"),
)


@dataclass(frozen=True)
class Kumiai:
    """読み終えた設定。"""

    namae: str
    shukin: dict[int, tuple[int, int, int]]
    tesuryo_hyo: list[tuple[int, int]]
    tokubetsu: int

    def shukin_bi(self, nendo: int, ki: int) -> date:
        """概算の保険年度 `nendo` の第 `ki` 期の集金日。

        日が月に無ければ月の終わりの日。休みの日なら翌営業日。
        """
        nen, tsuki, hi = self.shukin[ki]
        return yokukaichobi(tsuki_no_hi(nendo + nen, tsuki, hi))

    def tesuryo(self, rodoshasu: int, tokubetsu_kanyu: bool) -> int:
        """1年の手数料（円）。`ijo` 人以上の行のうち、いちばん上の段の額。"""
        dan = [gaku for ijo, gaku in self.tesuryo_hyo if rodoshasu >= ijo]
        return (dan[-1] if dan else 0) + (self.tokubetsu if tokubetsu_kanyu else 0)


def yomu(data: bytes) -> Kumiai:
    """設定のファイルを読む。おかしければ、どこをどう直すかを1行ずつ言う `ValueError`。"""
    try:
        toml = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("設定のファイルは UTF-8 で保存してください。") from None
    except (ValueError, RecursionError) as e:
        gyo = re.search(r"line (\d+)", str(e))
        raise ValueError(
            f"設定のファイルが読めません{f'（{gyo[1]}行目）' if gyo else ''}。"
            "見本の kumiai.toml と見比べてください。"
        ) from None
    # TOML の日付は、入力の形では文字として断る。
    x, errors = read(SCHEMA, json.loads(json.dumps(toml, default=str)))
    naosu = [_bun(e) for e in errors] or list(_tenken(x))
    if naosu:
        raise ValueError("\n".join(["設定のファイルを直してください。", *naosu]))
    return Kumiai(
        x["namae"],
        {s["ki"]: (s["nen"], s["tsuki"], s["hi"]) for s in x["shukin"]},
        [(t["ijo"], t["gaku"]) for t in x["tesuryo"]],
        x.get("tokubetsu_kanyu", {}).get("gaku", 0),
    )


def _bun(e: Ayamari) -> str:
    """誤りの文に、設定の中の場所を日本語でつける。"""
    kata, doko, komoku = SCHEMA, "", ""
    for p in e.field.split("."):
        if p.isdecimal():
            kata, doko, komoku = kata.get("items", {}), f"{komoku}の{int(p) + 1}番目", ""
        else:
            doko = f"{doko}{komoku}"
            kata = kata.get("properties", {}).get(p, {})
            komoku = str(kata.get("title", ""))
    return doko_no(doko, komoku, e.message) if doko else f"{komoku or '全体'}: {e.message}"


def _tenken(x: dict[str, Any]) -> Iterator[str]:
    """項目を1つずつ見ただけでは分からない誤り。"""
    shukin = x["shukin"]
    nai = [f"第{k}期" for k in KI if k not in {s["ki"] for s in shukin}]
    if nai:
        yield f"集金日: {'・'.join(nai)}がなく、ほかの期が重なっています。第1期・第2期・第3期を1つずつ書いてください。"
    hi = {
        s["ki"]: tsuki_no_hi(KURABERU_NENDO + s["nen"], s["tsuki"], s["hi"])
        for s in sorted(shukin, key=lambda s: s["ki"])
    }
    soto = [k for k, d in hi.items() if not _nendo_nai(d)]
    for k in soto:
        yield (
            f"集金日の第{k}期: その保険年度（4月1日から翌年3月31日）の日にしてください。"
            "4月〜12月なら nen = 0、1月〜3月なら nen = 1 です。"
        )
    for a, b in () if nai or soto else pairwise(hi):
        if hi[a] >= hi[b]:
            yield f"集金日の第{b}期: 第{a}期の集金日より後の日にしてください。"
    for n, (mae, ato) in enumerate(pairwise(t["ijo"] for t in x["tesuryo"]), 2):
        if ato <= mae:
            yield (
                f"手数料の{n}番目: 人数（ijo）の{ato}は、前の段の{mae}より大きい数にしてください。"
            )


def _nendo_nai(d: date) -> bool:
    return date(KURABERU_NENDO, 4, 1) <= d <= date(KURABERU_NENDO + 1, 3, 31)
