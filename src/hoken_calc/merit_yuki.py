"""単独有期事業のメリット制: 改定確定保険料。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from math import floor
from typing import Any

from .hasu_shori import ICHIEN_MIMAN_KIRISUTE
from .kekka import Ayamari, Bu, Chui, Keisan, Kotae, NyuryokuAyamari, Taishogai
from .merit import BUNRUI, TOKUBETSU, atarashii_ayamari, chingin_hasu, hissu, yoyu_no_bun
from .merit.shiki import (
    chingin_sogaku,
    gyomu_hokenryo,
    nendo,
    nendo_higyomu_ritsu,
    rosai_hokenryo,
    tokubetsu_gyomu,
    tokubetsu_hokenryo,
    tokubetsu_kiso,
)
from .merit.tenken import bunrui_no_ritsu, hokenryo_no_hani
from .schema import EN, HIZUKE, SEISU, Schema, nyuryoku_no_kata, read, sentaku, title
from .sheet import (
    Band,
    Check,
    Const,
    Expr,
    Given,
    Input,
    Line,
    Lookup,
    Run,
    Sheet,
    choice,
    day,
)
from .sheet.render import number, shosu_hyoji
from .tables import TABLES, NotCovered, cite, jp, nendo_label, table, teisu, teisu_no_atai

JIGYO = {"kensetsu": "建設の事業", "ringyo": "立木の伐採の事業"}

jigyo = Input("jigyo", "事業", "", JIGYO)
ukeoi_kingaku = Input("ukeoi_kingaku", "請負金額（税抜き）")
sozai = Input("sozai", "素材の生産量", "立方メートル")
kyufu_3 = Input("kyufu_3", "終了後3か月までの給付")
tokubetsu_shikyukin_3 = Input("tokubetsu_shikyukin_3", "終了後3か月までの特別支給金")
kyufu_9 = Input("kyufu_9", "終了後9か月までの給付")
tokubetsu_shikyukin_9 = Input("tokubetsu_shikyukin_9", "終了後9か月までの特別支給金")
dai1shu = Input("dai1shu_kubun", "事業の区分", "")
dai2shu = Input("dai2shu_kubun", "事業の区分", "")
_SEIRITSU = day(nendo, 0, 4, 1)
_KENSETSU = jigyo == "kensetsu"
_KIBO_ARI = (_KENSETSU & Given(ukeoi_kingaku)) | ((jigyo == "ringyo") & Given(sozai))
_KIBO = "対象になる大きさか"
_SHUSHI = "収支率"
_KAITEI = "改定確定保険料"


def _beppyo(bango: str) -> Expr:
    return choice(
        _KENSETSU,
        Const(f"別表第{bango}（建設）"),
        Const(f"別表第{bango}（立木の伐採）"),
        quiet=True,
    )


def _zogen(shushi: Line) -> Expr:
    return Band("merit_zogen", "zogen_ritsu", _SEIRITSU, beppyo_6, shushi, "％")


def _chosei(kubun: Input) -> Expr:
    return Lookup("merit_chosei_ritsu", "chosei_ritsu", _SEIRITSU, kubun)


kakutei_hokenryo = Line(
    "kakutei_hokenryo",
    "確定保険料",
    rosai_hokenryo + tokubetsu_hokenryo,
    basis=cite("choshuho19", "soku35"),
    section=_KIBO,
)
kakutei_joken = Line(
    "kakutei_joken",
    "確定保険料が40万円以上か",
    kakutei_hokenryo >= teisu("merit_yuki_kakutei", _SEIRITSU),
    unit="",
    basis=cite("choshuho20", "soku35"),
    section=_KIBO,
    if_true="確定保険料が40万円以上",
    if_false="確定保険料が40万円に足りない",
)
kibo_joken = Line(
    "kibo_joken",
    "請負金額か素材の生産量が決まりの大きさか",
    choice(
        _KENSETSU,
        ukeoi_kingaku >= teisu("merit_yuki_ukeoi", _SEIRITSU),
        sozai >= teisu("merit_yuki_sozai", _SEIRITSU),
        quiet=True,
    ),
    unit="",
    basis=cite("choshuho20", "soku35"),
    when=_KIBO_ARI,
    section=_KIBO,
    if_true="決まりの大きさ以上",
    if_false="決まりの大きさに足りない",
    why="建設は請負金額（税抜き）、立木の伐採は素材の生産量で見る。確定保険料と、どちらか一方で対象になる。",
)
yuki_taisho = Line(
    "yuki_taisho",
    "メリット制の対象か",
    choice(_KIBO_ARI, kakutei_joken | kibo_joken, kakutei_joken, quiet=True),
    unit="",
    basis=cite("choshuho20"),
    section=_KIBO,
    if_true="対象",
    if_false="対象外",
)
hokenryo_kei = Line(
    "hokenryo_kei",
    "非業務災害の分を引いた保険料",
    gyomu_hokenryo + tokubetsu_gyomu,
    basis=cite("choshuho20"),
    section=_SHUSHI,
)
dai1shu_chosei = Line(
    "dai1shu_chosei",
    "第1種調整率",
    _chosei(dai1shu),
    unit="",
    basis=cite("soku19-2"),
    section=_SHUSHI,
)
shushi_3 = Line(
    "shushi_3",
    "終了後3か月までの収支率",
    (kyufu_3 + tokubetsu_shikyukin_3) / (hokenryo_kei * dai1shu_chosei) * 100,
    unit="％",
    basis=cite("choshuho20"),
    section=_SHUSHI,
)
shushi_9_dai1shu = Line(
    "shushi_9_dai1shu",
    "9か月までの給付での、変動範囲を見る収支率",
    (kyufu_9 + tokubetsu_shikyukin_9) / (hokenryo_kei * dai1shu_chosei) * 100,
    unit="％",
    basis=cite("beppyo7"),
    when=Given(kyufu_9),
    section=_SHUSHI,
    why="別表第7の区間は、第1種調整率で見る。",
)
beppyo_6 = Line(
    "beppyo_6",
    "増減率の表",
    _beppyo("6"),
    unit="",
    basis=cite("beppyo6"),
    section=_SHUSHI,
)
beppyo_7 = Line(
    "beppyo_7",
    "変動範囲の表",
    _beppyo("7"),
    unit="",
    basis=cite("beppyo7"),
    section=_SHUSHI,
)


def _kukan(id: str, label: str, shushi: Line, when: Expr | None = None) -> Line:
    return Line(
        id,
        label,
        choice(
            _zogen(shushi) == 0,
            Const(0),
            Band("merit_hendo", "kukan", _SEIRITSU, beppyo_7, shushi),
            quiet=True,
        ),
        unit="",
        basis=cite("beppyo7"),
        when=when,
        section=_SHUSHI,
        why="75%を超え85%以下の区間は別表第7に無い（0と書く）。",
    )


kukan_3 = _kukan("kukan_3", "3か月までの収支率の区間（別表第7の段）", shushi_3)
kukan_9 = _kukan(
    "kukan_9", "9か月までの収支率の区間（別表第7の段）", shushi_9_dai1shu, Given(kyufu_9)
)
sankagetsu = Line(
    "sankagetsu",
    "3か月までの収支率で決まるか",
    choice(
        Given(kyufu_9),
        (shushi_3 == shushi_9_dai1shu) | ((kukan_3 > 0) & (kukan_3 == kukan_9)),
        Const(True),
        quiet=True,
    ),
    unit="",
    basis=cite("choshuho20", "beppyo7"),
    section=_SHUSHI,
    if_true="3か月までの収支率で決まる",
    if_false="9か月までの収支率で決まる",
    why="3か月の後に収支率が変わらないか、変わっても別表第7の同じ区間を出ないと認められれば、3か月までの収支率で決まる。",
)
dai2shu_chosei = Line(
    "dai2shu_chosei",
    "第2種調整率",
    _chosei(dai2shu),
    unit="",
    basis=cite("soku35-2"),
    when=~sankagetsu,
    section=_SHUSHI,
)
shushi_9 = Line(
    "shushi_9",
    "終了後9か月までの収支率",
    (kyufu_9 + tokubetsu_shikyukin_9) / (hokenryo_kei * dai2shu_chosei) * 100,
    unit="％",
    basis=cite("choshuho20", "soku35-2"),
    when=~sankagetsu,
    section=_SHUSHI,
    why="9か月までの時は、第2種調整率を使う。",
)
shushi_ritsu = Line(
    "shushi_ritsu",
    "使う収支率",
    choice(sankagetsu, shushi_3, shushi_9, quiet=True),
    unit="％",
    basis=cite("choshuho20"),
    section=_SHUSHI,
)
zogen_ritsu = Line(
    "zogen_ritsu",
    "増減率",
    _zogen(shushi_ritsu),
    unit="％",
    basis=cite("choshuho20", "beppyo6"),
    section=_KAITEI,
)
kaitei_rosai = Line(
    "kaitei_rosai",
    "改定した確定保険料（労災分）",
    rosai_hokenryo + gyomu_hokenryo * zogen_ritsu / 100,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho20"),
    section=_KAITEI,
    why="非業務災害の分を引いた額にだけ増減率を掛け、確定保険料に足す（減なら引く）。",
)
kaitei_tokubetsu = Line(
    "kaitei_tokubetsu",
    "改定した第1種特別加入保険料",
    tokubetsu_hokenryo + tokubetsu_gyomu * zogen_ritsu / 100,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho20"),
    when=tokubetsu_hokenryo > 0,
    section=_KAITEI,
)
kaitei_hokenryo = Line(
    "kaitei_hokenryo",
    "改定確定保険料",
    kaitei_rosai + kaitei_tokubetsu,
    basis=cite("choshuho20"),
    section=_KAITEI,
)
sagaku = Line(
    "sagaku",
    "差額（増は追加の納付、減は還付）",
    kaitei_hokenryo - kakutei_hokenryo,
    basis=cite("choshuho20"),
    section=_KAITEI,
    why="増えた分は、通知を発する日から30日を経過した日までに納める。減った分は充当か還付（通知の翌日から10日以内に請求）。",
)
_HOKENRYO_NYURYOKU = (
    ukeoi_kingaku,
    sozai,
    chingin_sogaku,
    rosai_hokenryo,
    tokubetsu_kiso,
    tokubetsu_hokenryo,
)
SHEET = Sheet(
    "merit_yuki",
    "単独有期事業のメリット制",
    (
        nendo,
        jigyo,
        dai1shu,
        dai2shu,
        *_HOKENRYO_NYURYOKU,
        kyufu_3,
        tokubetsu_shikyukin_3,
        kyufu_9,
        tokubetsu_shikyukin_9,
    ),
    (
        kakutei_hokenryo,
        kakutei_joken,
        kibo_joken,
        yuki_taisho,
        nendo_higyomu_ritsu,
        gyomu_hokenryo,
        tokubetsu_gyomu,
        hokenryo_kei,
        dai1shu_chosei,
        shushi_3,
        shushi_9_dai1shu,
        beppyo_6,
        beppyo_7,
        kukan_3,
        kukan_9,
        sankagetsu,
        dai2shu_chosei,
        shushi_9,
        shushi_ritsu,
        zogen_ritsu,
        kaitei_rosai,
        kaitei_tokubetsu,
        kaitei_hokenryo,
        sagaku,
    ),
    (
        Check(
            "kyufu_9",
            "sukunai",
            Given(kyufu_9) & (kyufu_9 < kyufu_3),
            "9か月までの給付は、3か月までの給付を含みます。3か月までより少なくはなりません。",
        ),
        Check(
            "tokubetsu_shikyukin_9",
            "sukunai",
            Given(tokubetsu_shikyukin_9) & (tokubetsu_shikyukin_9 < tokubetsu_shikyukin_3),
            "9か月までの特別支給金は、3か月までの特別支給金を含みます。3か月までより少なくはなりません。",
        ),
    ),
)
HOKENRYO_SHEET = Sheet(
    "merit_yuki_hokenryo",
    "入力を調べる保険料",
    (nendo, jigyo, *_HOKENRYO_NYURYOKU),
    (
        kakutei_hokenryo,
        kakutei_joken,
        nendo_higyomu_ritsu,
        gyomu_hokenryo,
        tokubetsu_gyomu,
        hokenryo_kei,
    ),
    (
        Check(
            "ukeoi_kingaku",
            "hissu",
            ~kakutei_joken & _KENSETSU & ~Given(ukeoi_kingaku),
            "確定保険料が40万円に足りないので、請負金額（税抜き）を円で入れてください。",
        ),
        Check(
            "sozai",
            "hissu",
            ~kakutei_joken & (jigyo == "ringyo") & ~Given(sozai),
            "確定保険料が40万円に足りないので、素材の生産量（立方メートル）を入れてください。",
        ),
        Check(
            "rosai_hokenryo",
            "sukunai",
            gyomu_hokenryo <= 0,
            "確定保険料（労災分）が、賃金総額に非業務災害率を掛けた額以下なので、収支率が計算できません。賃金総額と保険料を確かめてください。",
        ),
        Check(
            "tokubetsu_hokenryo",
            "sukunai",
            tokubetsu_gyomu < 0,
            "特別加入保険料が、算定基礎額に非業務災害率を掛けた額より少なくなっています。",
        ),
    ),
)

SCHEMA: Schema = nyuryoku_no_kata(
    "単独有期事業のメリット制の入力",
    {
        "jigyo": title(sentaku(JIGYO), "事業"),
        "seiritsu": title(HIZUKE, "保険関係の成立日"),
        "ukeoi_kingaku": title(EN, "請負金額（税抜き）"),
        "sozai": title({**SEISU, "x-tani": "立方メートル"}, "素材の生産量"),
        "chingin_sogaku": title(EN, "賃金総額（労災の算定基礎額）"),
        "rosai_hokenryo": title(EN, "確定保険料（労災分）"),
        "tokubetsu_kiso": title(EN, "特別加入の算定基礎額"),
        "tokubetsu_hokenryo": title(EN, "第1種特別加入保険料"),
        "kyufu_3": title(EN, "終了後3か月までの業務災害の保険給付"),
        "tokubetsu_shikyukin_3": title(EN, "終了後3か月までの特別支給金"),
        "kyufu_9": title(EN, "終了後9か月までの業務災害の保険給付"),
        "tokubetsu_shikyukin_9": title(EN, "終了後9か月までの特別支給金"),
    },
    (
        "jigyo",
        "seiritsu",
        "chingin_sogaku",
        "rosai_hokenryo",
        "kyufu_3",
        "tokubetsu_shikyukin_3",
    ),
)
KYUKAGETSU = ("kyufu_9", "tokubetsu_shikyukin_9")


def calc(data: Mapping[str, Any]) -> Kotae:
    """単独有期事業（建設・立木の伐採）のメリット制の計算。

    用語: 改定確定保険料（徴収法20条、徴収則35条・35条の2・別表第6・別表第7）。
    単位: 額は円、収支率と増減率は％。
    計算式: 確定保険料 ＋（確定保険料 − 非業務災害の分）× 増減率 ÷ 100。
    収支率は終了後3か月まで（第1種調整率）。後で別表第7の区間を出れば9か月まで（第2種調整率）。
    端数: 改定確定保険料は1円未満切捨て。収支率は切らない。
    対象でない時: `Taishogai`。誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    seiritsu = date.fromisoformat(x["seiritsu"])
    given: dict[str, Any] = {i.id: x.get(i.id) for i in SHEET.inputs}
    given |= {k: x.get(k, 0) for k in TOKUBETSU}
    given |= {
        "nendo": seiritsu.year - (seiritsu < date(seiritsu.year, 4, 1)),
        "dai1shu_kubun": ("dai1shu", x["jigyo"]),
        "dai2shu_kubun": ("dai2shu", x["jigyo"]),
    }
    hokenryo = {i.id: given[i.id] for i in HOKENRYO_SHEET.inputs}
    errors = _kataho_no_ayamari(x)
    try:
        broken = [
            *SHEET.broken_inputs(given),
            *HOKENRYO_SHEET.run(hokenryo, TABLES).broken_results(),
        ]
        errors += atarashii_ayamari(errors, broken)
        if errors:
            return NyuryokuAyamari(errors)
        run = SHEET.run(given, TABLES)
    except NotCovered:
        return NyuryokuAyamari([_hyo_ni_nai(seiritsu)])
    if not run["yuki_taisho"]:
        return Taishogai([_riyu(run)])
    return Keisan("merit_yuki", _values(run), (Bu(run),), tuple(_chui(x, run)))


