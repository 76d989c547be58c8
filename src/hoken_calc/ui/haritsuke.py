"""Excel から写した表を読む。見出しの行があれば、ファイルと同じように名前で列を合わせる。"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..nyuryoku import gokei_ka, seiri, tsumeru

# 引用符で囲んだますは、中に改行とタブを持てる。閉じていなければ、引用符もただの文字。
MASU = re.compile(r'(?:"((?:[^"]|"")*+)"|([^\t\n]*))(\t|\n|\Z)')
TANI = re.compile(r"\((?:円|人)\)$")
KAKKO = re.compile(r"\([^()]*\)$")
# これより小さい和は、人数や番号がたまたま合うことがある。
WA_KAGEN = 1000
KAZU = re.compile(r"[¥\d,.\s円人%-]*\d[¥\d,.\s円人%-]*")


@dataclass(frozen=True)
class Hari:
    """貼り付けた行。`saki` は、何番目のますが表のどの列に入るか。

    `midashi` は、見出しの行。見出しで合わせていなければ None。`shiranai` は、どの列とも合わない見出しの
    行。`gokei` は、外した合計の行の番号。
    """

    gyo: list[list[str]]
    saki: Mapping[int, int]
    midashi: list[str] | None = None
    shiranai: list[str] | None = None
    gokei: tuple[int, ...] = ()

    @property
    def nokori(self) -> list[str]:
        """見出しにあるが、表に入らない列の名前。"""
        return [x for i, x in enumerate(self.midashi or []) if x and i not in self.saki]


def yomu(text: str) -> list[list[str]]:
    """タブ区切りの文字を、ますの並びにする。ますの中の改行とタブは空白にする。"""
    text = re.sub(r"\r\n?", "\n", text).rstrip("\n")
    gyo: list[list[str]] = [[]]
    at, owari = 0, False
    while not owari:
        m = MASU.match(text, at)
        assert m is not None
        naka = m[2] if m[1] is None else m[1].replace('""', '"')
        gyo[-1].append(re.sub(r"\s*[\n\t]\s*", " ", naka.strip()))
        at, owari = m.end(), m[3] == ""
        if m[3] == "\n":
            gyo.append([])
    return gyo


def bango(*narabi: Sequence[str]) -> dict[str, int]:
    """列の名前 → 列の番号。`narabi` は名前の並びで、前の並びが先。

    終わりの（ ）が無い名前でも合う。それで同じ名前になる列は、（ ）が要る。
    """
    out: dict[str, int] = {}
    for namae in narabi:
        zenbu = [tsumeru(x) for x in namae]
        for katachi in (zenbu, [KAKKO.sub("", x) for x in zenbu]):
            for c, x in enumerate(katachi):
                if x and katachi.count(x) == 1:
                    out.setdefault(x, c)
    return out


def basho(head: Sequence[str], na: Mapping[str, int]) -> dict[int, int]:
    """見出しの何番目が、表のどの列か。`na` は、列の名前と番号。同じ列は初めの1つだけ。"""
    out: dict[int, int] = {}
    for i, h in enumerate(map(tsumeru, head)):
        c = na.get(h, na.get(TANI.sub("", h)))
        if c is not None and c not in out.values():
            out[i] = c
    return out


def midashi_no_ayamari(
    head: Sequence[str], na: Mapping[str, int], retsu: Sequence[str], hissu: Sequence[str]
) -> str:
    """見出しの直す所: 列 `hissu` が無いか、同じ列が2つある。無ければ空。"""
    saki = basho(head, na)
    if nashi := [x for x in hissu if na[tsumeru(x)] not in saki.values()]:
        return f"見出しに {'、'.join(nashi)} がありません。使う見出し: {'、'.join(retsu)}。"
    if onaji := [h for i, h in enumerate(head) if i not in saki and basho([h], na)]:
        return f"見出しに {'、'.join(onaji)} が2つあります。1つにしてください。"
    return ""


def wakeru(text: str, hajime: int, na: Mapping[str, int]) -> Hari:
    """初めの行が見出しなら名前で、そうでなければ `hajime` の列から順に入れる。

    見出しの行: 表の列の名前が1つでもあり、数のますが無い行。
    """
    zenbu = yomu(text)
    gokei = [i for i, g in enumerate(zenbu) if gokei_ka(g) or _wa_ka(zenbu, i)]
    gyo = [g for i, g in enumerate(zenbu) if i not in gokei]
    bango = tuple(i + 1 for i in gokei)
    head = gyo[0] if gyo else []
    saki = basho(head, na)
    if saki and not any(KAZU.fullmatch(seiri(x)) for x in head):
        return Hari(gyo[1:], saki, head, gokei=bango)
    shiranai = head if len(gyo) > 1 and _midashi_rashii(head) else None
    gyo = _hazusu(gyo)
    saki = {j: hajime + j for j in range(max(map(len, gyo), default=0))}
    return Hari(gyo, saki, shiranai=shiranai, gokei=bango)


def _midashi_rashii(gyo: Sequence[str]) -> bool:
    """見出しの行らしいか。名前が2つより多くあり、数字が1つも無い。"""
    return sum(map(bool, gyo)) > 2 and not any(re.search(r"\d", seiri(x)) for x in gyo)


def _wa_ka(gyo: Sequence[Sequence[str]], i: int) -> bool:
    """終わりの行で、上の3つ以上の額の和がある（名前の無い合計の行）。"""
    if i < 3 or i != len(gyo) - 1:
        return False
    for c, x in enumerate(gyo[i]):
        ue = [k for g in gyo[:i] if c < len(g) and (k := _kazu(g[c]))]
        if len(ue) > 2 and sum(ue) == _kazu(x) >= WA_KAGEN:
            return True
    return False


def _kazu(text: str) -> int:
    """カンマや円のついた、0以上の整数。数でなければ 0。"""
    x = re.sub(r"[¥,\s円]", "", seiri(text))
    return int(x) if re.fullmatch(r"\d{1,15}", x) else 0


def _hazusu(gyo: list[list[str]]) -> list[list[str]]:
    """知らない見出しの行（数字が無い）と、月の名前の列を外す。"""
    gyo = [
        g for g in gyo if not any(g) or any(re.search("[0-9０-９]", x) and "月" not in x for x in g)
    ]
    if len(gyo) > 1 and all(re.search("月|賞与", g[0]) for g in gyo):
        return [g[1:] for g in gyo]
    return gyo
