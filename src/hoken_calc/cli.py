"""hoken-calc。命令行から計算・表・計算ページを使う。"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from . import KEISAN, calc
from .kekka import Ayamari, Kotae, NyuryokuAyamari, mamotte

OK, AYAMARI = 0, 2
# これより多い行の表には、注意の列を出さない（1行に数ミリ秒かかる）。
CHUI_SAIDAI = 10_000


class Katachi(argparse.HelpFormatter):
    """使い方の見出しを日本語にする。"""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, "使い方: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """誤りを日本語で言う引数の読み手。"""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(formatter_class=Katachi, add_help=False, **kwargs)
        self._positionals.title = "書くもの"
        self._optionals.title = "選べるもの"
        self.add_argument("-h", "--help", action="help", help="この説明を出す")

    def error(self, message: str) -> NoReturn:
        self.exit(AYAMARI, f"使い方が違います。\n{self.format_help()}")


def keisan_mei(name: str) -> str:
    """計算の名前。"""
    if name not in KEISAN:
        print(
            f"使い方が違います。「{name}」という計算はありません。使える計算: {'、'.join(KEISAN)}。",
            file=sys.stderr,
        )
        sys.exit(AYAMARI)
    return name


def main(argv: Sequence[str] | None = None) -> int:
    """命令を1つ実行し、終了コード（0、入力の誤りは2）を返す。"""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")
    args = _parser().parse_args(_text_first(sys.argv[1:] if argv is None else argv))
    try:
        result: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:
        # 読み手が先に閉じた（head など）。残りは捨てる。
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    return result


def _text_first(argv: Sequence[str]) -> list[str]:
    """`calc 計算 --text ファイル` と書けるように、--text を前へ出す（argparse の弱い所）。"""
    if argv[:1] == ["calc"] and "--text" in argv:
        return ["calc", "--text", *(a for a in argv[1:] if a != "--text")]
    return list(argv)


def _parser() -> Parser:
    top = Parser(
        prog="hoken-calc", description="労働保険の検算・説明・研修。提出用ではありません。"
    )
    commands = top.add_subparsers(title="命令", required=True, metavar="命令", parser_class=Parser)

    c = commands.add_parser("calc", help="計算する（JSON を読み、JSON を返す）")
    c.add_argument("name", metavar="計算", type=keisan_mei, help=f"計算の名前: {'、'.join(KEISAN)}")
    c.add_argument("file", metavar="ファイル", nargs="?", help="JSON（無ければ標準入力）")
    c.add_argument("--text", action="store_true", help="読むための計算書で返す")
    c.set_defaults(run=_calc)

    s = commands.add_parser("schema", help="入力の形（JSON Schema）")
    s.add_argument("name", metavar="計算", type=keisan_mei, help=f"計算の名前: {'、'.join(KEISAN)}")
    s.set_defaults(run=_schema)

    b = commands.add_parser("batch", help="CSV か xlsx の全部の行を計算する")
    b.add_argument("name", metavar="計算", type=keisan_mei, help=f"計算の名前: {'、'.join(KEISAN)}")
    b.add_argument("file", metavar="ファイル", help="CSV（UTF-8 か cp932）か xlsx")
    b.add_argument("--out", metavar="ファイル", help="答えの CSV（無ければ標準出力）")
    b.set_defaults(run=_batch)

    t = commands.add_parser("tables", help="法令の表と、いつまで確認済みか")
    t.add_argument(
        "--check",
        metavar="日付",
        nargs="?",
        const="",
        help="その日（無ければ次の4月1日）までに確かめ直す表を言う。あれば終了コード1",
    )
    t.set_defaults(run=_tables)

    k = commands.add_parser("kawatta", help="表が変わると、ノートのどの円が変わったか")
    k.add_argument(
        "notes", metavar="ノート", nargs="*", default=["notebooks"], help="ノートか、その入れ物"
    )
    k.add_argument("--data", metavar="場所", type=Path, help="予行の表の場所（無ければ、いまの表）")
    k.add_argument("--hozon", action="store_true", help="変わった出力をノートに保存する")
    k.set_defaults(run=_kawatta)

    v = commands.add_parser("serve", help="計算ページを開く")
    v.add_argument("--port", type=int, default=8866, help="ポート番号（既定 8866）")
    v.add_argument("--ip", default="127.0.0.1", help="待ち受ける住所（既定はこの機械だけ）")
    v.add_argument("--no-browser", action="store_true", help="ブラウザを開かない")
    v.set_defaults(run=_serve)
    return top


def _calc(args: argparse.Namespace) -> int:
    try:
        data = _read_json(args.file)
    except (OSError, ValueError) as e:
        message = f"ファイル「{args.file}」を開けません。" if isinstance(e, OSError) else str(e)
        return _print(NyuryokuAyamari([Ayamari("（全体）", "json", message)]), args.text)
    if not isinstance(data, list):
        return _print(mamotte(calc, args.name, data), args.text)
    answers = [mamotte(calc, args.name, x) for x in data]
    if args.text:
        print("\n\n".join(f"【{i}件目】\n{a.to_text()}" for i, a in enumerate(answers, 1)))
    else:
        _dump([a.to_json() for a in answers])
    return AYAMARI if any(isinstance(a, NyuryokuAyamari) for a in answers) else OK


def _print(answer: Kotae, text: bool) -> int:
    if text:
        print(answer.to_text())
    else:
        _dump(answer.to_json())
    return AYAMARI if isinstance(answer, NyuryokuAyamari) else OK


def _dump(x: Any) -> None:
    print(json.dumps(x, ensure_ascii=False, indent=1))


def _read_json(file: str | None) -> Any:
    raw = Path(file).read_bytes() if file else sys.stdin.buffer.read()
    try:
        return json.loads(
            raw.decode("utf-8-sig"), object_pairs_hook=_no_repeats, parse_int=_parse_int
        )
    except RecursionError:
        raise ValueError("括弧の入れ子が深すぎて読めません。") from None
    except UnicodeDecodeError:
        raise ValueError("JSON は UTF-8 で保存してください。") from None
    except json.JSONDecodeError as e:
        raise ValueError(
            f"JSON として読めません（{e.lineno}行目の{e.colno}文字目）。カンマ、引用符、括弧を確かめてください。"
        ) from None


def _parse_int(text: str) -> int | str:
    """長すぎる数は文字のまま渡し、項目の誤りとして言う。"""
    return int(text) if len(text) <= 20 else text


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for k, v in pairs:
        if k in out:
            raise ValueError(f"「{k}」が2度書かれています。1つにしてください。")
        out[k] = v
    return out


def _schema(args: argparse.Namespace) -> int:
    _dump(import_module(f".{args.name}", __package__).SCHEMA)
    return OK


def _batch(args: argparse.Namespace) -> int:
    from . import batch

    try:
        frame, broken = batch.read_csv(args.file)
        if frame.empty and broken.empty:
            raise ValueError("計算する行がありません。1行目に見出し、2行目から値を書いてください。")
        chui = len(frame) <= CHUI_SAIDAI
        answer = batch.calc(args.name, frame, broken, chui)
        csv = batch.to_csv(answer)
        if args.out:
            Path(args.out).write_bytes(csv.encode("utf-8-sig"))
        else:
            sys.stdout.write(csv)
    except OSError as e:
        print(f"ファイル「{e.filename}」を読み書きできません。", file=sys.stderr)
        return AYAMARI
    except ValueError as e:
        print(e, file=sys.stderr)
        return AYAMARI
    errors = list(answer.errors.itertuples(index=False))
    for row, column, reason in errors:
        where = f"{row}行目 " if row is not None else ""
        print(f"{where}{column}: {reason}", file=sys.stderr)
    if not chui:
        print(f"{CHUI_SAIDAI:,}行より多いので、注意の列は出していません。", file=sys.stderr)
    print(f"計算できた行 {len(answer.values)}、直す所 {len(errors)}", file=sys.stderr)
    return AYAMARI if errors else OK


def _tables(args: argparse.Namespace) -> int:
    from .nyuryoku import Yomenai, hizuke
    from .tables import jp, names, table

    if args.check is None:
        for name in names():
            t = table(name)
            print(f"{t.title}（{name}、data/{t.file}）")
            print(
                f"  収めた範囲 {jp(t.first)} 〜 {jp(t.verified_through)}（その日まで改正が無いことを確認）"
            )
            print(f"  いちばん新しい行 {jp(t.latest)}、行を選ぶ日 {t.date_rule}")
        return OK
    today = date.today()
    try:
        until = (
            hizuke(args.check)
            if args.check
            else date(today.year + (today >= date(today.year, 4, 1)), 4, 1)
        )
    except Yomenai as e:
        print(e, file=sys.stderr)
        return AYAMARI
    old = [table(n) for n in names() if table(n).verified_through < until]
    for t in old:
        print(
            f"{t.title}（data/{t.file}）: {jp(t.verified_through)} まで確認。{jp(until)} までに確かめ直す。"
        )
    if not old:
        print(f"全部の表が {jp(until)} まで確認済みです。")
    return 1 if old else OK


def _kawatta(args: argparse.Namespace) -> int:
    from .kawatta import hokoku, kuraberu

    if args.data and args.hozon:
        print("--data は予行です。予行の答えは保存しません。", file=sys.stderr)
        return AYAMARI
    if args.data and not (args.data / "tables.toml").is_file():
        print(
            f"「{args.data}」に tables.toml がありません。data/ を写して直してください。",
            file=sys.stderr,
        )
        return AYAMARI
    paths = [
        p
        for name in map(Path, args.notes)
        for p in (sorted(name.glob("*.ipynb")) if name.is_dir() else [name])
    ]
    nai = [str(p) for p in paths if not p.is_file()] or ([] if paths else args.notes)
    if nai:
        print(f"ノートがありません: {'、'.join(nai)}", file=sys.stderr)
        return AYAMARI
    notes = [kuraberu(p, args.data, hozon=args.hozon) for p in paths]
    print(hokoku(notes))
    if any(c.ugokanai for n in notes for c in n.cells):
        return AYAMARI
    return 1 if any(n.cells for n in notes) else OK


def _serve(args: argparse.Namespace) -> int:
    from .ui.serve import serve

    return serve(args.port, args.ip, not args.no_browser)


if __name__ == "__main__":
    sys.exit(main())
