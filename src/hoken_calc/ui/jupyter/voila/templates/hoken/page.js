document.documentElement.lang = "ja";
window.voila_process = function () {};

const hajime = document.getElementById("loading");
window.voila_finish = function () {
  document.getElementById("rendered_cells").style.display = "";
  if (!document.querySelector(".celltag_gamen")) hajime.remove();
};

// Voilà は本文を body の終わりへ移す。フッターより前へ戻し、main の役割をつける。
new MutationObserver(function (_, observer) {
  const shell = document.getElementById("main");
  const footer = document.querySelector("footer.hk-ashi");
  if (!shell || !footer) return;
  observer.disconnect();
  shell.setAttribute("role", "main");
  // 計算画面を、題のすぐ後へ移す（キーボードでも、先に計算画面に着く）。
  const cell = (tag) => [...document.querySelectorAll(".celltag_" + tag)].map((c) => c.closest("[cell-index]"));
  cell("dai").at(-1)?.after(...cell("gamen"));
  document.body.insertBefore(shell, footer);
  tsunagu(60);
}).observe(document.body, { childList: true });

// 画面の下の知らせ。読み込み直すボタンは、入力が消える前に自分で押す。
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
const KIRETA = "計算するプログラムとのつながりが切れました。打った数は画面に残っていますが、結果はもう変わりません。要る数を控えてから、読み込み直してください。";
const OSOI = "計算画面の用意に時間がかかっています。しばらく待っても出ない時は、読み込み直してください。";

// カーネルの様子を見る。長い計算と、つながりが切れたことを知らせる。
function tsunagu(nokori) {
  if (document.querySelector(".hk-view")) hajime.remove();
  const kernel = window.jupyterapp?.widgetManager?.kernel;
  if (!kernel || hajime.isConnected) {
    if (nokori === 0) return shiraseru(OSOI, true);
    return setTimeout(tsunagu, 500, nokori - 1);
  }
  shiraseru("", false);
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
}
