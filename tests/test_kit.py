"""CI の道具: 変わった円の報告、改正の予行、表の確かめ直し、配る物の中身。"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from conftest import REI
from hoken_calc import calc
from hoken_calc.cli import main
from hoken_calc.kawatta import kuraberu, moto
from hoken_calc.kiroku import MIME

ROOT = Path(__file__).resolve().parents[1]
YOKO = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SHIGOTO = ROOT / ".github" / "workflows"


def kiroku(*ids: str, **change: Any) -> dict[str, Any]:
    return calc("nendo_koshin", {**REI, **change}).nuku(*ids)._repr_mimebundle_()[MIME]


def test_the_record_names_the_rows_behind_each_yen() -> None:
    x = kiroku("koyo_kiso", "kakutei_hokenryo", "ki1_nofu_kigen")
    gyo = {
        line["id"]: [(x["gyo"][i]["id"], x["gyo"][i]["kaishi"]) for i in line["gyo"]]
        for line in x["lines"]
    }
    assert gyo["koyo_kiso"] == []
    assert set(gyo["kakutei_hokenryo"]) == {
        ("rosai_hokenritsu.ritsu 94", "2024-04-01"),
        ("koyo_hokenritsu.ritsu ippan", "2025-04-01"),
    }
    assert {id.split(".")[0] for id, _ in gyo["ki1_nofu_kigen"]} == {"nokigen"}
    assert [(s["ran"], s["atai"]) for s in x["lines"]][1] == ("⑬", "424,879円")


def test_the_record_of_a_later_part_keeps_the_rows_of_the_parts_before_it() -> None:
    koji = {"gyoshu": "35", "kaishi": "2024-05-01", "shuryo": "2025-08-31"}
    x = calc("ikkatsu_yuki", {"nendo": 2025, "koji": [{**koji, "ukeoi_kingaku": 10_000_000}]})
    line = next(s for s in x.kiroku()["lines"] if s["id"] == "kakutei_hokenryo")  # type: ignore[union-attr]
    hyo = {x.kiroku()["gyo"][i]["hyo"] for i in line["gyo"]}  # type: ignore[union-attr]
    assert {"労務費率", "労災保険率"} <= hyo


def test_refusals_are_recorded_too() -> None:
    x = kiroku("koyo_kiso", kaisu=2)
    assert x["status"] == "error"
    assert x["errors"][0]["field"] == "kaisu"


def gyo(kaishi: str, atai: str) -> dict[str, str]:
    na = {"hyo": "雇用保険率", "na": "一般の事業", "retsu": "雇用保険率"}
    return {"id": "koyo", **na, "kaishi": kaishi, "atai": atai}


@pytest.mark.parametrize(
    ("mae", "ato", "kotae"),
    [
        (
            [gyo("2026-04-01", "13.5/1000")],
            [gyo("2026-04-01", "13/1000")],
            "雇用保険率（一般の事業） 令和8年4月1日の行 13.5/1000 → 13/1000",
        ),
        (
            [gyo("2026-04-01", "13.5/1000")],
            [gyo("2027-04-01", "12.5/1000")],
            "雇用保険率（一般の事業） 令和8年4月1日の行 13.5/1000 → 令和9年4月1日の行 12.5/1000",
        ),
        (
            [gyo("2025-04-01", "14.5/1000"), gyo("2026-04-01", "13.5/1000")],
            [gyo("2025-04-01", "14.5/1000")],
            "雇用保険率（一般の事業） 令和8年4月1日の行 13.5/1000 を使わなくなった",
        ),
        (
            [gyo("2026-04-01", "1/1000")],
            [gyo("2026-04-01", "1/1000")],
            "表の行は同じ（式か例が変わった）",
        ),
        ([], None, "この行が無くなった"),
        (None, [], "表を引かない行"),
    ],
)
def test_what_caused_the_change(mae: Any, ato: Any, kotae: str) -> None:
    assert moto(mae, ato) == kotae


@pytest.fixture
def yoko(tmp_path: Path) -> Path:
    """予行の表。いまの表を写した物。"""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "yoko"))


def nukigaki(bango: int) -> list[str]:
    """docs/ci.md の、`bango` 番目の予行の抜き書き。"""
    return re.findall(r"```markdown\n(.*?)```", YOKO, re.S)[bango - 1].split("\n")


def hokoku(yoko: Path, capsys: pytest.CaptureFixture[str]) -> str:
    notes = [str(ROOT / "notebooks" / f"{n}.ipynb") for n in ("hajimeni", "nendo_koshin")]
    assert main(["kawatta", "--data", str(yoko), *notes]) == 1
    return capsys.readouterr().out


def junban_ni_aru(lines: list[str], text: str) -> None:
    at = 0
    for line in filter(None, lines):
        found = text.find(line, at)
        assert found >= 0, f"報告に無い: {line}"
        at = found


def test_dry_run_of_a_new_year(yoko: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/ci.md の予行1。書いてある通りに表を直すと、書いてある通りの報告が出る。"""
    tasu = re.search(r"```csv\n(.*?)```", YOKO, re.S)
    assert tasu
    rows = [line.strip() for line in tasu[1].strip().splitlines()]
    hyo = yoko / "koyo_hokenritsu.csv"
    hyo.write_text("\n".join([hyo.read_text(encoding="utf-8").rstrip(), *rows, ""]), "utf-8")
    toml = yoko / "tables.toml"
    kakunin = re.sub(r"(verified_through = )\S+", r"\g<1>2027-04-01", toml.read_text("utf-8"))
    toml.write_text(kakunin, "utf-8")
    out = hokoku(yoko, capsys)
    junban_ni_aru(nukigaki(1), out)
    # 手計算: 24,100,000 × 12.5/1000
    assert "301,250円" in out
    assert "## nendo_koshin.ipynb" not in out


