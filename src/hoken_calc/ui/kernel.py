"""見る人ごとのカーネルを起こす。ページの部品は、もうできている。

Linux では、全部のノートを動かし終えた1つの親（標準の forkserver）から分ける。部品の置き場
（記憶）は親と子で分け合う。ほかでは、計算と画面を読み終えた1つを待たせておき、それに動かさせる。
"""

# mypy: disable-error-code="misc, assignment, method-assign, union-attr, no-untyped-call"
from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import traceback
from importlib import import_module
from importlib.metadata import EntryPoint
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

NAME = "hoken-calc"
WAKERU = sys.platform == "linux"
# 履歴を書かず、出力を別の糸で写さない。知らせは重い物だけ。いまの場所の物を読まない。
ARGV = [
    "--HistoryManager.enabled=False",
    "--IPKernelApp.capture_fd_output=False",
    "--InteractiveShellApp.ignore_cwd=True",
    "--log-level=ERROR",
]

Deta = dict[str, tuple[list[list[dict[str, Any]]], dict[str, Any]]]
_mataseta: list[tuple[BaseProcess, Connection]] = []


def _context() -> Any:
    return multiprocessing.get_context("forkserver" if WAKERU else "spawn")


def hajimeru() -> None:
    """Voilà に起こし方を教え、親を起こす。待たない。"""
    KernelProvisionerFactory.provisioners[NAME] = EntryPoint(
        NAME, f"{__name__}:HokenProvisioner", KernelProvisionerFactory.GROUP_NAME
    )
    if WAKERU:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # 分ける前に糸（thread）を作らせない
        _context().set_forkserver_preload([__name__, f"{__package__}.zenbu"])
        import_module("multiprocessing.forkserver").ensure_running()
    else:
        _mataseta.append(_mataseru())


def deta() -> Deta:
    """ノートごとの、出た物（nbformat の outputs）と、部品の始めの状態。"""
    uke, okuri = _context().Pipe(duplex=False)
    process = _context().Process(target=_okuru, args=(okuri,))
    process.start()
    okuri.close()
    found: Deta = uke.recv()
    process.join()
    return found


def _okuru(okuri: Connection) -> None:
    from .zenbu import NOTES

    okuri.send({name: (note.deta, note.jotai()) for name, note in NOTES.items()})


def _mataseru() -> tuple[BaseProcess, Connection]:
    kochira, achira = _context().Pipe()
    process = _context().Process(target=_matsu, args=(achira,), daemon=True)
    process.start()
    achira.close()
    return process, kochira


def _matsu(uke: Connection) -> None:
    """計算と画面を読み終え、どのノートかを待つ。"""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from .yomikomi import Note

    namae, connection_file = uke.recv()
    note = Note(namae)
    note.ugokasu()
    kernel(note, connection_file)


def _wakareru(namae: str, connection_file: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from .zenbu import NOTES

    kernel(NOTES[namae], connection_file)


def okosu(namae: str, connection_file: str) -> BaseProcess:
    """ノートのカーネルを起こす。"""
    if WAKERU:
        process: BaseProcess = _context().Process(
            target=_wakareru, args=(namae, connection_file), daemon=True
        )
        process.start()
        return process
    process, okuri = _mataseta.pop()
    _mataseta.append(_mataseru())
    okuri.send((namae, connection_file))
    return process


def _basho(_: logging.Formatter, exc_info: Any) -> str:
    """記録する誤りは、種類と場所だけ。文には打った数や名前が入りうる。"""
    typ, _value, tb = exc_info
    frames = (f"  {f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(tb))
    return "\n".join([*frames, typ.__name__])


def kernel(note: Any, connection_file: str) -> None:
    """このプロセスを、動かし終えたノートのカーネルにする。"""
    from ipykernel.comm.comm import BaseComm
    from ipykernel.kernelapp import IPKernelApp
    from ipywidgets import register_comm_target

    logging.Formatter.formatException = _basho
    app = IPKernelApp.instance(parent_handle=os.getppid())
    app.initialize(["-f", connection_file, *ARGV])
    note.tsukau()
    register_comm_target()
    BaseComm.kernel = app.kernel  # 先にできていた部品も、ここから送る
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


class HokenProvisioner(LocalProvisioner):
    """カーネルの起こし方。"""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """起こす。カーネルの仕様に書かれた命令の行（cmd）は使わない。"""
        process = okosu(kwargs["note"], self.parent.connection_file)
        self.process = _Popen(process)
        self.pid = process.pid
        return self.connection_info
