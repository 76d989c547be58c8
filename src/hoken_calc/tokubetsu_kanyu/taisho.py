"""中小事業主等の特別加入（第1種）の対象になるか。"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..kekka import Ayamari, Bu, Keisan, Kotae, NyuryokuAyamari, Taishogai, shirabe
from ..schema import HAI, NENDO, NIN, NISSU, Schema, komoku, read, sentaku, title
from ..sheet import Check, Const, Expr, Given, Input, Line, Run, Sheet, choice
from ..sheet.render import number
from ..tables import TABLES, NotCovered, cite, teisu
from .shiki import nendo, nendo_hajime

GYOTAI = {
    "kinyu": "金融業・保険業・不動産業・小売業",
    "oroshi": "卸売業・サービス業",
    "sonota": "そのほかの業種",
}
JUSHI = {
    "jigyonushi": "事業主・法人の代表者（業務に従事）",
    "kazoku": "家族従事者（業務に従事。労働者でない）",
    "yakuin": "代表者でない役員（業務に従事。労働者でない）",
    "chingin_yakuin": "賃金を得て働く役員",
    "jushi_shinai": "業務に従事しない人",
}
SHITAUKE = {
    "shinai": "建設の下請ではない",
    "ikkatsu_ari": "下請（有期事業の一括の保険関係がある）",
    "ikkatsu_nashi": "下請（有期事業の一括の保険関係がない）",
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
jushi = Input("jushi", "加入する人と業務", "", JUSHI)
shitauke = Input("shitauke", "建設の下請", "", SHITAUKE)


def _joken(id: str, label: str, shiki: Expr, shutten: tuple[str, ...], riyu: str) -> Line:
    return Line(
        id,
        label,
        shiki,
        unit="",
        basis=cite(*shutten),
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
rodoshasu_jogen = Line(
    "rodoshasu_jogen",
    "労働者数の上限",
    _JOGEN,
    unit="人",
    basis=cite("fukui-1-6", "kaigisho-annai-2"),
    why="上限は業種で違う。支店や工場の人も足した、企業全体の人数と比べる。",
)
nissu_kagen = Line(
    "nissu_kagen",
    "労働者を使う日数の下限",
    teisu("nobe_nissu", nendo_hajime),
    unit="日",
    basis=cite("fukui-1-9-1"),
    when=~tsunen_shiyo,
    why="年間を通じては使わない時も、使う日の合計がこれ以上になる見込みなら加入できる。",
)
JOKEN = (
    _joken(
        "kibo",
        "企業の大きさ",
        rodoshasu <= _JOGEN,  # メリット制の特例も、この条件だけを使う
        ("fukui-1-6", "kaigisho-annai-2"),
        "企業全体の常時の労働者数が、業種の上限以下であること。支店や工場の人も足す。",
    ),
    _joken(
        "shiyo",
        "労働者の使用",
        choice(tsunen_shiyo, Const(True), nobe_nissu >= nissu_kagen, quiet=True),
        ("fukui-1-9-1",),
        "労働者を年間を通じて1人以上使うか、使う日の合計が下限以上になる見込みであること。",
    ),
    _joken(
        "itaku_joken",
        "事務組合への委託",
        choice(itaku, Const(True), Const(False), quiet=True),
        ("choshuho33", "fukui-1-9-0", "kaigisho-annai-1"),
        "労働保険事務組合に事務を委託していること。",
    ),
    _joken(
        "jushi_joken",
        "業務が対象か",
        (jushi != "chingin_yakuin") & (jushi != "jushi_shinai"),
        ("fukui-1-9-34", "kaigisho-annai-1"),
        "労働者でない人が、その事業の業務に従事していること。",
    ),
    _joken(
        "shitauke_joken",
        "建設の下請",
        shitauke != "ikkatsu_nashi",
        ("fukui-1-9-2",),
        "何段かの請負の下請でも、特別加入では事業主として扱う。ただし、自分で行う小工事の有期事業の一括の保険関係を、先に成立させておく。",
    ),
)
SHEET = Sheet(
    "taisho",
    "第1種特別加入の対象になるか",
    (nendo, gyotai, rodoshasu, tsunen_shiyo, nobe_nissu, itaku, jushi, shitauke),
    (rodoshasu_jogen, nissu_kagen, *JOKEN),
    (
        Check(
            "rodoshasu",
            "tsunen_0nin",
            tsunen_shiyo & (rodoshasu == 0),
            "労働者を年間を通じて使うなら、労働者数は1人以上です。0人なら、使うのは「時々」にして、延べ日数を入れてください。",
        ),
        Check(
            "nobe_nissu",
            "hissu",
            ~tsunen_shiyo & ~Given(nobe_nissu),
            "労働者を時々使うなら、1年に使う日数の合計（延べ日数）の見込みを入れてください。",
        ),
        Check(
            "shitauke",
            "sonota_nomi",
            (shitauke != "shinai") & (gyotai != "sonota"),
            "建設の下請なら、業種の大きな分け方は「そのほかの業種」です。",
        ),
    ),
)
SCHEMA: Schema = komoku(
    "第1種特別加入の対象になるかの入力",
    {
        "nendo": title(NENDO, "保険年度"),
        "gyotai": title(sentaku(GYOTAI), "業種の大きな分け方"),
        "rodoshasu": title(NIN, "企業全体の常時の労働者数"),
        "tsunen_shiyo": title(HAI, "労働者を年間を通じて使うかどうか"),
        "nobe_nissu": title(NISSU, "労働者を使う延べ日数"),
        "itaku": title(HAI, "事務組合に委託しているかどうか"),
        "jushi": title(sentaku(JUSHI), "加入する人と業務"),
        "shitauke": title({**sentaku(SHITAUKE), "default": "shinai"}, "建設の下請"),
    },
    ("nendo", "gyotai", "rodoshasu", "tsunen_shiyo", "itaku", "jushi"),
)


def hantei(data: Mapping[str, Any]) -> Kotae:
    """対象になるかを判定する。どの答えも、条件ごとの理由と根拠がつく。

    用語: 中小事業主等（労災保険法33条1号・2号）。
    誤りの時: `NyuryokuAyamari`。ならない時: 満たさない条件と、何が変わればよいか（`Taishogai`）。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    given = {"shitauke": "shinai", **x}
    if broken := SHEET.broken_inputs(given):
        return NyuryokuAyamari(shirabe(broken))
    try:
        run = SHEET.run(given, TABLES)
    except NotCovered as e:
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", e.message)])
    dame = [j for j in JOKEN if not run[j.id]]
    if dame:
        return Taishogai(
            [
                {"code": j.id, "message": f"{j.label}: {riyu(run, j.id)}", "basis": list(j.basis)}
                for j in dame
            ]
        )
    values = {"taisho": True, "riyu": {j.id: riyu(run, j.id) for j in JOKEN}}
    return Keisan("taisho", values, (Bu(run),))


