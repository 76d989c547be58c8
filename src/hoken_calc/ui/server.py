"""計算ページだけを出す Voilà。開ける道（URL）は、ここに書いた物だけ。"""

# Jupyter の型は、部品により有ったり無かったりする。
# mypy: disable-error-code="misc, attr-defined, no-untyped-call, override, union-attr, arg-type, no-any-return"
from __future__ import annotations

import ipaddress
import os
import socket
from datetime import timedelta
from functools import cache
from gzip import compress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jupyter_server._tz import utcnow
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from tornado.log import access_log, app_log
from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler
from voila.utils import ENV_VARIABLE

MB = 2**20
STATIC = Path(__file__).parent / "jupyter/voila/templates/hoken/static"
KATA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
V1 = "v1.kernel.websocket.jupyter.org"
BUBUN = 64  # 1つの知らせの部分の数の上限
TSUSHIN_MB = 16  # 画面から1度に届く大きさの上限。ファイルの上限（batch.FILE_MB）より大きく
HITORI_MB = 60  # 1人が使う記憶（README の測りより多め）
HITORI_SAIDAI = 200

# 画面の部品のやり取りだけを通す。実行（execute_request など）は通さない。
TOSU = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]

# 閉じた画面、つながらない画面、置いたままの画面のカーネルを、いつ片付けるか。
TSUNAGARANAI = timedelta(minutes=1)
KIRETA = timedelta(minutes=10)
OKIPPANASHI = timedelta(hours=8)

# 外へは何も頼めず、よその画面の中にも出せない。打った文字の中の onerror= なども動かない。
# blob: は、anywidget が部品を読むのに使う。
CSP = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data:",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

