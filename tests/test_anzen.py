"""出している計算ページを攻める。実行させない、見せない、よそから使わせない、打った物を残さない。"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

pytest.importorskip("voila")
import psutil
import websocket
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)

NOTES = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(p.name for p in NOTES.glob("*.ipynb"))
YOMU = ["hajimeni.ipynb", "index.ipynb"]  # 計算画面の無い、読むだけのノート
GAMEN = [name for name in NOTEBOOKS if name not in YOMU]
V1 = "v1.kernel.websocket.jupyter.org"
linux = pytest.mark.skipif(sys.platform != "linux", reason="カーネルを分けて起こすのは Linux だけ")


class Site:
    """出している1つの場所。"""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        self.process, self.port, self.log = process, port, log
        self.url = f"http://127.0.0.1:{port}/"

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> tuple[int, str, Any]:
        """住所を直さずに、そのまま頼む。"""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        names = {k.replace("_", "-"): v for k, v in headers.items()}
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, text, answer.headers

    def page(self, name: str = "enno.ipynb", query: str = "") -> tuple[str, str]:
        """ページを開き、カーネルの番号と、番号を除いた HTML を返す。"""
        status, text, _ = self.ask(f"/voila/render/{name}{query}")
        assert status == 200
        found = re.search(r'"kernelId": "([0-9a-f-]{36})"', text)
        assert found is not None
        return found[1], text.replace(found[1], "")

    def open(self, name: str = "enno.ipynb", query: str = "") -> str:
        """ページを開き、カーネルの番号を返す。"""
        return self.page(name, query)[0]

    def alive(self, kernel_id: str) -> bool:
        return self.ask(f"/api/kernels/{kernel_id}")[0] == 200

    def close(self, kernel_id: str) -> int:
        """画面が閉じる時に送る知らせ。"""
        path = f"/voila/api/shutdown/{kernel_id}"
        return self.ask(path, "POST", b"", Origin=self.url.rstrip("/"))[0]

    def connect(self, kernel_id: str, **options: Any) -> websocket.WebSocket:
        url = f"ws://127.0.0.1:{self.port}/api/kernels/{kernel_id}/channels?session_id=s"
        options = {"subprotocols": [V1], "origin": self.url.rstrip("/"), **options}
        return websocket.create_connection(url, timeout=60, **options)

    def kernels(self) -> dict[psutil.Process, str]:
        """カーネルと、つなぎ口の名前（カーネルの番号が入っている）。"""
        found = {}
        for p in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                for c in p.net_connections("unix"):
                    if "-ipc-" in c.laddr:
                        found[p] = c.laddr
        return found


@contextlib.contextmanager
def serve(log: Path, script: str = "", **env: str) -> Iterator[Site]:
    """出す。`script` があれば、それを先に動かしてから出す。"""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    command = ["-m", "hoken_calc.cli", "serve", "--no-browser", "--port", str(port)]
    if script:
        hiraku = f"from hoken_calc.ui.serve import serve; serve({port}, '127.0.0.1', False)"
        command = ["-c", f"{script}\n{hiraku}"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command],
            stdout=out,
            stderr=out,
            env={**os.environ, **env},
        )
    site = Site(process, port, log)
    try:
        for _ in range(480):
            try:
                urllib.request.urlopen(site.url, timeout=1)
                break
            except OSError:
                time.sleep(0.25)
        yield site
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with serve(tmp_path_factory.mktemp("log") / "log") as site:
        yield site


def until(f: Any, seconds: float = 60) -> bool:
    """`f` が成り立つまで待つ。"""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if f():
            return True
        time.sleep(0.1)
    return bool(f())


# ---- 実行させない


def message(msg_type: str, **content: Any) -> dict[str, Any]:
    header = {
        "msg_id": uuid4().hex,
        "msg_type": msg_type,
        "session": "s",
        "username": "",
        "date": "2026-01-01T00:00:00Z",
        "version": "5.3",
    }
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content}


def send(ws: websocket.WebSocket, channel: str, msg: dict[str, Any]) -> None:
    parts = serialize_msg_to_ws_v1(msg, channel, lambda x: json.dumps(x).encode())
    ws.send_binary(parts)


def replies(ws: websocket.WebSocket, until_type: str) -> list[str]:
    """`until_type` が来るまでに来た、知らせの種類。"""
    return [json.loads(parts[0])["msg_type"] for parts in receive(ws, until_type)]


def receive(ws: websocket.WebSocket, until_type: str) -> list[list[bytes]]:
    """`until_type` が来るまでに来た知らせ。"""
    found: list[list[bytes]] = []
    while not found or json.loads(found[-1][0])["msg_type"] != until_type:
        found.append(deserialize_msg_from_ws_v1(ws.recv())[1])
    return found


def states(ws: websocket.WebSocket) -> dict[str, Any]:
    """カーネルの持つ、全部の部品の状態。"""
    comm_id = uuid4().hex
    msg = message("comm_open", comm_id=comm_id, target_name="jupyter.widget.control", data={})
    send(ws, "shell", {**msg, "metadata": {"version": "1.0.0"}})
    send(ws, "shell", message("comm_msg", comm_id=comm_id, data={"method": "request_states"}))
    while True:
        content = json.loads(receive(ws, "comm_msg")[-1][3])
        if content["comm_id"] == comm_id:
            return dict(content["data"]["states"])


def test_only_widget_messages_reach_the_kernel(site: Site, tmp_path: Path) -> None:
    mark = tmp_path / "jikko"
    code = f"open({str(mark)!r}, 'w').close()"
    kernel_id = site.open()
    ws = site.connect(kernel_id)
    for channel in ("shell", "control", "stdin", "iopub"):
        send(ws, channel, message("execute_request", code=code, silent=False))
    send(ws, "shell", message("complete_request", code="im", cursor_pos=2))
    send(ws, "shell", message("inspect_request", code="print", cursor_pos=2, detail_level=1))
    send(ws, "shell", message("history_request", hist_access_type="tail", n=9, output=True))
    send(ws, "control", message("debug_request", type="request", command="evaluate", seq=1))
    send(ws, "control", message("shutdown_request", restart=False))
    send(ws, "control", message("interrupt_request"))
    send(ws, "stdin", message("input_reply", value=code))
    send(ws, "shell", message("kernel_info_request"))
    types = replies(ws, "kernel_info_reply")
    # comm の中に、実行の頼みを混ぜる。
    for target in ("jupyter.widget", "jupyter.widget.control", "execute_request"):
        content = {"comm_id": uuid4().hex, "target_name": target, "data": {"code": code}}
        send(ws, "shell", message("comm_open", **content))
        send(ws, "shell", message("comm_msg", comm_id=content["comm_id"], data={"code": code}))
    send(ws, "shell", message("kernel_info_request"))
    types += replies(ws, "kernel_info_reply")
    ws.close()
    comm = {"comm_close", "comm_open", "comm_msg"}
    assert set(types) <= {"kernel_info_reply", "status", "stream", "iopub_welcome", *comm}
    assert not mark.exists()
    assert site.alive(kernel_id)


@pytest.mark.parametrize("junk", ["{}", '{"channel":"shell"}', b"", b"\0" * 8, b"\xff" * 64])
def test_junk_on_the_websocket_closes_it_and_nothing_else(site: Site, junk: Any) -> None:
    kernel_id = site.open()
    ws = site.connect(kernel_id)
    ws.send(junk) if isinstance(junk, str) else ws.send_binary(junk)
    with pytest.raises((websocket.WebSocketException, OSError)):  # noqa: PT012
        while True:
            if ws.recv() == "":
                raise websocket.WebSocketException
    assert site.alive(kernel_id)
    assert site.close(kernel_id) == 204


def test_older_protocols_do_not_run(site: Site, tmp_path: Path) -> None:
    mark = tmp_path / "jikko"
    code = f"open({str(mark)!r}, 'w').close()"
    text = json.dumps({**message("execute_request", code=code), "channel": "shell"})
    binary = b"\0\0\0\1\0\0\0\x08" + text.encode()
    kernel_id = site.open()
    for attack in (text.encode(), binary, b"\x7f\xff\xff\xff" * 4):
        ws = site.connect(kernel_id, subprotocols=[])
        ws.send_binary(attack)
        ws.close()
    ws = site.connect(kernel_id)
    send(ws, "shell", message("kernel_info_request"))
    replies(ws, "kernel_info_reply")
    ws.close()
    assert not mark.exists()
    assert site.close(kernel_id) == 204


# ---- 見せない


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/status",
        "/api/kernels",
        "/api/kernelspecs",
        "/api/sessions",
        "/api/contents",
        "/api/contents/enno.ipynb",
        "/api/terminals",
        "/api/config/x",
        "/files/enno.ipynb",
        "/notebooks/enno.ipynb",
        "/nbconvert/html/enno.ipynb",
        "/lab",
        "/tree",
        "/login",
        "/metrics",
        "/voila/tree",
        "/voila/tree/..",
        "/voila/api/contents",
        "/voila/api/contents/enno.ipynb",
        "/voila/files/enno.ipynb",
        "/voila/files/../pyproject.toml",
        "/voila/files/..%2fdata%2fteisu.csv",
        "/voila/execution/x",
        "/voila/query/x",
        "/voila/templates/hoken/static/page.css",
        "/voila/render/",
        "/voila/render/x.ipynb",
        "/voila/render/./enno.ipynb",
        "/voila/render/../README.md",
        "/voila/render/..%2fREADME.md",
        "/voila/render/..%5cREADME.md",
        "/voila/render//etc/passwd",
        "/data/teisu.csv",
        "/enno.ipynb",
        "/.git/config",
        "//etc/passwd",
        "/voila/render/enno.ipynb/..%2f..%2fpyproject.toml",
    ],
)
def test_closed_roads(site: Site, path: str) -> None:
    status, text, _ = site.ask(path)
    assert status == 404
    assert "ページがありません" in text
    assert '"cells"' not in text
    assert "root:" not in text


@pytest.mark.parametrize("root", ["/voila/static/", "/voila/labextensions/"])
@pytest.mark.parametrize(
    "tail",
    [
        "../../../../../../../../../../etc/passwd",
        "..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%5c..%5cetc",
        "//etc/passwd",
        "%2fetc%2fpasswd",
        "",
        ".",
        "x%00.js",
        "a" * 5000 + ".js",
    ],
)
def test_no_file_above_the_assets(site: Site, root: str, tail: str) -> None:
    status, text, _ = site.ask(root + tail)
    assert status == 404
    assert "root:" not in text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_kernels_cannot_be_driven_over_http(site: Site, method: str) -> None:
    kernel_id = site.open()
    for path in (
        "/api/kernels",
        f"/api/kernels/{kernel_id}",
        f"/api/kernels/{kernel_id}/restart",
        f"/api/kernels/{kernel_id}/interrupt",
        "/api/contents/x.ipynb",
        "/voila/render/enno.ipynb",
    ):
        status, _, headers = site.ask(path, method, b"{}")
        assert status in (403, 404, 405)
        assert "Access-Control-Allow-Origin" not in headers
    assert site.alive(kernel_id)
    assert site.close(kernel_id) == 204


# ---- よそから使わせない


@pytest.mark.parametrize("origin", ["http://warui.example", "null", "http://127.0.0.1:1"])
def test_another_origin_cannot_drive_a_page(site: Site, origin: str) -> None:
    kernel_id = site.open()
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        site.connect(kernel_id, origin=origin)
    path = f"/voila/api/shutdown/{kernel_id}"
    assert site.ask(path, "POST", b"", Origin=origin)[0] == 403
    assert site.ask(path, "POST", b"")[0] == 403
    _, _, headers = site.ask("/", Origin=origin)
    assert "Access-Control-Allow-Origin" not in headers
    assert site.alive(kernel_id)
    assert site.close(kernel_id) == 204


@pytest.mark.parametrize("host", ["warui.example", "127.0.0.1.warui.example", "warui.example:80"])
def test_another_name_for_the_host_is_refused(site: Site, host: str) -> None:
    kernel_id = site.open()
    for path in ("/", "/voila/render/enno.ipynb", f"/api/kernels/{kernel_id}"):
        assert site.ask(path, Host=host)[0] == 403
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        site.connect(kernel_id, host=host, origin=f"http://{host}")
    assert site.close(kernel_id) == 204


def test_a_page_is_not_opened_as_a_picture_or_a_frame(site: Site) -> None:
    for dest in ("image", "iframe", "script", "empty", "embed"):
        assert site.ask("/voila/render/enno.ipynb", Sec_Fetch_Dest=dest)[0] == 403
    for path in ("/", "/x", "/voila/render/index.ipynb"):
        _, _, headers = site.ask(path)
        csp = headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in csp
        assert "default-src 'none'" in csp
        assert "; script-src 'self' blob:; " in csp
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["X-Content-Type-Options"] == "nosniff"


# ---- 片付ける、限る


def test_leaving_a_page_frees_its_kernel(site: Site) -> None:
    kernel_id = site.open()
    assert site.close(kernel_id) == 204
    assert until(lambda: not site.alive(kernel_id))
    assert site.close(kernel_id) == 404


def test_a_closed_page_frees_its_kernel_even_if_it_says_nothing(site: Site) -> None:
    tojita, kireta = site.open(), site.open()
    site.connect(tojita).close(status=1001)
    site.connect(kireta).close(status=1000)  # つなぎ直すかもしれない
    assert until(lambda: not site.alive(tojita))
    assert site.alive(kireta)
    assert site.close(kireta) == 204


def load(site: Site, name: str = "enno.ipynb") -> None:
    """1回の見物: 開き、つなぎ、部品の状態をもらい、閉じる。"""
    kernel_id = site.open(name)
    ws = site.connect(kernel_id)
    assert states(ws)
    ws.close()
    assert site.close(kernel_id) == 204


@linux
@pytest.mark.parametrize("name", YOMU)
def test_a_page_to_read_needs_no_kernel(site: Site, name: str) -> None:
    mae = site.kernels().keys()
    status, html, _ = site.ask(f"/voila/render/{name}")
    assert status == 200
    assert '"kernelId": ""' in html
    assert site.kernels().keys() <= mae


@linux
def test_many_loads_leave_nothing_behind(tmp_path: Path) -> None:
    with serve(tmp_path / "log") as site:
        server = psutil.Process(site.process.pid)
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(load, [site] * 40))  # 初めの数十回は、読んだ部品と作業場所の分だけ増える
            before = server.memory_info().rss
            list(pool.map(load, [site] * 40))
        assert until(lambda: not site.kernels())
        assert server.memory_info().rss - before < 8 * 2**20


def test_past_the_limit_a_visitor_is_told_and_others_go_on(tmp_path: Path) -> None:
    with serve(tmp_path / "log", HOKEN_CALC_PAGES="2") as site:
        with ThreadPoolExecutor(6) as pool:  # 1度に来ても、上限まで
            answers = list(pool.map(site.ask, ["/voila/render/enno.ipynb"] * 6))
        assert sorted(status for status, _, _ in answers) == [200] * 2 + [503] * 4
        for _, text, _ in answers:
            for kernel_id in re.findall(r'"kernelId": "([0-9a-f-]{36})"', text):
                assert site.close(kernel_id) == 204
        first, second = site.open(), site.open("entaikin.ipynb")
        sockets = [site.connect(k) for k in (first, second)]
        status, text, headers = site.ask("/voila/render/enno.ipynb")
        assert status == 503
        assert "いま混んでいます" in text
        assert headers["Retry-After"] == "60"
        assert site.ask("/")[0] == 200
        assert site.ask("/voila/render/hajimeni.ipynb")[0] == 200
        for ws in sockets:
            send(ws, "shell", message("kernel_info_request"))
            replies(ws, "kernel_info_reply")
        assert site.close(first) == 204
        assert until(lambda: site.ask("/voila/render/enno.ipynb")[0] == 200)


@pytest.mark.parametrize("bad", ["0", "-1", "abc", "１０"])
def test_limit_must_be_a_number(monkeypatch: pytest.MonkeyPatch, bad: str) -> None:
    from hoken_calc.ui.serve import saidai

    monkeypatch.setenv("HOKEN_CALC_PAGES", bad)
    with pytest.raises(ValueError, match="HOKEN_CALC_PAGES"):
        saidai()
    monkeypatch.setenv("HOKEN_CALC_PAGES", "7")
    assert saidai() == 7
    monkeypatch.delenv("HOKEN_CALC_PAGES")
    assert 4 <= saidai() <= 200


@pytest.mark.parametrize(
    ("connections", "tsunagatta", "minutes", "owaru"),
    [
        (1, True, 7 * 60, False),  # 開いたまま、触らずに7時間
        (1, True, 9 * 60, True),
        (0, True, 9, False),  # 切れて9分（眠った機械が戻る）
        (0, True, 11, True),
        (0, False, 0.5, False),  # 開いたばかりで、まだつながらない
        (0, False, 2, True),  # つながらないまま2分（機械の見回り）
    ],
)
def test_idle_kernels_are_culled(
    connections: int, tsunagatta: bool, minutes: float, owaru: bool
) -> None:
    import asyncio
    from types import SimpleNamespace

    from jupyter_server._tz import utcnow

    from hoken_calc.ui.server import Kernels

    past = utcnow() - timedelta(minutes=minutes)
    kernel = SimpleNamespace(last_activity=past, tsunagatta=tsunagatta)
    ended: list[str] = []

    async def shutdown(kernel_id: str, now: bool) -> None:
        ended.append(kernel_id)

    kernels: Any = SimpleNamespace(
        get_kernel=lambda _: kernel,
        _kernel_connections={"k": connections},
        shutdown_kernel=shutdown,
    )
    asyncio.run(Kernels.cull_kernel_if_idle(kernels, "k"))
    assert ended == (["k"] if owaru else [])


def test_a_name_can_be_allowed_and_a_bad_limit_is_said(tmp_path: Path) -> None:
    with serve(tmp_path / "log", HOKEN_CALC_HOSTS="kensan.example, b.example") as site:
        for host, status in (("kensan.example", 200), ("b.example:80", 200), ("c.example", 403)):
            assert site.ask("/", Host=host)[0] == status
    done = subprocess.run(
        [sys.executable, "-m", "hoken_calc.cli", "serve", "--no-browser", "--port", "9"],
        env={**os.environ, "HOKEN_CALC_PAGES": "たくさん"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stderr == "HOKEN_CALC_PAGES は、1以上の整数（半角）で書いてください。\n"


# ---- 打った物を残さない


def test_nothing_typed_is_logged(site: Site) -> None:
    himitsu = ("山田太郎", "12345678901", "yamada", "kojin")
    query = "?namae=yamada&bango=12345678901&kojin=1"
    kernel_id = site.open(query=query)
    ws = site.connect(kernel_id)
    send(ws, "shell", message("execute_request", code="'山田太郎 12345678901'"))
    send(ws, "shell", message("comm_msg", comm_id="x", data={"namae": "山田太郎"}))
    send(ws, "yamada", message("comm_msg", comm_id="12345678901", data={}))
    msg = message("comm_open", comm_id="y", target_name="山田太郎", data={"n": "12345678901"})
    send(ws, "shell", msg)
    ws.send('{"namae": "山田太郎"}')
    for path in ("/x", "/voila/render/yamada.ipynb", "/api/contents", "/voila/render/enno.ipynb"):
        for host in ("127.0.0.1", "yamada.example"):
            site.ask(
                path + query,
                Host=host,
                Origin="http://yamada.example",
                Referer=f"http://x/{query}",
                Sec_Fetch_Dest="image",
            )
    site.close(kernel_id)
    time.sleep(1)
    log = site.log.read_text(encoding="utf-8", errors="replace")
    assert [h for h in himitsu if h in log] == []


# ---- 1度だけ動かして描き、見る人どうしでは分け合わない


def mieru(html: str) -> set[str]:
    """HTML に書かれた、部品の番号。"""
    return set(re.findall(r'"model_id": "([0-9a-f]{32})"', html))


def test_a_kernel_has_exactly_the_widgets_of_its_page(site: Site) -> None:
    dare: dict[str, str] = {}
    for name in GAMEN:
        kernel_id, html = site.page(name)
        ws = site.connect(kernel_id)
        found = states(ws)
        ws.close()
        assert site.close(kernel_id) == 204
        assert mieru(html) <= found.keys()
        assert set(re.findall(r"IPY_MODEL_([0-9a-f]{32})", json.dumps(found))) <= found.keys()
        assert mieru(html)
        assert found.keys().isdisjoint(dare), dare
        dare |= dict.fromkeys(found, name)


def test_viewers_of_one_page_share_nothing(site: Site) -> None:
    kernels = [site.open() for _ in range(2)]
    watashi, tonari = (site.connect(k) for k in kernels)
    mae = states(tonari)
    (ran,) = [k for k, v in mae.items() if v["state"].get("description") == "概算保険料"]
    data = {"method": "update", "state": {"value": "987654"}, "buffer_paths": []}
    send(watashi, "shell", message("comm_msg", comm_id=ran, data=data))
    ato = states(watashi)
    assert ato[ran]["state"]["value"] == "987654"
    assert "329,218円" in json.dumps(ato, ensure_ascii=False)  # 987,654 ÷ 3
    assert "329,218円" not in json.dumps(mae, ensure_ascii=False)
    assert states(tonari) == mae
    kernels.append(site.open())
    atarashii = site.connect(kernels[-1])
    assert states(atarashii) == mae
    for ws in (watashi, tonari, atarashii):
        ws.close()
    assert [site.close(k) for k in kernels] == [204] * 3


def test_what_the_pages_show_is_what_the_notebooks_show() -> None:
    """カーネルの外で動かしても、JupyterLab で動かした時と同じ種類の物が、同じ順に出る。"""
    code = "import json; from hoken_calc.ui.zenbu import NOTES;"
    code += "print(json.dumps({name: note.deta for name, note in NOTES.items()}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    deta = json.loads(done.stdout)
    assert sorted(deta) == NOTEBOOKS
    for name in NOTEBOOKS:
        note = json.loads((NOTES / name).read_text(encoding="utf-8"))
        shurui = [
            [[sorted(o["data"]) for o in outputs] for outputs in narabi]
            for narabi in (
                deta[name],
                [c["outputs"] for c in note["cells"] if c["cell_type"] == "code"],
            )
        ]
        assert shurui[0] == shurui[1], name


def test_a_cell_that_fails_is_told_without_what_it_held(tmp_path: Path) -> None:
    cells = ["1 + 1", "raise ValueError('yamada 12345678901')", "x = (", "'ato'"]
    note = {"cells": [{"cell_type": "code", "source": [c]} for c in cells]}
    (tmp_path / "x.ipynb").write_text(json.dumps(note), encoding="utf-8")
    code = f"""
