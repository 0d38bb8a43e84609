// SPDX-License-Identifier: Apache-2.0

// Draws the report from the JSON in the page: tables first, which say
// everything, then a picture of each that says it again.
const data = JSON.parse(document.getElementById("data").textContent);
const root = document.getElementById("report");

function add(parent, tag, text, attributes = {}) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  return parent.appendChild(element);
}

const figure = (value, digits = 3) =>
  value === null || value === undefined ? "–" : Number(value.toPrecision(digits)).toLocaleString("en");

function table(parent, caption, head, rows) {
  const box = add(parent, "div", undefined, { class: "scroll", tabindex: "0", role: "region", "aria-label": caption });
  const element = add(box, "table");
  add(element, "caption", caption);
  const line = add(add(element, "thead"), "tr");
  for (const word of head) add(line, "th", word, { scope: "col" });
  const body = add(element, "tbody");
  for (const { cells, kind } of rows) {
    const row = add(body, "tr", undefined, { class: kind ?? "" });
    cells.forEach((cell, i) => add(row, i === 0 ? "th" : "td", cell, i === 0 ? { scope: "row" } : {}));
  }
}

function picture(parent, caption, plot) {
  const element = add(parent, "figure");
  plot.setAttribute("role", "img");
  plot.setAttribute("aria-label", caption);
  element.append(plot);
  add(element, "figcaption", caption);
}

const nameOf = (row) => `${row.role === "peer" ? "" : row.role + " "}${row.implementation}`;

// Role by symbol as well as by colour.
function ratios(parent, benchCase) {
  const rows = benchCase.rows.filter((row) => row.ratio_to_baseline);
  if (rows.length < 2) return;
  picture(parent, `${benchCase.case}: times as fast as the baseline, 95 % intervals, log axis`, Plot.plot({
    marginLeft: 230, width: 860, height: 60 + 24 * rows.length,
    x: { type: "log", label: "times as fast as the baseline", grid: true, tickFormat: "~g" },
    y: { label: null, domain: rows.map(nameOf) },
    symbol: { domain: ["baseline", "yours", "reference", "peer"], legend: true },
    color: { domain: ["baseline", "yours", "reference", "peer"], range: ["#767676", "#0b62c4", "#b4530a", "#6b4fa0"] },
    marks: [
      Plot.ruleX([1]),
      Plot.ruleY(rows.filter((row) => row.ratio_low), { x1: "ratio_low", x2: "ratio_high", y: nameOf, stroke: "role", strokeWidth: 3 }),
      Plot.dot(rows, { x: "ratio_to_baseline", y: nameOf, symbol: "role", stroke: "role", fill: "role", r: 5 }),
    ],
  }));
}

function showCase(parent, benchCase, targets) {
  table(parent, benchCase.case, ["row", "implementation", "ns/op", "× baseline", "95 % interval", "allocs/op", "B/op", "peak B"],
    benchCase.rows.map((row) => ({ kind: row.role, cells: row.status
      ? [row.role, row.implementation, row.status.replace("_", " "), "", "", "", "", ""]
      : [row.role, row.implementation, figure(row.ns_per_op), figure(row.ratio_to_baseline),
         row.ratio_low ? `${figure(row.ratio_low)} to ${figure(row.ratio_high)}` : "–",
         figure(row.allocs_per_op), figure(row.bytes_per_op), figure(row.peak_bytes, 9)] })));
  const verdict = benchCase.to_reference;
  if (verdict) add(parent, "p", `Against the reference: ${verdict.verdict}. ${verdict.reason}.`);
  for (const target of targets.filter((each) => each.case === benchCase.case)) {
    add(parent, "p", `Target, at least ${target.at_least} × baseline: ${target.verdict}. ${target.reason}`);
  }
  ratios(parent, benchCase);
}

// Allocations an operation: the baseline is before, yours is after.
function allocations(parent, measurement) {
  const rows = [];
  for (const benchCase of measurement.cases) {
    const find = (role) => benchCase.rows.find((row) => row.role === role);
    const [before, after] = [find("baseline"), find("yours")?.allocs_per_op != null ? find("yours") : find("reference")];
    if (before?.allocs_per_op == null || after?.allocs_per_op == null) continue;
    rows.push({ cells: [benchCase.case, after.role, figure(before.allocs_per_op), figure(after.allocs_per_op),
      figure(before.bytes_per_op), figure(after.bytes_per_op)] });
  }
  if (rows.length) {
    table(parent, "Allocations an operation, before and after", ["case", "after is", "allocs before", "after", "bytes before", "after"], rows);
  }
}

