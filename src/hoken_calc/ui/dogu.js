// 画面の道具: 印刷、入力を運ぶリンク、思わぬ誤りの知らせ。読み上げのための結びつけも、ここでする。
const make = (tag, props = {}, ...children) => {
  const x = Object.assign(document.createElement(tag), props);
  x.append(...children);
  return x;
};

// 押した結果の知らせ。
const panel = (title, lines) => {
  const ul = make("ul", {}, ...lines.map((text) => make("li", { textContent: text })));
  return make("div", { className: "hk-okashii" }, make("strong", { textContent: title }), ul);
};

// 隠してある欄と、表に書き足すための欄（hk-tasu）は印刷しない。たたんだだけの欄は印刷する。
const kakushita = (x, view) => {
  if (x.closest(".hk-tasu")) return true;
  for (; x !== view; x = x.parentElement) {
    if (x.style.display === "none" && !x.classList.contains("hk-tatamu")) return true;
  }
  return false;
};

const namae = (komoku) =>
  (komoku.querySelector(".widget-label-basic") ?? komoku.querySelector(".widget-label")).textContent.trim();

// マスの前の、説明のマスの見出し。
const midashi = (cell) => {
  do cell = cell.previousElementSibling;
  while (cell && !cell.matches(".jp-MarkdownCell"));
  return cell?.querySelector("h2");
};

const atai = (komoku) => {
  const input = komoku.querySelector("input");
  if (input?.type === "checkbox") return input.checked ? "はい" : "";
  if (input) return input.value.trim();
  const erabi = komoku.querySelector("select")?.selectedOptions[0] ?? komoku.querySelector(".mod-active");
  return erabi?.textContent.trim() ?? "";
};

// 表のますを、打った文字だけの表にする。空の行は省く。
const utsusu = (table) => {
  const copy = table.cloneNode(true);
  const inputs = table.querySelectorAll("input");
  copy.querySelectorAll("input").forEach((input, i) => input.replaceWith(inputs[i].value));
  for (const tr of copy.tBodies[0].rows) {
    if (![...tr.querySelectorAll("td")].some((td) => td.textContent.trim())) tr.hidden = true;
  }
  copy.querySelectorAll("tr[hidden]").forEach((tr) => tr.remove());
  copy.caption?.remove();
  return copy.tBodies[0].rows.length ? [copy] : [];
};

// 計算書の頭: 題、印刷した日、入力の一覧。
const keisansho = (view, midashi) => {
  const kyo = new Date().toLocaleDateString("ja-JP-u-ca-japanese", { era: "long", year: "numeric", month: "long", day: "numeric" });
  const dl = make("dl");
  for (const k of view.querySelectorAll(".hk-komoku")) {
    if (!kakushita(k, view) && atai(k)) {
      dl.append(make("div", {}, make("dt", { textContent: namae(k) }), make("dd", { textContent: atai(k) })));
    }
  }
  const hyo = [...view.querySelectorAll(".hk-hyo table")].filter((x) => !kakushita(x, view)).flatMap(utsusu);
  return make(
    "div",
    { className: "hk-keisansho" },
    make("h1", { textContent: `${midashi} 計算書` }),
    make("p", { textContent: `${kyo} に印刷。${document.querySelector(".hk-kakunin").textContent.trim()}。` }),
    make("p", { className: "hk-daiji", textContent: "提出用ではありません。検算と説明のための計算です。" }),
    make("h2", { textContent: "入力" }),
    dl,
    ...hyo,
  );
};

// 補いと誤りを欄に結び、並んだボタンの名前と選んだ印をつける。
const musubu = (view) => {
  view.querySelectorAll(".hk-komoku").forEach((k) => {
    const input = k.querySelector("input, select, .widget-toggle-buttons");
    if (!input) return;
    const shirase = [...k.querySelectorAll(".hk-hojo, .hk-ayamari")].filter((x) => x.style.display !== "none");
    shirase.forEach((x) => (x.id ||= `hk-${Math.random().toString(36).slice(2)}`));
    input.setAttribute("aria-describedby", shirase.map((x) => x.id).join(" "));
    if (input.type === "text") {
      input.setAttribute("aria-invalid", String(shirase.some((x) => x.matches(".hk-ayamari:not(:has(.hk-maru))"))));
      input.autocomplete = "off";
    }
    k.querySelectorAll(".widget-toggle-buttons").forEach((x) => {
      x.setAttribute("role", "group");
      x.setAttribute("aria-label", namae(k));
    });
    k.querySelectorAll(".widget-toggle-button").forEach((x) =>
      x.setAttribute("aria-pressed", String(x.classList.contains("mod-active"))),
    );
  });
  view.querySelectorAll(".hk-hiraku-botan").forEach((x) =>
    x.setAttribute("aria-expanded", String(x.nextElementSibling?.style.display !== "none")),
  );
};