def _hyo_ni_nai(seiritsu: date) -> Ayamari:
    hyo = table("teisu")
    message = (
        f"{jp(seiritsu)}に成立した事業は計算できません。表に収めてあるのは、"
        f"{nendo_label(hyo.first.year)}から{nendo_label(hyo.saigo_nendo)}までに成立した事業の分です。"
    )
    return Ayamari("seiritsu", "hyo_ni_nai", message)


def _kataho_no_ayamari(x: Mapping[str, Any]) -> list[Ayamari]:
    out = []
    for kumi in (TOKUBETSU, KYUKAGETSU):
        if any(k in x for k in kumi):
            namae = "と".join(SCHEMA["properties"][k]["title"] for k in kumi)
            bun = f"を入れてください。{namae}は、両方が要ります。"
            out += [hissu(SCHEMA, k, bun) for k in kumi if k not in x]
    return out


def _riyu(run: Run) -> dict[str, Any]:
    seiritsu = date(run["nendo"], 4, 1)
    kakutei = teisu_no_atai("merit_yuki_kakutei", seiritsu)
    kensetsu = run["jigyo"] == "kensetsu"
    kibo = teisu_no_atai("merit_yuki_ukeoi" if kensetsu else "merit_yuki_sozai", seiritsu)
    ima = run["ukeoi_kingaku" if kensetsu else "sozai"]
    namae, tani = ("請負金額", "円") if kensetsu else ("素材の生産量", "立方メートル")
    return {
        "code": "kibo",
        "message": (
            f"確定保険料は{number(run['kakutei_hokenryo'])}円で{number(kakutei)}円に足りず"
            f"（あと{number(kakutei - run['kakutei_hokenryo'])}円）、{namae}は{number(ima)}{tani}で{number(kibo)}{tani}に足りません"
            f"（あと{number(kibo - ima)}{tani}）。どちらか一方に届けば対象です。"
        ),
        "basis": list(kibo_joken.basis),
    }


