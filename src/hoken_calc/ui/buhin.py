"""画面の部品。anywidget は、ノートと Voilà の両方で、外から何も取らずに動く。"""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as w
import traitlets as t

from ..nyuryoku import seiri
from ..sheet.render import CSS

HERE = Path(__file__).parent


class Hyoji(anywidget.AnyWidget):
    """結果の表示。HTML を入れ替えても、開いた行は開いたまま。"""

    _esm = (HERE / "hyoji.js").read_text(encoding="utf-8")
    _css = (HERE / "hoken.css").read_text(encoding="utf-8") + CSS
    html = t.Unicode("").tag(sync=True)
    tsugeru = t.Bool(False, help="変わった時に、読み上げで告げる").tag(sync=True)


class Hyo(anywidget.AnyWidget):
    """月別の表。Excel からの貼り付けを受け取る。値は打ったままの文字。"""

    _esm = (HERE / "hyo.js").read_text(encoding="utf-8")
    setsumei = t.Unicode("").tag(sync=True)
    gyo = t.List(t.Unicode()).tag(sync=True)
    retsu = t.List(t.Unicode()).tag(sync=True)
    yobina = t.List(t.Unicode(), help="読み上げの時の列の名前").tag(sync=True)
    kumi: Any = t.List(help="列のまとまりの名前と列の数").tag(sync=True)
    nashi: Any = t.List(help="書けないます").tag(sync=True)
    atai = t.List(t.List(t.Unicode())).tag(sync=True)
    ayamari = t.Dict().tag(sync=True)
    gokei = t.List(t.Unicode()).tag(sync=True)
    hamidashi = t.Int(0, help="貼り付けで表からはみ出した値の数").tag(sync=True)


def _dare(x: w.Widget, *classes: str) -> Any:
    for c in classes:
        x.add_class(c)
    return x


def hako(*children: w.Widget, css: Sequence[str] = ()) -> w.Box:
    """縦に並べる箱。"""
    return _dare(w.VBox(list(children)), *css)


def yoko(*children: w.Widget) -> w.Box:
    """横に並べる箱。"""
    return _dare(w.HBox(list(children)), "hk-yokonarabi")


def midashi(text: str) -> w.HTML:
    """見出し。"""
    return _dare(w.HTML(text), "hk-midashi")


class Komoku:
    """項目1つ: 名前、欄、補い、知らせ。"""

    def __init__(self, field: str, widget: w.Widget, hojo: str = "", css: str = "") -> None:
        self.field = field
        self.widget = widget
        self.hajime = widget.value
        self.hojo = _dare(w.HTML(), "hk-hojo")
        self.shirase = _dare(w.HTML(), "hk-ayamari")
        self.show_hojo(hojo)
        self.show_error("")
        classes = ["hk-komoku", *([css] if css else [])]
        self.hako = hako(widget, self.hojo, self.shirase, css=classes)

    @property
    def label(self) -> str:
        """欄の名前。"""
        return str(self.widget.description)

    @property
    def value(self) -> Any:
        """打ったまま、選んだままの値。"""
        return self.widget.value

    def on_change(self, f: Callable[[Any], None]) -> None:
        """値が変わるたびに呼ぶ。"""
        self.widget.observe(f, "value")

    def modosu(self) -> None:
        """開いた時の値に戻す。"""
        self.widget.value = self.hajime

    def kawatta(self) -> bool:
        """開いた時の値から変わり、見えているか。"""
        return bool(self.value != self.hajime) and self.hako.layout.display != "none"

    def show_hojo(self, text: str) -> None:
        """補いを欄の下に出す。"""
        _show(self.hojo, text)

    def show_error(self, message: str) -> None:
        """誤りを欄の下に出す。空なら消す。"""
        _show(self.shirase, message)

    def show_mark(self, text: str, css: str) -> None:
        """採点の印を欄の下に出す。"""
        self.show_error(text)
        self.shirase.value = f'<span class="{css}">{html.escape(text)}</span>'

    def visible(self, yes: bool) -> None:
        """出すか隠すか。"""
        self.hako.layout.display = None if yes else "none"


