"""年度更新の入力。命令行の JSON、画面、表の1行を、同じ型で読む。"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag, ValidationError

from .kekka import Ayamari, NyuryokuAyamari
from .nendo_koshin import HOKEN_KANKEI, HOSHIKI, JUTO_ISHI, KAISU, KOYO_KUBUN
from .nyuryoku_kata import En, Gyoshu, Hai, Hizuke, Nendo, Nyuryoku, Ritsu, ayamari, sentaku
from .sheet import Value
from .tables import NotCovered, table


class ZenkiKoki(Nyuryoku):
    """4〜9月と10〜3月に分けた賃金。"""

    zenki: En = Field(title="前期（4〜9月）")
    koki: En = Field(title="後期（10〜3月）")


def _katachi(x: Any) -> str:
    return "(前期・後期)" if isinstance(x, (Mapping, ZenkiKoki)) else "(合計)"


Chingin = Annotated[
    Annotated[En, Tag("(合計)")] | Annotated[ZenkiKoki, Tag("(前期・後期)")],
    Discriminator(_katachi),
]


class ChinginSogaku(Nyuryoku):
    """確定の賃金総額。"""

    rosai: Chingin | None = Field(None, title="労災の賃金総額")
    koyo: Chingin | None = Field(None, title="雇用の賃金総額")


class Mikomi(Nyuryoku):
    """来年度の見込賃金。"""

    rosai: En | None = Field(None, title="労災の見込賃金")
    koyo: En | None = Field(None, title="雇用の見込賃金")


class RosaiRitsu(Nyuryoku):
    """通知された労災保険率。"""

    kakutei: Ritsu | None = Field(None, title="確定の率")
    gaisan: Ritsu | None = Field(None, title="概算の率")


class Kanyusha(Nyuryoku):
    """特別加入者1人。"""

    nichigaku: En = Field(title="給付基礎日額")
    shonin: Hizuke | None = Field(None, title="承認日（年度を通してなら null）")
    dattai: Hizuke | None = Field(None, title="脱退日（年度を通してなら null）")


def _meibo(x: Any) -> str:
    return "(名簿)" if isinstance(x, (list, tuple)) else "(合計)"


KanyushaMeibo = Annotated[
    Annotated[En, Tag("(合計)")] | Annotated[list[Kanyusha], Tag("(名簿)")],
    Discriminator(_meibo),
]


class TokubetsuKanyu(Nyuryoku):
    """第1種特別加入。加入者の並びか、算定基礎額の合計（円）。"""

    kakutei: KanyushaMeibo = Field(title="確定の年度の加入者")
    gaisan: KanyushaMeibo | None = Field(None, title="概算の年度の加入者")


class NendoKoshin(Nyuryoku):
    """年度更新（継続事業）の入力。"""

    nendo: Nendo = Field(title="確定の保険年度")
    hoshiki: sentaku(HOSHIKI) = Field(title="申告の方式")  # type: ignore[valid-type]
    hoken_kankei: sentaku(HOKEN_KANKEI) = Field(title="成立している保険")  # type: ignore[valid-type]
    gyoshu: Gyoshu | None = Field(None, title="業種番号")
    rosai_ritsu: RosaiRitsu | None = Field(None, title="通知された労災保険率")
    koyo_kubun: sentaku(KOYO_KUBUN) | None = Field(None, title="雇用保険の事業の区分")  # type: ignore[valid-type]
    chingin: ChinginSogaku = Field(title="賃金総額")
    mikomi: Mikomi | None = Field(None, title="来年度の見込賃金")
    tokubetsu_kanyu: TokubetsuKanyu | None = Field(None, title="第1種特別加入")
    shinkokuzumi_gaisan: En = Field(title="申告済みの概算保険料")
    kakutei_nomi: Hai = Field(False, title="確定だけ")
    kanpu_seikyu: Hai = Field(False, title="還付の請求")
    juto_ishi: sentaku(JUTO_ISHI) | None = Field(None, title="充当意思")  # type: ignore[valid-type]
    kaisu: sentaku(KAISU) | None = Field(None, title="納付回数（確定だけなら不要）")  # type: ignore[valid-type]


def read(data: Mapping[str, Any]) -> dict[str, Value] | NyuryokuAyamari:
    """入力を読み、計算シートの入力の名前にそろえる。"""
    try:
        x = NendoKoshin.model_validate(data)
    except ValidationError as e:
        return NyuryokuAyamari(ayamari(e, NendoKoshin))
    if errors := _nichigaku_no_ayamari(x):
        return NyuryokuAyamari(errors)
    ritsu, mikomi, tokubetsu = x.rosai_ritsu, x.mikomi, x.tokubetsu_kanyu
    return {
        "nendo": x.nendo,
        "hoshiki": x.hoshiki,
        "hoken_kankei": x.hoken_kankei,
        "gyoshu": x.gyoshu,
        "rosai_ritsu_kakutei": ritsu and ritsu.kakutei,
        "rosai_ritsu_gaisan": ritsu and ritsu.gaisan,
        "koyo_kubun": x.koyo_kubun,
        **_chingin("rosai", x.chingin.rosai),
        **_chingin("koyo", x.chingin.koyo),
        "mikomi_rosai": mikomi and mikomi.rosai,
        "mikomi_koyo": mikomi and mikomi.koyo,
        **_tokubetsu("kakutei", tokubetsu and tokubetsu.kakutei),
        **_tokubetsu("gaisan", tokubetsu and tokubetsu.gaisan),
        "shinkokuzumi_gaisan": x.shinkokuzumi_gaisan,
        "kakutei_nomi": x.kakutei_nomi,
        "kanpu_seikyu": x.kanpu_seikyu,
        "juto_ishi": x.juto_ishi,
        "kaisu": x.kaisu,
    }


def _chingin(hoken: str, x: Any) -> dict[str, Value]:
    if isinstance(x, ZenkiKoki):
        return {f"chingin_{hoken}_zenki": x.zenki, f"chingin_{hoken}_koki": x.koki}
    return {f"chingin_{hoken}": x}


def _tokubetsu(kubun: str, x: Any) -> dict[str, Value]:
    if isinstance(x, list):
        nichigaku = tuple(k.nichigaku for k in x)
        return {f"nichigaku_{kubun}": nichigaku or None}
    return {f"tokubetsu_{kubun}": x or None}


def _nichigaku_no_ayamari(x: NendoKoshin) -> list[Ayamari]:
    out: list[Ayamari] = []
    t = x.tokubetsu_kanyu
    if t is None:
        return out
    if t.gaisan is None and not x.kakutei_nomi:
        out.append(
            Ayamari(
                "tokubetsu_kanyu.gaisan",
                "hissu",
                "概算の年度の加入者を入れてください（いなければ空の並び []）。",
            )
        )
    for kubun, meibo, nendo in (("kakutei", t.kakutei, x.nendo), ("gaisan", t.gaisan, x.nendo + 1)):
        for i, k in enumerate(meibo if isinstance(meibo, list) else []):
            out.extend(_kanyusha_no_ayamari(f"tokubetsu_kanyu.{kubun}.{i}", k, nendo))
    return out


def _kanyusha_no_ayamari(field: str, k: Kanyusha, nendo: int) -> list[Ayamari]:
    out = []
    if k.shonin is not None or k.dattai is not None:
        out.append(
            Ayamari(
                field,
                "chuto_mitaio",
                "年度の途中の加入・脱退の月割りは、まだ計算できません。月割りした算定基礎額の合計（円）を、加入者の並びの代わりに入れてください。",
            )
        )
    kaikyu = table("kyufu_kiso_nichigaku")
    try:
        row = kaikyu.find(date(nendo, 4, 1), k.nichigaku)
        daisan = row["taisho"] == "第1種・第2種・第3種"
    except NotCovered as e:
        daisan = e.reason != "key"
    if not daisan:
        ok = "、".join(
            f"{n:,}" for n, rows in sorted(kaikyu.rows.items()) if rows[0]["taisho"] != "家内労働者だけ"
        )
        out.append(
            Ayamari(
                f"{field}.nichigaku",
                "nichigaku",
                f"給付基礎日額は {ok} 円のどれかです。「{k.nichigaku:,}」は選べません。",
            )
        )
    return out


def json_schema() -> dict[str, Any]:
    """入力の JSON Schema。"""
    return NendoKoshin.model_json_schema()
