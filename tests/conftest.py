"""試験で共に使うもの。"""

from __future__ import annotations

import os
from copy import deepcopy
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import yaml

GOLDEN = Path(__file__).parent / "golden"


def golden(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))


REI: dict[str, Any] = {
    "nendo": 2025,
    "hoshiki": "jimukumiai",
    "hoken_kankei": "ryohoken",
    "gyoshu": "94",
    "koyo_kubun": "ippan",
    "chingin": {"rosai": 25143210, "koyo": 24100321},
    "shinkokuzumi_gaisan": 600000,
    "juto_ishi": 3,
    "kaisu": 3,
}


@pytest.fixture
def rei() -> dict[str, Any]:
    """事務組合に委託した、両保険の事業場（作り物）。"""
    return deepcopy(REI)


# 共有の試験機では、いつも同じ例で試す。手元では毎回ちがう例を探す。
hypothesis.settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")
