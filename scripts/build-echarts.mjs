// Makes public/vendor/echarts.js: Apache ECharts with only the parts Candlewick draws with.
// The result is committed, so neither `make run` nor `make test` needs this script. To renew it:
//   cd "$(mktemp -d)" && npm install echarts@6.1.0 esbuild@0.28.2 && node <root>/scripts/build-echarts.mjs
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const here = createRequire(path.join(process.cwd(), "package.json"));
const { build } = here("esbuild");
const { version } = here("echarts/package.json");
const target = fileURLToPath(new URL("../public/vendor/echarts.js", import.meta.url));

const entry = `
  import { use } from "echarts/core";
  import { LineChart, BarChart, CandlestickChart, ScatterChart, TreemapChart } from "echarts/charts";
  import { GridComponent, TooltipComponent, AxisPointerComponent, DataZoomComponent, LegendComponent,
           MarkLineComponent, MarkPointComponent, MarkAreaComponent, TitleComponent } from "echarts/components";
  import { CanvasRenderer } from "echarts/renderers";
  use([LineChart, BarChart, CandlestickChart, ScatterChart, TreemapChart,
       GridComponent, TooltipComponent, AxisPointerComponent, DataZoomComponent, LegendComponent,
       MarkLineComponent, MarkPointComponent, MarkAreaComponent, TitleComponent, CanvasRenderer]);
  export { init, getInstanceByDom, dispose, connect, disconnect, registerTheme, graphic, format, time, version }
    from "echarts/core";
`;

const { outputFiles } = await build({
  stdin: { contents: entry, resolveDir: process.cwd() },
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  write: false,
});

const banner = `/*! Apache ECharts ${version}, a build with only the parts Candlewick uses (scripts/build-echarts.mjs).
 * Copyright The Apache Software Foundation. Licensed under the Apache License, Version 2.0
 * (https://www.apache.org/licenses/LICENSE-2.0); zrender and tslib inside: BSD-3-Clause and 0BSD.
 * The texts of these licences: echarts.LICENSE beside this file in the sources. */
`;
const text = banner + outputFiles[0].text;
await writeFile(target, text);
const folder = (name) => path.join(process.cwd(), "node_modules", name);
const papers = [["echarts", "LICENSE"], ["echarts", "NOTICE"], ["echarts", "licenses/LICENSE-d3"], ["zrender", "LICENSE"], ["tslib", "LICENSE.txt"]];
const texts = await Promise.all(papers.map(async ([name, file]) =>
  `==== ${name}: ${file} ====\n\n${(await readFile(path.join(folder(name), file), "utf8")).trim()}\n`));
await writeFile(path.join(path.dirname(target), "echarts.LICENSE"), texts.join("\n"));
const brotli = brotliCompressSync(Buffer.from(text)).length;
console.log(`echarts ${version}: ${text.length} bytes, ${brotli} brotli -> ${target}`);
