"""画面の部品。anywidget は、ノートと Voilà の両方で、外から何も取らずに動く。"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar
from weakref import WeakSet

import anywidget
import ipywidgets as w
import traitlets as t

from ..kekka import doko_de
from ..nyuryoku import seiri
from ..sheet.render import CSS
from ..tables import table
from . import haritsuke, link
from .haritsuke import Hari

HERE = Path(__file__).parent
OBOERU_NAGASA = 200_000  # タブに覚えさせる表の、文字の数の上限


class Hyoji(anywidget.AnyWidget):
    """結果の表示。HTML を入れ替えても、開いた行は開いたまま。"""

    _esm = (HERE / "hyoji.js").read_text(encoding="utf-8")
    _css = (HERE / "hoken.css").read_text(encoding="utf-8") + CSS
    html = t.Unicode("").tag(sync=True)
    tsugeru = t.Bool(False, help="変わった時に、読み上げで告げる").tag(sync=True)


class Hyo(anywidget.AnyWidget):
    """月別の表。Excel からの貼り付けを受け取る。値は打ったままの文字。

    `field` があれば、リンクにその名前で入る。`nosenai` は、個人の情報なのでリンクに載せない列の番号。
    貼り付けは、見出しの行があれば列の名前か `id` で、無ければ貼った所から右下へ入れる。
    `saidai` のある表（一覧）は、見出しのある貼り付けで全部を入れ替え、入らない貼り付けや、
    見出しに列 `hissu` の無い貼り付けは1行も入れない。
    """

    _esm = (HERE / "hyo.js").read_text(encoding="utf-8")
    field = t.Unicode("")
    nosenai: Any = t.List(t.Int())
    setsumei = t.Unicode("").tag(sync=True)
    gyo = t.List(t.Unicode()).tag(sync=True)
    retsu = t.List(t.Unicode()).tag(sync=True)
    id = t.List(t.Unicode(), help="入力の形（JSON Schema）での列の名前")
    yobina = t.List(t.Unicode(), help="読み上げの時の列の名前").tag(sync=True)
    kumi: Any = t.List(help="列のまとまりの名前と列の数").tag(sync=True)
    nashi: Any = t.List(help="書けないます").tag(sync=True)
    atai = t.List(t.List(t.Unicode())).tag(sync=True)
    ayamari = t.Dict().tag(sync=True)
    gokei = t.List(t.Unicode()).tag(sync=True)
    hari = t.Dict(help="貼り付けた文字と、貼った所。読んだら空に戻す").tag(sync=True)
    shirase = t.Unicode("", help="貼り付けの知らせ").tag(sync=True)
    hamidashi = t.Int(0, help="貼り付けで表からはみ出した値の数")
    saidai = t.Int(0, help="一覧の表の、行の上限")
    hissu = t.List(t.Unicode(), help="一覧の見出しに、無くてはならない列")
    betsumei = t.List(t.List(t.Unicode()), help="列の見出しの、ほかの言い方")
    kotowari = t.Unicode("", help="一覧に貼った見出しの直す所")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hajime = self.atai
        self.irekaeta = self.midashi_de = False
        self.hari_okisa = (0, 0)
        self.observe(self._kawatta, "atai")
        self.observe(self._haru, "hari")

    def observe(self, handler: Any, names: Any = t.All, type: str = "change") -> None:
        """値が変わるたびに呼ぶ。思わぬ誤りは画面に知らせる。"""
        uchi = isinstance(handler, t.EventHandler)
        super().observe(handler if uchi else mamoru(self, handler), names, type)

    def kara(self) -> bool:
        """何も書いていないか。"""
        return not any(map(any, self.atai))

    def modosu(self) -> None:
        """開いた時の中身に戻す。"""
        self.ireru([])

    def ireru(self, rows: list[list[str]]) -> None:
        """表の中身を、`rows` に入れ替える。残りの行は、開いた時のまま。"""
        self.hamidashi, self.kotowari, self.shirase = 0, "", ""
        self.midashi_de = True
        self.atai = [*rows, *self.hajime[len(rows) :]]

    def _kawatta(self, change: Any) -> None:
        """一覧に入らなかった貼り付けのことは、書き直したら言わない。"""
        if self.saidai and kakikaeta(change):
            self.hamidashi, self.kotowari = 0, ""

    def _haru(self, _: Any) -> None:
        """貼り付けた文字を読み、表に入れる。"""
        if not self.hari:
            return
        kita = self.hari
        with self.hold_sync():
            self.hari = {}
            hari = haritsuke.wakeru(kita["text"], kita["retsu"], self.na())
            self.hari_okisa = (len(hari.gyo), max(map(len, hari.gyo), default=0))
            zenbu = bool(self.saidai and hari.midashi and any(map(any, hari.gyo)))
            self.kotowari = (
                self._midashi_no_ayamari(hari) if zenbu else self._shiranai_midashi(hari)
            )
            mae, hajime = (self.hajime, 0) if zenbu else (self.atai, kita["gyo"])
            atai, hamidashi, kakenai, nokoru = self._oita(hari, mae, hajime)
            self.hamidashi = hamidashi if self.saidai else 0
            dame = bool(hamidashi or self.kotowari)
            self.midashi_de = hari.midashi is not None
            self.irekaeta = not nokoru and not dame
            if not dame:
                self.shirase = self._hari_no_shirase(hari, hajime, nokoru, kakenai)
            else:
                self.shirase = "" if self.saidai else self._hairanai_bun()
            if dame or (self.saidai and atai == self.atai):
                self.notify_change(
                    t.Bunch(name="atai", old=self.atai, new=self.atai, owner=self, type="change")
                )
            else:
                self.atai = atai
            self.irekaeta = False

    def _hairanai_bun(self) -> str:
        gyo, retsu = self.hari_okisa
        return f"貼り付けた {gyo}行{retsu}列は、貼った所から表（{len(self.gyo)}行{len(self.retsu)}列）に入らないので、1つも入れていません。列の数や順が違う時は、見出しの行も一緒に写してください。"

    def na(self) -> dict[str, int]:
        """列の名前 → 列の番号。同じ見出しの列がある表は、読み上げの名前だけ。"""
        hitotsu = len(set(self.retsu)) == len(self.retsu)
        return haritsuke.bango(self.retsu if hitotsu else [], self.yobina, self.id, *self.betsumei)

    def _midashi_no_ayamari(self, hari: Hari) -> str:
        if not self.hissu:
            return ""
        return haritsuke.midashi_no_ayamari(hari.midashi or [], self.na(), self.retsu, self.hissu)

    def _shiranai_midashi(self, hari: Hari) -> str:
        """どの列の名前も合わない見出しの行が、一緒に貼られた時の断り。"""
        if not self.hissu or hari.shiranai is None:
            return ""
        return f"見出しの「{'、'.join(filter(None, hari.shiranai))}」が、この表のどの列とも合いません。使う見出し: {'、'.join(self.retsu)}。"

    def _oita(
        self, hari: Hari, mae: list[list[str]], hajime: int
    ) -> tuple[list[list[str]], int, int, list[tuple[int, int]]]:
        """貼り付けた行を `mae` に置いた中身、はみ出した値の数、書けないますの値の数、前の値の残るます。"""
        tate, yoko = max(len(self.gyo), self.saidai), len(self.retsu)
        atai = [list(row) for row in mae]
        nashi = {(r, c) for r, c in self.nashi}
        oita: set[tuple[int, int]] = set()
        hamidashi = kakenai = 0
        for r, row in enumerate(hari.gyo, hajime):
            for i, x in enumerate(row):
                c = hari.saki.get(i)
                if c is None:
                    continue
                if r >= tate or c >= yoko:
                    hamidashi += bool(x)
                elif (r, c) in nashi:
                    kakenai += bool(x)
                else:
                    atai += [[""] * yoko for _ in range(r + 1 - len(atai))]
                    atai[r][c] = x
                    oita.add((r, c))
        nokoru = [
            (r, c)
            for r, row in enumerate(atai)
            for c, x in enumerate(row)
            if x and (r, c) not in oita
        ]
        return atai, hamidashi, kakenai, nokoru

    def _hari_no_shirase(
        self, hari: Hari, hajime: int, nokoru: list[tuple[int, int]], kakenai: int
    ) -> str:
        """列をどう合わせたか、一覧で前のままの所、入れなかった値。"""
        out = ""
        if hari.midashi is not None:
            out = self._midashi_no_shirase(hari)
        elif self.saidai:
            out = self._mae_no_mama(hajime, hajime + len(hari.gyo), nokoru)
        if hari.gokei:
            out += f"合計の行（貼り付けた{'、'.join(map(str, hari.gokei))}行目）は入れていません。"
        if kakenai:
            out += f"貼り付けた値のうち {kakenai} 個は、書けないます（賞与の人数など）なので入れていません。"
        return out

    def _midashi_no_shirase(self, hari: Hari) -> str:
        out = "見出しの名前で、列を合わせました。"
        if self.saidai and not any(map(any, hari.gyo)):
            return "見出しの行だけなので、何も入れていません。"
        if self.saidai:
            out = "見出しのある表を貼ったので、一覧を入れ替えました。"
            nai = [x for c, x in enumerate(self.retsu) if c not in hari.saki.values()]
            out += f"見出しに無いので空にした列: {'、'.join(nai)}。" if nai else ""
        nokori = "、".join(hari.nokori)
        return out + (f"表に無いので使わなかった列: {nokori}。" if nokori else "")

    def _mae_no_mama(self, hajime: int, owari: int, nokoru: list[tuple[int, int]]) -> str:
        """見出しの無い貼り付けの、横と下に残る前の値。"""
        yoko = [(r, c) for r, c in nokoru if hajime <= r < owari]
        out = ""
        if yoko:
            namae = "、".join(self.yobina[c] for c in sorted({c for _, c in yoko}))
            ue, shita = yoko[0][0] + 1, yoko[-1][0] + 1
            gyo = f"{ue}行目" if ue == shita else f"{ue}行目から{shita}行目"
            out = f"{gyo}の {namae} は前のままです。"
        if any(r >= owari for r, _ in nokoru):
            out += f"{owari + 1}行目から下は前のままです。"
        return out

    def nosenai_retsu(self) -> list[str]:
        """書いてあるが、リンクに載せない列の名前。"""
        return [self.yobina[c] for c in self.nosenai if any(row[c] for row in self.atai)]

    def link_ni(self) -> str:
        """リンクに書く形: ますを `_`、行を `~` で区切る。"""
        gyo = ["_".join(self._masu(c, x) for c, x in enumerate(row)) for row in self.atai]
        return "~".join(row.rstrip("_") for row in gyo).rstrip("~")

    def link_kara(self, text: str) -> str:
        """リンクの値を入れる。入らなければ理由。"""
        gyo = [row.split("_") for row in text.split("~")] if text else []
        tate, yoko = max(len(self.atai), self.saidai), len(self.retsu)
        if len(gyo) > tate or any(len(row) > yoko for row in gyo):
            return f"{tate}行{yoko}列に入りません。"
        gyo += [[]] * (len(self.atai) - len(gyo))
        self.atai = [
            [self._masu(c, x) for c, x in enumerate(row + [""] * (yoko - len(row)))] for row in gyo
        ]
        return ""

    def _masu(self, retsu: int, text: str) -> str:
        return "" if retsu in self.nosenai else text.translate({ord("_"): " ", ord("~"): " "})


def kakikaeta(change: Any) -> bool:
    """表の中身が変わったか。終わりの空の行が増えただけなら、変わっていない。"""
    mae, ato = change.old, change.new
    nagai, mijikai = (mae, ato) if len(mae) > len(ato) else (ato, mae)
    kara = [[""] * len(row) for row in nagai[len(mijikai) :]]
    return bool([*mijikai, *kara] != nagai)


class NobiruHyo(Hyo):
    """書いた行の次に、いつも空の行がある表。行は `gyo_mei` に番号をつけた名前で、`saidai` まで増える。"""

    def __init__(self, gyo_mei: str, kazu: int, **kwargs: Any) -> None:
        self.gyo_mei, self.kazu = gyo_mei, kazu
        yoko = len(kwargs["retsu"])
        super().__init__(gyo=self._namae(kazu), atai=[[""] * yoko for _ in range(kazu)], **kwargs)
        self.observe(self._nobasu, "atai")

    def _nobasu(self, _: Any) -> None:
        kaita = max((i for i, row in enumerate(self.atai, 1) if any(row)), default=0)
        kazu = min(max(self.kazu, kaita + 1), self.saidai)
        if kazu != len(self.gyo):
            self.gyo = self._namae(kazu)

    def _namae(self, kazu: int) -> list[str]:
        return [f"{self.gyo_mei}{i}" for i in range(1, kazu + 1)]


class Dogu(anywidget.AnyWidget):
    """画面の道具: 印刷、リンク、打った入力の控え、思わぬ誤りの知らせ。"""

    _esm = (HERE / "dogu.js").read_text(encoding="utf-8")
    kagi = t.Unicode("", help="1つのページの中で、画面を選ぶ名前").tag(sync=True)
    toi = t.Unicode("", help="開いた時の URL の ? の後").tag(sync=True)
    link = t.Unicode("", help="いまの入力を運ぶ、? の後").tag(sync=True)
    link_nashi = t.List(t.Unicode(), help="リンクに入れなかった物").tag(sync=True)
    link_ayamari = t.List(t.Unicode(), help="リンクの直す所").tag(sync=True)
    shippai = t.Unicode("", help="思わぬ誤りの起きた所").tag(sync=True)
    modoseru = t.Unicode("", help="ボタンで入力が変わったことの知らせ").tag(sync=True)


class FileErabu(anywidget.AnyWidget):
    """ファイルを1つ選ぶボタン。選ぶと、名前と中身が `value` に入る。"""

    _esm = (HERE / "file.js").read_text(encoding="utf-8")
    description = t.Unicode("").tag(sync=True)
    accept = t.Unicode("").tag(sync=True)
    saidai = t.Int(8_000_000, help="受け取る大きさの上限（バイト）").tag(sync=True)
    value: Any = t.Tuple()

    def on_change(self, f: Callable[[Any], None]) -> None:
        """ファイルを選ぶたびに呼ぶ。同じファイルを選び直した時も呼ぶ。"""
        tsutsunda = mamoru(self, f)

        def uketoru(_: Any, content: dict[str, str], buffers: list[Any]) -> None:
            self.value = ({"name": content["name"], "content": bytes(buffers[0])},)
            tsutsunda(None)
            self.send({})

        self.on_msg(uketoru)


_yobidashi: list[w.Widget] = []


def mamoru(moto: w.Widget, f: Callable[[Any], None]) -> Callable[[Any], None]:
    """呼び出しを包む。思わぬ誤りが起きたら、`moto` のある画面が知らせ、古い結果を消す。"""

    def tsutsunda(x: Any) -> None:
        if not _yobidashi:
            for gamen in Gamen.deteiru:
                gamen.dogu.shippai = ""
        _yobidashi.append(moto)
        try:
            f(x)
        except Exception as e:
            basho = [g for g in Gamen.deteiru if moto in g.buhin()]
            if not basho:
                raise
            basho[0].kowareta(e)
        finally:
            _yobidashi.pop()

    return tsutsunda


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

    def __init__(
        self, field: str, widget: w.Widget, hojo: str = "", css: str = "", nosenai: bool = False
    ) -> None:
        self.field = field
        self.widget = widget
        self.nosenai = nosenai
        self.hajime = widget.value
        self.hojo = _dare(w.HTML(), "hk-hojo")
        self.shirase = _dare(w.HTML(), "hk-ayamari")
        self.show_hojo(hojo)
        self.show_error("")
        classes = ["hk-komoku", *([css] if css else [])]
        self.hako = hako(widget, self.hojo, self.shirase, css=classes)
        self.hako.komoku = self

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
        self.widget.observe(mamoru(self.widget, f), "value")

    def link_ni(self) -> str:
        """リンクに書く形。"""
        return _link_no_ji(self.value)

    def link_kara(self, text: str) -> str:
        """リンクの値を入れる。入れられなければ理由。"""
        atai: Any = text
        if isinstance(self.widget, (w.Dropdown, w.ToggleButtons)):
            sentakushi = {_link_no_ji(v): v for _, v in self.widget.options}
            if text not in sentakushi:
                rei = [f"{_link_no_ji(v)}（{label}）" for label, v in self.widget.options[:5]]
                return f"「{text}」は選べません。選べるのは {'、'.join(rei)} などです。"
            atai = sentakushi[text]
        elif isinstance(self.widget, w.Checkbox):
            if text not in ("hai", "iie"):
                return f"「{text}」は読めません。hai か iie です。"
            atai = text == "hai"
        elif isinstance(self.widget, w.BoundedIntText):
            saisho, saidai = self.widget.min, self.widget.max
            if not (text.isascii() and text.isdigit() and saisho <= int(text) <= saidai):
                return f"「{text}」は読めません。{saisho} から {saidai} までの整数です。"
            atai = int(text)
        self.widget.value = atai
        return ""

    def modosu(self) -> None:
        """開いた時の値に戻す。"""
        self.widget.value = self.hajime

    def kawatta(self) -> bool:
        """開いた時の値から変わり、見えているか。"""
        return bool(self.value != self.hajime) and self.mieru

    @property
    def mieru(self) -> bool:
        """隠していないか。"""
        return bool(self.hako.layout.display != "none")

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


MISERU = 8


class Gyoshu(Komoku):
    """業種を、番号か名前の一部で選ぶ欄。"""

    def __init__(self, label: str, options: list[str], value: str = "") -> None:
        box = w.Combobox(
            description=label,
            placeholder="番号か名前の一部。例 94、飲食",
            options=options,
            value=value,
        )
        super().__init__("gyoshu", box)

    def link_ni(self) -> str:
        """番号だけを書く。"""
        return (self.bango() or str(self.value)).split(" ")[0]

    def link_kara(self, text: str) -> str:
        """番号から、番号と名前を入れる。"""
        self.widget.value = next((o for o in self.widget.options if o.split(" ")[0] == text), text)
        return ""

    def bango(self) -> str | None:
        """番号で始まるか、名前の一部で1つに決まれば、その業種。決まらなければ None。"""
        text = seiri(self.value)
        if text[:1].isdigit():
            return text
        kouho = self._kouho()
        return kouho[0] if len(kouho) == 1 else None

    def _kouho(self) -> list[str]:
        """番号の始めか、名前か分類（建設事業など）に合う業種。"""
        text = seiri(self.value)
        if not text or text[0].isdigit():
            return [o for o in self.widget.options if text and o.startswith(text[:2])]
        hyo = table("rosai_hokenritsu").rows
        return [o for o in self.widget.options if text in seiri(o) + hyo[o[:2]][-1]["bunrui"]]

    def kouho_wo_dasu(self) -> None:
        """候補か、計算に使う業種を欄の下に出す。"""
        text, kouho = seiri(self.value), self._kouho()
        if not text or (kouho and text == seiri(kouho[0])):
            self.show_hojo("")
        elif len(kouho) == 1:
            self.show_hojo(f"「{kouho[0]}」で計算しています。")
        elif kouho:
            hoka = f"、ほか{len(kouho) - MISERU}件" if len(kouho) > MISERU else ""
            self.show_hojo(f"候補: {'、'.join(kouho[:MISERU])}{hoka}。番号で選んでください。")
        else:
            self.show_hojo("合う業種がありません。番号か、別の言葉で探してください。")


def _link_no_ji(atai: Any) -> str:
    if isinstance(atai, bool):
        return "hai" if atai else "iie"
    return "nashi" if atai is None else str(atai)


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
    nosenai: bool = False,
) -> Komoku:
    """文字の欄。`sugu` なら打つたびに、そうでなければ欄を離れた時に値が変わる。

    `nosenai` は、名前や労働保険番号の欄。リンクに載せない。
    """
    text = w.Text(value=value, description=label, continuous_update=sugu)
    return Komoku(field, text, hojo, css, nosenai)


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


def hai(field: str, label: str, value: bool = False) -> Komoku:
    """はい・いいえの欄。"""
    return Komoku(field, w.Checkbox(description=label, value=value, indent=False), css="hk-hai")


def botan(label: str, f: Callable[[Any], None], omo: bool = False) -> w.Button:
    """押すボタン。打った欄を変えた時は、押す前の入力に戻せる。"""
    b = _dare(w.Button(description=label), "hk-botan", *(["hk-omo"] if omo else []))

    def osu(x: Any) -> None:
        mae = [(g, g.ima()) for g in Gamen.deteiru if b in g.buhin()]
        f(x)
        for g, ima in mae:
            g.kaeta(label, ima)

    b.on_click(mamoru(b, osu))
    return b


def file_erabu(label: str, accept: str, f: Callable[[Any], None]) -> FileErabu:
    """ファイルを1つ選ぶボタン。"""
    botan = FileErabu(description=label, accept=accept)
    botan.on_change(f)
    return botan


def kaita(fields: Mapping[str, Komoku]) -> dict[str, str] | None:
    """書いてある欄だけの値。全部空なら None。"""
    return {k: f.value for k, f in fields.items() if f.value.strip()} or None


def nashi(text: str) -> bool:
    """「なし」と書いてあるか。"""
    return seiri(text) in ("なし", "無し")


NICHIGAKU_HOJO = "年度を通した人の日額。何人もいれば「10000、5000」。いなければ「なし」。"


def nichigaku(text: str) -> list[dict[str, str]]:
    """日額の欄を、加入者の並びにする。「なし」は空の並び。"""
    if nashi(text) or seiri(text) == "0":
        return []
    # 桁のカンマでありえない所のカンマも、人の区切り（10000,5000）。
    kugiri = r"[、;\s]+|(?<=\d{4}),(?=\d{4})|(?<=円),"
    return [{"nichigaku": x} for x in re.split(kugiri, seiri(text)) if x]


Sugata = tuple[list[str], list[list[list[str]]]]
"""欄の値（リンクに書く形）と、表の中身。画面の上から順に。"""


class Gamen:
    """1つの画面。ノートでは `view` に道具をつけて出し、文字だけの所では `namae` を出す。"""

    namae: str
    view: w.Widget
    deteiru: ClassVar[WeakSet[Gamen]] = WeakSet()

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = self.waku._repr_mimebundle_(**kwargs)
        bundle["text/plain"] = self.namae
        return bundle

    @cached_property
    def dogu(self) -> Dogu:
        """印刷、リンク、打った入力の控え、思わぬ誤りの知らせ。"""
        dogu = Dogu(kagi=type(self).__name__.removesuffix("Gamen").lower())
        dogu.observe(mamoru(self.view, self._link_kara), "toi")
        shigoto = {
            "link": mamoru(self.view, self._link_ni),
            "modosu": mamoru(self.view, self._hikae_ni_modosu),
            "oboeru": self._oboeru,  # 打った後に自分で来る。誤りの知らせを消さない
        }
        dogu.on_msg(lambda _, content, __: shigoto[content["nani"]](None))
        return dogu

    @cached_property
    def waku(self) -> w.Box:
        """道具をつけた画面。"""
        self.deteiru.add(self)
        self.hajime = self.hikae = self.ima()
        return hako(self.dogu, self.view, css=["hk-waku"])

    def buhin(self) -> list[w.Widget]:
        """画面の全部の部品。上から順に。"""
        return list(_buhin(self.view))

    def modosu(self) -> None:
        """全部の欄を、開いた時の値に戻す。計算の軽い空の表から始める。"""
        for hyo in _hyo(self.buhin()):
            hyo.modosu()
        for b in self.buhin():
            if isinstance(b, FileErabu):
                b.value = ()
            elif hasattr(b, "komoku"):
                b.komoku.modosu()

    def kowareta(self, e: Exception) -> None:
        """思わぬ誤りを知らせ、古い結果を消す。知らせに、入力の中身は入れない。"""
        self.dogu.shippai = doko_de(e)
        for b in self.buhin():
            if isinstance(b, Hyoji):
                b.html = ""

    def ima(self) -> Sugata:
        """いまの入力。名前や番号も入るので、ここ（カーネル）の中だけで使う。"""
        buhin = self.buhin()
        return [k.link_ni() for k in _komoku(buhin)], [h.atai for h in _hyo(buhin)]

    def kaeta(self, botan: str, mae: Sugata) -> None:
        """ボタンが、打ってあった文字（`mae`）を変えていたら、元に戻せることを知らせる。"""
        self.hikae = mae
        moji = [isinstance(k.widget, w.Text) for k in _komoku(self.buhin())]
        utta, ato = _utta(mae, moji), _utta(self.ima(), moji)
        kieta = [x for at, x in utta.items() if ato.get(at) != x] if mae != self.hajime else []
        self.dogu.modoseru = f"「{botan}」で、打ってあった値が変わりました。" if kieta else ""

    def _hikae_ni_modosu(self, _: Any) -> None:
        ran, hyo = self.hikae
        self.dogu.modoseru = ""
        self.modosu()
        for k, text in zip(_komoku(self.buhin()), ran, strict=False):
            k.link_kara(text)
        for h, atai in zip(_hyo(self.buhin()), hyo, strict=False):
            h.ireru(atai)

    def _toi(self, mieru: bool = False, hyo_nagasa: int = OBOERU_NAGASA) -> tuple[str, list[str]]:
        """入力を運ぶ `?` の後と、入れなかった物の名前。"""
        buhin = list(_buhin(self.view, mieru))
        toi, nashi = link.kaku(_komoku(buhin), _hyo(buhin), hyo_nagasa)
        if any(isinstance(b, FileErabu) and b.value for b in buhin):
            nashi.insert(0, "読み込んだファイル")
        return toi, nashi

    def _link_ni(self, _: Any) -> None:
        self.dogu.link, self.dogu.link_nashi = self._toi(True, link.HYO_NAGASA)
        self.dogu.send({"nani": "link"})

    def _oboeru(self, _: Any) -> None:
        """見る人のタブに覚えさせる入力。開いた時のままなら、空。"""
        toi, nashi = ("", []) if self.ima() == self.hajime else self._toi()
        self.dogu.send({"nani": "oboeru", "toi": toi, "nashi": nashi})

    def _link_kara(self, _: Any) -> None:
        toi, ayamari = self.dogu.toi, []
        gamen = link.gamen_no(toi)
        if gamen in ("", self.dogu.kagi):
            ayamari = link.yomu(toi, _komoku(self.buhin()), lambda: _hyo(self.buhin()))
        elif gamen not in [g.dogu.kagi for g in self.deteiru]:
            nashi = f"「{gamen[:40]}」という計算は、このページにありません。"
            ayamari = [f"{nashi}リンクの値は、どの欄にも入れていません。"]
        self.dogu.link_ayamari = ayamari


def _utta(sugata: Sugata, moji: Sequence[bool]) -> dict[tuple[int, ...], str]:
    """打ってある文字。文字の欄（`moji`）の番号か、表とますの番号 → 文字。"""
    ran, hyo = sugata
    out: dict[tuple[int, ...], str] = {
        (i,): x for i, (x, yes) in enumerate(zip(ran, moji, strict=False)) if yes and x
    }
    for n, gyo in enumerate(hyo):
        out |= {(n, r, c): x for r, row in enumerate(gyo) for c, x in enumerate(row) if x}
    return out


def _komoku(buhin: Sequence[w.Widget]) -> list[Komoku]:
    return [b.komoku for b in buhin if hasattr(b, "komoku")]


def _hyo(buhin: Sequence[w.Widget]) -> list[Hyo]:
    return [b for b in buhin if isinstance(b, Hyo)]


def _buhin(moto: w.Widget, mieru: bool = False) -> Iterator[w.Widget]:
    """`moto` とその中の部品。`mieru` なら、隠した物を除く（たたんだ物は隠していない）。"""
    if mieru and moto.layout.display == "none" and "hk-tatamu" not in moto._dom_classes:
        return
    yield moto
    for b in getattr(moto, "children", ()):
        yield from _buhin(b, mieru)


class Hiraku:
    """押すと開く、ひとまとまりの項目。キーボードでも開ける。"""

    def __init__(self, label: str, komoku: Sequence[Komoku], ato: Sequence[w.Widget] = ()) -> None:
        self.label = label
        self.komoku = komoku
        narabi = [hako(*(k.hako for k in komoku), css=["hk-sanretsu"])] if komoku else []
        self.naka = hako(*narabi, *ato, css=["hk-tatamu"])
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
        self.botan.description = f"{self.label}{ima}"
