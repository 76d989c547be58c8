"""家の約束: 読み込みの向き、名前、ノートの中身、個人情報と住所。"""

from __future__ import annotations

import ast
import csv
import importlib
import re
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[1]
SRC = ROOT / "src" / "hoken_calc"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
# 左の階は、右の階を読み込まない。
TOPIC = 2
KAI_OF = {
    "sheet": 0,
    "tables": 1,
    "koyomi": 1,
    "hasu_shori": 1,
    "nyuryoku": 1,
    "kekka": 1,
    "kiroku": 1,
    "schema": 1,
    "batch": 3,
    "kawatta": 3,
    "tabane": 3,
    "training": 3,
    "ui": 4,
    "cli": 4,
}
NAMAE = {p.stem for p in SRC.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}


def kai(name: str) -> int:
    """階。書いていない物は、1つの計算。"""
    return KAI_OF.get(name, TOPIC)


def imports(path: Path) -> set[str]:
    """そのファイルが読み込む、パッケージの中の1段目の名前。"""
    here = path.relative_to(SRC).with_suffix("").parts
    out = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = here[: len(here) - node.level]
            full = (*base, *(node.module.split(".") if node.module else ()))
            out |= {full[0]} if full else {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hoken_calc."):
            out.add(str(node.module).split(".")[1])
    return out & NAMAE - {"__init__"}


@pytest.mark.parametrize("path", sorted(SRC.rglob("*.py")), ids=lambda p: str(p.relative_to(SRC)))
def test_imports_point_one_way(path: Path) -> None:
    me = path.relative_to(SRC).parts[0].removesuffix(".py")
    if me == "__init__":
        return
    for other in imports(path) - {me}:
        assert kai(other) <= kai(me), f"{me} が {other} を読み込んでいる"


def test_sheet_knows_no_law() -> None:
    for path in (SRC / "sheet").glob("*.py"):
        assert imports(path) <= {"sheet"}
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\d+条|労災|雇用保険|徴収", text), path.name


def test_calc_starts_without_the_heavy_packages() -> None:
    code = (
        "import sys, json, hoken_calc.cli as c; c.main(['calc', 'nendo_koshin', sys.argv[1]]); "
        "heavy = {'pandas', 'numpy', 'ipywidgets', 'voila', 'anywidget', 'IPython'} & set(sys.modules); "
        "sys.exit(f'{heavy}' if heavy else 0)"
    )
    import json
    import sys
    import tempfile

    from conftest import REI

    with tempfile.TemporaryDirectory() as d:
        path = Path(d) / "rei.json"
        path.write_text(json.dumps(REI), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], capture_output=True, text=True
        )
    assert done.returncode == 0, done.stderr


def glossary() -> set[str]:
    with (ROOT / "data" / "glossary.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    assert len({r["id"] for r in rows}) == len(rows)
    assert all(r["用語"] and r["よみ"] and r["英訳"] for r in rows)
    return {r["id"] for r in rows}


def sheets() -> list[Any]:
    """計算の段にある、全部の計算シート。"""
    from hoken_calc.sheet import Sheet

    found: dict[int, Any] = {}
    for path in SRC.rglob("*.py"):
        parts = path.relative_to(SRC).with_suffix("").parts
        if kai(parts[0]) == TOPIC and parts != ("__init__",):
            module = importlib.import_module(".".join(("hoken_calc", *parts)))
            found |= {id(x): x for x in vars(module).values() if isinstance(x, Sheet)}
    return list(found.values())


def test_names_of_the_law_are_in_the_glossary() -> None:
    """行・入力・答えの名前は、用語集の語だけでできている。"""
    from hoken_calc import nendo_koshin
    from hoken_calc.tables import names, table

    words = glossary()
    assert len(sheets()) > 10
    public = [x.id for s in sheets() for x in (*s.inputs, *s.lines)]
    public += [a.name for a in nendo_koshin.ATAI]
    public += list(names()) + [
        str(k) for t in ("teisu", "rosai_kyufu", "jiko") for k in table(t).rows
    ]
    missing = {
        p: [w for w in p.split("_") if w not in words]
        for p in public
        if any(w not in words for w in p.split("_"))
    }
    assert missing == {}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_notebooks_are_thin(path: Path) -> None:
    nb = nbformat.read(path, 4)
    code = [c for c in nb.cells if c.cell_type == "code"]
    for cell in code:
        tree = ast.parse(cell.source)
        logic = (
            ast.FunctionDef,
            ast.ClassDef,
            ast.For,
            ast.While,
            ast.If,
            ast.Lambda,
            ast.ListComp,
        )
        assert not [n for n in ast.walk(tree) if isinstance(n, logic)], cell.source
        assert not re.search(r"\.now\(|today\(|random|time\(", cell.source)
        for out in cell.outputs:
            assert out.output_type in ("execute_result", "display_data"), "エラーや印字を残さない"
            assert "image/png" not in out.get("data", {})
    assert "widgets" not in nb.metadata
    assert nb.metadata["title"]


def tracked() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return [ROOT / p for p in done.stdout.split("\0") if p and (ROOT / p).is_file()]


def test_no_addresses_in_the_lock_files() -> None:
    for lock in ROOT.glob("requirements*.lock"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert "index" not in re.sub(r"^[a-z0-9-]+==.*$", "", text, flags=re.M)
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))


def test_docstrings_of_public_names_are_japanese() -> None:
    for path in SRC.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        nodes = [
            tree,
            *(n for n in ast.walk(tree) if isinstance(n, (ast.ClassDef, ast.FunctionDef))),
        ]
        for node in nodes:
            doc = ast.get_docstring(node)
            if doc is not None:
                assert re.search(r"[ぁ-んァ-ヶ一-龠]", doc.split("\n")[0]), (path.name, doc)


def test_no_float_is_written_on_the_way_to_a_yen() -> None:
    """式と行の中に小数の数字を書かない（割合は表から分数で引く）。"""
    for path in [
        *(SRC / "sheet").glob("*.py"),
        *(SRC / "nendo_koshin").glob("*.py"),
        SRC / "nyuryoku.py",
    ]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path.name


def test_expressions_refuse_floats() -> None:
    from hoken_calc.sheet import Input

    x = Input("x", "エックス")
    with pytest.raises(TypeError, match="小数"):
        x * 0.5
    with pytest.raises(TypeError, match="真偽"):
        bool(x > 1)