const kopi = async (input) => {
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
};

function render({ model, el }) {
  el.classList.add("hk-dogu");
  const shippai = make("div", { role: "alert" });
  const ayamari = make("div", { role: "alert" });
  const tsugeru = make("p", { role: "status", className: "hk-link-shirase" });
  const url = make("input", { readOnly: true, hidden: true, ariaLabel: "この計算のリンク" });
  const botan = (text, f) => make("button", { type: "button", className: "hk-botan", textContent: text, onclick: f });
  const insatsu = botan("印刷・PDFにする", () => {
    document.body.dataset.insatsu = model.get("kagi");
    window.print();
  });
  const link = botan("この計算のリンクを写す", () => model.send({}));
  const narabi = make("div", { className: "hk-dogu-botan", hidden: true }, insatsu, link);
  el.append(narabi, url, tsugeru, ayamari, shippai);

  model.on("msg:custom", async () => {
    const nashi = model.get("link_nashi");
    url.value = `${location.origin}${location.pathname}?${omo() ? "" : `gamen=${model.get("kagi")}&`}${model.get("link")}`;
    url.hidden = false;
    const nokori = nashi.length > 3 ? `、ほか${nashi.length - 3}つ` : "";
    tsugeru.textContent =
      ((await kopi(url)) ? "リンクを写しました。" : "上のリンクを選んで写してください。") +
      "打った額が入っています。送る相手に気をつけてください。" +
      (nashi.length ? `リンクに入っていない物: ${nashi.slice(0, 3).join("、")}${nokori}。` : "");
  });
  const link_ayamari = () => {
    const lines = model.get("link_ayamari");
    ayamari.replaceChildren(...(lines.length ? [panel("リンクの中に、読めない所がありました。ほかの欄には入れました。", lines)] : []));
  };
  const shippai_wo_dasu = () => {
    const basho = model.get("shippai");
    const lines = ["入力は残っています。どれか1つの欄を直すと、計算し直します。", "同じ事が続く時は、ページを読み込み直してください。", `係の人への手がかり: ${basho}`];
    shippai.replaceChildren(...(basho ? [panel("計算の途中で、思わぬ誤りが起きました。古い結果は消しました。", lines)] : []));
  };
  model.on("change:link_ayamari", link_ayamari);
  model.on("change:shippai", shippai_wo_dasu);
  link_ayamari();
  shippai_wo_dasu();

  const cell = () => el.closest(".hk-page .jp-Cell");
  // ページの主な画面: 印の付いた、初めのマスの画面。
  const omo = () => el.closest(".celltag_gamen") === document.querySelector(".jp-CodeCell.celltag_gamen");
  const before = () => {
    const erabi = document.body.dataset.insatsu;
    if (!cell() || (erabi ? erabi !== model.get("kagi") : !omo())) return;
    const dai = document.querySelector("h1")?.firstChild.textContent ?? document.title;
    const naka = omo() ? null : midashi(cell())?.firstChild.textContent;
    cell().classList.add("hk-insatsu");
    el.after(keisansho(el.nextElementSibling, naka ? `${dai} ${naka}` : dai));
  };
  const after = () => {
    cell()?.classList.remove("hk-insatsu");
    cell()?.querySelectorAll(".hk-keisansho").forEach((x) => x.remove());
    delete document.body.dataset.insatsu;
  };
  window.addEventListener("beforeprint", before);
  window.addEventListener("afterprint", after);

  // 画面に置かれてから、URL の入力を渡し、読み上げのための結びつけを始める。
  const mihari = new MutationObserver(() => musubu(el.parentElement));
  const hajime = () => {
    if (!el.isConnected) return requestAnimationFrame(hajime);
    const view = el.parentElement;
    musubu(view);
    mihari.observe(view, { subtree: true, childList: true, attributes: true, attributeFilter: ["style", "class"] });
    const gamen = new URLSearchParams(location.search).get("gamen");
    narabi.hidden = !cell();
    if (cell() && location.search && (gamen ? gamen === model.get("kagi") : omo())) {
      model.set("toi", location.search);
      model.save_changes();
    }
  };
  hajime();
  return () => {
    mihari.disconnect();
    window.removeEventListener("beforeprint", before);
    window.removeEventListener("afterprint", after);
  };
}
export default { render };
