"""申告書の小さな絵。欄の場所だけを決め、数は欄の番号で引く。"""

from __future__ import annotations

from html import escape

from ..kekka import Keisan
from ..sheet.render import number, permille

# 見出し、列の名前、行（行の名前と、列ごとの欄）。
Hyo = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]

KOBETSU: tuple[Hyo, ...] = (
    (
        "確定保険料・一般拠出金",
        ("⑧ 算定基礎額", "⑨ 率", "⑩ 保険料・拠出金"),
        (
            ("労働保険料", ("⑧(イ)", "⑨(イ)", "⑩(イ)")),
            ("労災保険分", ("⑧(ロ)", "⑨(ロ)", "⑩(ロ)")),
            ("雇用保険分", ("⑧(ホ)", "⑨(ホ)", "⑩(ホ)")),
            ("一般拠出金", ("⑧(ヘ)", "⑨(ヘ)", "⑩(ヘ)")),
        ),
    ),
    (
        "概算保険料",
        ("⑫ 算定基礎額の見込額", "⑬ 率", "⑭ 概算保険料"),
        (
            ("労働保険料", ("⑫(イ)", "⑬(イ)", "⑭(イ)")),
            ("労災保険分", ("⑫(ロ)", "⑬(ロ)", "⑭(ロ)")),
            ("雇用保険分", ("⑫(ホ)", "⑬(ホ)", "⑭(ホ)")),
        ),
    ),
    (
        "精算",
        ("⑰ 納付回数", "⑱ 申告済概算", "⑳ 充当額", "⑳ 還付額", "⑳ 不足額"),
        (("", ("⑰", "⑱", "⑳(イ)", "⑳(ロ)", "⑳(ハ)")),),
    ),
    (
        "㉒ 期別納付額",
        ("概算", "充当", "不足", "労働保険料", "拠出金充当", "拠出金", "納付額"),
        (
            ("第1期", ("㉒(イ)", "㉒(ロ)", "㉒(ハ)", "㉒(ニ)", "㉒(ホ)", "㉒(ヘ)", "㉒(ト)")),
            ("第2期", ("㉒(チ)", "㉒(リ)", "", "", "", "", "㉒(ヌ)")),
            ("第3期", ("㉒(ル)", "㉒(ヲ)", "", "", "", "", "㉒(ワ)")),
        ),
    ),
)
JIMUKUMIAI: tuple[Hyo, ...] = (
    (
        "申告書内訳（確定）",
        ("④ 常時使用労働者", "⑤ 被保険者", "⑦ 労災の賃金総額", "⑧ 労災保険率", "⑨ 労災の保険料"),
        (
            ("（一）", ("④", "⑤", "⑦(一)", "⑧", "⑨(一)")),
            ("（特）", ("", "", "⑦(特)", "", "⑨(特)")),
            ("（計）", ("", "", "", "", "⑨(計)")),
        ),
    ),
    (
        "",
        (
            "⑩ 雇用の賃金総額",
            "⑪ 雇用保険率",
            "⑫ 雇用の保険料",
            "⑬ 確定保険料合計",
            "⑭ 拠出金の賃金総額",
        ),
        (("", ("⑩(ハ)", "⑪", "⑫", "⑬", "⑭")),),
    ),
    (
        "納入通知書",
        ("第1期", "第2期", "第3期", "還付額"),
        (("納付額", ("第1期", "第2期", "第3期", "還付額")),),
    ),
)


def e_ni_suru(answer: Keisan) -> str:
    """答えを、申告書の欄に置いた絵（HTML）にする。"""
    kumiai = answer.run["hoshiki"] == "jimukumiai"
    ran = {s.box: s.shown for s in answer.lines if s.box}
    for s in answer.lines:
        if s.id.endswith("kiso") and s.box and isinstance(s.value, int):
            ran[s.box] = f"{number(s.value // 1000)}千円"
    ran["⑱"] = f"{number(answer.run['shinkokuzumi_gaisan'])}円"
    if answer.run["nendo_chu_kaitei"] and answer.run["hoken_kankei"] != "rosai":
        zenki, koki = (permille(answer.run[k]) for k in ("koyo_ritsu", "koyo_koki_ritsu"))
        ran["⑪" if kumiai else "⑨(ホ)"] = f"前期 {zenki} 後期 {koki}"
    if kumiai:
        ran = {"④": "月別の表で計算", "⑤": "月別の表で計算", **ran}
    tables = "".join(_hyo(h, ran) for h in (JIMUKUMIAI if kumiai else KOBETSU))
    yoshiki = (
        "申告書内訳（組様式第6号(甲)）と納入通知書" if kumiai else "年度更新申告書（様式第6号）"
    )
    return (
        f'<h2>紙のどの欄か</h2><div class="hk-yoshiki hk-yoko"><h3>{yoshiki}の形</h3>{tables}</div>'
    )


def _hyo(hyo: Hyo, ran: dict[str, str]) -> str:
    title, columns, rows = hyo
    head = "".join(f"<th scope='col'>{escape(c)}</th>" for c in columns)
    body = "".join(
        f"<tr>{_namae(name)}{''.join(_masu(b, ran) for b in boxes)}</tr>" for name, boxes in rows
    )
    return f"{f'<h3>{escape(title)}</h3>' if title else ''}<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"


def _namae(name: str) -> str:
    return f"<th scope='row'>{escape(name)}</th>" if name else "<td></td>"


def _masu(box: str, ran: dict[str, str]) -> str:
    if not box:
        return "<td aria-hidden='true'></td>"
    mark = box[1:] if box[1:2] == "(" else box
    mark = "" if box in ("第1期", "第2期", "第3期", "還付額") else mark
    label = f'<span class="hk-ran">{escape(mark)}</span>' if mark else ""
    return f"<td>{label}{escape(ran.get(box, ''))}&nbsp;</td>"
