// 月別の表。行は gyo に合わせて増える。Excel からの貼り付け（hari）は、カーネルが読んで表に入れる。
function render({ model, el }) {
  const columns = model.get("retsu");
  el.classList.add("hk-hyo");
  const cells = [];

  const table = document.createElement("table");
  const setsumei = document.createElement("p");
  setsumei.id = `hk-${Math.random().toString(36).slice(2)}`;
  const setsumeisuru = () => {
    setsumei.textContent = model.get("setsumei");
  };
  table.setAttribute("aria-describedby", setsumei.id);
  const head = table.createTHead();
  const kumi = model.get("kumi");
  const groups = kumi.length > 1 ? head.insertRow() : null;
  groups?.append(document.createElement("td"));
  for (const [name, span] of groups ? kumi : []) {
    const th = document.createElement("th");
    th.colSpan = span;
    th.scope = "colgroup";
    th.textContent = name;
    groups.append(th);
  }
  const titles = head.insertRow();
  titles.append(document.createElement("td"));
  for (const name of columns) {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = name;
    titles.append(th);
  }
  const body = table.createTBody();
  const addRow = (name, r) => {
    const tr = body.insertRow();
    const th = document.createElement("th");
    th.scope = "row";
    th.textContent = name;
    tr.append(th);
    cells.push(
      columns.map((column, c) => {
        const td = tr.insertCell();
        if (model.get("nashi").some(([i, j]) => i === r && j === c)) {
          td.className = "hk-nashi";
          return null;
        }
        const input = document.createElement("input");
        input.inputMode = "numeric";
        input.autocomplete = "off";
        input.setAttribute("aria-label", `${name} ${model.get("yobina")[c]}`);
        input.addEventListener("input", () => send(input));
        input.addEventListener("paste", (e) => paste(e, r, c));
        input.addEventListener("keydown", (e) => move(e, r, c));
        td.append(input);
        return input;
      }),
    );
  };
  const fit = () => {
    const names = model.get("gyo");
    while (cells.length > names.length) {
      cells.pop();
      body.deleteRow(-1);
    }
    names.slice(cells.length).forEach((name) => addRow(name, cells.length));
  };
  const nazukeru = () => {
    model.get("retsu").forEach((name, c) => {
      titles.cells[c + 1].textContent = name;
      cells.forEach((row, r) =>
        row[c]?.setAttribute("aria-label", `${model.get("gyo")[r]} ${model.get("yobina")[c]}`),
      );
    });
  };
  const foot = table.createTFoot().insertRow();
  const yoko = document.createElement("div");
  yoko.className = "hk-yoko";
  yoko.append(table);
  // 横に収まらない表に、動かせることを書く。
  const haba = new ResizeObserver(() =>
    yoko.classList.toggle("hk-ugoku", yoko.scrollWidth > yoko.clientWidth + 1),
  );
  haba.observe(yoko);
  haba.observe(table);
  const shirase = document.createElement("p");
  shirase.className = "hk-hari";
  shirase.setAttribute("role", "status");
  el.append(setsumei, shirase, yoko);

  const values = () => cells.map((row) => row.map((i) => (i ? i.value : "")));
  // 貼り付けた物が入るまでに打ったます。入ってから、まとめて送る。
  let uchikake = null;
  const send = (input) => {
    if (uchikake) {
      uchikake.add(input);
      return;
    }
    model.set("atai", values());
    model.save_changes();
  };
  const paste = (e, r, c) => {
    const text = e.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(text.trim())) return;
    e.preventDefault();
    model.set("hari", { text, gyo: r, retsu: c });
    send();
    uchikake = new Set();
  };
  const move = (e, r, c) => {
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step) return;
    const next = cells[r + step]?.[c];
    if (next) {
      e.preventDefault();
      next.focus();
      next.select();
    }
  };
  const fill = (zenbu = false) => {
    const atai = model.get("atai");
    cells.forEach((row, r) =>
      row.forEach((input, c) => {
        const value = atai[r]?.[c] ?? "";
        const tsukau = input && !uchikake?.has(input) && (zenbu || document.activeElement !== input);
        if (tsukau && input.value !== value) input.value = value;
      }),
    );
  };
  const mark = () => {
    const bad = model.get("ayamari");
    cells.forEach((row, r) =>
      row.forEach((input, c) => {
        if (!input) return;
        const message = bad[`${r},${c}`] ?? "";
        input.setAttribute("aria-invalid", message ? "true" : "false");
        input.title = message;
      }),
    );
  };
  const total = () => {
    foot.replaceChildren();
    if (!model.get("gokei").length) return;
    const th = document.createElement("th");
    th.scope = "row";
    th.textContent = "計（人数は延べ）";
    foot.append(th);
    for (const value of model.get("gokei")) foot.insertCell().textContent = value;
  };
  const tell = () => {
    shirase.textContent = model.get("shirase");
  };
  model.on("change:gyo", () => {
    fit();
    fill();
    mark();
  });
  model.on("change:atai", () => fill());
  model.on("change:hari", () => {
    if (model.get("hari").text !== undefined) return;
    fill(true);
    const utta = uchikake;
    uchikake = null;
    if (utta?.size) send();
  });
  model.on("change:setsumei", setsumeisuru);
  model.on("change:shirase", tell);
  model.on("change:retsu", nazukeru);
  model.on("change:ayamari", mark);
  model.on("change:gokei", total);
  fit();
  fill();
  mark();
  total();
  tell();
  setsumeisuru();
  return () => haba.disconnect();
}
export default { render };