function history(parent, measurements) {
  const points = [];
  for (const each of measurements) {
    for (const benchCase of each.cases) {
      const yours = benchCase.rows.find((row) => row.role === "yours" && row.ratio_to_baseline);
      if (yours) points.push({ at: new Date(each.measured_at), case: benchCase.case, ratio: yours.ratio_to_baseline });
    }
  }
  table(parent, "Your measurements", ["when (UTC)", "commit", "compiler", "noticed"], measurements.map((each) => ({
    cells: [each.measured_at, each.commit + (each.edited ? " and edits" : ""), each.compiler, each.disturbances.join("; ") || "nothing"] })));
  if (new Set(points.map((point) => +point.at)).size < 2) return;
  picture(parent, "Your code, times as fast as the baseline, by measurement, log axis", Plot.plot({
    width: 860, marginRight: 220, y: { type: "log", label: "times as fast as the baseline", grid: true, tickFormat: "~g" }, x: { label: null },
    marks: [Plot.lineY(points, { x: "at", y: "ratio", z: "case", stroke: "#0b62c4" }), Plot.dot(points, { x: "at", y: "ratio", fill: "#0b62c4" }),
      Plot.text(points, Plot.selectLast({ x: "at", y: "ratio", z: "case", text: "case", textAnchor: "start", dx: 8 }))],
  }));
}

function instructions(parent, exact) {
  if (!exact) return;
  table(parent, `Instructions and simulated cache misses an operation, by callgrind, ${exact.measured_at} at ${exact.commit}${exact.edited ? " and edits" : ""}`,
    ["row", "instructions", "D1 misses", "LL misses", "note"], exact.exact.map((row) => ({
      kind: row.name.split("/").at(-1).split(":")[0],
      cells: [row.name, figure(row.instructions_per_op, 6), figure(row.first_level_misses_per_op), figure(row.last_level_misses_per_op),
        row.not_deterministic || "the same in two runs"] })));
}

const shareOf = (right, count) => (count === 0 ? "–" : `${right} of ${count}`);

// First answers only; an exercise without numbers has no dot.
function calibration(parent, all) {
  if (all.length === 0) return;
  const section = add(parent, "section", undefined, { "aria-labelledby": "predictions" });
  add(section, "h2", "Your predictions", { id: "predictions" });
  table(section, "First answers, exercise by exercise", ["exercise", "title", "choices right", "numbers right", "median factor of error"],
    all.map((each) => ({ cells: [each.id, each.title, shareOf(each.choices_right, each.choices),
      shareOf(each.numbers_right, each.numbers), each.numbers ? figure(each.median_error) : "–"] })));
  const points = all.filter((each) => each.numbers);
  if (points.length < 2) return;
  picture(section, "Median factor of error, exercise by exercise, log axis; 1 is exact", Plot.plot({
    width: 860, height: 240, x: { type: "point", label: null, domain: points.map((each) => each.id) },
    y: { type: "log", label: "median factor of error", grid: true, tickFormat: "~g" },
    marks: [Plot.ruleY([1]), Plot.lineY(points, { x: "id", y: "median_error", stroke: "#0b62c4" }),
      Plot.dot(points, { x: "id", y: "median_error", fill: "#0b62c4" })],
  }));
}

// What the tests of green tasks recorded, in whole numbers.
function gains(parent, exercises) {
  const rows = exercises.flatMap((exercise) => exercise.gains.map((gain) => ({ cells: [
    `${exercise.id} task ${gain.task}: ${gain.title}`, gain.name.replaceAll("_", " "),
    gain.before.toLocaleString("en"), gain.after.toLocaleString("en")] })));
  if (rows.length) table(parent, "What your changes saved", ["task", "count", "before", "after"], rows);
}

gains(root, data.exercises);
table(root, "Progress", ["exercise", "title", "tasks green", "of"], data.exercises.map((each) => ({
  cells: [each.id, each.title, String(each.green_tasks), String(each.tasks)] })));
calibration(root, data.calibrations);
for (const exercise of data.exercises) {
  if (exercise.measurements.length === 0 && !exercise.exact) continue;
  const section = add(root, "section", undefined, { "aria-labelledby": `h${exercise.id}` });
  add(section, "h2", `${exercise.id} ${exercise.title}`, { id: `h${exercise.id}` });
  instructions(section, exercise.exact);
  if (exercise.measurements.length === 0) continue;
  const latest = exercise.measurements.at(-1);
  add(section, "p", `Measured ${latest.measured_at} at ${latest.commit}${latest.edited ? " and edits" : ""}: ${latest.processor}, ${latest.processors} processors, kernel ${latest.kernel}, ${latest.compiler}, ${latest.flags}.`);
  for (const note of latest.disturbances) add(section, "p", `Note: ${note}.`, { class: "note" });
  for (const benchCase of latest.cases) showCase(section, benchCase, latest.targets);
  allocations(section, latest);
  history(section, exercise.measurements);
}
for (const file of data.damaged) add(root, "p", `Left out, cannot be read: ${file}`, { class: "note" });
if (data.exercises.every((each) => each.measurements.length === 0 && !each.exact)) {
  add(root, "p", "Nothing is measured yet: ./workbook bench does it.");
}
document.documentElement.dataset.ready = "yes";
