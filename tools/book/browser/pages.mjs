// SPDX-License-Identifier: Apache-2.0
//
// Every page of the static build, and each kind of page as it is served.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  askAxe, checkWeight, checkWidth, command, complain, end, kinds, openBrowser, openPage, root, serveBook, serveFolder,
} from "./browser.mjs";

const build = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "workbook-site-"));
  const built = command(root, "book", "--build", path.join(folder, "site"));
  if (built.code !== 0) throw new Error(`./workbook book --build: ${built.text}`);
  return folder;
};

// Follows no link: what each page has is known when all were visited.
const checkLinks = (visited) => {
  for (const [address, { links }] of visited) {
    for (const link of links) {
      const [target, anchor] = link.split("#");
      const page = visited.get(target);
      if (!page && /\.html$/.test(target)) complain(`${address}: links to ${link}, which is no page`);
      if (page && anchor && !page.anchors.has(decodeURIComponent(anchor))) {
        complain(`${address}: links to ${link}, which has no such place`);
      }
    }
  }
};

// All of them at a phone's width.
const visitAll = async (browser, host, addresses) => {
  const phone = await openPage(browser, host, 390, "light");
  const visited = new Map();
  let heaviest = [0, ""];
  for (const address of addresses) {
    await phone.page.goto(host + address);
    await checkWidth(phone);
    const bytes = await checkWeight(phone);
    if (bytes > heaviest[0]) heaviest = [bytes, address];
    const found = await phone.page.evaluate(() => ({
      links: [...document.querySelectorAll("a[href]")].map((link) => link.href),
      anchors: [...document.querySelectorAll("[id]")].map((one) => one.id),
    }));
    visited.set(host + address, { links: found.links.filter((link) => link.startsWith(host)),
      anchors: new Set(found.anchors) });
  }
  checkLinks(visited);
  return heaviest;
};

const checkKinds = async (browser, host, addresses, width, colorScheme) => {
  const opened = await openPage(browser, host, width, colorScheme);
  for (const address of addresses) {
    // A page that listens for events is never idle.
    await opened.page.goto(host + address, { waitUntil: "load" });
    if (address.includes("03_01.html") && await opened.page.locator("html[data-live]").count() > 0) {
      await opened.page.locator("workbook-task").first().waitFor();
    }
    await checkWidth(opened);
    await checkWeight(opened);
    await askAxe(opened);
  }
  return opened;
};

// A line of a good book has 65 to 75 letters, spaces included.
const checkMeasure = async ({ page, here }) => {
  const letters = await page.evaluate(() => {
    const lines = [...document.querySelectorAll("main > p")].flatMap((paragraph) => {
      const range = document.createRange();
      range.selectNodeContents(paragraph);
      const tops = new Set([...range.getClientRects()].map((box) => Math.round(box.bottom / 14)));
      return tops.size > 3 ? [paragraph.textContent.length / (tops.size - 0.5)] : [];
    });
    return lines.reduce((sum, line) => sum + line, 0) / lines.length;
  });
  if (!(letters >= 62 && letters <= 78)) complain(`${here()}: a line has ${letters.toFixed(0)} letters`);
};

const checkSearch = async ({ page, here }, host) => {
  await page.goto(`${host}index.html`);
  if (await page.evaluate(() => window.lunr === undefined)) return;  // not installed
  await page.locator("#search").fill("tombstone");
  const first = page.locator("#found a").first();
  await first.waitFor({ timeout: 30_000 }).catch(() => complain(`${here()}: the search finds no tombstone`));
};

const checkPrint = async ({ page, here }, host) => {
  await page.goto(`${host}03_everyday/03_01.html`);
  await page.emulateMedia({ media: "print" });
  for (const part of [".top", ".contents", ".sections", ".turn"]) {
    if (await page.locator(part).isVisible()) complain(`${here()}: prints ${part}`);
  }
  if (!await page.locator("main details p").first().isVisible()) complain(`${here()}: prints no answers`);
  await page.emulateMedia({ media: "screen" });
};

const browser = await openBrowser();
const folder = build();
try {
  const site = path.join(folder, "site");
  const addresses = readdirSync(site, { recursive: true }).filter((name) => name.endsWith(".html"));
  for (const kind of kinds) {
    if (!addresses.includes(kind)) complain(`${kind} is not in the book`);
  }
  const there = kinds.filter((kind) => addresses.includes(kind));
  const built = await serveFolder(site);
  const [bytes, heaviest] = await visitAll(browser, built.address, addresses);
  const desk = await checkKinds(browser, built.address, there, 1280, "light");
  await checkKinds(browser, built.address, there, 390, "dark");
  await desk.page.goto(`${built.address}03_everyday/03_01.html`);
  await checkMeasure(desk);
  await checkSearch(desk, built.address);
  await checkPrint(desk, built.address);
  built.stop();
  const served = await serveBook(root, "--no-watch");
  await checkKinds(browser, served.address, there, 1280, "dark");
  await checkKinds(browser, served.address, there, 390, "light");
  served.stop();
  console.error(`${addresses.length} pages; the heaviest, ${heaviest}, loads ${bytes} bytes`);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
end();
process.exit();
