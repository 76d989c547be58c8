"""人が書いた値を読む。全角、カンマ、円、和暦を受け取り、読めない時は日本語で言う。"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from .tables import table

# 元号 → 元年の前の西暦、最後の年。
GENGO = {"令和": (2018, 99), "平成": (1988, 31), "昭和": (1925, 64)}
GENGO |= {"R": GENGO["令和"], "H": GENGO["平成"], "S": GENGO["昭和"]}
EN_JOGEN = 10**12
# 桁の間違いを止める千分の率の上限。収めた表でいちばん高い89に、メリット制の増加45%を足しても129に届かない。
RITSU_JOGEN = 200
_NEN = re.compile(r"(令和|平成|昭和|[RHS])\s*(元|\d{1,2})")
_EN = re.compile(r"[¥\\]?\s*(-?)(\d{1,3}(?:,\d{3})+|\d+)\s*円?")
_GOKEI = re.compile(r"(合|総|小|累|年)?計(額|人数|金額)?")
# 全角の英数字と記号だけを半角にする。①や²は、違う数に化けるのでそのまま残す。
_HANKAKU = {c: c - 0xFEE0 for c in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xFFE5: "¥", 0x2212: "-"}


class Yomenai(ValueError):
    """読めない値。`code` は種類、`str()` は何なら受け取るかを言う文。

    `json` は、JSON で書く人にだけ足す文（項目の値の名前）。
    """

    def __init__(self, code: str, message: str, json: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.json = json


def seiri(x: object) -> str:
    """全角を半角にし、前後の空白を取る。"""
    return str(x).translate(_HANKAKU).strip()


def tsumeru(text: object) -> str:
    """見出しの文字。途中の改行・空白と、区切りの「・」「／」は無いものとする。"""
    return re.sub(r"[\s・/]", "", seiri(text))


def gokei_ka(gyo: Iterable[object]) -> bool:
    """「合計」「計」と書いた行。"""
    return any(_GOKEI.fullmatch(tsumeru(x)) for x in gyo)


def mise(x: object) -> str:
    """読めなかった値を、文の中に引く形。長い時は切り、制御文字は出さない。"""
    if isinstance(x, bool):
        text = "true" if x else "false"
    elif isinstance(x, (dict, list, tuple)):
        text = "項目の集まり" if isinstance(x, dict) else "並び"
    else:
        text = "".join(c if c.isprintable() else "□" for c in str(x)[:60])
    return f"「{text[:30]}{'…' if len(text) > 30 else ''}」"


def en(x: object) -> int:
    """円の額。0以上、1兆円未満の整数。「１，２３４，０００円」「¥1,234,000」も読む。"""
    ok = "0以上の円を整数で書いてください（例 1,234,000）"
    if isinstance(x, bool) or not isinstance(x, int):
        found = None if isinstance(x, (bool, float)) else _EN.fullmatch(seiri(x))
        if found is None:
            raise Yomenai("en", f"{ok}。{mise(x)}は読めません。")
        digits = found[2].replace(",", "")
        x = EN_JOGEN if len(digits) > 12 else int(found[1] + digits)
    if x < 0:
        raise Yomenai("en_fu", f"{ok}。負の数は使えません。")
    if x >= EN_JOGEN:
        raise Yomenai("en_jogen", f"{ok}。1兆円以上は使えません。桁を確かめてください。")
    return x


def nin(x: object) -> int:
    """人数。0以上の整数。「5人」「５」も読む。"""
    return _kazu(x, "nin", "人数", "人名")


def nissu(x: object) -> int:
    """日数。0以上の整数。「30日」「３０」も読む。"""
    return _kazu(x, "nissu", "日数", "日")


def _kazu(x: object, code: str, name: str, tani: str) -> int:
    text = re.sub(rf"[{tani}]$", "", seiri(x)).strip()
    if isinstance(x, (bool, float)) or not re.fullmatch(r"\d{1,6}|\d{1,3},\d{3}", text):
        raise Yomenai(code, f"{name}を0以上の整数で書いてください（例 5）。{mise(x)}は読めません。")
    return int(text.replace(",", ""))


def seisu(x: object) -> int:
    """0以上の整数。「1,000」「１０００」も読む。"""
    text = seiri(x)
    if isinstance(x, (bool, float)) or not re.fullmatch(r"\d{1,9}|\d{1,3}(,\d{3}){1,2}", text):
        raise Yomenai("seisu", f"0以上の整数で書いてください（例 1,000）。{mise(x)}は読めません。")
    return int(text.replace(",", ""))


def heikin_nin(x: object) -> str:
    """平均の人数を文字のまま。「120」「20.5」「1,210/12」（合計÷12）を読む。"""
    ok = "人数を 120、20.5、1000/12（合計÷12）のように書いてください"
    if isinstance(x, (bool, float)):
        raise Yomenai("nin", f'{ok}。正確に読むため "20.5" のように文字で書いてください。')
    text = re.sub(r"[人名]$", "", seiri(x).replace(" ", "")).replace("÷", "/")
    text = re.sub(r"^\d{1,3}(,\d{3})+(?![\d,])", lambda m: m[0].replace(",", ""), text)
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?|\d{1,8}/[1-9]\d{0,3}", text):
        raise Yomenai("nin", f"{ok}。{mise(x)}は読めません。")
    return text


def taiseki(x: object) -> str:
    """素材の体積（立方メートル）を文字のまま。「1,000」「999.5」「９９９．５㎥」を読む。"""
    ok = "立方メートルの数を 1,000、999.5 のように書いてください"
    if isinstance(x, (bool, float)):
        raise Yomenai("taiseki", f'{ok}。正確に読むため "999.5" のように文字で書いてください。')
    text = re.sub(r"\s*(立方メートル|立米|㎥|m3|m³)$", "", seiri(x))
    if not re.fullmatch(r"(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d{1,6})?", text):
        raise Yomenai("taiseki", f"{ok}。{mise(x)}は読めません。")
    return text.replace(",", "")


def nendo(x: object) -> int:
    """保険年度。西暦4桁か和暦（令和7、R7、平成31年度）。"""
    text = re.sub(r"年度?$", "", seiri(x).upper())
    found = None if isinstance(x, (bool, float)) else _NEN.fullmatch(text)
    if found:
        year = 1 if found[2] == "元" else int(found[2])
        zero, last = GENGO[found[1]]
        if 1 <= year <= last:
            return zero + year
    elif not isinstance(x, (bool, float)) and re.fullmatch(r"(19|20)\d\d", text):
        return int(text)
    ok = "年度を西暦4桁か和暦で書いてください（例 2025、令和7年度、R7）"
    raise Yomenai("nendo", f"{ok}。{mise(x)}は読めません。")


def hizuke(x: object) -> date:
    """日付。2025-04-01、2025/4/1、令和7年4月1日、R7.4.1 を読む。"""
    ok = "日付は 2025-04-01、2025/4/1、令和7年4月1日、R7.4.1 のように書いてください"
    if isinstance(x, date):
        return x
    text = seiri(x).upper()
    found = re.fullmatch(r"(.+?)[-/.年](\d{1,2})[-/.月](\d{1,2})日?", text)
    try:
        if found is None:
            raise ValueError
        return date(nendo(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise Yomenai("hizuke", f"{ok}。{mise(x)}は読めません。") from None


def ritsu_moji(x: object) -> str:
    """千分の率を文字のまま。「2.04」「2.04/1000」を読む。0より大きく200以下、小数4桁まで。"""
    ok = "率を1000分のいくつかで書いてください（例 2.04）"
    if isinstance(x, (bool, float)):
        raise Yomenai("ritsu", f'{ok}。正確に読むため "2.04" のように文字で書いてください。')
    text = re.sub(r"(/1,?000|‰)$", "", seiri(x).replace(" ", ""))
    if not re.fullmatch(r"\d{1,3}(\.\d{1,4})?", text) or Fraction(text) == 0:
        raise Yomenai("ritsu", f"{ok}。{mise(x)}は読めません。")
    if Fraction(text) > RITSU_JOGEN:
        naze = "いちばん高い業種にメリット制の増加を足しても、1000分の129に届きません"
        raise Yomenai("ritsu_jogen", f"{ok}。{mise(x)}は大きすぎます。労災保険率は、{naze}。")
    return text


def permille(x: object) -> Fraction:
    """千分の率。「2.04」なら 2.04/1000。"""
    return Fraction(ritsu_moji(x)) / 1000


def zogen(x: object) -> int:
    """増減率（%の整数）。「-40」「▲40%」「+5」「－４０」を読む。小数の型でも、整数に等しければ読む。"""
    x = int(x) if isinstance(x, float) and x.is_integer() else x
    text = re.sub(r"%$", "", re.sub("[▲△]", "-", seiri(x).replace(" ", "")))
    if not re.fullmatch(r"[+-]?\d{1,3}", text):
        raise Yomenai(
            "zogen", f"増減率を%の整数で書いてください（例 -40）。{mise(x)}は読めません。"
        )
    return int(text)


def sentaku(x: object, choices: Mapping[Any, str], betsumei: Mapping[str, Any]) -> Any:
    """選択肢の値か、その日本語の名前。`betsumei` は、ほかの言い方 → 値。"""
    text = seiri(x) if not isinstance(x, bool) else ""
    if text in betsumei:
        return betsumei[text]
    for value, label in choices.items():
        if text in {seiri(value), seiri(label), seiri(label).split("(")[0]}:
            return value
    ok = "".join(f"「{label}」" for label in choices.values())
    atai = "、".join(f"{v}（{label}）" for v, label in choices.items())
    raise Yomenai(
        "sentaku",
        f"{ok}のどれかを選んでください。{mise(x)}は選べません。",
        f"JSON で使える値: {atai}。",
    )


def gyoshu(x: object) -> str:
    """業種番号。2桁の数字（「02」の 0 も書く）。「94 その他の各種事業」も読む。"""
    found = None if isinstance(x, (bool, float)) else re.fullmatch(r"(\d\d)(?:\s+(.*))?", seiri(x))
    if found is None:
        raise Yomenai(
            "gyoshu", f"業種番号を2桁の数字で書いてください（例 94）。{mise(x)}は読めません。"
        )
    hyo = table("rosai_hokenritsu").rows
    if found[1] not in hyo:
        message = f"業種番号「{found[1]}」は、労災保険率の表にありません。番号を確かめてください。"
        raise Yomenai("hyo_ni_nai", message)
    namae = [r["shurui"] for r in hyo[found[1]]]
    if found[2] and not any(found[2] in seiri(n) for n in namae):
        message = f"業種番号{found[1]}は「{namae[-1]}」です。番号と名前{mise(found[2])}が合いません。どちらかを直してください。"
        raise Yomenai("namae_to_au", message)
    return found[1]


def hai(x: object) -> bool:
    """はい・いいえ。"""
    if isinstance(x, bool):
        return x
    words = {"true": True, "1": True, "はい": True, "○": True, "する": True}
    words |= {"false": False, "0": False, "いいえ": False, "×": False, "しない": False, "": False}
    text = seiri(x).lower()
    if text not in words:
        raise Yomenai(
            "hai",
            f"「はい」か「いいえ」で書いてください。{mise(x)}は読めません。",
            "JSON で使える値: true（はい）、false（いいえ）。",
        )
    return words[text]


def motouke(x: object) -> bool:
    """元請の工事か。「元請」「下請」と、はい・いいえを読む。"""
    text = seiri(x)
    if text in ("元請", "下請"):
        return text == "元請"
    try:
        return hai(x)
    except Yomenai as e:
        message = f"元請の工事なら「はい」か「元請」、下請の工事なら「いいえ」か「下請」と書いてください。{mise(x)}は読めません。"
        raise Yomenai(e.code, message, e.json) from None
