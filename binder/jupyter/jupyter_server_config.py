"""JupyterLab と Binder の設定。`make lab` と binder/postBuild が使う。

外へは何も取りに行かない。「はじめに」から開き、計算ページ（voila/render/…）も同じひな形で出す。
"""

from ipykernel.ipkernel import IPythonKernel
from jupyter_server.services.contents.largefilemanager import LargeFileManager

from hoken_calc.ui.serve import add_pages, hinagata


class Kiroku(LargeFileManager):
    """ノートの言語の記録（language_info）を、開く時は動かす Python の物に、しまう時は短い形にする。

    記録が Python の版と違うと、JupyterLab は開いただけのノートを、直したことにする。
    """

    def get(self, *args, **kwargs):
        """開く。"""
        model = super().get(*args, **kwargs)
        if model["type"] == "notebook" and model["content"]:
            model["content"]["metadata"]["language_info"] = dict(IPythonKernel.language_info)
        return model

    def save(self, model, path=""):
        """しまう。"""
        if model["type"] == "notebook" and model.get("content"):
            model["content"]["metadata"]["language_info"] = {"name": "python"}
        return super().save(model, path)


def page_config(config, **settings):
    """計算ページのひな形に渡す物。数式の部品は外から取らない。"""
    config = add_pages(config, **settings)
    config["hoken"]["ichiran"] = "voila/render/index.ipynb"
    return config | {"fullMathjaxUrl": None, "mathjaxConfig": None}


c = get_config()  # noqa: F821
c.ServerApp.root_dir = "notebooks"
c.LabApp.default_url = "/lab/tree/hajimeni.ipynb"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# Voilà は絵を、待たない呼び方で読む（async の管理では、絵のあるページが止まる）。
c.ServerApp.contents_manager_class = Kiroku
c.MappingKernelManager.cull_idle_timeout = 1800
hinagata(c)
c.VoilaConfiguration.page_config_hook = page_config
c.VoilaConfiguration.file_allowlist = ["^$"]
