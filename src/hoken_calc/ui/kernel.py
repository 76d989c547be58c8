"""計算の部品を読み終えた1つの親から、見る人ごとのカーネルを分けて起こす（Linux だけ）。

読み込みは1度で済み、部品の置き場（記憶）は親と子で分け合う。親は標準の forkserver。
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from importlib.metadata import EntryPoint
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME = "hoken-wakeru"
TSUKAERU = sys.platform == "linux"
CONTEXT: Any = multiprocessing.get_context("forkserver") if TSUKAERU else None
# 履歴を書かず、行の先読みや補完をしない。
ARGV = ["--HistoryManager.enabled=False", "--IPKernelApp.capture_fd_output=False"]


def junbi() -> None:
    """親を先に起こし、部品を読み終えるまで待つ。"""
    KernelProvisionerFactory.provisioners[NAME] = EntryPoint(
        NAME, f"{__name__}:WakeruProvisioner", KernelProvisionerFactory.GROUP_NAME
    )
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # 分ける前に糸（thread）を作らせない
    CONTEXT.set_forkserver_preload(["hoken_calc.ui.yomikomi"])
    process = CONTEXT.Process(target=os.getpid)
    process.start()
    process.join()


def _kernel(connection_file: str, env: dict[str, str], cwd: str | None) -> None:
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    if cwd:
        os.chdir(cwd)
    from ipykernel.kernelapp import IPKernelApp
    from ipywidgets import register_comm_target

    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(["-f", connection_file, *ARGV])
    register_comm_target(app.kernel)  # 部品を先に読んだので、まだつながっていない
    app.start()


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


class WakeruProvisioner(LocalProvisioner):  # type: ignore[misc]
    """カーネルを、部品を読み終えた親から分けて起こす。"""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """起こす。命令の行（cmd）は使わず、接続のファイルだけを渡す。"""
        # 名前に Voilà の Enum が混じる。そのまま渡すと、子が Voilà を全部読む。
        env = {str.__str__(k): v for k, v in kwargs["env"].items()}
        args = (self.parent.connection_file, env, kwargs.get("cwd"))
        process = CONTEXT.Process(target=_kernel, args=args, daemon=True)
        process.start()
        self.process = _Popen(process)
        self.pid = process.pid
        return self.connection_info
