"""JupyterLab と Binder の設定。`make lab` と binder/postBuild が使う。

外へは何も取りに行かない。「はじめに」から開き、計算ページ（voila/render/…）も同じひな形で出す。
"""

import os

from hoken_calc.ui.serve import HERE, add_pages


def page_config(config, **settings):
    """計算ページのひな形に渡す物。数式の部品は外から取らない。"""
    return {**add_pages(config, **settings), "fullMathjaxUrl": None, "mathjaxConfig": None}


c = get_config()  # noqa: F821
c.ServerApp.root_dir = "notebooks"
c.LabApp.default_url = "/lab/tree/hajimeni.ipynb"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

os.environ["JUPYTER_PATH"] = os.pathsep.join(
    [str(HERE / "jupyter"), *filter(None, [os.environ.get("JUPYTER_PATH")])]
)
c.VoilaConfiguration.template = "hoken"
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.show_tracebacks = False
c.VoilaConfiguration.page_config_hook = page_config
c.VoilaConfiguration.extension_allowlist = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]
c.VoilaConfiguration.file_allowlist = ["^$"]
