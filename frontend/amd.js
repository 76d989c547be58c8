// anywidget は AMD の形（define）で配られている。部品の土台を渡し、できた物を受け取る。
import * as base from "@jupyter-widgets/base";

export let anywidget;
globalThis.define = (_, make) => (anywidget = make(base));
