"""カーネルが使う部品: 全部の計算と画面を読み、ノートを動かして画面を作る。"""

# mypy: disable-error-code="misc, assignment, no-untyped-call"
from __future__ import annotations

import ast
import json
import sys
import traceback
from contextlib import redirect_stderr
from dataclasses import dataclass, field
from importlib import import_module
from io import StringIO
from itertools import count
from pathlib import Path
from pkgutil import iter_modules
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from weakref import WeakSet

import comm
import ipykernel.kernelapp  # noqa: F401
from ipykernel.comm.comm import BaseComm
from IPython.core.formatters import DisplayFormatter
from ipywidgets.widgets import widget

from .. import KEISAN
from . import notebooks_dir
from .buhin import Gamen

sys.modules["debugpy"] = None  # デバッガーは要らない
import_module("ipykernel.debugger")

SERVER = {"serve", "server", "kernel", "yomikomi", "zenbu"}

for name in KEISAN:
    import_module(f"hoken_calc.{name}")
for module in iter_modules([str(Path(__file__).parent)]):
    if module.name not in SERVER:
        import_module(f"{__package__}.{module.name}")


@dataclass
class Note:
    """動かした1つのノート。画面の部品は、ほかのノートの物と混ぜない。"""

    namae: str
    buhin: dict[str, widget.Widget] = field(default_factory=dict)
    comms: dict[str, BaseComm] = field(default_factory=dict)
    gamen: WeakSet[Gamen] = field(default_factory=WeakSet)
    hensu: dict[str, Any] = field(default_factory=lambda: {"__name__": "__main__"})
    deta: list[list[dict[str, Any]]] = field(default_factory=list)
    """コードのマスごとの、出た物（nbformat の outputs）。"""

    def tsukau(self) -> None:
        """画面の部品の控えを、このノートの物にする。"""
        widget._instances = self.buhin
        comm.get_comm_manager().comms = self.comms
        Gamen.deteiru = self.gamen

    def ugokasu(self) -> None:
        """コードのマスを上から動かす。部品の番号は、ノートの名前と順番で決まる。"""
        bango = count()

        def tsukuru(*args: Any, **kwargs: Any) -> BaseComm:
            comm_id = uuid5(NAMESPACE_URL, f"{self.namae}/{next(bango)}").hex
            return BaseComm(*args, **{"comm_id": comm_id, **kwargs})

        self.tsukau()
        moto, comm.create_comm = comm.create_comm, tsukuru
        note = json.loads((notebooks_dir() / self.namae).read_text(encoding="utf-8"))
        codes = ["".join(c["source"]) for c in note["cells"] if c["cell_type"] == "code"]
        try:
            self.deta = [self._masu(i, code) for i, code in enumerate(codes, 1)]
        finally:
            comm.create_comm = moto

    def jotai(self) -> dict[str, Any]:
        """画面の部品の、始めの状態（ipywidgets の manager state）。"""
        state: dict[str, Any] = widget.Widget.get_manager_state(widgets=self.buhin.values())
        return state

    def _masu(self, i: int, code: str) -> list[dict[str, Any]]:
        """動かせないマスは、誤りの種類と場所だけを知らせ、次へ進む。"""
        try:
            atai = self._jikko(ast.parse(code), f"<{self.namae} {i}>")
            return [] if atai is None else [_kotae(i, atai)]
        except Exception as e:
            basho = traceback.extract_tb(e.__traceback__)[-1]
            shurui = f"{type(e).__name__}、{basho.filename} の {basho.lineno} 行"
            print(f"{self.namae} の {i} 番目のマスを動かせません: {shurui}", file=sys.stderr)
            return [{"output_type": "error", "ename": "", "evalue": "", "traceback": []}]

    def _jikko(self, tree: ast.Module, namae: str) -> Any:
        """動かし、終わりの行が式なら、その値。"""
        owari = tree.body[-1] if tree.body else None
        if not isinstance(owari, ast.Expr):
            exec(compile(tree, namae, "exec"), self.hensu)
            return None
        mae = ast.Module(tree.body[:-1], [])
        exec(compile(mae, namae, "exec"), self.hensu)
        return eval(compile(ast.Expression(owari.value), namae, "eval"), self.hensu)


def _kotae(i: int, atai: Any) -> dict[str, Any]:
    """見せる形。IPython は、形にする時の誤りを stderr に書いて続けるので、ここで止める。"""
    with redirect_stderr(StringIO()) as err:
        data, metadata = DisplayFormatter().format(atai)
    if "Traceback" in err.getvalue():
        raise ValueError("見せる形にできません。")
    deta = {"output_type": "execute_result", "execution_count": i}
    return {**deta, "data": data, "metadata": metadata}
