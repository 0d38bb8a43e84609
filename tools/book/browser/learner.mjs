// SPDX-License-Identifier: Apache-2.0
//
// learner.mjs [FOLDER]: a learner does tasks of 03_01 in a copy of the course, from
// ./workbook book and an editor alone: he predicts, sees red with the sentence, steps
// through the case, opens a hint, edits, sees green without a reload, and finds his own
// row after a benchmark. FOLDER gets README's two pictures.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import path from "node:path";
import { askAxe, checkWidth, command, complain, end, openBrowser, openPage, root, serveBook } from "./browser.mjs";

const kExercise = "03_01";
const kPatience = 240_000;  // a first check compiles
const pictures = process.argv[2];

const output = (program, words, folder) => {
  const run = spawnSync(program, words, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 26 });
  if (run.status !== 0) throw new Error(`${program} ${words.join(" ")}: ${run.stderr}`);
  return run.stdout;
};

// The tracked files and the command; the learner's own checkout is only read.
const copyCourse = () => {
  const copy = mkdtempSync(path.join(tmpdir(), "workbook-learner-"));
  const files = output("git", ["ls-files", "-z"], root).split("\0").filter((name) => name !== "");
  for (const name of [...files, ".bazelrc.user", ".workbook/bin/workbook", ".workbook/bazelrc"]) {
    if (!existsSync(path.join(root, name))) continue;
    mkdirSync(path.dirname(path.join(copy, name)), { recursive: true });
    copyFileSync(path.join(root, name), path.join(copy, name));
  }
  // What verify has compiled need not be compiled again.
  const cache = output("tools/authoring/disk_cache.sh", ["folder"], root).trim();
  if (cache) writeFileSync(path.join(copy, ".bazelrc.user"), `build --disk_cache=${cache}\n`, { flag: "a" });
  const reset = command(copy, "reset", kExercise, "--yes");
  if (reset.code !== 0) throw new Error(`./workbook reset: ${reset.text}`);
  return copy;
};

const began = Date.now();
const say = (line) => console.error(`${((Date.now() - began) / 1000).toFixed(0).padStart(4)} s  ${line}`);

class Learner {
  constructor(copy, page) {
    this.copy = copy;
    this.page = page;
  }
  box(task) { return this.page.locator(`workbook-task[task="${task}"]`); }
  questions(task) { return this.page.locator(`workbook-predictions[task="${task}"]`); }

  // As editors do: a new file takes the old one's name.
  save(file, text) {
    const target = path.join(this.copy, "exercises", kExercise, file);
    writeFileSync(`${target}.tmp`, text);
    renameSync(`${target}.tmp`, target);
  }
  reference(file) {
    const shown = command(this.copy, "solution", kExercise, file, "--anyway");
    if (shown.code !== 0) throw new Error(`./workbook solution ${file}: ${shown.text}`);
    return shown.text;
  }
  // The reference with one mistake.
  mistaken(file, right, wrong) {
    const text = this.reference(file);
    if (!text.includes(right)) throw new Error(`${file} of the reference has no "${right}" to break`);
    return text.replace(right, wrong);
  }

  async sees(task, state) {
    await this.page.locator(`workbook-task[task="${task}"][state="${state}"]`).waitFor({ timeout: kPatience });
    say(`task ${task} is ${state}: ${(await this.box(task).innerText()).split("\n").slice(0, 2).join(" ")}`);
  }
  async predicts(task) {
    const form = this.questions(task);
    for (const number of await form.locator("input[type=text]").all()) await number.fill("1000");
    for (const choice of await form.locator("fieldset").all()) {
      const radio = choice.locator("input[type=radio]").first();
      if (await radio.count() > 0) await radio.check();
    }
    await form.locator("button[type=submit]").click();
    await form.getByText("You said").first().waitFor({ timeout: 60_000 });
    if (await form.locator("button[type=submit]").count() > 0) complain(`task ${task}: kept answers are asked again`);
    if (await form.getByText("Measured:").count() > 0) complain(`task ${task}: an answer shows before it is green`);
    say(`task ${task}: predicted`);
  }
  async opensAHint(task) {
    await this.box(task).getByRole("button", { name: "A hint" }).click();
    await this.box(task).getByText(/^Hint 1:/).waitFor({ timeout: 60_000 });
    if ((await this.box(task).locator(".hints pre").first().innerText()).length < 20) complain("a hint is empty");
    say(`task ${task}: a hint`);
  }
  async stepsThroughTheCase(task) {
    const player = this.box(task).locator(".case");
    await player.waitFor({ timeout: kPatience });
    const next = player.getByRole("button", { name: "Next call" });
    let calls = 0;
    for (; await next.isEnabled(); ++calls) await next.click();
    if (calls === 0) complain("the case has one step");
    if (await player.locator(".heap .word").count() === 0) complain("the case draws no heap");
    const verdict = await player.locator(".wrong").innerText();
    if (!verdict.startsWith("WRONG")) complain(`the case ends with "${verdict}"`);
    say(`task ${task}: ${calls} steps to "${verdict}"`);
  }
}