import json
from pathlib import Path
from hoken_calc.ui import yomikomi
yomikomi.notebooks_dir = lambda: Path({str(tmp_path)!r})
note = yomikomi.Note("x.ipynb")
note.ugokasu()
print(json.dumps(note.deta))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    types = [[o["output_type"] for o in outputs] for outputs in json.loads(done.stdout)]
    assert types == [["execute_result"], ["error"], ["error"], ["execute_result"]]
    assert "x.ipynb の 2 番目のマスを動かせません: ValueError" in done.stderr
    assert "yamada" not in done.stdout + done.stderr


# 分けて起こせない機械（Windows など）と同じ起こし方。描いた回数を記録し、2つのページを壊す。
WAKENAI = """
from voila.exporter import VoilaExporter
from hoken_calc.ui import kernel

kernel.WAKERU = False
egaku, deta, okosu = VoilaExporter.generate_from_notebook_node, kernel.deta, kernel.okosu

def kazoeru(*args, **kwargs):
    print("egaita", flush=True)
    return egaku(*args, **kwargs)

def kowareta_deta():
    error = {"output_type": "error", "ename": "", "evalue": "", "traceback": []}
    zenbu = deta()
    return {**zenbu, "hajimeni.ipynb": ([[error], []], zenbu["hajimeni.ipynb"][1])}

def okosenai(namae, *args):
    if namae == "entaikin.ipynb":
        raise OSError("yamada")
    return okosu(namae, *args)

VoilaExporter.generate_from_notebook_node = kazoeru
kernel.deta, kernel.okosu = kowareta_deta, okosenai
"""


