// SPDX-License-Identifier: Apache-2.0
//
// Chromium, the book as it is served, and what is wrong with a page.
import { spawn, spawnSync } from "node:child_process";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

export const root = process.cwd();
const require = createRequire(path.join(root, ".workbook/npm/package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

export const kMaxPageBytes = 300_000;

// One page of each kind.
export const kinds = ["index.html", "03_everyday/index.html", "03_everyday/03_01.html",
  "01_allocators/01_02_3_size_classes.html", "03_everyday/03_01_costs.html", "tools.html", "interview.html",
  "glossary.html", "costs.html", "measuring.html", "topics.html", "instructors.html"];

const findings = [];
// A line for each finding.
export const complain = (finding) => {
  findings.push(finding);
  console.log(`${finding.replace(/\s+/g, " ")}. Fix: tools/book/browser/test.sh shows it again`);
};
export const end = () => { process.exitCode = findings.length > 0 ? 1 : 0; };

export const command = (folder, ...words) => {
  const run = spawnSync(path.join(root, ".workbook/bin/workbook"), words,
    { cwd: folder, env: { ...process.env, WORKBOOK_ROOT: folder }, encoding: "utf8" });
  return { code: run.status, text: run.stdout + run.stderr };
};

export const openBrowser = () => chromium.launch({
  executablePath: "/usr/bin/chromium",
  // Chromium's own sandbox does not work for root.
  args: process.getuid() === 0 ? ["--no-sandbox", "--disable-gpu"] : ["--disable-gpu"],
});

// ./workbook book on a free port: { address, stop }.
export const serveBook = (folder, ...words) => new Promise((resolve, reject) => {
  const server = spawn(path.join(root, ".workbook/bin/workbook"), ["book", ...words],
    { cwd: folder, env: { ...process.env, WORKBOOK_ROOT: folder }, stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  server.stdout.on("data", (data) => {
    said += data;
    const address = /http:\/\/[0-9.:]+\//.exec(said);
    if (address) resolve({ address: address[0], stop: () => server.kill("SIGINT") });
  });
  server.on("exit", (code) => reject(new Error(`./workbook book ended with ${code}: ${said}`)));
});

// A folder as any host serves it: { address, stop }.
export const serveFolder = (folder) => new Promise((resolve) => {
  const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript",
    ".json": "application/json", ".svg": "image/svg+xml" };
  const server = createServer((request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url, "http://x").pathname));
    if (!existsSync(file) || !statSync(file).isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "Content-Type": types[path.extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  server.listen(0, "127.0.0.1", () => resolve(
    { address: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() }));
});

// A page of `width` pixels that complains of errors and of requests to elsewhere.
export const openPage = async (browser, address, width, colorScheme) => {
  const context = await browser.newContext(
    { viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme, bypassCSP: true });
  const page = await context.newPage();
  const here = () => `${page.url().replace(address, "")} at ${width} pixels, ${colorScheme}`;
  page.on("console", (message) => {
    if (message.type() === "error") complain(`${here()}: the console says ${message.text()}`);
  });
  page.on("pageerror", (error) => complain(`${here()}: ${error}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(address) && !url.startsWith("data:")) complain(`${here()}: asks ${url}`);
  });
  return { page, here };
};

export const checkWidth = async ({ page, here }) => {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) complain(`${here()}: is ${wide} pixels wider than the window`);
};

// All that the page has loaded so far.
export const checkWeight = async ({ page, here }) => {
  const bytes = await page.evaluate(() => [...performance.getEntriesByType("navigation"),
    ...performance.getEntriesByType("resource")]
    .filter((entry) => !entry.name.startsWith("data:")).reduce((sum, entry) => sum + entry.decodedBodySize, 0));
  if (bytes > kMaxPageBytes) complain(`${here()}: loads ${bytes} bytes, and ${kMaxPageBytes} are the limit`);
  return bytes;
};

// What axe-core calls serious or critical.
export const askAxe = async ({ page, here }) => {
  await page.addScriptTag({ path: axe });
  const violations = await page.evaluate(async () => (await window.axe.run()).violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}, ${nodes.length} times: ${nodes[0].html.slice(0, 120)}`));
  for (const violation of violations) complain(`${here()}: ${violation}`);
};
