// 計算ページの JavaScript を1つにまとめる。使った部品の使用許諾も集める。
import { build } from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";

const out = "../src/hoken_calc/ui/jupyter/voila/templates/hoken/static";
const { metafile } = await build({
  entryPoints: { hoken: "main.js" },
  outdir: out,
  bundle: true,
  minify: true,
  target: "es2022",
  legalComments: "none",
  metafile: true,
  loader: { ".svg": "dataurl", ".woff": "empty", ".woff2": "empty", ".ttf": "empty", ".eot": "empty" },
});

const roots = Object.keys(metafile.inputs).map((x) => /^(?:node_modules\/.*)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(x)?.[0]);
const texts = [...new Set(roots)].filter(Boolean).sort().map((root) => {
  const { name, version, license } = JSON.parse(readFileSync(`${root}/package.json`));
  const file = readdirSync(root).find((x) => /^licen[cs]e/i.test(x));
  return `${name} ${version}（${license}）\n\n${file ? readFileSync(`${root}/${file}`, "utf8").trim() : ""}\n`;
});
writeFileSync(`${out}/LICENSES.txt`, texts.join(`\n${"-".repeat(72)}\n\n`));
