"""カーネルの親が先に読む部品: 全部の計算と画面。"""

from __future__ import annotations

import gc
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import ipykernel.kernelapp  # noqa: F401

from .. import KEISAN

SERVER = {"serve", "server", "kernel", "yomikomi"}

for name in KEISAN:
    import_module(f"hoken_calc.{name}")
for module in iter_modules([str(Path(__file__).parent)]):
    if module.name not in SERVER:
        import_module(f"{__package__}.{module.name}")
gc.collect()
gc.freeze()  # 分けた後の片付け（gc）で、分け合う記憶を書き換えない
