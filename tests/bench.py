"""速さの測り。総コンシステムが令和6年度に扱った 661,680 事業場を1度に計算する。

同じ式を numpy で手書きした関数 `tegaki` と、同じ実行の中で交互に測り、比を出す。
"""

from __future__ import annotations

import subprocess
import sys
import time
from typing import Any

import numpy as np
import pandas as pd

KENSU = 661_680
GYOSHU = {"94": 30, "98": 30, "35": 95, "46": 35, "02": 520, "53": 160}  # 率 × 10


def jigyojo(n: int, seed: int = 1) -> pd.DataFrame:
    """作り物の委託事業場の表。"""
    rng = np.random.default_rng(seed)
    rosai = rng.integers(0, 80_000_000, n)
    kankei = rng.choice(["ryohoken", "rosai", "koyo"], n, p=[0.8, 0.15, 0.05])
    return pd.DataFrame(
        {
            "nendo": np.full(n, 2025),
            "hoshiki": "jimukumiai",
            "hoken_kankei": kankei,
            "gyoshu": rng.choice(list(GYOSHU), n),
            "koyo_kubun": rng.choice(["ippan", "norin_suisan_seishu", "kensetsu"], n),
            "chingin_rosai": rosai,
            "chingin_koyo": np.where(rng.random(n) < 0.6, rosai, rng.integers(0, 80_000_000, n)),
            "tokubetsu_kakutei": rng.integers(0, 3, n) * 3_650_000 * (kankei != "koyo"),
            "tokubetsu_gaisan": rng.integers(0, 3, n) * 3_650_000 * (kankei != "koyo"),
            "shinkokuzumi_gaisan": rng.integers(0, 2_000_000, n),
            "juto_ishi": rng.choice([1, 2, 3], n),
            "kaisu": rng.choice([1, 3], n),
        }
    )