def test_without_fork_a_waiting_process_becomes_the_kernel(tmp_path: Path) -> None:
    with serve(tmp_path / "log", WAKENAI, HOKEN_CALC_PAGES="3") as site:
        hitori = []
        for _ in range(2):
            kernel_id, html = site.page()
            ws = site.connect(kernel_id)
            found = states(ws)
            ws.close()
            assert mieru(html) <= found.keys()
            hitori.append((html, found))
        assert hitori[0] == hitori[1]  # 別々に動かしても、番号まで同じ
        # 起こせない時も断りを出し、その分の場所は空く。
        for _ in range(3):
            status, text, _ = site.ask("/voila/render/entaikin.ipynb")
            assert status == 500
            assert "開けませんでした" in text
        _, html, _ = site.ask("/voila/render/hajimeni.ipynb")
        assert "この部分を用意できませんでした" in html
        assert site.log.read_text(encoding="utf-8").count("egaita") == len(NOTEBOOKS)


# ---- ファイルを読む、書く


def xlsx(sheet: str, size: int = 0) -> bytes:
    """1枚のシートの XML を差し替えた xlsx。`size` は、詰めものの大きさ（バイト）。"""
    import openpyxl

    book = BytesIO()
    openpyxl.Workbook().save(book)
    out = BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            if item.filename == "xl/worksheets/sheet1.xml":
                xmlns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                new.writestr(item, f'<worksheet xmlns="{xmlns}">{sheet}</worksheet>')
            else:
                new.writestr(item, old.read(item))
        with new.open("xl/tsume.xml", "w") as f:
            for _ in range(size // 2**20):
                f.write(b"0" * 2**20)
    return out.getvalue()


def cell(at: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t>x</t></is></c>'


def test_a_zip_bomb_is_refused_before_it_opens() -> None:
    from hoken_calc import batch

    bomb = xlsx("<sheetData/>", 100 * 2**20)
    assert len(bomb) < 2**18
    with pytest.raises(ValueError, match="広げると 104MB になり、大きすぎます"):
        batch.read_hyo("x.xlsx", bomb)


def test_a_csv_of_200_mb_is_refused() -> None:
    from hoken_calc import batch

    with pytest.raises(ValueError, match="大きすぎます（200MB）。8MB までの CSV か xlsx"):
        batch.read_hyo("x.csv", bytes(200 * 10**6))


def test_a_sheet_that_lies_about_its_size_is_read_as_it_is() -> None:
    from hoken_calc import batch

    head = '<dimension ref="A1:XFD1048576"/>'
    rows = f'<row r="1">{cell("A1")}{cell("B1")}</row><row r="2">{cell("A2")}</row>'
    start = time.process_time()
    frame, errors = batch.read_hyo("x.xlsx", xlsx(f"{head}<sheetData>{rows}</sheetData>"))
    assert frame.to_numpy().tolist() == [["x", ""]]
    assert errors.empty
    far = f'<row r="1">{cell("XFD1")}</row>'
    with pytest.raises(ValueError, match="1行目の列が 16384 あります。500 列までに"):
        batch.read_hyo("x.xlsx", xlsx(f"{head}<sheetData>{far}</sheetData>"))
    deep = f'<row r="1">{cell("A1")}</row><row r="1048576">{cell("A1048576")}</row>'
    frame, _ = batch.read_hyo("x.xlsx", xlsx(f"<sheetData>{deep}</sheetData>"))
    assert list(frame.index) == [1048576]
    assert time.process_time() - start < 60


def test_an_entity_bomb_and_broken_files_are_one_japanese_sentence() -> None:
    from hoken_calc import batch

    entities = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    dtd = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "x">{entities}]><x>&a9;</x>'
    bomb = BytesIO(xlsx("<sheetData/>"))
    with zipfile.ZipFile(bomb, "a") as z:
        z.writestr("xl/sharedStrings.xml", dtd)
    for data in (bomb.getvalue(), b"PK", b"", xlsx("<sheetData><row"), xlsx("")[:-40]):
        try:
            batch.read_hyo("x.xlsx", data)
        except ValueError as e:
            assert str(e) == "xlsx として読めません。Excel で開けるか確かめてください。"
    for data in (b'"' + b"x" * 200_000, b"a,b\r\n\x00"):
        try:
            batch.read_hyo("x.csv", data)
        except ValueError as e:
            assert "行目が CSV として読めません" in str(e)


def test_formulas_in_what_we_export_are_text() -> None:
    import pandas as pd

    from hoken_calc import batch

    shiki = ["=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]
    kazu = ["-5", "+81", "-1,000.5", "0123", "12-3", "普通の名前", ""]
    values = pd.DataFrame({"備考": shiki + kazu, "額": range(-7, len(kazu) + 1)})
    text = batch.to_csv(batch.Hyo(values, batch._errors([]), {}))
    found = pd.read_csv(BytesIO(text.encode()), dtype=str, keep_default_na=False, index_col=0)
    assert list(found["備考"]) == [f"'{x}" for x in shiki] + kazu
    assert list(found["額"])[:2] == ["-7", "-6"]


# ---- 画面で


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
gamen = pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"), reason="Chromium が無いので、画面の試験をしない"
)
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
WARUI = "<img src=x onerror=window.__hit=1><script>window.__hit=1</script>"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as p:
        b = p.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield b
        b.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """見張りつきの画面: 外への頼みや、CSP に断られた頼みがあれば失敗。"""
    page = browser.new_page()
    outside: list[str] = []
    refused: list[str] = []

    def watch(request: Any) -> None:
        parts = request.url.split("/")
        if parts[0] not in ("data:", "blob:") and "127.0.0.1" not in parts[2]:
            outside.append(request.url)

    page.on("request", watch)
    page.on(
        "console",
        lambda m: refused.append(m.text) if "Content Security Policy" in m.text else None,
    )
    yield page
    page.close()
    assert outside == []
    assert refused == []


def show(page: Any, site: Site, name: str) -> str:
    """計算ページを開き、カーネルの番号を返す。"""
    page.goto(f"{site.url}voila/render/{name}")
    if page.locator(".celltag_gamen").count():
        page.locator(".hk-view").first.wait_for(timeout=60_000)
    config = page.locator("#jupyter-config-data").text_content()
    return str(json.loads(config)["kernelId"])


@gamen
@pytest.mark.parametrize("name", GAMEN)
def test_html_typed_into_every_field_is_text(page: Any, site: Site, name: str) -> None:
    show(page, site, name)
    fields = page.locator(
        "input:visible:not([type=checkbox], [type=radio], [type=file], [readonly], [disabled]),"
        "textarea:visible"
    )
    page.wait_for_timeout(500)
    images = page.locator("img[src=x]")
    kazu = min(fields.count(), 40)
    for i in range(kazu):
        field = fields.nth(i)
        if field.is_visible() and field.is_editable():
            field.evaluate(
                """(e, value) => {
                    const set = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), "value").set;
                    set.call(e, value);
                    e.dispatchEvent(new Event("input", { bubbles: true }));
                    e.dispatchEvent(new Event("change", { bubbles: true }));
                }""",
                WARUI if field.get_attribute("type") != "number" else "1",
            )
    page.wait_for_timeout(1500)
    assert images.count() == 0
    assert page.evaluate("window.__hit") is None


@gamen
def test_html_in_the_name_of_a_file_is_text(page: Any, site: Site) -> None:
    show(page, site, "ikkatsu_yuki.ipynb")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="ファイルから読む").first.click()
    bomb = xlsx("<sheetData/>", 100 * 2**20)
    file = {"name": f"{WARUI}.xlsx", "mimeType": "application/zip", "buffer": bomb}
    chooser.value.set_files(files=[file])
    page.get_by_text("広げると 104MB になり、大きすぎます").first.wait_for(timeout=30_000)
    assert page.locator("img[src=x]").count() == 0
    assert page.evaluate("window.__hit") is None
    # 断った後も、計算は続けられる。
    page.get_by_label("工事1 業種番号").fill("94")
    page.locator(".hk-okashii, .hk-tarinai").filter(has_text="工事1").first.wait_for(timeout=30_000)


