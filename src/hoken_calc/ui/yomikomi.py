"""カーネルの親が先に読む部品。この読み込みで、表と画面を1度使って温めておく。"""

from __future__ import annotations

import gc

import ipykernel.ipkernel
import ipykernel.kernelapp

from . import enno, ikkatsu_yuki, nendo_koshin, renshu, tokubetsu_kanyu

_ = (
    ipykernel.ipkernel,
    ipykernel.kernelapp,
    enno,
    ikkatsu_yuki,
    nendo_koshin,
    renshu,
    tokubetsu_kanyu,
)
gc.collect()
gc.freeze()
