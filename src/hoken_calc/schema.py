"""入力の形。JSON Schema で宣言し、人の書き方を読んでから jsonschema-rs で調べる。

jsonschema-rs は誤りを全部返し、起動が速い（pydantic と jsonschema は読み込みだけで
計算1件より長くかかる）。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from . import nyuryoku
from .kekka import Ayamari
from .nyuryoku import EN_JOGEN, Yomenai
from .tables import nendo_label

Schema: TypeAlias = dict[str, Any]
FUKASA = 20
ZENTAI = "（全体）"

EN: Schema = {
    "type": "integer",
    "minimum": 0,
    "exclusiveMaximum": EN_JOGEN,
    "x-yomikata": "en",
    "x-tani": "円",
}
SEISU: Schema = {"type": "integer", "minimum": 0, "x-yomikata": "seisu"}
NIN: Schema = {"type": "integer", "minimum": 0, "x-yomikata": "nin", "x-tani": "人"}
NISSU: Schema = {"type": "integer", "minimum": 0, "x-yomikata": "nissu", "x-tani": "日"}
HEIKIN_NIN: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{1,6}(\.[0-9]{1,6})?$|^[0-9]{1,8}/[0-9]{1,4}$",
    "x-yomikata": "heikin_nin",
    "x-tani": "人（平均。小数は文字で）",
}
TAISEKI: Schema = {
    "type": ["string", "integer"],
    "pattern": r"^[0-9]{1,9}(\.[0-9]{1,6})?$",
    "x-yomikata": "taiseki",
    "x-tani": "立方メートル（小数は文字で）",
}
NENDO: Schema = {"type": "integer", "x-yomikata": "nendo", "x-tani": "年度（西暦）"}
GYOSHU: Schema = {"type": "string", "pattern": "^[0-9]{2}$", "x-yomikata": "gyoshu"}
RITSU: Schema = {
    "type": "string",
    "pattern": r"^[0-9]{1,3}(\.[0-9]{1,4})?$",
    "x-yomikata": "ritsu",
    "x-tani": "千分の率",
}
HIZUKE: Schema = {"type": "string", "format": "date", "x-yomikata": "hizuke"}
HAI: Schema = {"type": "boolean", "default": False, "x-yomikata": "hai"}

YOMIKATA: dict[str, Callable[[Any], Any]] = {
    "en": nyuryoku.en,
    "seisu": nyuryoku.seisu,
    "nin": nyuryoku.nin,
    "nissu": nyuryoku.nissu,
    "heikin_nin": nyuryoku.heikin_nin,
    "taiseki": nyuryoku.taiseki,
    "nendo": nyuryoku.nendo,
    "gyoshu": nyuryoku.gyoshu,
    "ritsu": nyuryoku.ritsu_moji,
    "zogen": nyuryoku.zogen,
    "hizuke": lambda x: nyuryoku.hizuke(x).isoformat(),
    "hai": nyuryoku.hai,
    "motouke": nyuryoku.motouke,
}


def sentaku(choices: Mapping[Any, str], betsumei: Mapping[str, Any] | None = None) -> Schema:
    """選択肢。値でも日本語の名前でも選べる。`betsumei` は、ほかの言い方 → 値。"""
    out = {"enum": list(choices), "x-sentaku": {str(k): v for k, v in choices.items()}}
    return out | ({"x-betsumei": dict(betsumei)} if betsumei else {})


def komoku(title: str, properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """項目の集まり。無くてよい項目は null でもよい。知らない項目は誤り。"""
    return {
        "title": title,
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {k: v if k in required else _nullable(v) for k, v in properties.items()},
    }


def nyuryoku_no_kata(
    title: str, properties: Mapping[str, Schema], required: tuple[str, ...]
) -> Schema:
    """計算1つの入力の形。`hoken-calc schema` が出すもの。"""
    kata = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": kata, **komoku(title, properties, required)}


def wakeru(kumi: Schema, hitotsu: Schema, kumi_no_kata: str = "object") -> Schema:
    """2通りの書き方。集まり（`object` か `array`）なら `kumi`、そうでなければ `hitotsu`。"""
    return {"if": {"type": kumi_no_kata}, "then": kumi, "else": hitotsu}


def title(schema: Schema, text: str, *midashi: str) -> Schema:
    """画面と誤りの文に出す名前をつける。`midashi` は、表の見出しのほかの言い方。"""
    return {"title": text, **schema} | ({"x-midashi": list(midashi)} if midashi else {})


def _nullable(schema: Schema) -> Schema:
    out = dict(schema)
    if "type" in out:
        kata = out["type"]
        out["type"] = [*(kata if isinstance(kata, list) else [kata]), "null"]
    if "enum" in out:
        out["enum"] = [*out["enum"], None]
    if "else" in out:
        out["else"] = _nullable(out["else"])
    return out


def read(schema: Schema, data: Any) -> tuple[Any, list[Ayamari]]:
    """入力を読む。読めた値と、見つかった誤りを全部。"""
    import jsonschema_rs

    if yomenai := _okashina_katachi(data):
        return None, [Ayamari(ZENTAI, "katachi", yomenai)]
    errors: list[Ayamari] = []
    clean = _read(schema, data, (), errors)
    told = {e.field for e in errors}
    for e in jsonschema_rs.Draft202012Validator(schema).iter_errors(clean):
        for a in _ayamari(schema, clean, e):
            if a.field not in told:
                told.add(a.field)
                errors.append(a)
    return clean, errors


def nazukeru(schema: Schema, data: Any, errors: Sequence[Ayamari]) -> list[Ayamari]:
    """誤りに、項目の場所と名前をつける。"""
    named = (namae(schema, data, e.field) for e in errors)
    return [replace(e, doko=doko, na=na) for e, (doko, na) in zip(errors, named, strict=True)]


def namae(schema: Schema, data: Any, field: str) -> tuple[str, str]:
    """誤りの項目の場所（入れ物と、並びの何件目か）と、項目の名前。日本語で。

    並びの形に `x-gyo` があれば、その項目の値で「枝番号002」のように呼ぶ。
    """
    doko: list[str] = []
    na = ""
    for key in field.split("."):
        schema = _branch(schema, data)
        if isinstance(data, (list, tuple)) and key.isdigit() and int(key) < len(data):
            schema, data = schema.get("items", {}), data[int(key)]
            doko.append(_gyo_na(schema, data) or f"{na} {int(key) + 1}件目")
            na = ""
            continue
        if key not in schema.get("properties", {}):
            break
        doko += [na] if na else []
        schema = schema["properties"][key]
        data = data.get(key) if isinstance(data, Mapping) else None
        na = _midashi(schema)
    return " ".join(doko), na


def _gyo_na(schema: Schema, x: Any) -> str:
    """並びの1件を、見分ける項目の値で呼ぶ名前。読めなければ空。"""
    key = schema.get("x-gyo")
    if not key or not isinstance(x, Mapping) or x.get(key) in (None, ""):
        return ""
    kata = schema["properties"][key]
    try:
        atai = read_leaf(kata, x[key])
    except Yomenai:
        return ""
    if kata.get("x-yomikata") == "nendo":
        return nendo_label(atai)
    return f"{_midashi(kata)}{atai}" if 0 < len(nyuryoku.seiri(atai)) <= 20 else ""


def yometa(errors: Sequence[Ayamari], *fields: str) -> bool:
    """`fields` の項目に、誤りが無いか。その中と、それを入れた集まりの誤りも見る。"""
    return not any(
        f"{f}.".startswith(f"{e.field}.") or e.field.startswith(f"{f}.") or e.field == ZENTAI
        for e in errors
        for f in fields
    )


def yonda_narabi(x: Any, errors: Sequence[Ayamari], field: str) -> list[Any]:
    """並び `field` の1つずつ。読めなかった物は None。並びとして読めなければ空。"""
    if not isinstance(x, Mapping) or any(e.field in (field, ZENTAI) for e in errors):
        return []
    yomenai = {e.field.split(".")[1] for e in errors if e.field.startswith(f"{field}.")}
    return [None if str(i) in yomenai else k for i, k in enumerate(x.get(field, []))]


def _okashina_katachi(x: Any, fukasa: int = 0) -> str:
    """深すぎる入れ子と、文字として成り立たない文字。"""
    if fukasa > FUKASA:
        return f"入れ子が深すぎます（{FUKASA}段まで）。"
    if isinstance(x, str):
        try:
            x.encode()
        except UnicodeEncodeError:
            return "文字として読めないものが混ざっています。"
    parts = [*x.keys(), *x.values()] if isinstance(x, Mapping) else x
    if isinstance(parts, (list, tuple)):
        return next((y for p in parts if (y := _okashina_katachi(p, fukasa + 1))), "")
    return ""


def _read(schema: Schema, x: Any, path: tuple[Any, ...], errors: list[Ayamari]) -> Any:
    schema = _branch(schema, x)
    try:
        if "x-sentaku" in schema or ("x-yomikata" in schema and not isinstance(x, (Mapping, list))):
            return read_leaf(schema, x)
    except Yomenai as e:
        errors.append(Ayamari(_field(path), e.code, str(e), e.json))
        return x
    if isinstance(x, Mapping):
        known = schema.get("properties", {})
        return {
            k: _read(known.get(k, {}), v, (*path, k), errors)
            for k, v in x.items()
            if v is not None or k not in known
        }
    if isinstance(x, (list, tuple)):
        return [_read(schema.get("items", {}), v, (*path, i), errors) for i, v in enumerate(x)]
    return x


def _branch(schema: Schema, x: Any) -> Schema:
    if "if" not in schema:
        return schema
    kumi = isinstance(x, list if schema["if"]["type"] == "array" else Mapping)
    chosen: Schema = schema["then" if kumi else "else"]
    return chosen


def leaf(schema: Schema, path: tuple[str, ...]) -> Schema:
    """項目の道の先にある、値1つの形。"""
    for p in path:
        schema = schema.get("then", schema)["properties"][p]
    end: Schema = schema.get("else", schema)
    return end


def read_leaf(schema: Schema, x: Any) -> Any:
    """値1つを読む。読めなければ `Yomenai`。"""
    if "x-sentaku" in schema:
        names = {v: schema["x-sentaku"][str(v)] for v in schema["enum"] if v is not None}
        return nyuryoku.sentaku(x, names, schema.get("x-betsumei", {}))
    return YOMIKATA[schema["x-yomikata"]](x) if "x-yomikata" in schema else x


def _at(schema: Schema, data: Any, path: list[Any]) -> Schema:
    for p in path:
        schema = _branch(schema, data)
        data = data[p]
        schema = schema["items"] if isinstance(p, int) else schema["properties"].get(p, {})
    return _branch(schema, data)


def _field(path: Sequence[Any]) -> str:
    return ".".join(map(str, path)) or ZENTAI


def _ayamari(schema: Schema, data: Any, e: Any) -> list[Ayamari]:
    path = list(e.instance_path)
    here = _at(schema, data, path)
    known = here.get("properties", {})
    kind = list(e.schema_path)[-1]
    if kind == "required":
        return [
            Ayamari(_field([*path, k]), "hissu", f"{known[k].get('title', k)}を入れてください。")
            for k in here["required"]
            if k not in e.instance
        ]
    if kind == "additionalProperties":
        names = _tsukaeru(known)
        return [
            Ayamari(
                _field([*path, k]),
                "shiranai_komoku",
                f"{nyuryoku.mise(k)}という項目はありません。使える項目: {names}。",
            )
            for k in e.instance
            if k not in known
        ]
    if "properties" in here:
        return [
            Ayamari(
                _field(path),
                "katachi",
                f"項目の集まり（{{…}}）で書いてください。使える項目: {_tsukaeru(known)}。",
            )
        ]
    if kind in ("minItems", "maxItems"):
        most, least = here["maxItems"], here["minItems"]
        kazu = f"{least}個" if most == least else f"{least}個から{most}個"
        return [
            Ayamari(
                _field(path), "kazu", f"{kazu}の並びで書いてください（いまは{len(e.instance)}個）。"
            )
        ]
    if "items" in here:
        return [Ayamari(_field(path), "katachi", "並び（[…]）で書いてください。")]
    name = here.get("title", _field(path))
    return [
        Ayamari(
            _field(path),
            "katachi",
            f"{name}の書き方が違います（{here.get('x-tani', '値を1つ書く')}）。",
        )
    ]


def _tsukaeru(known: Mapping[str, Schema]) -> str:
    return "、".join(f"{_midashi(x)}（{k}）" if "title" in x else k for k, x in known.items())


@dataclass(frozen=True)
class Retsu:
    """表の列1つ。`narabi` は、その列の入る並びの道（並びでなければ空）。`kata` は値の形。"""

    path: tuple[str, ...]
    label: str
    narabi: tuple[str, ...] = ()
    kata: Schema = field(default_factory=dict)

    @property
    def id(self) -> str:
        """列の名前。"""
        return ".".join((*self.narabi, *self.path))

    @property
    def betsumei(self) -> list[str]:
        """列の見出しの、ほかの言い方。"""
        return list(self.kata.get("x-midashi", ()))


def retsu_of(schema: Schema) -> list[Retsu]:
    """入力の形から、表の列を作る。同じ名前の列は、2つ目から親の名前を前につける。"""
    out: list[Retsu] = []
    for r in _walk(schema, (), ()):
        onaji = any(r.label == x.label for x in out)
        out.append(replace(r, label=f"{_oya(schema, r)}・{r.label}") if onaji else r)
    return out


def _walk(schema: Schema, path: tuple[str, ...], narabi: tuple[str, ...]) -> Iterator[Retsu]:
    for key, x in schema["properties"].items():
        here = (*path, key)
        item = x.get("items", {})
        if "properties" in x:
            yield from _walk(x, here, narabi)
        elif "properties" in item and not narabi:
            yield from _walk(item, (), here)
        elif "properties" in x.get("then", {}):
            yield Retsu(here, _midashi(x), narabi, x["else"])
            for k, y in x["then"]["properties"].items():
                yield Retsu((*here, k), f"{_midashi(x)}・{_midashi(y)}", narabi, y)
        elif "items" not in x and "then" not in x:
            yield Retsu(here, _midashi(x), narabi, x)


def _oya(schema: Schema, r: Retsu) -> str:
    for key in (*r.narabi, *r.path)[:-1]:
        naka: Schema = schema.get("items") or schema.get("then") or schema
        schema = naka["properties"][key]
    return _midashi(schema)


def _midashi(schema: Schema) -> str:
    """列の見出し。補い（かっこの中）は除く。"""
    return str(schema["title"]).split("（")[0]
