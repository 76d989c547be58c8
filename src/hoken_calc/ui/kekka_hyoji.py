"""どの画面でも使う、結果の出し方と選択肢。"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import reduce
from html import escape
from operator import getitem
from typing import Any

from ..kekka import Ayamari, Keisan, Kotae
from ..kibetsu import ki_no_namae
from ..sheet import to_html
from ..sheet.render import number
from ..tables import jp, nendo_label, table
from .buhin import Komoku

TARINAI = ("hyo_no_mae",)


def rei_wo_ireru(komoku: Sequence[Komoku], rei: Mapping[str, Any]) -> None:
    """欄を開いた時の値に戻してから、例（欄の名前 → 値）を入れる。"""
    for k in komoku:
        k.modosu()
        if k.field in rei:
            k.widget.value = rei[k.field]


def ikkai_de(
    keisan: Callable[[dict[str, Any]], Kotae], data: dict[str, Any]
) -> tuple[Kotae, list[str]]:
    """計算する。延納できない申告だけ1回にして計算し、その納付回数の項目を返す。確定まで隠さないため。"""
    answer = keisan(data)
    fuka = [e.field for e in getattr(answer, "errors", []) if e.code == "enno_fuka"]
    for field in fuka:
        *michi, kaisu = field.split(".")
        reduce(getitem, michi, data)[kaisu] = 1
    return (keisan(data) if fuka else answer), fuka


def options(choices: dict[Any, str]) -> list[tuple[str, Any]]:
    """選択肢（値 → 名前）を、画面の形にする。"""
    return [(label, value) for value, label in choices.items()]


def nendo_no_sentakushi(hyo: str) -> list[tuple[str, Any]]:
    """その表で計算できる年度。新しい順。"""
    t = table(hyo)
    return [(nendo_label(y), y) for y in range(t.saigo_nendo, t.first.year - 1, -1)]


def gyoshu_no_sentakushi() -> list[str]:
    """いま使える業種を「94 その他の各種事業」の形で。"""
    t = table("rosai_hokenritsu")
    return sorted(f"{r.key} {r['shurui']}" for r in t.on(t.verified_through))


def hizuke(d: date) -> str:
    """日付を「令和8年7月10日（金）」と書く。"""
    return f"{jp(d)}（{'月火水木金土日'[d.weekday()]}）"


def hi_no_masu(d: date, ato: str = "") -> str:
    """日付の細います。折り返す時は、年の後で。"""
    return f"<td class='hk-hi'>{jp(d).replace('年', '年<wbr>')}{ato}</td>"


def kibetsu_hyo(rows: Sequence[dict[str, Any]]) -> str:
    """期ごとの納付額、納期限、口座振替日。"""
    if not rows:
        return ""
    ki = ki_no_namae(len(rows))
    body = "".join(
        f"<tr><th scope='row'>{name}</th>"
        f"<td class='hk-su'><strong>{number(k['nofu_gaku'])}円</strong></td>"
        f"<td>{hizuke(k['nofu_kigen'])}</td><td>{hizuke(k['kozafurikae_bi'])}</td></tr>"
        for name, k in zip(ki, rows, strict=True)
    )
    if len(rows) > 1:
        kei = number(sum(k["nofu_gaku"] for k in rows))
        body += f"<tr><th scope='row'>計</th><td class='hk-su'>{kei}円</td><td></td><td></td></tr>"
    return (
        "<h2>いつ、いくら納めるか</h2><div class='hk-yoko'><table class='hk-kijitsu'><thead><tr>"
        "<th scope='col'>期</th><th scope='col' class='hk-su'>納付額</th><th scope='col'>納期限</th>"
        f"<th scope='col'>口座振替なら</th></tr></thead><tbody>{body}</tbody></table></div>"
    )


def omona_hyo(amounts: Sequence[tuple[str, int]], *sa: tuple[str, int]) -> str:
    """いちばん大事な額を、大きく並べる。`sa` は差の額で、増える時に + をつける。"""
    moji = [(n, number(x)) for n, x in amounts]
    moji += [(n, ("+" if x > 0 else "") + number(x)) for n, x in sa]
    cells = "".join(f"<div><b>{n}</b><span>{x}<small>円</small></span></div>" for n, x in moji)
    return f'<div class="hk-omona">{cells}</div>'


def dare(text: str, chui: int = 0) -> str:
    """何の計算かと、断り書き。注意が離れた所に出る時は、その数。"""
    kazu = (
        f"<span>注意が{chui}件あります。下の注意書きを先に読んでください。</span>" if chui else ""
    )
    return f'<p class="hk-dare">{text}<strong>提出用ではありません。</strong>{kazu}</p>'


def tarinai(answer: Keisan) -> str:
    """額そのものが足りない時の注意。額のすぐ下に置く。"""
    items = "".join(f"<li>{escape(c.message)}</li>" for c in answer.warnings if c.code in TARINAI)
    if not items:
        return ""
    return f'<div class="hk-chui"><strong>この額は足りません</strong><ul>{items}</ul></div>'


def chui(answer: Keisan) -> str:
    """注意の一覧。入力と結果についてと、表や規則の資料についてに分ける。"""
    shiryo = [c for c in answer.warnings if c.code.endswith(("kakunin_hikui", "mikakunin"))]
    hoka = [c for c in answer.warnings if c not in shiryo]
    naka = "".join(
        f"<strong>{midashi}</strong><ul>{''.join(f'<li>{escape(c.message)}</li>' for c in naka)}</ul>"
        for midashi, naka in (("注意", hoka), ("資料で確かめきれていないこと", shiryo))
        if naka
    )
    return f'<div class="hk-chui">{naka}</div>' if naka else ""


def ichigyo_zutsu(answer: Keisan) -> str:
    """1行ずつの計算と、使った表、断り書き。"""
    used = "、".join(
        f"{t['title']}（{jp(date.fromisoformat(t['row_start']))}から）"
        for t in answer.tables
        if t["table"] != "teisu"
    )
    kakunin = ""
    if answer.tables:
        hi = min(date.fromisoformat(t["verified_through"]) for t in answer.tables)
        hyo = f"使った表: {escape(used)}。" if used else ""
        kakunin = f"{hyo}{jp(hi)}まで改正が無いことを確認しています。"
    return (
        "<h2>1行ずつの計算</h2><p class='hk-osu'>行を押すと、式・端数の処理・根拠が開きます。</p>"
        + to_html(answer.lines)
        + '<p class="hk-kotowari"><span class="hk-daiji">提出用ではありません。</span>検算と説明のための計算です。'
        f"{kakunin}</p>"
    )


def ayamari(css: str, title: str, errors: Sequence[Ayamari], komoku: Sequence[Komoku]) -> str:
    """誤りの一覧。項目の名前をつける。足りない項目は、欄の名前で、欄の順に言う。"""
    if not errors:
        return ""
    items = "".join(
        f"<li>{escape(_bun(e, komoku))}</li>" for e in sorted(errors, key=lambda e: _jun(e, komoku))
    )
    return f'<div class="{css}"><strong>{title}</strong><ul>{items}</ul></div>'


def _bun(e: Ayamari, komoku: Sequence[Komoku]) -> str:
    if e.code != "hissu":
        namae = next((k.label for k in komoku_of(e.field, komoku) if k.mieru), "")
        return f"{namae}: {e.message}" if namae else e.bun
    ran = [f"「{k.label}」" for k in _tarinai(e, komoku) if k.mieru]
    tada = re.fullmatch(r"[^、]+を(円で)?入れてください。", e.message)  # 訳のある文は、そのまま言う
    return f"{'と'.join(ran)}を入れてください。" if ran and tada else e.bun


def _tarinai(e: Ayamari, komoku: Sequence[Komoku]) -> list[Komoku]:
    return [k for k in komoku if k.field == e.field or k.field.startswith(f"{e.field}.")]


def _jun(e: Ayamari, komoku: Sequence[Komoku]) -> int:
    """欄の順。欄の無い誤り（表など）は先。"""
    ran = [*_tarinai(e, komoku), *komoku_of(e.field, komoku)]
    return list(komoku).index(ran[0]) if ran else -1


def komoku_of(field: str, komoku: Sequence[Komoku]) -> list[Komoku]:
    """誤りの項目に当たる欄。"""
    return [k for k in komoku if field == k.field or field.startswith(f"{k.field}.")]


def kekka_no_ayamari(
    errors: Sequence[Ayamari], komoku: Sequence[Komoku], kara: bool = False
) -> str:
    """足りない項目と、直す項目。`kara` なら、まだ書いていない賃金の誤りは足りない方に入れる。"""
    tarinai = [e for e in errors if e.code == "hissu" or (kara and e.code == "zenki_koki")]
    okashii = [e for e in errors if e not in tarinai]
    return ayamari("hk-okashii", "直してください", okashii, komoku) + ayamari(
        "hk-tarinai", "あと、ここを入れると計算できます", tarinai, komoku
    )
