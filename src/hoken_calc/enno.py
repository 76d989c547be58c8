"""延納（分割納付）と納期限。継続事業（一括有期を含む）と、単独の有期事業。"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .kekka import Ayamari, Bu, Keisan, Kotae, NyuryokuAyamari, shirabe
from .kibetsu import (
    HOKEN_KANKEI,
    HOKEN_KANKEI_BETSUMEI,
    HOSHIKI,
    encho_go,
    enno_kijun,
    ki_no_gaku,
    ki_no_namae,
    kijitsu,
    nendo_no,
)
from .koyomi import YOKUEIGYOBI, YOKUKAICHOBI, tsuki_wo_tasu
from .schema import EN, HIZUKE, NENDO, Schema, nyuryoku_no_kata, read, sentaku, title
from .sheet import (
    Check,
    Const,
    Day,
    Given,
    Input,
    Line,
    Run,
    Sheet,
    Value,
    choice,
    day,
    larger,
)
from .tables import TABLES, NotCovered, cite, jp, teisu

JIGYO = {"keizoku": "継続事業（一括有期を含む）", "yuki": "単独の有期事業"}

# ---- 期の数と額 ---------------------------------------------------------
nendo = Input("nendo", "概算の保険年度", "年度")
hoshiki = Input("hoshiki", "申告の方式", "", HOSHIKI)
jigyo = Input("jigyo", "事業", "", JIGYO)
hoken_kankei = Input("hoken_kankei", "成立している保険", "", HOKEN_KANKEI)
gaisan_hokenryo = Input("gaisan_hokenryo", "概算保険料")
seiritsu = Input("seiritsu", "保険関係の成立日", "日付")
rokkagetsu_go = Input("rokkagetsu_go", "成立日から6月の期間の終わりの日", "日付")
shuryo = Input("shuryo", "事業の終了予定日", "日付")
kikan_su = Input("kikan_su", "成立日からの期の数", "期")

_SHIGATSU = day(nendo, 0, 4, 1)
_KI = "延納できるか"


kijun_ijo = gaisan_hokenryo >= choice(
    jigyo == "yuki",
    teisu("enno_kijun_yuki", _SHIGATSU),
    enno_kijun(hoken_kankei, _SHIGATSU),
    quiet=True,
)
kikan_ijo = Line(
    "kikan_ijo",
    "期間の要件に合うか",
    choice(jigyo == "yuki", shuryo > rokkagetsu_go, kikan_su > 1, quiet=True),
    unit="",
    basis=cite("soku27-chuto", "soku28"),
    section=_KI,
    if_true="合う",
    if_false="合わない",
    why="継続事業は10月1日からの成立、有期事業は6月以内だと、延納できない。",
)
enno_kano = Line(
    "enno_kano",
    "延納できるか",
    choice(kikan_ijo, (hoshiki == "jimukumiai") | kijun_ijo, Const(False), quiet=True),
    unit="",
    basis=cite("choshuho18", "soku27", "soku28"),
    section=_KI,
    if_true="延納できる",
    if_false="延納できない",
    why="事務組合に委託していれば、額を問わない。",
)
ki_su = Line(
    "ki_su",
    "納める回数",
    choice(enno_kano, kikan_su, 1, quiet=True),
    unit="回",
    basis=cite("soku27-chuto", "soku28"),
    section=_KI,
)
ki_gaku, saisho_gaku = ki_no_gaku(gaisan_hokenryo, ki_su, section=_KI)
YUKI_NO_HI = (
    Check(
        "seiritsu",
        "hissu",
        (jigyo == "yuki") & ~Given(seiritsu),
        "有期事業では、保険関係の成立日（工事の開始日）を入れてください。",
    ),
    Check(
        "shuryo",
        "hissu",
        (jigyo == "yuki") & ~Given(shuryo),
        "有期事業では、終了予定日を入れてください。",
    ),
    Check(
        "shuryo",
        "yuki_nomi",
        (jigyo == "keizoku") & Given(shuryo),
        "終了予定日を使うのは、単独の有期事業だけです。",
    ),
    Check(
        "shuryo",
        "owari_mae",
        (jigyo == "yuki") & Given(seiritsu) & Given(shuryo) & (shuryo < seiritsu),
        "終了予定日は、成立日より後の日にしてください。",
    ),
)
SHEET = Sheet(
    "enno",
    "延納",
    (
        nendo,
        hoshiki,
        jigyo,
        hoken_kankei,
        gaisan_hokenryo,
        seiritsu,
        rokkagetsu_go,
        shuryo,
        kikan_su,
    ),
    (kikan_ijo, enno_kano, ki_su, ki_gaku, saisho_gaku),
    YUKI_NO_HI,
)

# ---- 1つの期の納期限 ----------------------------------------------------
ki = Input("ki", "期", "")
hyo_ki = Input("hyo_ki", "納期限の表の期", "")
ki_nendo = Input("ki_nendo", "期の属する保険年度", "年度")
_NOKIGEN = "納期限"


def _kijitsu(hyo: str) -> Day:
    return kijitsu(hyo, ki_nendo, hyo_ki, on=_SHIGATSU)


nintei_tsuchi = Input("nintei_tsuchi", "認定決定の通知を受けた日", "日付")
nintei_kigen = Line(
    "nintei_kigen",
    "認定決定の期限",
    nintei_tsuchi + teisu("nintei_nissu", _SHIGATSU),
    rounding=YOKUKAICHOBI,
    unit="日付",
    basis=cite("soku29"),
    when=Given(nintei_tsuchi),
    section=_NOKIGEN,
    why="通知を受けた日の翌日を1日目と数える。",
)
seiritsu_kigen = Line(
    "seiritsu_kigen",
    "成立日から数えた期限",
    seiritsu
    + choice(
        jigyo == "yuki",
        teisu("yuki_seiritsu_nissu", _SHIGATSU),
        teisu("keizoku_seiritsu_nissu", _SHIGATSU),
        quiet=True,
    ),
    unit="日付",
    basis=cite("choshuho15-kigen"),
    when=Given(seiritsu) & ~Given(hyo_ki),
    section=_NOKIGEN,
    why="成立した日の翌日を1日目と数える。",
)
hyo_kijitsu = Line(
    "hyo_kijitsu",
    "法令の期日",
    choice(jigyo == "yuki", _kijitsu("nokigen_yuki"), _kijitsu("nokigen"), quiet=True),
    unit="日付",
    basis=cite("soku27"),
    when=Given(hyo_ki),
    section=_NOKIGEN,
)
encho_kigen = encho_go(
    hyo_kijitsu, (hoshiki == "jimukumiai") & (jigyo == "keizoku"), hyo_ki, on=_SHIGATSU
)
futsu_kigen = Line(
    "futsu_kigen",
    "通常の納期限",
    choice(Given(hyo_ki), encho_kigen, seiritsu_kigen, quiet=True),
    rounding=YOKUKAICHOBI,
    unit="日付",
    basis=cite("soku27", "soku28"),
    section=_NOKIGEN,
    why="事務組合の14日の延長は、継続事業の第2期・第3期だけ。有期事業は延びない。",
)
nofu_kigen = Line(
    "nofu_kigen",
    "納期限",
    choice(
        Given(nintei_tsuchi),
        choice(ki == 1, nintei_kigen, larger(futsu_kigen, nintei_kigen), quiet=True),
        futsu_kigen,
        quiet=True,
    ),
    unit="日付",
    basis=cite("soku27", "soku28"),
    section=_NOKIGEN,
    why="認定決定では、先に期限の来る期は第1期と一緒に納める。",
)
kozafurikae_bi = Line(
    "kozafurikae_bi",
    "口座振替日",
    _kijitsu("kozafurikae_bi"),
    rounding=YOKUEIGYOBI,
    unit="日付",
    basis=cite("furikae"),
    when=Given(hyo_ki) & (jigyo == "keizoku") & ~Given(nintei_tsuchi),
    section=_NOKIGEN,
)
KI_SHEET = Sheet(
    "ki",
    "期ごとの納期限",
    (nendo, hoshiki, jigyo, seiritsu, ki, hyo_ki, ki_nendo, nintei_tsuchi),
    (seiritsu_kigen, hyo_kijitsu, nintei_kigen, futsu_kigen, nofu_kigen, kozafurikae_bi),
)

SCHEMA: Schema = nyuryoku_no_kata(
    "延納の入力",
    {
        "hoshiki": title(sentaku(HOSHIKI), "申告の方式"),
        "jigyo": title(sentaku(JIGYO), "事業"),
        "hoken_kankei": title(
            sentaku(HOKEN_KANKEI, HOKEN_KANKEI_BETSUMEI), "成立している保険", "保険関係"
        ),
        "nendo": title(NENDO, "概算の保険年度", "保険年度", "年度"),
        "gaisan_hokenryo": title(EN, "概算保険料"),
        "seiritsu": title(HIZUKE, "保険関係の成立日（前の年度からなら null）"),
        "shuryo": title(HIZUKE, "事業の終了予定日（有期）"),
        "nintei_tsuchi": title(HIZUKE, "認定決定の通知を受けた日"),
    },
    ("hoshiki", "jigyo", "hoken_kankei", "nendo", "gaisan_hokenryo"),
)


HIZUKE_NO_KOMOKU = ("seiritsu", "shuryo", "nintei_tsuchi")


@dataclass(frozen=True)
class Kikan:
    """1つの期。`hyo_ki` は納期限の表の期（成立日から数える期は None）、`nendo` はその表の年度。"""

    kaishi: date
    shuryo: date
    hyo_ki: int | None
    nendo: int


def kihon_no_kikan(nendo: int) -> list[Kikan]:
    """年度を通した3つの期。"""
    return [Kikan(a, b, n, nendo) for n, (a, b) in enumerate(_kihon(nendo), 1)]


def keizoku_no_kikan(nendo: int, seiritsu: date | None) -> list[Kikan]:
    """継続事業の期。根拠: 徴収則27条1項。"""
    ki = kihon_no_kikan(nendo)
    if seiritsu is None or nendo_no(seiritsu) < nendo:
        return ki
    return _chuto(ki, seiritsu)


def yuki_no_kikan(seiritsu: date, shuryo: date) -> list[Kikan]:
    """単独の有期事業の、全部の期。根拠: 徴収則28条。

    4〜7月の期の納期限は3月31日なので、表の期ではなく、前の年度の終わりから引く。
    """
    ki = [
        Kikan(a, min(b, shuryo), n, y)
        for y in range(seiritsu.year - 1, shuryo.year + 1)
        for n, (a, b) in enumerate(_kihon(y), 1)
        if b >= seiritsu and a <= shuryo
    ]
    return _chuto(ki, seiritsu)


def _kihon(y: int) -> list[tuple[date, date]]:
    return [
        (date(y, 4, 1), date(y, 7, 31)),
        (date(y, 8, 1), date(y, 11, 30)),
        (date(y, 12, 1), date(y + 1, 3, 31)),
    ]


def _chuto(ki: list[Kikan], seiritsu: date) -> list[Kikan]:
    """成立日からその期の末日まで2月以内なら、次の期の末日までを最初の期とする。"""
    ki = [k for k in ki if k.shuryo >= seiritsu]
    matsujitsu = max(
        b for y in (seiritsu.year - 1, seiritsu.year) for a, b in _kihon(y) if a <= seiritsu
    )
    nigatsu_inai = matsujitsu < tsuki_wo_tasu(seiritsu, 2)
    awaseru = 2 if nigatsu_inai and len(ki) > 1 else 1
    saisho = Kikan(seiritsu, ki[awaseru - 1].shuryo, None, ki[0].nendo)
    return [saisho, *ki[awaseru:]]


def calc(data: Mapping[str, Any]) -> Kotae:
    """延納の計算。

    用語: 延納（徴収法18条、徴収則27条・28条）。単位: 円。
    計算式: 概算保険料 ÷ 期の数。1円未満は最初の期に合わせる（端数計算法3条）。
    誤りの時: `NyuryokuAyamari`。出典: `data/sources.csv`。
    """
    x, errors = read(SCHEMA, data)
    if errors:
        return NyuryokuAyamari(errors)
    hizuke = {k: date.fromisoformat(x[k]) for k in HIZUKE_NO_KOMOKU if k in x}
    nintei = hizuke.pop("nintei_tsuchi", None)
    given: dict[str, Value] = {k: v for k, v in x.items() if k not in HIZUKE_NO_KOMOKU} | hizuke
    if broken := SHEET.broken_inputs(given):
        return NyuryokuAyamari(shirabe(broken))
    if x["jigyo"] == "yuki":
        hajime = hizuke["seiritsu"]
        if nendo_no(hajime) != x["nendo"]:
            message = (
                f"単独の有期事業では、成立日（{jp(hajime)}）の属する保険年度を入れてください。"
            )
            return NyuryokuAyamari([Ayamari("nendo", "seiritsu_no_nendo", message)])
        kikan = yuki_no_kikan(hajime, hizuke["shuryo"])
        given["rokkagetsu_go"] = tsuki_wo_tasu(hajime, 6) - timedelta(days=1)
    else:
        chuto = hizuke.get("seiritsu")
        if chuto is not None and nendo_no(chuto) > x["nendo"]:
            message = "成立日が、概算の保険年度（4月1日から翌年3月31日）より後です。"
            return NyuryokuAyamari([Ayamari("seiritsu", "nendo_gai", message)])
        kikan = keizoku_no_kikan(x["nendo"], chuto)
    if nintei is not None and not kikan[0].kaishi <= nintei <= kikan[-1].shuryo:
        return NyuryokuAyamari([_nintei_gai(kikan[0].kaishi, kikan[-1].shuryo)])
    given["kikan_su"] = len(kikan)
    try:
        run = SHEET.run(given, TABLES)
        if not run["enno_kano"]:
            kikan = [Kikan(kikan[0].kaishi, kikan[-1].shuryo, kikan[0].hyo_ki, kikan[0].nendo)]
        namae = ki_no_namae(len(kikan))
        given["nintei_tsuchi"] = nintei
        bu = [_kigen(given, k, i, n) for i, (k, n) in enumerate(zip(kikan, namae, strict=True), 1)]
    except NotCovered as e:
        return NyuryokuAyamari([Ayamari("nendo", "nendo_hanigai", e.message)])
    kibetsu = [
        {
            "ki": i,
            "kikan_kaishi": k.kaishi,
            "kikan_shuryo": k.shuryo,
            "gaku": run["saisho_gaku"] if i == 1 else run["ki_gaku"],
            "nofu_kigen": b.run["nofu_kigen"],
            "kozafurikae_bi": b.run["kozafurikae_bi"],
        }
        for i, (k, b) in enumerate(zip(kikan, bu, strict=True), 1)
    ]
    values = {"enno_kano": bool(run["enno_kano"]), "kibetsu": kibetsu}
    return Keisan("enno", values, (Bu(run), *bu))


def _nintei_gai(hajime: date, owari: date) -> Ayamari:
    message = (
        f"認定決定の通知を受けた日は、{jp(hajime)} から {jp(owari)} までの日にしてください。"
        "始まる前に、概算保険料は決まりません。終わった後は確定保険料で精算します"
        "（終わった後に概算保険料を認定決定すると定めた資料は見つかっていないので、計算しません）。"
    )
    return Ayamari("nintei_tsuchi", "kikan_gai", message)


def _kigen(given: Mapping[str, Value], kikan: Kikan, ki_: int, namae: str) -> Bu:
    run: Run = KI_SHEET.run(
        {
            "nendo": given["nendo"],
            "ki_nendo": kikan.nendo,
            "hoshiki": given["hoshiki"],
            "jigyo": given["jigyo"],
            "seiritsu": given.get("seiritsu"),
            "ki": ki_,
            "hyo_ki": kikan.hyo_ki,
            "nintei_tsuchi": given["nintei_tsuchi"],
        },
        TABLES,
    )
    return Bu(run, midashi=namae)
