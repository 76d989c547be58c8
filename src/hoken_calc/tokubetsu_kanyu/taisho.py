"""中小事業主等の特別加入（第1種）の対象になるか。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kekka import Bu, Keisan, Kotae, NyuryokuAyamari, Taishogai
from ..schema import HAI, NENDO, NIN, Schema, komoku, read, sentaku, title
from ..sheet import Const, Expr, Input, Line, Sheet, choice
from ..tables import TABLES, cite, teisu
from .shiki import nendo, nendo_hajime

GYOTAI = {
    "kinyu": "金融業・保険業・不動産業・小売業",
    "oroshi": "卸売業・サービス業",
    "sonota": "そのほかの業種",
}
gyotai = Input("gyotai", "業種の大きな分け方", "", GYOTAI)
rodoshasu = Input("rodoshasu", "企業全体の常時の労働者数", "人")
tsunen_shiyo = Input(
    "tsunen_shiyo",
    "年間を通じた使用",
    "",
    None,
    "労働者を年間を通じて使う",
    "労働者を年間を通じては使わない",
)
nobe_nissu = Input("nobe_nissu", "労働者を使う延べ日数", "日")
itaku = Input(
    "itaku", "事務組合への委託", "", None, "事務組合に委託している", "事務組合に委託していない"
)
jushi = Input("jushi", "業務への従事", "", None, "事業の業務に従事する", "事業の業務に従事しない")


def _joken(id: str, label: str, shiki: Expr, shutten: str, riyu: str) -> Line:
    return Line(
        id,
        label,
        shiki,
        unit="",
        basis=cite(shutten),
        why=riyu,
        if_true="満たす",
        if_false="満たさない",
    )


_JOGEN = choice(
    gyotai == "kinyu",
    teisu("kinyu_rodoshasu", nendo_hajime),
    choice(
        gyotai == "oroshi",
        teisu("oroshi_rodoshasu", nendo_hajime),
        teisu("sonota_rodoshasu", nendo_hajime),
        quiet=True,
    ),
    quiet=True,
)
JOKEN = (
    _joken(
        "kibo",
        "企業の大きさ",
        rodoshasu <= _JOGEN,
        "fukui-kaisetsu",
        "企業全体の常時の労働者数が、金融・保険・不動産・小売は50人、卸売・サービスは100人、そのほかは300人以下。支店や工場の人も足す。",
    ),
    _joken(
        "shiyo",
        "労働者の使用",
        choice(
            tsunen_shiyo, Const(True), nobe_nissu >= teisu("nobe_nissu", nendo_hajime), quiet=True
        ),
        "fukui-kaisetsu",
        "労働者を年間を通じて1人以上使うか、使う日の合計が年間100日以上になる見込み。",
    ),
    _joken(
        "itaku_joken",
        "事務組合への委託",
        choice(itaku, Const(True), Const(False), quiet=True),
        "choshuho33",
        "労働保険事務組合に事務を委託していること。",
    ),
    _joken(
        "jushi_joken",
        "業務への従事",
        choice(jushi, Const(True), Const(False), quiet=True),
        "fukui-kaisetsu",
        "事業主、家族従事者、代表者以外の役員などが、その事業の業務に従事していること。賃金を得て働く役員は労働者になる。",
    ),
)
SHEET = Sheet(
    "taisho",
    "第1種特別加入の対象になるか",
    (nendo, gyotai, rodoshasu, tsunen_shiyo, nobe_nissu, itaku, jushi),
    JOKEN,
)
SCHEMA: Schema = komoku(
    "第1種特別加入の対象になるかの入力",
    {
        "nendo": title(NENDO, "保険年度"),
        "gyotai": title(sentaku(GYOTAI), "業種の大きな分け方"),
        "rodoshasu": title(NIN, "企業全体の常時の労働者数"),
        "tsunen_shiyo": title(HAI, "労働者を年間を通じて使う"),
        "nobe_nissu": title({**NIN, "default": 0}, "労働者を使う延べ日数"),
        "itaku": title(HAI, "事務組合に委託している"),
        "jushi": title(HAI, "事業の業務に従事する"),
    },
    ("nendo", "gyotai", "rodoshasu", "tsunen_shiyo", "itaku", "jushi"),
)


def hantei(data: Mapping[str, Any]) -> Kotae:
    """対象になるかを判定する。ならない時は、満たさない条件と根拠、何が変わればよいかを返す。

    用語: 中小事業主等（労災保険法33条1号・2号）。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    run = SHEET.run({"nobe_nissu": 0, **x}, TABLES)
    dame = [j for j in JOKEN if not run[j.id]]
    if dame:
        return Taishogai(
            [{"code": j.id, "message": f"{j.label}: {j.why}", "basis": list(j.basis)} for j in dame]
        )
    return Keisan("taisho", {"taisho": True}, (Bu(run),))
