"""Voilà で計算ページを出す。ひな形は `jupyter/voila/templates/hoken`、外からは何も取らない。"""

from __future__ import annotations

import json
import os
import socket
import sys
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..tables import jp, names, table
from . import HERE, STATIC, notebooks_dir

HITORI_MB = 60  # 1人が使う記憶（測りより多め）
HITORI_SAIDAI = 200


def pages() -> list[dict[str, str]]:
    """計算ページの一覧。題と説明はノートの metadata（title、hoken.setsumei）にある。"""
    out = []
    for path in notebooks_dir().glob("*.ipynb"):
        meta = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        hoken = meta.get("hoken", {})
        if hoken.get("jun") is None:
            continue
        page = {"path": path.name, "title": meta["title"], "setsumei": hoken["setsumei"]}
        page["kumi"] = hoken.get("kumi", page["title"])
        out.append((hoken["jun"], page))
    return [page for _, page in sorted(out, key=lambda x: x[0])]


@cache
def _ban() -> str:
    """画面の部品の版。見る人の側は、中身が変わるまで読み直さない。"""
    files = sorted(STATIC.glob("*.[cj]s*"))
    return sha256(b"".join(f.read_bytes() for f in files)).hexdigest()[:12]


def add_pages(page_config: dict[str, Any], **_: Any) -> dict[str, Any]:
    """ひな形で使う、ページの一覧と表の確認日。"""
    page_config["hoken"] = {
        "ban": _ban(),
        "ichiran": "",
        "pages": pages(),
        "nendo": jp(table("koyo_hokenritsu").latest).split("年")[0] + "年度",
        "kakunin": jp(min(table(n).verified_through for n in names())),
    }
    return page_config


def hinagata(config: Any) -> None:
    """計算ページの形を決める。ひな形と、見せない物。"""
    hoken = str(HERE / "jupyter")
    os.environ["JUPYTER_PATH"] = os.pathsep.join(
        [hoken, *filter(None, [os.environ.get("JUPYTER_PATH")])]
    )
    config.VoilaConfiguration.template = "hoken"
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.page_config_hook = add_pages


def saidai() -> int:
    """同時に開けるページの数。環境変数 HOKEN_CALC_PAGES が無ければ、記憶の半分まで。"""
    kimari = os.environ.get("HOKEN_CALC_PAGES")
    if kimari:
        if not kimari.isascii() or not kimari.isdigit() or int(kimari) < 1:
            raise ValueError("HOKEN_CALC_PAGES は、1以上の整数（半角）で書いてください。")
        return int(kimari)
    if not hasattr(os, "sysconf"):
        return 20
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    hako = Path("/sys/fs/cgroup/memory.max")
    if hako.exists() and (text := hako.read_text().strip()).isdigit():
        memory = min(memory, int(text))
    return max(4, min(HITORI_SAIDAI, memory // 2 // (HITORI_MB << 20)))


def serve(port: int, ip: str, browser: bool) -> int:
    """計算ページを開き、止められるまで待つ。

    環境変数: HOKEN_CALC_PAGES（同時に開けるページの数）、
    HOKEN_CALC_HOSTS（この機械を指すほかの名前。空白かカンマで区切る）。
    """
    with socket.socket() as s:
        if s.connect_ex((ip, port)) == 0:
            print(
                f"ポート {port} はもう使われています。--port で別の番号を選んでください。",
                file=sys.stderr,
            )
            return 2
    try:
        kazu = saidai()
    except ValueError as e:
        print(e, file=sys.stderr)
        return 2
    from . import kernel

    kernel.hajimeru()  # 次の重い物を読む間に、親がノートを動かす

    from traitlets.config import Config

    from .server import Kernels, Server

    Server.pages = kazu
    Server.hosts = tuple(os.environ.get("HOKEN_CALC_HOSTS", "").lower().replace(",", " ").split())
    Server.deta = kernel.deta()
    config = Config()
    config.Voila.ip = ip
    config.Voila.port = port
    config.Voila.port_retries = 0
    config.Voila.open_browser = browser
    config.Voila.log_level = "ERROR"
    hinagata(config)
    config.VoilaConfiguration.multi_kernel_manager_class = Kernels
    config.Kernels.cull_idle_timeout = 1  # 長さは Kernels が画面の様子で決める
    config.Kernels.cull_interval = 30
    config.KernelRestarter.restart_limit = 0
    if kernel.WAKERU:
        config.KernelManager.transport = "ipc"  # 同じ機械の、ほかの人からつなげない
    config.KernelProvisionerFactory.default_provisioner_name = kernel.NAME
    print(f"計算ページ: http://{ip}:{port}/ （止めるには Ctrl+C）", flush=True)
    Server.launch_instance(argv=[str(notebooks_dir())], config=config)
    return 0
