"""hypothesis で作る、年度更新の入力。"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

# 端（…999円、0円、50%・200%の境）に当たりやすい額と、ふつうの額。
YEN = st.one_of(
    st.integers(0, 5_000),
    st.integers(0, 300_000).map(lambda k: k * 1000),
    st.integers(0, 300_000).map(lambda k: k * 1000 + 999),
    st.integers(0, 900_000_000),
)
RITSU = st.one_of(st.none(), st.integers(1, 8800).map(lambda n: f"{n // 100}.{n % 100:02}"))


def zenki_koki() -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({"zenki": YEN, "koki": YEN})


@st.composite
def nyuryoku(draw: st.DrawFn) -> dict[str, Any]:
    nendo = draw(
        st.sampled_from([2016, 2017, 2019, 2020, 2021, 2022, 2022, 2023, 2024, 2025, 2025])
    )
    kankei = draw(st.sampled_from(["ryohoken", "ryohoken", "rosai", "koyo"]))
    hoshiki = draw(st.sampled_from(["jimukumiai", "kobetsu"]))
    chingin = zenki_koki() if nendo == 2022 else YEN
    rosai = draw(chingin)
    koyo = rosai if draw(st.booleans()) else draw(chingin)
    data: dict[str, Any] = {
        "nendo": nendo,
        "hoshiki": hoshiki,
        "hoken_kankei": kankei,
        "chingin": {},
        "shinkokuzumi_gaisan": draw(YEN),
        "kakutei_nomi": draw(st.sampled_from([False, False, False, True])),
        "kanpu_seikyu": draw(st.sampled_from([False, False, True])),
        "juto_ishi": draw(st.sampled_from([None, 1, 2, 3])),
        "kaisu": draw(st.sampled_from([1, 3])),
    }
    if kankei != "koyo":
        data["gyoshu"] = draw(st.sampled_from(["02", "35", "46", "94", "98", "31"]))
        data["chingin"]["rosai"] = rosai
        data["rosai_ritsu"] = {"kakutei": draw(RITSU), "gaisan": draw(RITSU)}
    if kankei != "rosai":
        data["koyo_kubun"] = draw(st.sampled_from(["ippan", "norin_suisan_seishu", "kensetsu"]))
        data["chingin"]["koyo"] = koyo
    if draw(st.booleans()):
        data["mikomi"] = {"rosai": draw(YEN)} if kankei != "koyo" else {"koyo": draw(YEN)}
        if kankei == "ryohoken" and draw(st.booleans()):
            data["mikomi"]["koyo"] = draw(YEN)
    if hoshiki == "jimukumiai" and kankei != "koyo" and draw(st.booleans()):
        data["tokubetsu_kanyu"] = {
            "kakutei": draw(st.integers(0, 30_000_000)),
            "gaisan": draw(st.integers(0, 30_000_000)),
        }
    return data
