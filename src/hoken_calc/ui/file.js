// ファイルを1つ選ぶボタン。大きすぎるファイルは、送らずに断る。
function render({ model, el }) {
  el.classList.add("hk-file");
  const input = Object.assign(document.createElement("input"), { type: "file", accept: model.get("accept"), hidden: true });
  const botan = Object.assign(document.createElement("button"), { type: "button", className: "hk-botan", textContent: model.get("description") });
  const shirase = document.createElement("p");
  shirase.setAttribute("role", "status");
  botan.addEventListener("click", () => input.click());
  input.addEventListener("change", async () => {
    const [file] = input.files;
    if (!file) return;
    const saidai = model.get("saidai");
    if (file.size > saidai) {
      shirase.textContent = `「${file.name}」は大きすぎます。${saidai / 1e6}MB までのファイルを選んでください。`;
    } else {
      shirase.textContent = `「${file.name}」を読んでいます…`;
      model.send({ name: file.name }, undefined, [await file.arrayBuffer()]);
    }
    input.value = "";
  });
  model.on("msg:custom", () => (shirase.textContent = ""));
  el.append(botan, input, shirase);
}
export default { render };
