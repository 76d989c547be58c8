// 結果の表示。中身が変わっても、開いていた行は開いたままにする。
function render({ model, el }) {
  el.classList.add("hk-hyoji");
  // 横に収まらない表に、動かせることを書く。
  const haba = new ResizeObserver((hyo) =>
    hyo.forEach(({ target: x }) => x.classList.toggle("hk-ugoku", x.scrollWidth > x.clientWidth + 1)),
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
    // 横に動かす表は、キーボードでも動かせるようにする。
    for (const x of el.querySelectorAll(".hk-yoko")) {
      x.tabIndex = 0;
      x.setAttribute("role", "group");
      x.setAttribute("aria-label", "横に動かせる表");
      haba.observe(x);
    }
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
