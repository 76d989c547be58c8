"""表で計算する。列は入力の名前か日本語の見出し。

`RETSU` のある計算（年度更新）は1行が1つの事業場。読める行は列の計算（`sheet.columns`）で、
そのほかの行（全角の数字、誤りのある行など）は1件用の計算で求める。
ほかの計算は、行を束ねて1件用の計算にかける（`tabane`）。列は入力の形から作る。
`HYO_NO_RETSU` のある計算（去年との差）は、その列を使う。
だから答えも誤りの文も、1件ずつ計算した時と同じになる。
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
import pandas as pd

from . import KEISAN, tabane
from .kekka import Keisan, NyuryokuAyamari
from .nyuryoku import EN_JOGEN, Yomenai, gokei_ka, permille, tsumeru
from .schema import Schema, leaf, read_leaf, retsu_of
from .sheet import Value
from .sheet.columns import Columns, Kubun, Yen
from .tabane import HAKOBU, KARA, Midashi
from .tables import TABLES

# 画面から受け取るファイルの上限と、xlsx を広げた時の上限。
FILE_MB = 8
HIROGE_MB = 100
RETSU_SAIDAI = 500
# 表計算ソフトが式として動かす始まりの字。全角も、日本語の Excel では式になる。
SHIKI = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
# 読めなかったバイト（surrogateescape）と、cp932 に無いバイトの字。
YOMENAI_JI = re.compile(r"[\udc80-\udcff\uf8f0-\uf8f3]")
HOZON = "CSV は UTF-8 か cp932（Shift_JIS）で保存してください。"
KAZU = re.compile(r"[+-]?\d[\d,]*(\.\d+)?")


@dataclass(frozen=True)
class Hyo:
    """表の答え。`values` は計算できた行（もとの行の番号つき）、`errors` は直す所の一覧。

    `midashi` は、`values` の列の日本語の見出しと、CSV での書き方。
    """

    values: pd.DataFrame
    errors: pd.DataFrame
    midashi: Mapping[str, Midashi]


def calc(
    name: str, hyo: pd.DataFrame, yomenai: pd.DataFrame | None = None, chui: bool = False
) -> Hyo:
    """表の全部の行を計算する。合計の行は除き、そう知らせる。

    単位: 円（64ビット整数。値が無いことのある列は Int64）。日付は datetime64。
    `yomenai` は、ファイルの読めなかった行（`read_csv` の2つ目）。行を束ねる計算は、読めない行が1つでも
    あれば計算しない。`chui` なら、1件ずつの注意の列を足す（1行に数ミリ秒かかる）。
    誤りの時: その行だけ `errors` に 行・列・理由 で返し、ほかの行は計算する。
    """
    if name not in KEISAN:
        raise KeyError(name)
    topic = import_module(f".{name}", __package__)
    yomenai = _errors([]) if yomenai is None else yomenai
    ichigyo = hasattr(topic, "RETSU")
    if ichigyo:
        labels = {label: id for id, (_, label) in topic.RETSU.items()}
        kata = {id: leaf(topic.SCHEMA, path) for id, (path, _) in topic.RETSU.items()}
        betsumei = {k["title"].split("（")[0]: id for id, k in kata.items() if "title" in k}
    else:
        retsu = getattr(topic, "HYO_NO_RETSU", None) or retsu_of(topic.SCHEMA)
        labels = {r.label: r.id for r in retsu}
        betsumei = {m: r.id for r in retsu for m in r.betsumei}
    hyo, gokei = _gokei_wo_nozoku(hyo, set() if not ichigyo else {*labels, *labels.values()})
    known, shirase = _midashi(hyo, labels, betsumei)
    hyo = hyo.loc[known.index]
    if not ichigyo and tabane.tabaneru(hyo, retsu) and len(yomenai):
        message = "読めない行があるので、どの行も計算していません。行をまとめる計算は、全部の行がそろってから計算します。"
        shirase = pd.concat([shirase, _errors([(None, "（表全体）", message)])])
        known, hyo = known.iloc[:0], hyo.iloc[:0]
    if ichigyo:
        values, errors = _retsu_de(topic, known)
        midashi = {k: Midashi(v) for k, v in topic.MIDASHI.items()}
        utsusu = [c for c in hyo.columns if str(c).strip() in HAKOBU]
        if chui:
            values["chui"] = _chui(topic, known.loc[values.index])
    else:
        values, naosu, midashi = tabane.keisan(name, topic.SCHEMA, retsu, known, hyo, chui)
        errors, utsusu = _errors(naosu), tabane.hakobu(hyo, retsu)
    if chui:
        midashi["chui"] = Midashi("注意")
    for i, column in enumerate(utsusu):
        values.insert(i, str(column).strip(), hyo[column].reindex(values.index))
    gyo = pd.concat([yomenai, gokei, errors]).sort_values("行", kind="stable")
    return Hyo(values, pd.concat([shirase, gyo], ignore_index=True), midashi)


def _gokei_wo_nozoku(hyo: pd.DataFrame, nozoku: set[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """合計の行を除いた表と、除いた行の知らせ。列 `nozoku` は、読む時に調べるので見ない。"""
    gokei = np.zeros(len(hyo), dtype=bool)
    for i, column in enumerate(hyo.columns):
        masu = hyo.iloc[:, i]
        if masu.dtype == object and str(column).strip() not in nozoku:
            codes, uniques = pd.factorize(masu)
            gokei |= np.array([*(gokei_ka([x]) for x in uniques), False])[codes]
    if not gokei.any():
        return hyo, _errors([])
    message = "合計の行なので、入れていません。"
    return hyo[~gokei], _errors([(i, "（行全体）", message) for i in hyo.index[gokei]])


def _midashi(
    hyo: pd.DataFrame, labels: Mapping[str, str], betsumei: Mapping[str, str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """計算に使う列（名前は `labels` の値にそろえる）と、使わない列の知らせ。

    同じ項目の列が2つあり、値が違えば、どの行も計算しない。
    """
    id_of = {tsumeru(x): id for x, id in {**betsumei, **labels}.items()}
    names = [id_of.get(tsumeru(c), str(c).strip()) for c in hyo.columns]
    tsukau = [i for i, id in enumerate(names) if id in labels.values() and names.index(id) == i]
    shiranai = [
        str(c)
        for c, id in zip(hyo.columns, names, strict=True)
        if id not in labels.values() and id not in HAKOBU
    ]
    errors: list[tuple[Any, str, str]] = []
    if shiranai:
        message = f"知らない列なので使っていません。計算に使う列: {'、'.join(labels)}。そのまま答えに写す列: {'、'.join(HAKOBU)}。"
        errors.append((None, "、".join(shiranai), message))
    known = hyo.iloc[:, tsukau]
    known.columns = pd.Index([names[i] for i in tsukau])
    for i, id in enumerate(names):
        mae = names.index(id)
        if id not in labels.values() or mae == i:
            continue
        if not hyo.iloc[:, i].astype(str).equals(hyo.iloc[:, mae].astype(str)):
            message = f"「{hyo.columns[mae]}」と同じ項目の列で、値が違います。どの行も計算していません。どちらか1つにしてください。"
            errors.append((None, str(hyo.columns[i]), message))
            known = known.iloc[:0]
    return known, _errors(errors)


def _retsu_de(topic: Any, table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """列の計算。"""
    retsu: Mapping[str, tuple[tuple[str, ...], str]] = topic.RETSU
    inputs: dict[str, Kubun | Yen | None] = {}
    yomenai = np.zeros(len(table), dtype=bool)
    for column in table.columns:
        shape = leaf(topic.SCHEMA, retsu[column][0])
        if shape.get("x-yomikata") == "en":
            inputs[column], bad = _yen(table[column])
        else:
            inputs[column], bad = _kubun(table[column], shape)
        yomenai |= bad
    columns = Columns(topic.SHEET, TABLES, topic.hojo(inputs, len(table)), len(table))
    found = columns.run({a.retsu: (a.shiki, a.ari) for a in topic.ATAI})
    clean = ~(columns.bad | yomenai)
    out = {a.retsu: _output(*found[a.retsu], a, clean) for a in topic.ATAI}
    values = pd.DataFrame(out, index=table.index[clean], copy=False)
    return _slow_rows(topic, table, retsu, np.flatnonzero(~clean), values)


def _errors(rows: list[tuple[Any, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["行", "列", "理由"])


def _yen(column: pd.Series[Any]) -> tuple[Yen | None, np.ndarray[Any, Any]]:
    none = np.zeros(len(column), dtype=bool)
    if pd.api.types.is_integer_dtype(column.dtype) and not column.hasnans:
        amounts = column.to_numpy(dtype=np.int64, copy=False)
        bad = (amounts < 0) | (amounts >= EN_JOGEN)
        return Yen(np.where(bad, 0, amounts) if bad.any() else amounts), bad if bad.any() else none
    text = column.astype(str).str.strip()
    kara = column.isna().to_numpy() | text.isin(KARA).to_numpy()
    if kara.all():
        return None, none
    if pd.api.types.is_float_dtype(column.dtype):
        # 空欄のある整数の列は小数の型になる。2**53 未満の整数なら正確。
        numbers = column.to_numpy(dtype=float, na_value=-1.0)
        ok = (numbers >= 0) & (numbers < EN_JOGEN) & (numbers == np.floor(numbers))
        amounts = np.where(ok, numbers, 0).astype(np.int64)
    else:
        ok = text.str.fullmatch(r"[0-9]{1,12}").to_numpy(dtype=bool)
        amounts = text.where(ok, "0").astype(np.int64).to_numpy()
    return Yen(np.where(kara, 0, amounts), ~kara), ~ok & ~kara


def _kubun(column: pd.Series[Any], shape: Schema) -> tuple[Kubun, np.ndarray[Any, Any]]:
    codes, uniques = pd.factorize(column, use_na_sentinel=False)
    domain: list[Value] = []
    yomenai = np.zeros(len(uniques), dtype=bool)
    for i, x in enumerate(uniques):
        try:
            domain.append(_read_kubun(x, shape))
        except Yomenai:
            domain.append(None)
            yomenai[i] = True
    return Kubun(codes.astype(np.int32), tuple(domain)), yomenai[codes]


def _read_kubun(x: Any, shape: Schema) -> Value:
    if x is None or pd.isna(x) or str(x).strip() in KARA:
        return shape.get("default")
    value: Value = read_leaf(shape, x.item() if isinstance(x, np.generic) else x)
    return permille(value) if shape.get("x-yomikata") == "ritsu" else value


def _output(column: Any, present: Any, atai: Any, clean: Any) -> Any:
    everything = bool(clean.all())
    column = column if everything else column[clean]
    if atai.hizuke:
        days = (column - EPOCH).astype("timedelta64[D]") + np.datetime64("1970-01-01")
        dates = days.astype("datetime64[s]")
        if atai.ari is not None:
            dates[~(present if everything else present[clean])] = np.datetime64("NaT")
        return dates
    if atai.ari is None:
        return column
    return pd.arrays.IntegerArray(column, ~(present if everything else present[clean]))


EPOCH = 719163  # 1970-01-01 の通し日（date.toordinal）


def _slow_rows(
    topic: Any,
    table: pd.DataFrame,
    retsu: Mapping[str, tuple[tuple[str, ...], str]],
    rows: np.ndarray[Any, Any],
    values: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    found: dict[Any, dict[str, Any]] = {}
    errors: list[tuple[Any, str, str]] = []
    labels = {".".join(path): label for path, label in retsu.values()}
    for row in rows:
        index = table.index[row]
        data, kasanari = _nest(table.iloc[row], retsu)
        if kasanari:
            errors += [(index, label, message) for label, message in kasanari]
            continue
        answer = topic.calc(data)
        if isinstance(answer, Keisan):
            found[index] = topic.hiraku(answer.values)
        else:
            assert isinstance(answer, NyuryokuAyamari)
            errors += [(index, labels.get(e.field, e.field), e.message) for e in answer.errors]
    if found:
        extra = pd.DataFrame.from_dict(found, orient="index", columns=values.columns)
        extra = extra.astype(values.dtypes.to_dict())
        values = pd.concat([values, extra]).loc[
            [i for i in table.index if i in found or i in values.index]
        ]
    return values, _errors(errors)


def _chui(topic: Any, table: pd.DataFrame) -> list[str]:
    """行ごとの、1件ずつ計算した時の注意。"""
    out = []
    for i in range(len(table)):
        data, _ = _nest(table.iloc[i], topic.RETSU)
        answer = topic.calc(data)
        out.append(tabane.chui_no_bun(answer) if isinstance(answer, Keisan) else "")
    return out


def _nest(
    row: pd.Series[Any], retsu: Mapping[str, tuple[tuple[str, ...], str]]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """1行の入力と、両方は書けない列（見出しと理由）。"""
    out: dict[str, Any] = {"chingin": {}}
    kasanari = []
    for column, cell in row.items():
        path, label = retsu[str(column)]
        x = tabane.atai(cell)
        try:
            if x is not None:
                tabane.oku(out, path, x)
        except tabane.Kasanari as e:
            kasanari.append((label, str(e)))
    return out, kasanari


def read_csv(path: str | Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """手元の表のファイルを文字のまま読む。中身は `read_hyo` と同じ。大きさは限らない。"""
    return _read(Path(path).name, Path(path).read_bytes())


def read_hyo(name: str, data: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    """CSV（UTF-8 か cp932）か xlsx（初めのシート）を、文字のまま読む。

    列の数が見出しと違う行は、読まずに 行・列・理由 で返す。行はファイルの行番号。
    誤りの時: `FILE_MB` より大きいか、読めなければ ValueError（日本語の文）。
    """
    if len(data) > FILE_MB * 10**6:
        raise ValueError(
            f"ファイルが大きすぎます（{len(data) // 10**6}MB）。{FILE_MB}MB までの CSV か xlsx にしてください。"
        )
    return _read(name, data)


def _read(name: str, data: bytes) -> tuple[pd.DataFrame, pd.DataFrame]:
    lines = list(_xlsx(data) if name.lower().endswith(".xlsx") else _csv(data))
    head = [h.strip() for h in lines[0][1]] if lines else []
    rows: list[list[str]] = []
    numbers: list[int] = []
    errors: list[tuple[Any, str, str]] = []
    for number, cells in lines[1:]:
        if not any(c.strip() for c in cells):
            continue
        if any(map(YOMENAI_JI.search, cells)):
            message = f"読めない文字があります。{HOZON}"
            errors.append((number, "（行全体）", message))
            continue
        if len(cells) != len(head):
            message = f"列の数が {len(cells)} で、見出しの {len(head)} と違います。カンマや引用符を確かめてください。"
            errors.append((number, "（行全体）", message))
            continue
        numbers.append(number)
        rows.append(cells)
    index = pd.Index(numbers, name="行")
    return pd.DataFrame(rows, columns=head, index=index, dtype=object), _errors(errors)


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(decode(data).splitlines(keepends=True))
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        raise ValueError(
            f"{reader.line_num}行目が CSV として読めません。引用符の閉じ忘れや、長すぎる文が無いか確かめてください。"
        ) from None


class _Okisugi(ValueError):
    """広げると大きすぎる xlsx。"""


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    import openpyxl

    try:
        with ZipFile(BytesIO(data)) as z:
            hirogeta = sum(f.file_size for f in z.infolist())
        if hirogeta > HIROGE_MB * 10**6:
            raise _Okisugi(
                f"xlsx を広げると {hirogeta // 10**6}MB になり、大きすぎます。要る行だけのファイルにしてください（広げて {HIROGE_MB}MB まで）。"
            )
        book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # ファイルの言う大きさを信じず、あるますだけを読む
        saidai = 0
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            if not any(c is not None for c in cells):
                continue
            saidai = saidai or len(cells)
            if len(cells) > RETSU_SAIDAI:
                raise _Okisugi(
                    f"{number}行目の列が {len(cells)} あります。{RETSU_SAIDAI} 列までにしてください。"
                )
            yield number, [_cell(c) for c in cells] + [""] * (saidai - len(cells))
    except _Okisugi:
        raise
    except Exception:
        raise ValueError("xlsx として読めません。Excel で開けるか確かめてください。") from None


def _cell(c: Any) -> str:
    if c is None:
        return ""
    if isinstance(c, datetime):
        return c.date().isoformat()
    return str(int(c)) if isinstance(c, float) and c.is_integer() else str(c)


def decode(data: bytes) -> str:
    """CSV の文字コードを読む。途中に読めない字があれば、その字だけを `YOMENAI_JI` にする。

    誤りの時: 1行目（見出し）が読めなければ ValueError（日本語の文）。
    """
    yonda = (data.decode(encoding, "surrogateescape") for encoding in ("utf-8-sig", "cp932"))
    text = min(yonda, key=lambda x: len(YOMENAI_JI.findall(x)))
    if YOMENAI_JI.search(text.partition("\n")[0]):
        raise ValueError(f"1行目の文字が読めません。{HOZON}")
    return text


def to_csv(hyo: Hyo) -> str:
    """答えを、日本語の見出しの CSV にする（改行は CRLF、Excel で開ける）。

    写した文字が式として動かないよう、= + - @ で始まる文字の前に「'」を置く。数はそのまま。
    """
    values = hyo.values.drop(columns=[c for c, m in hyo.midashi.items() if not m.miseru])
    for column in values.columns.intersection(list(hyo.midashi)):
        if kotoba := hyo.midashi[column].kotoba:
            values[column] = values[column].map(kotoba, na_action="ignore")
    for column in values.select_dtypes(["bool", "boolean"]).columns:
        values[column] = values[column].map({True: "はい", False: "いいえ"})
    values = values.rename(columns={c: m.midashi for c, m in hyo.midashi.items()})
    for column in values.select_dtypes(["object", "string"]).columns:
        values[column] = values[column].map(_shiki_ni_shinai)
    return values.to_csv(index_label="行", lineterminator="\r\n", date_format="%Y-%m-%d")


def _shiki_ni_shinai(x: Any) -> Any:
    abunai = isinstance(x, str) and SHIKI.match(x) and not KAZU.fullmatch(x)
    return f"'{x}" if abunai else x
