"""事務組合の設定: 集金日と手数料。組合ごとに違うので、組合のファイル（TOML）から読む。"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from typing import Any

from .koyomi import yokukaichobi
from .schema import EN, NIN, Schema, komoku, read, title

_HI = komoku(
    "集金日",
    {
        "ki": {"enum": [1, 2, 3]},
        "nen": {"enum": [0, 1]},
        "tsuki": {"type": "integer", "minimum": 1, "maximum": 12, "x-tani": "1〜12の月"},
        "hi": {"type": "integer", "minimum": 1, "maximum": 28, "x-tani": "1〜28の日"},
    },
    ("ki", "nen", "tsuki", "hi"),
)
SCHEMA: Schema = komoku(
    "事務組合の設定",
    {
        "namae": {"type": "string", "title": "組合の名前"},
        "shukin": {"type": "array", "items": _HI, "minItems": 3, "maxItems": 3, "title": "集金日"},
        "tesuryo": {
            "title": "手数料",
            "type": "array",
            "items": komoku(
                "手数料", {"ijo": title(NIN, "人数"), "gaku": title(EN, "額")}, ("ijo", "gaku")
            ),
            "minItems": 1,
            "maxItems": 50,
        },
        "tokubetsu_kanyu": komoku("特別加入の手数料", {"gaku": title(EN, "額")}, ("gaku",)),
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
        """概算の保険年度 `nendo` の第 `ki` 期の集金日。休みの日なら翌営業日。"""
        nen, tsuki, hi = self.shukin[ki]
        return yokukaichobi(date(nendo + nen, tsuki, hi))

    def tesuryo(self, rodoshasu: int, tokubetsu_kanyu: bool) -> int:
        """1年の手数料（円）。`ijo` 人以上の行のうち、いちばん上の段の額。"""
        dan = [gaku for ijo, gaku in self.tesuryo_hyo if rodoshasu >= ijo]
        return (dan[-1] if dan else 0) + (self.tokubetsu if tokubetsu_kanyu else 0)


def yomu(data: bytes) -> Kumiai:
    """設定のファイルを読む。おかしければ、何を直すかを言う `ValueError`。"""
    try:
        raw: Any = tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ValueError("設定のファイルは UTF-8 で保存してください。") from None
    except tomllib.TOMLDecodeError as e:
        raise ValueError(
            f"設定のファイルが読めません（{e}）。見本の kumiai.toml と見比べてください。"
        ) from None
    x, errors = read(SCHEMA, raw)
    if errors:
        raise ValueError(
            "設定のファイルを直してください。" + "".join(f"{e.field}: {e.message}" for e in errors)
        )
    return Kumiai(
        x["namae"],
        {s["ki"]: (s["nen"], s["tsuki"], s["hi"]) for s in x["shukin"]},
        sorted((t["ijo"], t["gaku"]) for t in x["tesuryo"]),
        x.get("tokubetsu_kanyu", {}).get("gaku", 0),
    )