const measure = (copy) => {
  const bench = command(copy, "bench", kExercise, "--filter", "append_doubling");
  if (bench.code !== 0) complain(`./workbook bench ended with ${bench.code}: ${bench.text.slice(-400)}`);
};

const work = async (learner, opened) => {
  const { page } = learner;
  await learner.predicts(1);
  learner.save("growth_costs.cc",
    learner.mistaken("growth_costs.cc", "std::max(required, 2 * capacity)", "2 * capacity + 0 * required"));
  await learner.sees(1, "red");
  const message = await learner.box(1).locator(".message").innerText();
  if (!/\d/.test(message)) complain(`task 1 is red without a sentence: "${message}"`);
  if (!/_test\.cc:\d+/.test(await learner.box(1).innerText())) complain("task 1 is red without a place");
  await learner.opensAHint(1);
  await askAxe(opened);
  learner.save("growth_costs.cc", learner.reference("growth_costs.cc"));
  await learner.sees(1, "green");
  await learner.questions(1).getByText("Measured:").first().waitFor({ timeout: 60_000 });

  learner.save("growth_policies.cc", learner.reference("growth_policies.cc"));
  await learner.sees(2, "green");
  learner.save("dyn_array.h",
    learner.mistaken("dyn_array.h", "    allocator.deallocate(block, capacity);\n    throw;", "    throw;"));
  await learner.sees(3, "red");
  await learner.stepsThroughTheCase(3);
  await askAxe(opened);
  await page.setViewportSize({ width: 390, height: 844 });
  await checkWidth(opened);
  await page.setViewportSize({ width: 1280, height: 900 });
  if (pictures) {
    await learner.box(3).scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(pictures, "red.png") });
  }
  learner.save("dyn_array.h", learner.reference("dyn_array.h"));
  await learner.sees(3, "green");
  measure(learner.copy);
  await page.locator("workbook-bench tr.yours").first().waitFor({ timeout: 60_000 });
  say(`measured: ${(await page.locator("workbook-bench tr.yours").first().innerText()).replaceAll("\t", " ")}`);
  if (pictures) {
    await page.locator("workbook-bench").scrollIntoViewIfNeeded();
    await page.screenshot({ path: path.join(pictures, "measured.png") });
  }
  if (!await page.evaluate(() => window.sameVisit)) complain("the page was loaded again");
};

const copy = copyCourse();
say(`a copy of the course: ${copy}`);
const browser = await openBrowser();
try {
  const book = await serveBook(copy);
  const opened = await openPage(browser, book.address, 1280, "light");
  await opened.page.goto(`${book.address}03_everyday/${kExercise}.html`);
  await opened.page.locator("workbook-predictions").first().waitFor();
  await opened.page.evaluate(() => { window.sameVisit = true; });
  await work(new Learner(copy, opened.page), opened).catch(async (error) => {
    complain(`the learner is stuck: ${error.message.split("\n")[0]}; the page says: ${
      (await opened.page.locator("workbook-task, workbook-predictions").allInnerTexts()).join(" | ").slice(0, 900)}`);
  });
  book.stop();
} finally {
  await browser.close();
  spawnSync(process.env.WORKBOOK_BAZEL ?? "bazel", ["clean", "--expunge"], { cwd: copy });
  rmSync(copy, { recursive: true, force: true });
}
end();
process.exit();