MESSAGES = {
    403: ("開けません", "この開き方はできません。一覧から開き直してください。"),
    404: ("ページがありません", "住所（URL）を確かめるか、一覧から開いてください。"),
    503: (
        "いま混んでいます",
        "使っている人が多く、新しい計算ページを開けません。数分待って、もう一度開いてください。"
        "開いている計算は、そのまま続けられます。",
    ),
}
FUSEI = ("開けませんでした", "もう一度開いてください。続く時は、管理する人に知らせてください。")


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
    return max(4, min(HITORI_SAIDAI, memory // 2 // (HITORI_MB * MB)))


class Kernels(AsyncMappingKernelManager):
    """見る人のいるカーネルの数を限り、使われなくなった物を片付ける。

    Voilà は、ページごとに1つ、計算まで終えたカーネルを先に用意する（`_pools`）。
    """

    def __init__(self, **kwargs: Any) -> None:
        self.junbichu: set[str] = set()  # 先に用意している最中
        super().__init__(**kwargs)

    def ippai(self) -> bool:
        """見る人のいるカーネルが、上限に届いたか。"""
        tasks = [t for pool in self._pools.values() for t in pool if t.done()]
        yoi = {t.result()["kernel_id"] for t in tasks if t.exception() is None}
        aru = self._kernels.keys() | self._pending_kernels.keys()
        return len(aru - yoi - self.junbichu) >= self.parent.pages

    async def start_kernel(self, **kwargs: Any) -> str:
        """起こす。見る人の分で、いっぱいなら 503。"""
        kernel_id = self.new_kernel_id(**kwargs)
        if kwargs["env"][ENV_VARIABLE.VOILA_PREHEAT] == "True":
            self.junbichu.add(kernel_id)
        elif self.ippai():
            raise web.HTTPError(503)
        try:
            return str(await super().start_kernel(kernel_id=kernel_id, **kwargs))
        finally:
            self.junbichu.discard(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """先に用意した物が倒れたら、用意し直す。"""
        super()._handle_kernel_died(kernel_id)
        for name, pool in self._pools.items():
            for task in [t for t in pool if t.done() and t.result()["kernel_id"] == kernel_id]:
                pool.remove(task)
                self.fill_if_needed(notebook_name=name)

    def notify_connect(self, kernel_id: str) -> None:
        """1度でもつながったことを覚える。"""
        super().notify_connect(kernel_id)
        if kernel_id in self:
            self.get_kernel(kernel_id).tsunagatta = True

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """使っていない時間が、画面の様子で決まる長さを超えたら、終わらせる。"""
        if kernel_id in self.junbichu:
            return
        kernel = self.get_kernel(kernel_id)
        if not hasattr(kernel, "hajime"):  # 先に用意した物は、開いた時からはかる
            kernel.hajime = utcnow()
        if self._kernel_connections.get(kernel_id):
            limit = OKIPPANASHI
        else:
            limit = KIRETA if getattr(kernel, "tsunagatta", False) else TSUNAGARANAI
        if utcnow() - max(kernel.hajime, kernel.last_activity) > limit:
            await self.shutdown_kernel(kernel_id, now=True)


class _Kotowari:
    """どの道にも共通: 住所の確かめ、断りのページ、記録に打った物を残さないこと。"""

    def check_host(self: Any) -> bool:
        """ほかの名前に化けた要求（DNS rebinding）を断る。数の住所なら化けられない。"""
        host = urlsplit(f"//{self.request.host}").hostname or ""
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return host in self.settings["local_hostnames"]
        return True

    def _request_summary(self: Any) -> str:
        return f"{self.request.method} {type(self).__name__}"

    def log_exception(self: Any, typ: Any, value: Any, tb: Any) -> None:
        if not isinstance(value, web.HTTPError):
            app_log.error(self._request_summary(), exc_info=(typ, value, tb))

    def write_error(self: Any, status_code: int, **_: Any) -> None:
        title, message = MESSAGES.get(status_code, FUSEI)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if status_code == 503:
            self.set_header("Retry-After", "60")
        template = self.settings["voila_jinja2_env"].get_template("kotowari.html")
        config = self.settings["voila"].voila_configuration.page_config_hook({})
        self.finish(
            template.render(
                title=title, message=message, base=self.base_url, hoken=config["hoken"], here=""
            )
        )


class Nashi(_Kotowari, JupyterHandler):
    """ここに無い道。"""

    @allow_unauthenticated
    def prepare(self) -> None:
        """どの頼み方でも 404。"""
        raise web.HTTPError(404)


class Ichiran(_Kotowari, TornadoVoilaTreeHandler):
    """計算ページの一覧。"""

    async def get(self) -> None:
        await super().get("")


class Page(_Kotowari, TornadoVoilaHandler):
    """計算ページ。よそのページの絵や枠としては開かない。"""

    async def get(self, path: str) -> None:
        if self.request.headers.get("Sec-Fetch-Dest", "document") != "document":
            raise web.HTTPError(403)
        if path not in self.settings["voila"].notebooks:
            raise web.HTTPError(404)
        if self.kernel_manager.ippai():
            raise web.HTTPError(503)
        self.path = path
        await super().get(path)
        RequestInfoSocketHandler._cache.clear()  # 使わない。住所の「?」より後が残る

    def should_use_rendered_notebook(self, *args: Any) -> bool:
        """先に用意した物は、計算まで終わっている時だけ使う。途中なら、新しく起こす。"""
        pool = self.kernel_manager._pools.get(self.path)
        if not pool or not pool[0].done() or pool[0].exception() is not None:
            return False
        return bool(pool[0].result()["task"].done() and super().should_use_rendered_notebook(*args))


class Kernel(_Kotowari, KernelHandler):
    """カーネルが生きているか。止めたり起こしたりはできない。"""

    SUPPORTED_METHODS = ("GET",)


class Channels(_Kotowari, VoilaKernelWebsocketHandler):
    """画面の部品のやり取り。"""

    def on_message(self, ws_message: str | bytes) -> None:
        """決まった形（v1: 部分の数、区切りの位置、部分）のほかは、読まずに切る。

        数を確かめずに読むと、うその数で、いつまでも終わらない。
        """
        if self.selected_subprotocol != V1 or not isinstance(ws_message, bytes):
            self.close(1003)
            return
        if int.from_bytes(ws_message[:8], "little") > BUBUN:
            self.close(1007)
            return
        try:
            super().on_message(ws_message)
        except Exception:
            self.close(1007)

    def on_close(self) -> None:
        """画面が閉じて（1001）切れたら、戻るのを長くは待たない。"""
        if self.close_code == 1001 and self.kernel_id in self.kernel_manager:
            kernel = self.kernel_manager.get_kernel(self.kernel_id)
            kernel.tsunagatta = False
            kernel.hajime = utcnow()
        super().on_close()


class Tojiru(_Kotowari, APIHandler):
    """画面を閉じた時に、そのカーネルを終わらせる。"""

    def check_xsrf_cookie(self) -> None:
        """閉じる時の知らせには印をつけられないので、出どころ（Origin）で確かめる。"""
        origin = self.request.headers.get("Origin", "")
        if urlsplit(origin).netloc != self.request.host:
            raise web.HTTPError(403)

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        await self.kernel_manager.shutdown_kernel(kernel_id, now=True)
        self.set_status(204)
        self.finish()


@cache
def _buhin() -> dict[str, tuple[str, bytes, bytes]]:
    """画面の部品（JavaScript と CSS）。名前から、種類・中身・縮めた中身。"""
    files = [f for f in STATIC.iterdir() if f.suffix in KATA]
    return {f.name: (KATA[f.suffix], f.read_bytes(), compress(f.read_bytes())) for f in files}


class Buhin(_Kotowari, JupyterHandler):
    """画面の部品。中身ごとに住所（`?v=`）が変わるので、読む側はずっと覚えてよい。"""

    def compute_etag(self) -> None:
        return None

    @allow_unauthenticated
    def get(self, name: str) -> None:
        if name not in _buhin():
            raise web.HTTPError(404)
        kata, data, small = _buhin()[name]
        self.set_header("Content-Type", kata)
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            data = small
        self.finish(data)


def _log(handler: web.RequestHandler) -> None:
    """記録は、ページの名前と結果だけ。住所の「?」より後と、見た人の住所は書かない。"""
    status = handler.get_status()
    if status >= 400:
        name = type(handler).__name__
        access_log.warning("%d %s %s", status, handler.request.method, name)


class Server(Voila):
    """計算ページだけを出す。ファイルの一覧や中身、ほかの種類のカーネルへの道は無い。"""

    notebooks: frozenset[str] = frozenset()
    hosts: tuple[str, ...] = ()
    pages = 0

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        settings["allow_remote_access"] = False
        settings["local_hostnames"] = {"localhost", socket.gethostname().lower(), *self.hosts}
        settings["headers"] = HEADERS
        settings["log_function"] = _log
        settings["default_handler_class"] = Nashi
        settings["websocket_max_message_size"] = TSUSHIN_MB * MB
        self.kernel_manager.allowed_message_types = TOSU
        return settings

    def init_handlers(self) -> list[Any]:
        kernel_id = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
        conf = {"voila_configuration": self.voila_configuration}
        page = {**conf, "template_paths": self.template_paths, "config": self.config}
        base = self.server_url
        return [
            (base, Ichiran, conf),
            (rf"{base}voila/render/(.*)", Page, page),
            (rf"{base}api/kernels/{kernel_id}", Kernel),
            (rf"{base}api/kernels/{kernel_id}/channels", Channels),
            (rf"{base}voila/api/shutdown/{kernel_id}", Tojiru),
            (rf"{base}voila/static/(.*)", Buhin),
        ]