def riyu(run: Run, joken: str) -> str:
    """その条件を満たすか満たさないかの理由。入れた数と、その業種の上限で言う。"""
    match joken:
        case "kibo":
            return _kibo(run)
        case "shiyo":
            return _shiyo(run)
        case "itaku_joken":
            return ITAKU_RIYU[run["itaku"]]
        case "jushi_joken":
            return JUSHI_RIYU[run["jushi"]]
    return SHITAUKE_RIYU[run["shitauke"]]


def _kibo(run: Run) -> str:
    ima = f"{GYOTAI[run['gyotai']]}は、企業全体で常時{number(run['rodoshasu_jogen'])}人以下です。いまは{number(run['rodoshasu'])}人です。"
    return ima if run["kibo"] else f"{ima}一時的に超えただけなら、ふだんの人数を入れてください。"


def _shiyo(run: Run) -> str:
    if run["tsunen_shiyo"]:
        return f"労働者を年間を通じて使います（常時{number(run['rodoshasu'])}人）。"
    return f"労働者を使う日の合計は、年間{number(run['nissu_kagen'])}日以上になる見込みが必要です。いまは{number(run['nobe_nissu'])}日です。"


ITAKU_RIYU = {
    True: "労働保険事務組合に委託しています。",
    False: "第1種の特別加入は、労働保険事務組合に委託している事業だけです。委託すれば加入できます。",
}
JUSHI_RIYU = {
    "jigyonushi": "事業主が、その事業の業務に従事しています。",
    "kazoku": "労働者でない家族従事者が、その事業に従事しています。",
    "yakuin": "労働者に当たらない代表者以外の役員が、その事業に従事しています。",
    "chingin_yakuin": "労働に従事して、その代わりに賃金を得ている役員は労働者です。特別加入ではなく、労働者として労災保険の対象になります。",
    "jushi_shinai": "特別加入できるのは、その事業の業務に従事する人です。従事しない人は加入できません。",
}
SHITAUKE_RIYU = {
    "shinai": "建設の下請ではないので、この条件はありません。",
    "ikkatsu_ari": "下請でも、特別加入では事業主として扱います。自分の小工事の有期事業の一括の保険関係もあります。",
    "ikkatsu_nashi": "下請も事業主として扱いますが、先に、自分で行う小工事の有期事業の一括の保険関係を成立させる必要があります。",
}
