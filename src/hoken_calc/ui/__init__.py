"""画面。計算を呼ぶだけで、計算から呼ばれることはない。"""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
STATIC = HERE / "jupyter/voila/templates/hoken/static"


def notebooks_dir() -> Path:
    """ノートのある場所。パッケージの中か、開発中なら `notebooks/`。"""
    inside = HERE.parent / "notebooks"
    return inside if inside.is_dir() else HERE.parents[2] / "notebooks"


def notebooks() -> list[str]:
    """ノートのファイルの名前。"""
    return sorted(p.name for p in notebooks_dir().glob("*.ipynb"))
