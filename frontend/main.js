// 計算ページの部品を動かす。Jupyter の公式の部品（ipywidgets、カーネルとのつなぎ）だけを使い、
// JupyterLab の画面は読まない。
import * as base from "@jupyter-widgets/base";
import { ManagerBase } from "@jupyter-widgets/base-manager";
import * as controls from "@jupyter-widgets/controls";
import { KernelConnection } from "@jupyterlab/services/lib/kernel/default";
import { ServerConnection } from "@jupyterlab/services/lib/serverconnection";
import { Widget } from "@lumino/widgets";
import { anywidget } from "./amd.js";
import "anywidget";
import "@lumino/widgets/style/index.css";
import "@jupyter-widgets/base/css/index.css";
import "@jupyter-widgets/controls/css/widgets-base.css";

const MODULES = { "@jupyter-widgets/base": base, "@jupyter-widgets/controls": controls, anywidget };
const VIEW = "application/vnd.jupyter.widget-view+json";
const JOTAI = "application/vnd.jupyter.widget-state+json";

class Manager extends ManagerBase {
  constructor(kernel) {
    super();
    this.kernel = kernel;
    kernel.registerCommTarget(this.comm_target_name, (comm, message) =>
      this.handle_comm_open(new base.shims.services.Comm(comm), message),
    );
  }

  async loadClass(name, module) {
    return MODULES[module][name];
  }

  async _create_comm(target, id, data, metadata, buffers) {
    const comm = this.kernel.createComm(target, id);
    if (data || metadata) comm.open(data, metadata, buffers);
    return new base.shims.services.Comm(comm);
  }

  async _get_comm_info() {
    const answer = await this.kernel.requestCommInfo({ target_name: this.comm_target_name });
    return answer.content.comms;
  }

  // 始めの状態から部品を作り、カーネルにある同じ番号の部品とつなぐ。
  async tsukuru({ state }) {
    const bango = Object.keys(state);
    const comms = await Promise.all(bango.map((id) => this._create_comm(this.comm_target_name, id)));
    const tsukuru = (id, i) => {
      const { state: jotai, ...kata } = state[id];
      return this.new_model({ ...kata, model_id: id, comm: comms[i] }, jotai);
    };
    await Promise.all(bango.map(tsukuru));
  }

  // 部品をページの決まった所に出す。始めの状態がページに無ければ（Binder）、カーネルからもらう。
  // つながる前に打った物や、その答えは届かないことがあるので、つながってから出す。
  async dasu(tsunagatta) {
    const jotai = document.querySelector(`script[type="${JOTAI}"]`);
    await (jotai ? this.tsukuru(JSON.parse(jotai.textContent)) : this._loadFromKernel());
    await tsunagatta;
    for (const script of document.querySelectorAll(`script[type="${VIEW}"]`)) {
      const model = await this.get_model(JSON.parse(script.textContent).model_id);
      const view = await this.create_view(model);
      Widget.attach(view.luminoWidget, script.parentElement);
    }
  }
}

// カーネルへの道も、カーネルからの道もつながるまで待つ。後の道は遅れることがあり、その間の知らせは
// 届かない。両方がそろうと返る問い（kernel_info）を、返るまで1秒ごとに出す。
async function tsunagaru(kernel) {
  await new Promise((done) =>
    kernel.connectionStatusChanged.connect((_, status) => status === "connected" && done()),
  );
  const tou = setInterval(() => kernel.requestKernelInfo().catch(() => {}), 1000);
  await kernel.info;
  clearInterval(tou);
}

// 画面の下の知らせ。読み込み直すボタンは、自分で押す。
const KIRETA = "計算するプログラムとのつながりが切れました。結果はもう変わりません。読み込み直すと、切れる前に打った入力が戻ります（名前と番号、読み込んだファイルは戻りません）。切れた後に打った物は、控えてから読み込み直してください。";
const OSOI = "計算画面の用意に時間がかかっています。しばらく待っても出ない時は、読み込み直してください。";
const MATSU = 30_000; // ミリ秒

function shiraseru(text, kireta) {
  const hako = document.getElementById("tsunagari");
  document.body.classList.toggle("hk-kireta", kireta);
  hako.setAttribute("role", kireta ? "alert" : "status");
  hako.textContent = text;
  if (!kireta) return;
  const botan = document.createElement("button");
  botan.textContent = "読み込み直す";
  botan.onclick = () => location.reload();
  hako.append(botan);
}

// カーネルへ送り、まだ終わりを聞いていない物を数える。カーネルは送った順に働くので、
// 1つ終われば、前に送った物も終わっている（終わりの知らせは、つながりが切れた間に消えることがある）。
function kazoeru(kernel) {
  const mada = new Set();
  kernel.anyMessage.connect((_, { msg, direction }) => {
    const owari = direction === "recv" && msg.content.execution_state === "idle" && msg.parent_header.msg_id;
    const kawaru = msg.header.msg_type === "comm_msg" && msg.content.data.content?.nani !== "oboeru";
    if (direction === "send" && kawaru) mada.add(msg.header.msg_id);
    else if (mada.has(owari)) [...mada].every((id) => mada.delete(id) && id !== owari);
    else return;
    document.body.dataset.yosu = mada.size ? "busy" : "idle";
  });
}

// カーネルの様子を見る。長い計算と、つながりが切れたことを知らせる。
function miharu(kernel) {
  let machi;
  let shinda = false;
  const hataraku = () => !shinda && kernel.connectionStatus === "connected";
  const mishirase = (text) => {
    clearTimeout(machi);
    shiraseru(hataraku() ? text : KIRETA, !hataraku());
  };
  kernel.statusChanged.connect((_, status) => {
    shinda ||= ["dead", "restarting", "autorestarting"].includes(status);
    mishirase("");
    if (status === "busy") machi = setTimeout(mishirase, 500, "計算しています…");
  });
  kernel.connectionStatusChanged.connect(() => mishirase(""));
  mishirase("");
  document.body.dataset.yosu ??= "idle";
}

async function hajimeru() {
  const matsu = document.getElementById("loading");
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  if (!kernelId) return matsu.remove();
  addEventListener("pagehide", () => {
    const data = new FormData();
    data.append("_xsrf", /\b_xsrf=([^;]*)/.exec(document.cookie)?.[1] ?? "");
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, data);
  });
  // 前の画面のまま戻された時は、カーネルがもう無い。
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  const ws = location.origin.replace(/^http/, "ws");
  const kernel = new KernelConnection({
    model: { id: kernelId, name: "python3" },
    commsOverSubshells: "disabled", // サーバーが通さない頼み（create_subshell_request）を出さない
    serverSettings: ServerConnection.makeSettings({ baseUrl: location.origin + baseUrl, wsUrl: ws + baseUrl }),
  });
  kazoeru(kernel);
  const osoi = setTimeout(shiraseru, MATSU, OSOI, true);
  await new Manager(kernel).dasu(tsunagaru(kernel));
  matsu.remove();
  clearTimeout(osoi);
  miharu(kernel);
}

hajimeru();