def test_dry_run_of_a_corrected_row(yoko: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """docs/ci.md の予行2。もう出ていた円が動く。"""
    hyo = yoko / "koyo_hokenritsu.csv"
    text = hyo.read_text(encoding="utf-8")
    assert text.count("2026-04-01,一般の事業,13.5,") == 1
    hyo.write_text(text.replace("一般の事業,13.5,", "一般の事業,13,"), "utf-8")
    out = hokoku(yoko, capsys)
    junban_ni_aru(nukigaki(2), out)
    # 手計算: 25,143,000 × 3/1000 + 24,100,000 × 13/1000
    assert "| 400,779円 | 388,729円 |" in out
    # 令和7年度の確定は動かない。
    assert "424,879円" not in out


def test_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kawatta", str(ROOT / "notebooks" / "hajimeni.ipynb")]) == 0
    assert "変わったセル 0、変わった値 0" in capsys.readouterr().out


def note(path: Path, *code: str) -> Path:
    cells = [new_markdown_cell("## 見出し"), *(new_code_cell(c) for c in code)]
    nbformat.write(new_notebook(cells=cells), path)
    return path


def test_save_only_after_reading_and_say_what_does_not_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = note(
        tmp_path / "a.ipynb", "from hoken_calc import calc", 'calc("tsuichokin", {"fusoku": 28300})'
    )
    before = path.read_bytes()
    assert main(["kawatta", str(tmp_path)]) == 1
    assert path.read_bytes() == before
    assert "見出し" in capsys.readouterr().out
    assert main(["kawatta", "--hozon", str(tmp_path)]) == 1
    saved = nbformat.read(path, 4)
    assert MIME in saved.cells[2].outputs[0].data
    assert main(["kawatta", str(tmp_path)]) == 0
    saved.cells[2].source = "1 / 0"
    nbformat.write(saved, path)
    before = path.read_bytes()
    assert main(["kawatta", "--hozon", str(tmp_path)]) == 2
    assert path.read_bytes() == before
    assert "動きません。ZeroDivisionError" in capsys.readouterr().out
    assert [c.ugokanai for c in kuraberu(path).cells] == [True]


@pytest.mark.parametrize(
    ("args", "kotoba"),
    [
        (["nai.ipynb"], "ノートがありません: nai.ipynb"),
        (["--data", "nai"], "「nai」に tables.toml がありません"),
        (["--data", "nai", "--hozon"], "予行の答えは保存しません"),
    ],
)
def test_bad_arguments(args: list[str], kotoba: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kawatta", *args]) == 2
    assert kotoba in capsys.readouterr().err


def test_ci_runs_the_same_command_with_official_actions_only() -> None:
    text = "".join(p.read_text(encoding="utf-8") for p in SHIGOTO.glob("*.yml"))
    assert set(re.findall(r"uses: (\S+)@v\d+\n", text)) <= {
        "actions/checkout",
        "actions/setup-python",
    }
    assert len(re.findall("uses:", text)) == len(re.findall(r"uses: \S+@v\d+\n", text))
    steps = yaml.safe_load((SHIGOTO / "ci.yml").read_text("utf-8"))["jobs"]["shiken"]["steps"]
    assert ".ci/run" in [s.get("run") for s in steps]


@pytest.mark.parametrize(("tsugi_no_tsuki_no_toshi", "code"), [("2026", 0), ("2027", 1)])
def test_the_monthly_job_fails_from_december(
    tsugi_no_tsuki_no_toshi: str, code: int, yoko: Path, tmp_path: Path
) -> None:
    """令和8年11月まで確かめた表は、11月の仕事を通り、12月の仕事で落ちる。"""
    toml = yoko / "tables.toml"
    kakunin = re.sub(r"(verified_through = )\S+", r"\g<1>2026-11-21", toml.read_text("utf-8"))
    toml.write_text(kakunin, "utf-8")
    bin = tmp_path / "bin"
    bin.mkdir()
    (bin / "date").write_text(f"#!/bin/sh\necho {tsugi_no_tsuki_no_toshi}\n")
    (bin / "date").chmod(0o755)
    (bin / "python").symlink_to(sys.executable)
    job = yaml.safe_load((SHIGOTO / "tables.yml").read_text("utf-8"))["jobs"]["tables"]
    command = job["steps"][-1]["run"]
    assert "date -d '+1 month' +%Y" in command
    # 仕事の機械には部品が入っていない。-S で、入っている部品を見せない。
    command = command.replace("python -m", "python -S -m")
    path = f"{bin}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": path, "PYTHONPATH": "src", "HOKEN_CALC_DATA": str(yoko), "PYTHONUTF8": "1"}
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, env=env, capture_output=True)
    assert done.returncode == code, done.stderr.decode()


