// SPDX-License-Identifier: Apache-2.0
//
// pictures.mjs FOLDER: a screenshot of each kind of page, for an author's eyes, and
// README's two: tools/book/browser/test.sh pictures docs/book
import { mkdirSync } from "node:fs";
import path from "node:path";
import { kinds, openBrowser, openPage, root, serveBook } from "./browser.mjs";

const folder = process.argv[2];
if (!folder) {
  console.error("pictures: name a folder to write to");
  process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
const book = await serveBook(root, "--no-watch");
for (const [width, colorScheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
  const { page } = await openPage(browser, book.address, width, colorScheme);
  for (const kind of kinds) {
    await page.goto(book.address + kind);
    await page.waitForTimeout(1500);  // what knows the learner comes later
    const name = kind.replace(".html", "").replaceAll("/", "_");
    await page.screenshot({ path: path.join(folder, `${name}_${width}_${colorScheme}.png`) });
  }
}
await browser.close();
book.stop();
process.exit();
