"""入力の型。pydantic の型に、日本語の読み方と誤りの文をつける。"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from . import nyuryoku
from .kekka import Ayamari


def _yomu(reader: Callable[[Any], Any]) -> BeforeValidator:
    def read(x: Any) -> Any:
        try:
            return reader(x)
        except nyuryoku.Yomenai as e:
            raise PydanticCustomError(e.code, "{message}", {"message": str(e)}) from None  # type: ignore[arg-type]

    return BeforeValidator(read)


En = Annotated[
    int,
    _yomu(nyuryoku.en),
    WithJsonSchema(
        {"type": "integer", "minimum": 0, "exclusiveMaximum": nyuryoku.EN_JOGEN, "description": "円"}
    ),
]
Nendo = Annotated[
    int, _yomu(nyuryoku.nendo), WithJsonSchema({"type": "integer", "description": "西暦の年度"})
]
Gyoshu = Annotated[
    str, _yomu(nyuryoku.gyoshu), WithJsonSchema({"type": "string", "pattern": r"^\d\d$"})
]
Ritsu = Annotated[
    Any,
    _yomu(nyuryoku.permille),
    WithJsonSchema(
        {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,4})?$", "description": "千分の率"}
    ),
]
Hai = Annotated[bool, _yomu(nyuryoku.hai), WithJsonSchema({"type": "boolean"})]
Hizuke = Annotated[
    Any, _yomu(nyuryoku.hizuke), WithJsonSchema({"type": "string", "format": "date"})
]


def sentaku(choices: Mapping[Any, str]) -> Any:
    """選択肢の型。"""
    base = type(next(iter(choices)))
    words = "、".join(f"{v}: {label}" for v, label in choices.items())
    return Annotated[
        base,
        _yomu(lambda x: nyuryoku.sentaku(x, choices)),
        WithJsonSchema({"enum": list(choices), "description": words}),
    ]


class Nyuryoku(BaseModel):
    """入力の集まり。知らない項目は誤りにする。"""

    model_config = ConfigDict(extra="forbid", frozen=True)


KIMARI = {
    "missing": "この項目を入れてください。",
    "model_type": "項目の集まり（{…}）で書いてください。",
    "model_attributes_type": "項目の集まり（{…}）で書いてください。",
    "dict_type": "項目の集まり（{…}）で書いてください。",
    "list_type": "並び（[…]）で書いてください。",
    "tuple_type": "並び（[…]）で書いてください。",
}


def ayamari(error: ValidationError, model: type[BaseModel]) -> list[Ayamari]:
    """pydantic の誤りを、項目の名前と日本語の文にする。"""
    out = []
    for e in error.errors(include_url=False, include_context=False):
        # 丸括弧つきの部分は、型の枝分かれの名前で、項目の名前ではない。
        path = [p for p in e["loc"] if not str(p).startswith("(")]
        kind = e["type"]
        if kind == "extra_forbidden":
            names = "、".join(_names_at(model, path[:-1]))
            message = f"「{path[-1]}」という項目はありません。使える項目: {names}。"
            code = "shiranai_komoku"
        elif kind in KIMARI:
            message = KIMARI[kind]
            code = "hissu" if kind == "missing" else "katachi"
        else:
            message, code = e["msg"], kind
        out.append(Ayamari(".".join(map(str, path)) or "（全体）", code, message))
    return out


def _names_at(model: type[BaseModel], path: list[Any]) -> list[str]:
    current: Any = model
    for p in path:
        if isinstance(p, int):
            continue
        current = _model_in(current.model_fields[p].annotation) or current
    return list(current.model_fields)


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if found := _model_in(part):
            return found
    return None