def _values(run: Run) -> dict[str, Any]:
    shushi = Fraction(run["shushi_ritsu"])
    sagaku = run["sagaku"]
    return {
        "shushi_ritsu": f"{shushi.numerator}/{shushi.denominator}",
        "shushi_ritsu_hyoji": shosu_hyoji(shushi),
        "sankagetsu": run["sankagetsu"],
        "zogen_ritsu": run["zogen_ritsu"],
        "kakutei_hokenryo": run["kakutei_hokenryo"],
        "kaitei_hokenryo": run["kaitei_hokenryo"],
        "sagaku": sagaku,
        "seisan": "choshu" if sagaku > 0 else "kanpu" if sagaku < 0 else "nashi",
    }


def _chui(x: Mapping[str, Any], run: Run) -> list[Chui]:
    hi = date.fromisoformat(x["seiritsu"])
    bunrui = next(b for b, kubun in BUNRUI.items() if kubun == x["jigyo"])
    ritsu = bunrui_no_ritsu(bunrui, table("rosai_hokenritsu").on(hi))
    out = [
        *chingin_hasu([x["chingin_sogaku"], x.get("tokubetsu_kiso", 0)]),
        *hokenryo_no_hani("", hi, x["chingin_sogaku"], x["rosai_hokenryo"], ritsu),
    ]
    if run["kyufu_9"] is None:
        out.append(
            Chui("hendo_mitei", f"3か月までの収支率で決まるものとして計算しました。{_hani(run)}")
        )
    if run["tokubetsu_hokenryo"]:
        message = "一般の分と特別加入の分は、別々に1円未満を切り捨てました。合わせて切るかどうかを定めた資料は確かめていません。"
        out.append(Chui("kaitei_hasu", message))
    return out


def _hani(run: Run) -> str:
    if not run["kukan_3"]:
        return "別表第7に75%を超え85%以下の区間は無いので、この後に給付が少しでも増える見込みがあれば、9か月までの収支率で決まります。"
    row = table("merit_hendo").band(date(run["nendo"], 4, 1), run["beppyo_7"], run["shushi_3"])
    if row["ika"] is None:
        return "収支率は別表第7のいちばん上の区間なので、この後に給付が増えても変わりません。"
    made = floor(run["hokenryo_kei"] * run["dai1shu_chosei"] * row["ika"] / 100)
    ima = run["kyufu_3"] + run["tokubetsu_shikyukin_3"]
    tsugi = "9か月までの給付を入れて計算してください。"
    onaji = f"別表第7の同じ区間で、変わりません。それより増えた時は、{tsugi}"
    return yoyu_no_bun("給付", ima, made, f"別表第7の区間「{row.hani}」", onaji, tsugi)
