"""見る人ごとのカーネルを、計算の部品を読み終えた1つの親から分けて起こす。

読み込みは1度で済み、部品の置き場（記憶）は親と子で分け合う。親は標準の forkserver。
Linux のほかでは、1つずつ新しく起こす。
"""

# mypy: disable-error-code="misc, assignment, union-attr, no-untyped-call"
from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import traceback
from importlib.metadata import EntryPoint
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME = "hoken-calc"
WAKERU = sys.platform == "linux"
CONTEXT: Any = multiprocessing.get_context("forkserver") if WAKERU else None
# 履歴を書かず、出力を別の糸で写さない。知らせは重い物だけ。
ARGV = [
    "--HistoryManager.enabled=False",
    "--IPKernelApp.capture_fd_output=False",
    "--log-level=ERROR",
]
# 開いた人の住所（URL）。先に用意するカーネルには、前の人の物が入っている。
MISENAI = {"VOILA_REQUEST_URL", "QUERY_STRING"}


def junbi() -> None:
    """Voilà に起こし方を教え、親を先に起こして、部品を読み終えるまで待つ。"""
    KernelProvisionerFactory.provisioners[NAME] = EntryPoint(
        NAME, f"{__name__}:HokenProvisioner", KernelProvisionerFactory.GROUP_NAME
    )
    if WAKERU:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # 分ける前に糸（thread）を作らせない
        CONTEXT.set_forkserver_preload(["hoken_calc.ui.yomikomi"])
        process = CONTEXT.Process(target=os.getpid)
        process.start()
        process.join()


def _basho(_: logging.Formatter, exc_info: Any) -> str:
    """記録する誤りは、種類と場所だけ。文には打った数や名前が入りうる。"""
    typ, _value, tb = exc_info
    frames = (f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(tb))
    return "\n".join([*frames, typ.__name__])


def kernel(connection_file: str) -> None:
    """このプロセスをカーネルにする。"""
    from ipykernel.kernelapp import IPKernelApp
    from ipywidgets import register_comm_target

    logging.Formatter.formatException = _basho
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(["-f", connection_file, *ARGV])
    register_comm_target(app.kernel)  # 部品を先に読んだので、まだつながっていない
    app.start()


def _wakareta(connection_file: str, env: dict[str, str], cwd: str | None) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(env)
    if cwd:
        os.chdir(cwd)
    kernel(connection_file)


class _Popen:
    """`LocalProvisioner` が使う、`subprocess.Popen` の一部。"""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self.process = process
        self.pid = process.pid

    def poll(self) -> int | None:
        return self.process.exitcode

    def wait(self) -> int | None:
        self.process.join()
        return self.process.exitcode

    def send_signal(self, signum: int) -> None:
        if self.process.is_alive() and self.pid is not None:
            os.kill(self.pid, signum)

    def kill(self) -> None:
        self.process.kill()

    def terminate(self) -> None:
        self.process.terminate()


class HokenProvisioner(LocalProvisioner):
    """カーネルの起こし方。"""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """起こす。ノートに書かれた命令の行（cmd）は使わない。"""
        file = self.parent.connection_file
        # 名前に Voilà の Enum が混じる。そのまま渡すと、子が Voilà を全部読む。
        env = {str.__str__(k): v for k, v in kwargs["env"].items() if k not in MISENAI}
        if not WAKERU:
            cmd = [sys.executable, "-m", __name__, file]
            return await super().launch_kernel(cmd, **{**kwargs, "env": env})
        process = CONTEXT.Process(
            target=_wakareta, args=(file, env, kwargs.get("cwd")), daemon=True
        )
        process.start()
        self.process = _Popen(process)
        self.pid = process.pid
        return self.connection_info


if __name__ == "__main__":
    kernel(sys.argv[1])