def tegaki(df: pd.DataFrame) -> pd.DataFrame:
    """年度更新（令和7年度確定・事務組合）の手書き。比べる相手として、急いで書いた物と同じ形。"""
    kankei = df["hoken_kankei"]
    rosai_ari = (kankei != "koyo").to_numpy()
    koyo_ari = (kankei != "rosai").to_numpy()
    ritsu = df["gyoshu"].map(GYOSHU).to_numpy(np.int64)  # ÷10000
    kubun = df["koyo_kubun"]
    koyo_k = kubun.map({"ippan": 145, "norin_suisan_seishu": 165, "kensetsu": 175}).to_numpy(
        np.int64
    )
    koyo_g = koyo_k - 10
    rodosha = kubun.map({"ippan": 55, "norin_suisan_seishu": 65, "kensetsu": 65}).to_numpy(np.int64)

    def sen(x: Any) -> Any:
        return x // 1000 * 1000

    rosai_kiso = np.where(rosai_ari, sen(df["chingin_rosai"].to_numpy()), 0)
    koyo_kiso = np.where(koyo_ari, sen(df["chingin_koyo"].to_numpy()), 0)
    dogaku = rosai_ari & koyo_ari & (rosai_kiso == koyo_kiso)

    def hokenryo(koyo_ritsu: Any, tokubetsu: Any) -> Any:
        betsu = rosai_kiso * ritsu // 10000
        koyo = koyo_kiso * koyo_ritsu // 10000
        ichien = np.where(dogaku, rosai_kiso * (ritsu + koyo_ritsu) // 10000 - betsu - koyo, 0)
        toku = np.where(rosai_ari, sen(tokubetsu), 0) * ritsu // 10000
        return betsu + ichien, koyo, toku, betsu + ichien + koyo + toku

    k_rosai, k_koyo, k_toku, kakutei = hokenryo(koyo_k, df["tokubetsu_kakutei"].to_numpy())
    g_rosai, g_koyo, g_toku, gaisan = hokenryo(koyo_g, df["tokubetsu_gaisan"].to_numpy())
    ippan = rosai_kiso * 2 // 100000
    sumi = df["shinkokuzumi_gaisan"].to_numpy()
    choka = np.maximum(sumi - kakutei, 0)
    fusoku = np.maximum(kakutei - sumi, 0)
    ishi = df["juto_ishi"].to_numpy()
    kaisu = df["kaisu"].to_numpy()
    sankai = kaisu == 3
    ki = gaisan // kaisu
    ki1 = gaisan - ki * (kaisu - 1)
    ki23 = np.where(sankai, ki, 0)
    j1 = np.where(ishi == 2, 0, np.minimum(choka, ki1))
    jk = np.where(ishi == 1, 0, np.minimum(choka - j1, ippan))
    j2 = np.where(ishi == 2, 0, np.minimum(choka - j1 - jk, ki23))
    j3 = np.where(ishi == 2, 0, np.minimum(choka - j1 - jk - j2, ki23))
    juto = j1 + jk + j2 + j3
    futan = -((10000 - 2 * koyo_kiso * rodosha) // 20000)
    zero = np.zeros(len(df), dtype=np.int64)
    out = {
        "rosai_kiso": rosai_kiso,
        "koyo_kiso": koyo_kiso,
        "kakutei_rosai": k_rosai,
        "kakutei_koyo": k_koyo,
        "kakutei_tokubetsu": k_toku,
        "kakutei_hokenryo": kakutei,
        "gaisan_rosai": g_rosai,
        "gaisan_koyo": g_koyo,
        "gaisan_tokubetsu": g_toku,
        "gaisan_hokenryo": gaisan,
        "ippan_kyoshutsukin": ippan,
        "juto_gaku": juto,
        "kanpu_gaku": choka - juto,
        "fusoku_gaku": fusoku,
        "koyo_rodosha_futan": futan,
        "koyo_jigyonushi_futan": k_koyo - futan,
        "ki1_gaisan": ki1,
        "ki1_juto": j1,
        "ki1_fusoku": fusoku,
        "ki1_kyoshutsukin": ippan,
        "ki1_kyoshutsukin_juto": jk,
        "ki1_nofu_gaku": ki1 - j1 + fusoku + ippan - jk,
    }
    for n, j in ((2, j2), (3, j3)):
        for name, x in (
            ("gaisan", ki23),
            ("juto", j),
            ("fusoku", zero),
            ("kyoshutsukin", zero),
            ("kyoshutsukin_juto", zero),
            ("nofu_gaku", ki23 - j),
        ):
            out[f"ki{n}_{name}"] = pd.arrays.IntegerArray(x, ~sankai)
    return pd.DataFrame(out)


def peak(name: str) -> str:
    """別のプロセスで1度計算した時の、いちばん多い時の記憶。"""
    code = (
        "import tracemalloc, bench; from hoken_calc import batch; df = bench.jigyojo(bench.KENSU); "
        f"tracemalloc.start(); bench.{name}(df); print(tracemalloc.get_traced_memory()[1] // 2**20)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=__file__.rsplit("/", 1)[0], capture_output=True, text=True
    )
    return done.stdout.strip() or "?"


def ours(df: pd.DataFrame) -> pd.DataFrame:
    """表の計算。"""
    from hoken_calc import batch

    return batch.calc("nendo_koshin", df).values


def main() -> None:
    """交互に5回ずつ測り、比の中央値を出す。"""
    df = jigyojo(KENSU)
    times: dict[str, list[float]] = {"表の計算": [], "手書きのnumpy": []}
    for _ in range(6):
        for name, f in (("表の計算", ours), ("手書きのnumpy", tegaki)):
            start = time.perf_counter()
            f(df)
            times[name].append(time.perf_counter() - start)
    pairs = [a / b for a, b in zip(*times.values(), strict=True)][1:]
    for name, t in times.items():
        print(f"{name}: 中央値 {np.median(t[1:]):.3f} 秒（{KENSU:,} 件、5回）")
    print(
        f"比（表の計算 ÷ 手書き）: 中央値 {np.median(pairs):.2f}、最小 {min(pairs):.2f}、最大 {max(pairs):.2f}"
    )
    print(
        f"いちばん多い時の記憶: 表の計算 {peak('ours')} MB、手書き {peak('tegaki')} MB（もとの表を除き、答えの表を含む）"
    )
    import bench_gamen

    bench_gamen.main()


if __name__ == "__main__":
    main()
