"""計算シート: 式を一度だけ書き、値・説明・列の計算をそこから作る。法令は知らない。"""

from .expr import (
    Band,
    Const,
    Day,
    Expr,
    Given,
    Input,
    Lookup,
    Months,
    Total,
    Value,
    choice,
    day,
    larger,
    smaller,
)
from .render import Step, arithmetic, steps, to_html, to_rows, to_text
from .rounding import Postponement, Rounding
from .sheet import Check, Line, Run, Sashikae, Sheet

__all__ = [
    "Band",
    "Check",
    "Const",
    "Day",
    "Expr",
    "Given",
    "Input",
    "Line",
    "Lookup",
    "Months",
    "Postponement",
    "Rounding",
    "Run",
    "Sashikae",
    "Sheet",
    "Step",
    "Total",
    "Value",
    "arithmetic",
    "choice",
    "day",
    "larger",
    "smaller",
    "steps",
    "to_html",
    "to_rows",
    "to_text",
]
