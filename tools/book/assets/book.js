// SPDX-License-Identifier: Apache-2.0
//
// What knows the learner: a box for each task, his predictions before it, his hints, his
// measured rows, and how far he is. All of it comes from ./workbook; a page without this
// file is the same page without state.
"use strict";
(() => {
  const html = document.documentElement;
  const exercise = html.dataset.exercise;

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
  };
  const ask = async (path, body) => {
    const answer = await fetch(`/api/${path}`, body === undefined ? {} : {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    const text = await answer.text();
    return text ? JSON.parse(text) : {};
  };

  // --- how far, and what is solved -------------------------------------------------
  const showCourse = async () => {
    const course = await ask("course");
    if (!course?.exercises) return;
    const solved = course.exercises.filter((one) => one.solved);
    const way = document.querySelector("[data-way]");
    way.textContent = `${solved.length} of ${course.exercises.length} solved · you are at ${course.current}`;
    for (const one of course.exercises) {
      const core = one.tasks.filter((task) => task.level === "core");
      const green = core.filter((task) => task.green).length;
      for (const link of document.querySelectorAll(
        `[data-state-of="${one.id}"]:not(.of-task *), [data-source="start.md"] td a[href$="/${one.id}.html"]`)) {
        const state = one.mastered ? "mastered" : one.solved ? "solved" : green ? `${green}/${core.length}` : null;
        if (state) link.setAttribute("data-state", state);
        else link.removeAttribute("data-state");
      }
    }
  };

  // --- one task ----------------------------------------------------------------------
  const words = {
    green: "Green",
    red: "Red",
    broken: "Does not build",
    to_write: "To write",
    later: "Later: an earlier task comes first",
    unknown: "Not checked yet",
  };
  const stateOf = (task) => {
    if (!task) return "unknown";
    if (task.state === "green") return "green";
    if (task.state === "does not build") return "broken";
    if (task.state === "to write") return "to_write";
    return ["later", "waits", "not tried"].includes(task.state) ? "later" : "red";
  };

  const hintsOf = (number, hints) => {
    const known = hints.find((one) => one.task === number) ?? { shown: 0, texts: [] };
    const list = element("div", { class: "hints" });
    known.texts.forEach((text, at) => {
      // Its first line says which hint of which task it is, its last one what to type for more.
      const [head, ...lines] = text.trim().split("\n").filter((line) => !/^(One more:|That was the last)/.test(line));
      list.append(element("details", at + 1 === known.texts.length ? { open: "" } : {},
        element("summary", {}, head.replace(/^.*hint \d of \d/, `Hint ${at + 1}`)),
        element("pre", {}, lines.join("\n").trim())));
    });
    return { list, shown: known.shown };
  };

  // Which call of which case shows: it stays while the page changes around it.
  const places = new Map();
  const caseOf = (task) => {
    if (!task.case) return null;
    const text = JSON.stringify(task.case);
    if (places.get(task.task)?.text !== text) places.set(task.task, { text, at: 0 });
    return window.workbookCase(task.case, places.get(task.task));
  };

  const taskBox = (number, state) => {
    const task = state.verdict?.tasks?.find((one) => one.task === number);
    const kind = state.checking ? "unknown" : stateOf(task);
    const hints = hintsOf(number, state.hints ?? []);
    const check = element("button", { type: "button", onclick: () => ask(`check/${exercise}`, {}) }, "Check");
    const hint = element("button", {
      type: "button",
      onclick: async () => {
        hint.disabled = true;
        await ask(`hint/${exercise}/${number}`, {});
        await show();
      },
    }, hints.shown === 0 ? "A hint" : "Next hint");
    if (hints.shown >= 3) hint.hidden = true;
    check.disabled = state.checking;
    const tests = task?.total && kind !== "later" ? `${task.passed} of ${task.total} tests green` : "";
    const red = kind === "red" || kind === "broken" || kind === "to_write";
    return element("workbook-task", { state: kind, task: number },
      element("p", { role: "status" },
        element("span", { class: "state" }, state.checking ? "Checking …" : words[kind]),
        tests ? ` · ${tests}` : ""),
      red && task.message ? element("p", { class: "message" }, task.message) : null,
      red && task.file ? element("p", {}, element("code", {}, `${task.file}:${task.line}`)) : null,
      red && task.details ? element("details", {}, element("summary", {}, "What the test saw"),
        element("pre", {}, String(task.details))) : null,
      red ? caseOf(task) : null,
      hints.list,
      element("div", { class: "buttons" }, check, kind === "green" ? null : hint));
  };

  // --- predictions -------------------------------------------------------------------
  const answerField = (prediction, at) => {
    const name = `prediction-${prediction.id}`;
    if (prediction.choices.length > 0) {
      return prediction.choices.map((choice, index) => element("label", {},
        element("input", { type: "radio", name, value: "abcdefgh"[index] }), ` ${choice}`));
    }
    return [element("label", {}, `Your answer, in ${prediction.unit}: `,
      element("input", { type: "text", name, inputmode: "decimal", "data-at": at, autocomplete: "off" }))];
  };
  const said = (prediction) => {
    const lines = [element("p", {}, "You said ", element("strong", {}, String(prediction.answer)), ".")];
    if (prediction.revealed) {
      lines.push(element("p", { class: prediction.right ? "right" : "wrong" },
        `Measured: ${prediction.measured ?? "not yet"}. ${prediction.right ? "Right." : ""}`),
      element("p", {}, prediction.why));
    } else {
      lines.push(element("p", {}, "The measured answer shows when the task is green."));
    }
    return lines;
  };
  const predictionBox = (number, predictions) => {
    const mine = predictions.filter((one) => one.task === number);
    if (mine.length === 0) return null;
    const open = mine.filter((one) => one.answer === null);
    const form = element("form", {
      onsubmit: async (event) => {
        event.preventDefault();
        document.activeElement?.blur();  // these answers are written
        const answers = open.map((one) => new FormData(form).get(`prediction-${one.id}`) ?? "");
        const told = await ask(`predict/${exercise}/${number}`, { answers: answers.map(String) });
        await show();
        const fixes = told.told.split("\n").filter((line) => line.includes("Fix:")).join("\n");
        const refused = fixes || (told.exit_code === 0 ? "" : told.told);
        if (refused !== "") {
          document.querySelector(`workbook-predictions[task="${number}"]`)
            ?.prepend(element("pre", { class: "wrong" }, refused));
        }
      },
    });
    for (const [at, one] of mine.entries()) {
      const asked = element("fieldset", {}, element("legend", {}, `Prediction ${at + 1}`), element("p", {}, one.question));
      asked.append(...(one.answer === null ? answerField(one, at) : said(one)));
      form.append(asked);
    }
    if (open.length > 0) form.append(element("button", { type: "submit" }, "Keep my answers"));
    return element("workbook-predictions", { task: number }, form);
  };

  // --- measured rows -----------------------------------------------------------------
  const digits = (value, count) => value === undefined || value === null ? ""
    : Number(Number(value).toPrecision(count)).toLocaleString("en");
  const rowOf = (row) => element("tr", row.role === "yours" ? { class: "yours" } : {},
    element("th", { scope: "row" }, row.role ?? ""),
    element("td", {}, row.implementation ?? "", row.message ? ` (${row.message})` : ""),
    ...[[row.ns_per_op, 3], [row.ratio_to_baseline, 3], [row.bytes_per_op, 6], [row.allocs_per_op, 3]].map(
      ([value, count]) => element("td", { align: "right" }, digits(value, count))));
  const caseTable = (one) => element("div", { class: "wide", tabindex: "0" }, element("table", {},
    element("caption", {}, one.case),
    element("tr", {}, ...["row", "of", "ns/op", "x baseline", "B/op", "allocs/op"].map(
      (word) => element("th", { scope: "col" }, word))),
    ...(one.rows ?? []).map(rowOf)));
  const benchBox = (bench) => {
    const cases = bench?.cases ?? [];
    const command = element("code", {}, `./workbook bench ${exercise}`);
    if (cases.length === 0) {
      return element("workbook-bench", {}, element("p", {}, "Your own rows show here after ", command, "."));
    }
    return element("workbook-bench", {}, element("details", { open: "" },
      element("summary", {}, "What ", command, " measured last"), ...cases.map(caseTable)));
  };

  // --- the page ----------------------------------------------------------------------
  const sections = new Map();
  for (const heading of document.querySelectorAll("main h2")) {
    const number = /^(\d+)\. /.exec(heading.textContent);
    if (number) sections.set(Number(number[1]), heading);
  }
  const costs = document.getElementById("what-it-costs");

  // What the learner is writing stays while the page changes around it.
  const isWriting = () => document.activeElement?.closest("workbook-predictions") !== null
    && document.activeElement?.matches("input[type=text]") && document.activeElement.value !== "";

  const place = (box, after, selector) => {
    const old = document.querySelector(selector);
    if (old) old.replaceWith(...(box ? [box] : []));
    else if (box) after.after(box);
  };
  const show = async () => {
    if (!exercise) return;
    const state = await ask(`exercise/${exercise}`);
    for (const [number, heading] of sections) {
      place(taskBox(number, state), heading, `workbook-task[task="${number}"]`);
      if (!isWriting()) {
        place(predictionBox(number, state.predictions?.predictions ?? []), heading,
          `workbook-predictions[task="${number}"]`);
      }
    }
    if (costs) place(benchBox(state.bench), costs, "workbook-bench");
  };

  const source = document.querySelector("main").dataset.source;
  const listen = () => {
    const events = new EventSource("/events");
    events.onmessage = ({ data }) => {
      const [kind, what] = data.split(" ");
      if (kind === "page" && what === source) location.reload();
      if (["verdict", "checking", "measured"].includes(kind) && what === exercise) show();
      if (kind === "verdict") showCourse();
    };
    events.onopen = () => {
      show();
      showCourse();
    };
  };
  listen();
})();