@gamen
def test_a_page_cannot_ask_another_place(browser: Any, site: Site) -> None:
    page = browser.new_page()
    show(page, site, "enno.ipynb")
    page.set_default_timeout(5000)
    for code in (
        "fetch('https://example.com/').then(() => 'yes', () => 'no')",
        "new Promise(d => { const i = new Image(); i.onload = () => d('yes'); i.onerror = () => d('no'); i.src = 'https://example.com/x.png'; })",
        "new Promise(d => { const s = document.createElement('script'); s.onload = () => d('yes'); s.onerror = () => d('no'); s.src = 'https://example.com/x.js'; document.head.append(s); })",
    ):
        asked: list[str] = []
        page.on("requestfinished", lambda r, asked=asked: asked.append(r.url))
        assert page.evaluate(code) == "no"
        assert [u for u in asked if "example.com" in u] == []
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.__hit=1\">')"
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.__hit") is None
    page.close()


# カーネルからの知らせの道が、4秒遅れてつながる所。それまでの知らせは届かない。
OSOI = """
import time
from hoken_calc.ui.server import Channels

okuru = Channels.write_message

def osoku(self, message, binary=False):
    self.hajime = getattr(self, "hajime", time.monotonic())
    if b"iopub" in message[:200] and time.monotonic() - self.hajime < 4:
        return None
    return okuru(self, message, binary)

Channels.write_message = osoku
"""
# ボタンが出たら、すぐに押す。
SUGU_OSU = """
new MutationObserver((_, observer) => {
  const botan = [...document.querySelectorAll("button")].find((b) => b.textContent === "例を入れる");
  if (!botan) return;
  observer.disconnect();
  botan.click();
}).observe(document, { childList: true, subtree: true });
"""