def test_the_wheel_has_the_tables_and_the_notebooks_but_no_checkpoints(tmp_path: Path) -> None:
    repo = tmp_path / "repo"
    shutil.copytree(
        ROOT,
        repo,
        ignore=shutil.ignore_patterns(".*", "tests", "*.lock", "binder", "docs", "frontend"),
    )
    for d in ("notebooks", "data"):
        (repo / d / ".ipynb_checkpoints").mkdir()
        (repo / d / ".ipynb_checkpoints" / "a-checkpoint.ipynb").write_text("{}")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(tmp_path), str(repo)]
    subprocess.run(command, check=True)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert "hoken_calc/data/tables.toml" in names
    assert "hoken_calc/notebooks/hajimeni.ipynb" in names
    assert "hoken_calc/ui/jupyter/voila/templates/hoken/static/hoken.js" in names
    assert not [n for n in names if "checkpoint" in n]


def test_pictures_of_the_first_page_are_small() -> None:
    nb = nbformat.read(ROOT / "notebooks" / "hajimeni.ipynb", 4)
    e = {n: d for c in nb.cells for n, d in c.get("attachments", {}).items()}
    used = re.findall(r"!\[([^]]+)\]\(attachment:([^)]+)\)", "".join(c.source for c in nb.cells))
    assert {n for _, n in used} == set(e)
    assert all(len(kotoba) > 10 for kotoba, _ in used)
    assert sum(len(d["image/webp"]) for d in e.values()) < 300_000