class Gyoshu(Komoku):
    """業種を、番号か名前の一部で選ぶ欄。"""

    def __init__(self, label: str, options: list[str]) -> None:
        box = w.Combobox(
            description=label, placeholder="番号か名前の一部。例 94、飲食", options=options
        )
        super().__init__("gyoshu", box)

    def bango(self) -> str | None:
        """番号で始まるか、名前の一部で1つに決まれば、その業種。決まらなければ None。"""
        text = seiri(self.value)
        if text[:1].isdigit():
            return text
        kouho = self._kouho()
        return kouho[0] if len(kouho) == 1 else None

    def _kouho(self) -> list[str]:
        text = str(self.value).strip()
        return [o for o in self.widget.options if text and text in o]

    def kouho_wo_dasu(self) -> None:
        """候補を欄の下に出す。"""
        text, kouho = str(self.value).strip(), self._kouho()
        if not text or kouho == [text]:
            self.show_hojo("")
        elif self.bango() is None:
            nashi = "名前に合う業種がありません。番号か、別の言葉で探してください。"
            self.show_hojo(f"候補: {'、'.join(kouho[:5])}" if kouho else nashi)
        else:
            self.show_hojo(kouho[0] if kouho else "")


def _show(box: w.HTML, text: str) -> None:
    box.value = html.escape(text)
    box.layout.display = None if text else "none"


def moji(
    field: str,
    label: str,
    hojo: str = "",
    value: str = "",
    css: str = "hk-en",
    sugu: bool = True,
) -> Komoku:
    """文字の欄。`sugu` なら打つたびに、そうでなければ欄を離れた時に値が変わる。"""
    text = w.Text(value=value, description=label, continuous_update=sugu)
    return Komoku(field, text, hojo, css)


def erabu(
    field: str, label: str, options: list[tuple[str, Any]], value: Any, hojo: str = ""
) -> Komoku:
    """1つ選ぶ欄。"""
    return Komoku(field, w.Dropdown(description=label, options=options, value=value), hojo)


def botan_erabu(field: str, label: str, options: list[tuple[str, Any]], value: Any) -> Komoku:
    """並んだボタンから1つ選ぶ欄。"""
    buttons = w.ToggleButtons(description=label, options=options, value=value, tooltip=label)
    buttons.style.button_width = "auto"
    return Komoku(field, buttons)


def hai(field: str, label: str) -> Komoku:
    """はい・いいえの欄。"""
    return Komoku(field, w.Checkbox(description=label, value=False, indent=False), css="hk-hai")


def botan(label: str, f: Callable[[Any], None], omo: bool = False) -> w.Button:
    """押すボタン。"""
    b = _dare(w.Button(description=label), "hk-botan", *(["hk-omo"] if omo else []))
    b.on_click(f)
    return b


def file_erabu(label: str, accept: str, f: Callable[[Any], None]) -> w.FileUpload:
    """ファイルを1つ選ぶボタン。"""
    upload = _dare(w.FileUpload(accept=accept, multiple=False, description=label), "hk-botan")
    upload.observe(f, "value")
    return upload


class Gamen:
    """1つの画面。ノートでは `view` を出し、文字だけの所では `namae` を出す。"""

    namae: str
    view: w.Widget

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = self.view._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = self.namae
        return bundle


class Hiraku:
    """押すと開く、ひとまとまりの項目。キーボードでも開ける。"""

    def __init__(self, label: str, komoku: Sequence[Komoku], ato: Sequence[w.Widget] = ()) -> None:
        self.label = label
        self.komoku = komoku
        narabi = [hako(*(k.hako for k in komoku), css=["hk-sanretsu"])] if komoku else []
        self.naka = hako(*narabi, *ato)
        self.botan = _dare(w.Button(), "hk-hiraku-botan")
        self.botan.on_click(lambda _: self.hiraku(not self.hiraiteiru))
        self.hako = hako(self.botan, self.naka, css=["hk-hiraku"])
        self.hiraku(False)

    def hiraku(self, yes: bool) -> None:
        """開くか閉じる。"""
        self.hiraiteiru = yes
        self.naka.layout.display = None if yes else "none"
        self.kaku()

    def kaku(self) -> None:
        """見出し。閉じていても、使っている条件の名前を出す。"""
        tsukau = [k.label for k in self.komoku if k.kawatta()]
        ima = f" — いま使っている条件: {'、'.join(tsukau)}" if tsukau else ""
        self.botan.description = f"{'▾' if self.hiraiteiru else '▸'} {self.label}{ima}"
