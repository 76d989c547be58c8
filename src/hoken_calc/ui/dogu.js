// 画面の道具: 印刷、入力を運ぶリンク、打った入力の控え、思わぬ誤りの知らせ。読み上げのための結びつけも、ここでする。
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

// 番号だけか名前の一部を打った欄（業種）は、選ばれた候補の番号と名前。
const kouho = (input) => {
  const text = input.value.normalize("NFKC").trim();
  const au = [...(input.list?.options ?? [])].map((o) => o.value).filter((o) => (/^\d+$/.test(text) ? o.split(" ")[0] === text : o.includes(text)));
  return text && au.length === 1 ? au[0] : input.value.trim();
};

const atai = (komoku) => {
  const input = komoku.querySelector("input");
  if (input?.type === "checkbox") return input.checked ? "はい" : "";
  if (input) return kouho(input);
  const erabi = komoku.querySelector("select")?.selectedOptions[0] ?? komoku.querySelector(".mod-active");
  return erabi?.textContent.trim() ?? "";
};

// 結果が入力と合わない時に、結果の代わりに出す文。合う時は空。
const awanai = () => {
  if (document.body.matches(".hk-kireta")) return "計算するプログラムとのつながりが切れた後の印刷です。上の入力は計算していないので、結果は印刷しません。ページを読み込み直してから、印刷してください。";
  if (document.body.dataset.yosu === "busy") return "計算の途中の印刷です。結果が上の入力と合わないので、印刷しません。計算が終わってから、もう一度印刷してください。";
  return "";
};

const HATARAKU = 20_000; // ミリ秒
const owaru_made = async () => {
  const kagiri = Date.now() + HATARAKU;
  while (document.body.dataset.yosu === "busy" && Date.now() < kagiri) await new Promise((done) => setTimeout(done, 50));
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
  if (awanai()) copy.tFoot?.remove();
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
    ...(hyo.length ? [make("div", { className: "hk-hyo-ran" }, make("h2", { textContent: "入力の表" }), ...hyo)] : []),
    ...(awanai() ? [make("div", { className: "hk-okashii", textContent: awanai() })] : []),
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

const nokoru = (midashi, nashi) => {
  const hoka = nashi.length > 3 ? `、ほか${nashi.length - 3}つ` : "";
  return nashi.length ? `${midashi}: ${nashi.slice(0, 3).join("、")}${hoka}。` : "";
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
  const gamen = new URLSearchParams(location.search).get("gamen");
  const shippai = make("div", { role: "alert" });
  const ayamari = make("div", { role: "alert" });
  const tsugeru = make("p", { role: "status", className: "hk-link-shirase" });
  const url = make("input", { readOnly: true, hidden: true, ariaLabel: "この計算のリンク" });
  const botan = (text, f) => make("button", { type: "button", className: "hk-botan", textContent: text, onclick: f });
  const insatsu = botan("印刷・PDFにする", async () => {
    await owaru_made();
    document.body.dataset.insatsu = model.get("kagi");
    window.print();
  });
  const link = botan("この計算のリンクを写す", () => model.send({ nani: "link" }));
  const narabi = make("div", { className: "hk-dogu-botan", hidden: true }, insatsu, link);
  const hikae = make("p", { role: "status", className: "hk-hikae" });
  const modosu = make("p", { role: "status", className: "hk-hikae" });
  el.append(narabi, url, tsugeru, hikae, modosu, ayamari, shippai);

  // 打った入力を、このタブだけに控える（sessionStorage）。名前や番号は、リンクと同じく入らない。
  const tana = `hoken-calc ${location.pathname}${location.search} ${model.get("kagi")}`;
  let machi;
  const oboeru = () => {
    clearTimeout(machi);
    machi = setTimeout(() => model.send({ nani: "oboeru" }), 300);
  };
  const shimau = ({ toi, nashi }) => {
    try {
      if (toi) sessionStorage.setItem(tana, JSON.stringify({ toi, nashi }));
      else sessionStorage.removeItem(tana);
    } catch {
      sessionStorage.removeItem(tana); // 場所が足りない
    }
  };
  // 控えを戻す。リンクを開いた時は、読み込み直した時と、戻った時だけ。
  const toridasu = () => {
    const [{ type }] = performance.getEntriesByType("navigation");
    return location.search && type === "navigate" ? null : JSON.parse(sessionStorage.getItem(tana));
  };
  const kesu = () => {
    clearTimeout(machi);
    sessionStorage.removeItem(tana);
    location.reload();
  };
  const modoshita = ({ nashi }) =>
    hikae.replaceChildren(`前に打った入力を戻しました。${nokoru("戻せなかった物", nashi)}`, botan("消して、はじめから", kesu));

  model.on("change:modoseru", () => {
    const text = model.get("modoseru");
    modosu.replaceChildren(...(text ? [text, botan("元に戻す", () => model.send({ nani: "modosu" }))] : []));
    oboeru();
  });
  model.on("msg:custom", async (content) => {
    if (content.nani === "oboeru") return shimau(content);
    const nashi = model.get("link_nashi");
    url.value = `${location.origin}${location.pathname}?${omo() ? "" : `gamen=${model.get("kagi")}&`}${model.get("link")}`;
    url.hidden = false;
    tsugeru.textContent =
      ((await kopi(url)) ? "リンクを写しました。" : "上のリンクを選んで写してください。") +
      "打った額が入っています。送る相手に気をつけてください。" +
      nokoru("リンクに入っていない物", nashi);
  });
  const link_ayamari = () => {
    const lines = model.get("link_ayamari");
    const hoka = gamen && gamen !== model.get("kagi") ? "" : "ほかの欄には入れました。";
    ayamari.replaceChildren(...(lines.length ? [panel(`リンクの中に、読めない所がありました。${hoka}`, lines)] : []));
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
    const ima = document.activeElement;
    ima?.blur(); // 打ちかけの欄の値を、カーネルへ送る
    ima?.focus({ preventScroll: true });
    cell().classList.add("hk-insatsu");
    cell().classList.toggle("hk-awanai", awanai() !== "");
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
    narabi.hidden = !cell();
    if (!cell()) return;
    for (const nani of ["input", "change", "click"]) view.addEventListener(nani, oboeru);
    const hikaeta = toridasu();
    const toi = hikaeta ? `?${hikaeta.toi}` : omo() || gamen === model.get("kagi") ? location.search : "";
    if (toi) {
      model.set("toi", toi);
      model.save_changes();
    }
    if (hikaeta) modoshita(hikaeta);
    if (gamen === model.get("kagi") && !omo()) {
      const h = midashi(cell());
      h.tabIndex = -1;
      h.focus();
      h.scrollIntoView();
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
