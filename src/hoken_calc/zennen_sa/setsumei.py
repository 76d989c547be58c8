"""去年との差を、事業主に言う文。円は全部シートの値。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..nendo_koshin.shiki import KOYO_KUBUN
from ..sheet import Run, Value
from ..sheet.render import permille, yen
from .shiki import YOIN

MODORU = "払う額は、還付されるお金を引いた額です。マイナスなら、差し引きで戻る額です。"


def yoin_mei(kyonen: Run, kotoshi: Run) -> dict[str, str]:
    """理由の名前。業種か雇用の区分が2年で違えば、率の改定とは言わない。"""
    kawatta = {
        "rosai_ritsu": ("gyoshu", "業種の変更（労災保険率）"),
        "koyo_ritsu": ("koyo_kubun", "雇用の区分の変更（雇用保険率）"),
    }
    kae = {id: na for id, (k, na) in kawatta.items() if chigau(kyonen[k], kotoshi[k])}
    return YOIN | kae


def chigau(kyonen: Value, kotoshi: Value) -> bool:
    """2年の、業種か雇用の区分が違うか。片方の年に無ければ、違うとは言わない。"""
    return kyonen != kotoshi and None not in (kyonen, kotoshi)


def setsumei(
    run: Run, dankai: Mapping[str, Run], ritsu: Run | None, mei: Mapping[str, str]
) -> dict[str, str]:
    """理由 → 1つの文。`mei` は理由の名前。0円の理由は、変わらないと言う。"""
    kyonen, kotoshi = dankai["kyonen"], dankai["tokubetsu"]
    naze = {
        "seisan": f"{_seisan('去年', run, 'kyonen')}。{_seisan('今年', run, 'kotoshi')}。",
        "chingin": _chingin(kyonen, kotoshi),
        "rosai_ritsu": ritsu and _gyoshu(ritsu) + _ritsu("業種の率", ritsu, "kijun_ritsu"),
        "merit": ritsu and _merit(ritsu),
        "koyo_ritsu": f"{_kubun(kyonen, kotoshi)}概算の率は、去年 {_koyo(kyonen)}、今年 {_koyo(kotoshi)}。",
        "tokubetsu": _kara("算定基礎額は", kyonen, kotoshi, "gaisan_tokubetsu_kiso"),
        "kyoshutsukin": f"去年 {yen(run['kyonen_kyoshutsukin'])}、今年 {yen(run['kotoshi_kyoshutsukin'])}。",
        "hasu": "賃金の1,000円未満や保険料の1円未満を切るために動いた額。",
    }
    out = {}
    for id in YOIN:
        sa = run[f"sa_{id}"]
        out[id] = f"{namae(id, mei[id], sa)}: {zougen(sa)}。" + (naze[id] or "" if sa else "")
    return out


def hitokoto(values: Mapping[str, Any]) -> str:
    """差と、いちばん大きい理由を言う1つの文。"""
    sa = values["sa"]
    if sa == 0:
        return f"去年と同じ {yen(values['kotoshi_nofu'])}です。"
    muki = [u for u in values["uchiwake"] if u["kingaku"] * sa > 0]
    ookii = max(muki, key=lambda u: abs(u["kingaku"]))
    return (
        f"去年より {yen(abs(sa))} {'多い' if sa > 0 else '少ない'}。"
        f"いちばん大きい理由は{ookii['namae']}（{fugo(ookii['kingaku'])}）です。"
    )


def namae(yoin: str, mei: str, kingaku: int) -> str:
    """理由の名前。賃金は、増加か減少かを言う。"""
    return {1: "賃金の増加", -1: "賃金の減少"}.get(
        (kingaku > 0) - (kingaku < 0) if yoin == "chingin" else 0, mei
    )


def fugo(x: int) -> str:
    """「+98,000円」「−98,000円」の形。"""
    return f"{'+' if x > 0 else ''}{yen(x)}"


def zougen(x: int) -> str:
    """増えたか減ったかを言う。"""
    if x == 0:
        return "変わりません"
    return f"{yen(abs(x))} {'増えました' if x > 0 else '減りました'}"


def _seisan(toshi: str, run: Run, id: str) -> str:
    """前払いと確定を並べて、差を足すか引くかを言う。"""
    kakutei, maebarai, sa = (run[f"{id}_{k}"] for k in ("kakutei", "shinkokuzumi", "seisan"))
    if sa == 0:
        return f"{toshi}は、前払い（申告済概算保険料）と確定保険料が同じ {yen(kakutei)}で、精算がありません"
    nani = f"不足の {yen(sa)}を足す" if sa > 0 else f"払い過ぎの {yen(-sa)}を引く"
    return f"{toshi}は、確定保険料 {yen(kakutei)} − 前払い（申告済概算保険料）{yen(maebarai)}で、{nani}"


def _gyoshu(ritsu: Run) -> str:
    kyonen, kotoshi = ritsu["kyonen_gyoshu"], ritsu["kotoshi_gyoshu"]
    return "" if not chigau(kyonen, kotoshi) else f"業種番号は、去年 {kyonen}、今年 {kotoshi}。"


def _kubun(kyonen: Run, kotoshi: Run) -> str:
    mae, ima = (r["koyo_kubun"] for r in (kyonen, kotoshi))
    return (
        ""
        if not chigau(mae, ima)
        else f"事業の区分は、去年 {KOYO_KUBUN[mae]}、今年 {KOYO_KUBUN[ima]}。"
    )


def _kara(hajime: str, kyonen: Run, kotoshi: Run, gyo: str) -> str:
    return f"{hajime} {yen(kyonen[gyo])} から {yen(kotoshi[gyo])} へ。"


def _chingin(kyonen: Run, kotoshi: Run) -> str:
    return "".join(
        _kara(f"{hoken}の賃金は", kyonen, kotoshi, gyo)
        for hoken, gyo in (("労災", "gaisan_rosai_kiso"), ("雇用", "gaisan_koyo_kiso"))
        if kyonen[gyo] != kotoshi[gyo]
    )


def _ritsu(hajime: str, ritsu: Run, gyo: str) -> str:
    return f"{hajime}は、去年 {permille(ritsu[f'kyonen_{gyo}'])}、今年 {permille(ritsu[f'kotoshi_{gyo}'])}。"


def _merit(ritsu: Run) -> str:
    """業種の率と同じ率の年は、メリット無しと言う。"""
    bun = [
        f"{toshi}はメリット無し（業種の率 {permille(kijun)}）"
        if (zogen := ritsu[f"{id}_rosai_ritsu"]) == (kijun := ritsu[f"{id}_kijun_ritsu"])
        else f"{toshi}は業種の率 {permille(kijun)} を増減した {permille(zogen)}"
        for id, toshi in (("kyonen", "去年"), ("kotoshi", "今年"))
    ]
    return "。".join(bun) + "。"


def _koyo(run: Run) -> str:
    zenki, koki = run["gaisan_koyo_ritsu"], run["gaisan_koyo_koki_ritsu"]
    if run["gaisan_chu_kaitei"]:
        return f"前期 {permille(zenki)}・後期 {permille(koki)}"
    return permille(zenki)
