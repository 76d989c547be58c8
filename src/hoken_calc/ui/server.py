"""計算ページだけを出す Voilà。開ける道（URL）は、ここに書いた物だけ。"""

# Jupyter の型は、部品により有ったり無かったりする。
# mypy: disable-error-code="misc, attr-defined, no-untyped-call, override, union-attr, arg-type, no-any-return"
from __future__ import annotations

import ipaddress
import socket
from datetime import timedelta
from functools import cache
from gzip import compress
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

import nbformat
from jupyter_events import EventLogger
from jupyter_server._tz import utcnow
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler, JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from tornado.ioloop import IOLoop
from tornado.log import access_log, app_log
from voila.app import Voila
from voila.exporter import VoilaExporter
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler
from voila.tornado.treehandler import TornadoVoilaTreeHandler

from . import STATIC
from .kernel import Deta

MB = 2**20
KATA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
JOTAI = "application/vnd.jupyter.widget-state+json"
KERNEL_ID = "@kernel_id@"  # 開くたびに、本物の番号を入れる所
V1 = "v1.kernel.websocket.jupyter.org"
BUBUN = 64  # 1つの知らせの部分の数の上限
TSUSHIN_MB = 16  # 画面から1度に届く大きさの上限。ファイルの上限（batch.FILE_MB）より大きく

# 画面の部品のやり取りだけを通す。実行（execute_request など）は通さない。
TOSU = ["comm_open", "comm_close", "comm_msg", "comm_info_request", "kernel_info_request"]

# 閉じた画面、つながらない画面、切れた画面、置いたままの画面のカーネルを、いつ片付けるか。
TOJITA = 2  # 秒
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


class Kernels(AsyncMappingKernelManager):
    """カーネルの数を限り、使われなくなった物を片付ける。"""

    async def start_kernel(self, **kwargs: Any) -> str:
        """起こす。いっぱいなら 503。"""
        if len(self._kernels.keys() | self._pending_kernels.keys()) >= self.parent.pages:
            raise web.HTTPError(503)
        kernel_id = self.new_kernel_id(**kwargs)
        try:
            return str(await super().start_kernel(kernel_id=kernel_id, **kwargs))
        finally:
            self._pending_kernels.pop(kernel_id, None)  # 起こせなかった分の場所を空ける

    def notify_connect(self, kernel_id: str) -> None:
        """1度でもつながったことを覚える。"""
        super().notify_connect(kernel_id)
        if kernel_id in self:
            self.get_kernel(kernel_id).tsunagatta = True

    async def tojiru(self, kernel_id: str) -> None:
        """つながっている画面が無ければ、終わらせる。"""
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            await self.shutdown_kernel(kernel_id, now=True)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """使っていない時間が、画面の様子で決まる長さを超えたら、終わらせる。"""
        kernel = self.get_kernel(kernel_id)
        if self._kernel_connections.get(kernel_id):
            limit = OKIPPANASHI
        else:
            limit = KIRETA if getattr(kernel, "tsunagatta", False) else TSUNAGARANAI
        if utcnow() - kernel.last_activity > limit:
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


class Page(_Kotowari, JupyterHandler):
    """計算ページ。よそのページの絵や枠としては開かない。"""

    def compute_etag(self) -> None:
        return None

    @web.authenticated
    async def get(self, path: str) -> None:
        if self.request.headers.get("Sec-Fetch-Dest", "document") != "document":
            raise web.HTTPError(403)
        html = self.settings["voila"].html.get(path)
        if html is None:
            raise web.HTTPError(404)
        kernel_id = ""
        if len(html) > 1:
            kernel_id = await self.kernel_manager.start_kernel(kernel_name="python3", note=path)
        self.set_header("Cache-Control", "no-store")
        self.finish(kernel_id.encode().join(html))


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
        """画面が閉じて（1001）切れたら、カーネルを終わらせる。"""
        super().on_close()
        if self.close_code == 1001:
            IOLoop.current().call_later(TOJITA, self.kernel_manager.tojiru, self.kernel_id)


class Tojiru(_Kotowari, APIHandler):
    """画面を閉じた時の知らせで、そのカーネルを終わらせる。届かないこともある（Channels.on_close）。"""

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

    deta: ClassVar[Deta] = {}
    html: ClassVar[dict[str, list[bytes]]] = {}
    """ページの HTML。カーネルの番号の所で切ってある。部品の無いページは、切れ目も無い。"""
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
        self.event_logger = EventLogger()  # カーネルごとに作らせない（記録の名前が増え続ける）
        return settings

    def init_handlers(self) -> list[Any]:
        kernel_id = r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
        conf = {"voila_configuration": self.voila_configuration}
        base = self.server_url
        return [
            (base, Ichiran, conf),
            (rf"{base}voila/render/(.*)", Page),
            (rf"{base}api/kernels/{kernel_id}", Kernel),
            (rf"{base}api/kernels/{kernel_id}/channels", Channels),
            (rf"{base}voila/api/shutdown/{kernel_id}", Tojiru),
            (rf"{base}voila/static/(.*)", Buhin),
        ]

    def listen(self) -> None:
        """全部のページを描いてから、開く。"""
        IOLoop.current().run_sync(self._egaku)
        super().listen()

    async def _egaku(self) -> None:
        """動かし終えたノートを、Voilà のひな形で1度だけ HTML にする。"""
        conf = self.voila_configuration
        exporter = VoilaExporter(
            template_paths=self.template_paths,
            template_name=conf.template,
            config=self.config,
            contents_manager=self.contents_manager,
            exclude_input=conf.strip_sources,
            exclude_output_prompt=conf.strip_sources,
            exclude_input_prompt=conf.strip_sources,
        )
        page_config = conf.page_config_hook({})
        for name, (deta, jotai) in self.deta.items():
            kernel_id = KERNEL_ID if jotai["state"] else ""
            note = nbformat.read(Path(self.root_dir, name), as_version=4)
            codes = [cell for cell in note.cells if cell.cell_type == "code"]
            for cell, outputs in zip(codes, deta, strict=True):
                cell.outputs = nbformat.from_dict(outputs)
            note.metadata.widgets = {JOTAI: jotai}  # ひな形が、ページの終わりに書く
            parts = exporter.generate_from_notebook_node(
                note,
                resources={
                    "base_url": self.base_url,
                    "metadata": {"name": Path(name).stem},
                    "page_config": page_config,
                },
                extra_context={
                    "kernel_start": lambda _, kernel_id=kernel_id: kernel_id,
                    "cell_generator": lambda note, _: note.cells,
                },
                page_config=page_config,
            )
            html = "".join([part async for part, _ in parts])
            self.html[name] = html.encode().split(KERNEL_ID.encode())
