"""特別加入の式。

加入者1人の保険料算定基礎額（`KANYUSHA`）と、全員の合計から保険料（`SHEET`）。
"""

from __future__ import annotations

from dataclasses import replace

from ..hasu_shori import ICHIEN_MIMAN_KIRIAGE, ICHIEN_MIMAN_KIRISUTE, SENEN_MIMAN_KIRISUTE
from ..sheet import (
    Check,
    Const,
    Given,
    Input,
    Line,
    Lookup,
    Months,
    Sheet,
    Total,
    choice,
    day,
    larger,
    smaller,
)
from ..tables import cite, teisu

JIGYO = {"keizoku": "継続事業（一括有期事業も）", "yuki": "有期事業"}
SHU = {1: "第1種（中小事業主等）", 2: "第2種（一人親方等）", 3: "第3種（海外派遣者）"}

# ---- 加入者1人 ----------------------------------------------------------
nendo = Input("nendo", "保険年度", "年度")
nichigaku = Input("nichigaku", "給付基礎日額")
shonin = Input("shonin", "承認日", "日付")
dattai = Input("dattai", "脱退日", "日付")

nendo_hajime = day(nendo, 0, 4, 1)
nendo_owari = day(nendo, 1, 3, 31)
_MIBUN = "加入の期間と算定基礎額"

hajime = Line(
    "hajime",
    "数え始めの日",
    choice(Given(shonin), larger(shonin, nendo_hajime), nendo_hajime, quiet=True),
    unit="日付",
    basis=cite("rochohatsu28"),
    section=_MIBUN,
    why="年度の途中の加入は、承認日の属する月から1月と数える。",
)
owari = Line(
    "owari",
    "数え終わりの日",
    choice(Given(dattai), smaller(dattai - 1, nendo_owari), nendo_owari, quiet=True),
    unit="日付",
    basis=cite("rochohatsu28"),
    section=_MIBUN,
    why="脱退した日の前日の属する月までを1月と数える。脱退した日の月ではない。",
)
mae_kara = Line(
    "mae_kara",
    "前の年度から続けて加入しているか",
    choice(Given(shonin), shonin < nendo_hajime, Const(True), quiet=True),
    unit="",
    basis=cite("soku21-tsuki"),
    section=_MIBUN,
    if_true="前の年度から加入している",
    if_false="この年度に加入した",
    why="承認日を書かない人は、前の年度から加入している。4月1日に承認された人は、この年度に加入した人として月割りにする。",
)
tsunen = Line(
    "tsunen",
    "年度を通して加入したか",
    choice(mae_kara, owari == nendo_owari, Const(False)),
    unit="",
    basis=cite("soku21-tsuki"),
    section=_MIBUN,
    if_true="年度を通して加入した",
    if_false="年度の途中で加入か脱退をした",
    why="前の年度から加入し、年度の終わりの日まで数える（脱退日が無いか、その日より後）人だけ。",
)
nenkan_kiso = Line(
    "nenkan_kiso",
    "1年分の算定基礎額",
    nichigaku * teisu("tokubetsu_nissu", nendo_hajime),
    basis=cite("soku21"),
    section=_MIBUN,
    why="給付基礎日額の365倍。うるう年も365。",
)
tsukisu = Line(
    "tsukisu",
    "加入した月数",
    Months(hajime, owari),
    unit="か月",
    basis=cite("rochohatsu28"),
    section=_MIBUN,
)
getsugaku = Line(
    "getsugaku",
    "1か月分の算定基礎額",
    nenkan_kiso / 12,
    rounding=ICHIEN_MIMAN_KIRIAGE,
    basis=cite("soku21-tsuki"),
    when=~tsunen,
    section=_MIBUN,
    why="12で割った1円未満は切り上げる。切り捨てではない。",
)
santei_kiso = Line(
    "santei_kiso",
    "この人の算定基礎額",
    choice(tsunen, nenkan_kiso, getsugaku * tsukisu, quiet=True),
    basis=cite("soku21"),
    section=_MIBUN,
    why="1人ずつは1,000円未満を切り捨てない。",
)
KANYUSHA = Sheet(
    "kanyusha",
    "特別加入者1人の算定基礎額",
    (nendo, nichigaku, shonin, dattai),
    (hajime, owari, mae_kara, tsunen, nenkan_kiso, tsukisu, getsugaku, santei_kiso),
    (
        Check(
            "dattai",
            "dattai_mae",
            Given(shonin) & Given(dattai) & (dattai <= shonin),
            "脱退日は、承認日より後の日にしてください。",
        ),
        Check(
            "shonin",
            "nendo_gai",
            Given(shonin) & (shonin > nendo_owari),
            "承認日がこの保険年度（4月1日から翌年3月31日）より後です。",
        ),
        Check(
            "dattai",
            "nendo_gai",
            Given(dattai) & (dattai <= nendo_hajime),
            "脱退日がこの保険年度（4月1日から翌年3月31日）より前か4月1日なので、この年度に加入した月がありません。",
        ),
    ),
)

