// 結果の表示。中身が変わっても、開いていた行は開いたままにする。
function render({ model, el }) {
  el.classList.add("hk-hyoji");
  // 横に収まらない表と図に、動かせることを書く。キーボードでも動かせるようにする。
  const haba = new ResizeObserver((hyo) =>
    hyo.forEach(({ target: x }) => {
      const yoko = x.classList.toggle("hk-ugoku", x.scrollWidth > x.clientWidth + 1);
      const ugoku = yoko || x.scrollHeight > x.clientHeight + 1;
      for (const [na, atai] of Object.entries({ tabindex: "0", role: "group", "aria-label": `${yoko ? "横" : "縦"}に動かせます` })) {
        if (ugoku) x.setAttribute(na, atai);
        else x.removeAttribute(na);
      }
    }),
  );
  const show = () => {
    haba.disconnect();
    const open = new Set(
      [...el.querySelectorAll("details[open][data-line]")].map((d) => d.dataset.line),
    );
    el.innerHTML = model.get("html");
    for (const d of el.querySelectorAll("details[data-line]")) {
      if (open.has(d.dataset.line)) d.open = true;
    }
    // 狭い画面では、図を縮めて字を小さくせず、横に動かす。
    for (const x of el.querySelectorAll(".hk-zu")) {
      const yoko = Object.assign(document.createElement("div"), { className: "hk-yoko" });
      x.replaceWith(yoko);
      yoko.append(x);
      x.style.setProperty("--hk-haba", `${x.viewBox.baseVal.width}px`);
    }
    // 狭い画面では、期日の表の1行を、見出しつきの縦の並びにする（hoken.css）。
    for (const table of el.querySelectorAll(".hk-kijitsu")) {
      const midashi = [...table.tHead.rows[0].cells].map((x) => x.textContent);
      table.setAttribute("role", "table");
      for (const tr of table.rows) {
        tr.setAttribute("role", "row");
        for (const x of tr.cells) {
          x.setAttribute("role", { col: "columnheader", row: "rowheader" }[x.scope] ?? "cell");
          x.dataset.midashi = midashi[x.cellIndex];
        }
      }
    }
    for (const x of el.querySelectorAll(".hk-yoko")) haba.observe(x);
  };
  if (model.get("tsugeru")) {
    el.setAttribute("role", "status");
    el.setAttribute("aria-live", "polite");
  }
  // 印刷の時は全部の行を開き、終わったら戻す。
  const toji = () => [...el.querySelectorAll("details:not([open])")];
  let hiraita = [];
  const before = () => {
    hiraita = toji();
    hiraita.forEach((d) => (d.open = true));
  };
  const after = () => hiraita.forEach((d) => (d.open = false));
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);
  model.on("change:html", show);
  show();
  return () => {
    haba.disconnect();
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}
export default { render };
