// 結果の表示。中身が変わっても、開いていた行は開いたままにする。
function render({ model, el }) {
  el.classList.add("hk-hyoji");
  const show = () => {
    const open = new Set(
      [...el.querySelectorAll("details[open][data-line]")].map((d) => d.dataset.line),
    );
    el.innerHTML = model.get("html");
    for (const d of el.querySelectorAll("details[data-line]")) {
      if (open.has(d.dataset.line)) d.open = true;
    }
  };
  if (model.get("tsugeru")) {
    el.setAttribute("role", "status");
    el.setAttribute("aria-live", "polite");
  }
  model.on("change:html", show);
  show();
}
export default { render };