# ---- 加入者1人（有期事業） ----------------------------------------------
_YUKI = "有期事業の加入の期間と算定基礎額"
yuki_hajime = Line(
    "hajime",
    "数え始めの日",
    shonin,
    unit="日付",
    basis=cite("yuki-tsukisu"),
    section=_YUKI,
    why="有期事業は、保険年度で区切らない。承認日から、全部の期間を1度に数える。",
)
yuki_owari = Line(
    "owari",
    "数え終わりの日",
    dattai - 1,
    unit="日付",
    basis=cite("yuki-tsukisu"),
    section=_YUKI,
    why="加入していた最後の日。脱退した日の前日。",
)
yuki_tsukisu = Line(
    "tsukisu",
    "加入した月数",
    Months(yuki_hajime, yuki_owari, otobi=True),
    unit="か月",
    basis=cite("yuki-tsukisu", "soku21-tsuki"),
    section=_YUKI,
    why="承認日が29日なら、次の月の28日までが1か月。残りの日は、1日でも1か月に切り上げる。継続事業のような暦の月では数えない。",
)
yuki_getsugaku = replace(getsugaku, when=None, section=_YUKI)
yuki_santei_kiso = Line(
    "santei_kiso",
    santei_kiso.label,
    yuki_getsugaku * yuki_tsukisu,
    basis=cite("soku21-tsuki"),
    section=_YUKI,
    why="ちょうど12か月でも、月額×12。1人ずつは1,000円未満を切り捨てない。",
)
YUKI_KANYUSHA = Sheet(
    "yuki_kanyusha",
    "有期事業の特別加入者1人の算定基礎額",
    KANYUSHA.inputs,
    (
        yuki_hajime,
        yuki_owari,
        replace(nenkan_kiso, section=_YUKI),
        yuki_tsukisu,
        yuki_getsugaku,
        yuki_santei_kiso,
    ),
    (
        Check(
            "shonin",
            "hissu",
            ~Given(shonin),
            "有期事業では、承認日を入れてください。月数を承認日から数えます。",
        ),
        Check(
            "dattai",
            "hissu",
            ~Given(dattai),
            "有期事業では、脱退日を入れてください。事業の終わりまで加入するなら、終わる日の翌日です。",
        ),
        Check(
            "shonin",
            "nendo_mae",
            Given(shonin) & (shonin < nendo_hajime),
            "承認日が、事業の始まった保険年度の4月1日より前です。",
        ),
        KANYUSHA.checks[0],
    ),
)

# ---- 全員の合計と保険料 -------------------------------------------------
shu = Input("shu", "特別加入の種類", "", SHU)
gyoshu = Input("gyoshu", "業種番号", "")
jigyo = Input("jigyo", "事業の期間", "", JIGYO)
sagyo = Input("sagyo", "第2種の事業・作業（条-号）", "")
rosai_ritsu = Input("rosai_ritsu", "通知された労災保険率", "‰")
kanyusha_kiso = Input("kanyusha_kiso", "加入者の算定基礎額")
_GOKEI = "合計と保険料"

santei_kiso_gokei = Line(
    "santei_kiso_gokei",
    "算定基礎額の合計",
    Total(kanyusha_kiso),
    rounding=SENEN_MIMAN_KIRISUTE,
    basis=cite("choshuho15"),
    section=_GOKEI,
    why="全員の合計で1度だけ、1,000円未満を切り捨てる。",
)
ritsu = Line(
    "ritsu",
    "特別加入保険料率",
    choice(
        shu == 1,
        choice(
            Given(rosai_ritsu),
            rosai_ritsu,
            Lookup("rosai_hokenritsu", "ritsu", nendo_hajime, gyoshu, "‰"),
            quiet=True,
        ),
        choice(
            shu == 2,
            Lookup("tokubetsu_2shu_ritsu", "ritsu", nendo_hajime, sagyo, "‰"),
            Lookup("tokubetsu_3shu_ritsu", "ritsu", nendo_hajime, unit="‰"),
            quiet=True,
        ),
        quiet=True,
    ),
    unit="‰",
    basis=cite("choshuho13", "choshuho14"),
    section=_GOKEI,
    why="第1種はその事業の労災保険率（メリット制の率も）、第2種は事業・作業ごと、第3種は一律。",
)
hokenryo = Line(
    "hokenryo",
    "特別加入保険料",
    santei_kiso_gokei * ritsu,
    rounding=ICHIEN_MIMAN_KIRISUTE,
    basis=cite("choshuho13", "choshuho14"),
    section=_GOKEI,
)
SHEET = Sheet(
    "tokubetsu_kanyu",
    "特別加入",
    (nendo, shu, jigyo, gyoshu, sagyo, rosai_ritsu, kanyusha_kiso),
    (santei_kiso_gokei, ritsu, hokenryo),
    (
        Check(
            "jigyo",
            "dai1shu_nomi",
            (shu != 1) & (jigyo == "yuki"),
            "有期事業を選べるのは第1種だけです。第2種・第3種は「継続事業」にしてください。",
        ),
        Check(
            "gyoshu",
            "hissu",
            (shu == 1) & ~Given(gyoshu),
            "第1種では、業種番号（労災保険の業種を表す2桁の数字。例 35）を入れてください。",
        ),
        Check(
            "sagyo",
            "hissu",
            (shu == 2) & ~Given(sagyo),
            "第2種では、事業・作業を労災則46条の17・18の「条-号」で入れてください（例 17-2 建設業の一人親方）。",
        ),
        Check(
            "gyoshu",
            "dai1shu_nomi",
            (shu != 1) & Given(gyoshu),
            "業種番号を使うのは第1種だけです。第2種は事業・作業で、第3種は一律で率が決まります。",
        ),
        Check(
            "sagyo",
            "dai2shu_nomi",
            (shu != 2) & Given(sagyo),
            "事業・作業（条-号）を使うのは第2種だけです。",
        ),
        Check(
            "rosai_ritsu",
            "dai1shu_nomi",
            (shu != 1) & Given(rosai_ritsu),
            "通知された労災保険率を使うのは第1種だけです。",
        ),
    ),
)
