"""カーネルの親: 全部のノートを動かし終えて待つ。分けた子は、すぐに画面を出せる。"""

from __future__ import annotations

import gc

from . import notebooks
from .yomikomi import Note

NOTES = {name: Note(name) for name in notebooks()}
for note in NOTES.values():
    note.ugokasu()
gc.collect()
gc.freeze()  # 分けた後の片付け（gc）で、分け合う記憶を書き換えない