@gamen
def test_what_is_pressed_at_once_is_not_lost(page: Any, tmp_path: Path) -> None:
    with serve(tmp_path / "log", OSOI) as site:
        page.add_init_script(SUGU_OSU)
        show(page, site, "nendo_koshin.ipynb")
        page.locator(".hk-omona").filter(has_text="円").first.wait_for(timeout=60_000)
        page.goto("about:blank")


@gamen
@linux
def test_a_killed_kernel_recovers_on_reload(browser: Any, site: Site) -> None:
    page = browser.new_page()
    kernel_id = show(page, site, "enno.ipynb")
    (process,) = [p for p, name in site.kernels().items() if kernel_id in name]
    process.kill()
    assert until(lambda: not site.alive(kernel_id))
    page.reload()
    page.get_by_label("概算保険料", exact=True).fill("500000")
    assert show(page, site, "enno.ipynb") != kernel_id
    page.goto("about:blank")
    page.close()


@gamen
def test_a_page_frees_its_kernel_by_itself(browser: Any, site: Site) -> None:
    page = browser.new_page()
    first = show(page, site, "enno.ipynb")
    page.wait_for_timeout(2000)
    show(page, site, "tokubetsu_kanyu.ipynb")
    assert until(lambda: not site.alive(first))
    page.close()
