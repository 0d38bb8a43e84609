// SPDX-License-Identifier: Apache-2.0
//
// The case of a red task: the fewest calls in which it fails, one at a time, with the
// heap after each as boxes, a box for a word. What differs from the call before is marked.
"use strict";
window.workbookCase = (() => {
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // An address with the piece that it leads to, a text, a lent block, or a value.
  const kWord = /->(?:end of )?(?:heap \d+(?:\+\d+)?|\S+)(?: \(given back!\))?|"[^"]*"|\[[^\]]*\]|\S+/g;
  // "heap 1, 16 bytes | 11,12 ->a |" and "pool:  free_=->a  lent_=1" as a name and its words.
  const pieceOf = (line) => {
    const bar = line.indexOf("|");
    const object = /^\s*(\w+):\s+(.*)$/.exec(line);
    if (bar < 0 && !object) return { name: line.trim(), words: [] };
    if (bar < 0) return { name: object[1], words: object[2].split(/ {2,}/) };
    const words = line.slice(bar).split("|").flatMap((part) => (
      / free\b|bytes never lent| more /.test(part) ? [part.trim()] : part.match(kWord) ?? []));
    return { name: line.slice(0, bar).trim(), words };
  };

  const pieceBox = (piece, before) => element("li", {},
    element("span", { className: "piece" }, piece.name), " ",
    ...piece.words.flatMap((word, at) => {
      const isNew = before !== undefined && before?.words[at] !== word;
      const kind = word.includes("->") ? "to" : word.startsWith("[") ? "lent" : word === "?" ? "unwritten" : "";
      return [element(isNew ? "mark" : "span", { className: `word ${kind}` }, word), " "];
    }));

  const legend = () => element("details", { className: "legend" }, element("summary", {}, "How to read the heap"),
    element("ul", {}, ...["heap 2: the second piece that your code allocated and still has",
      "[a LENT]: a block that is in use; a free is one that came back",
      "->a: an address that leads to a", "1,2: two numbers of four bytes", "?: memory that was never written",
      "*: bytes that are neither an address nor small numbers"].map((line) => element("li", {}, line))));

  // `place.at` is the call that shows; it stays where the page draws the case anew.
  return (found, place) => {
    const pieces = found.steps.map((step) => step.picture.map(pieceOf));
    const last = found.steps.length - 1;
    const program = element("ol", { className: "program", start: 0 },
      ...found.steps.map((step) => element("li", {}, element("code", {}, step.line))));
    const heap = element("ul", { className: "heap" });
    const verdict = element("p", { className: "wrong" });
    const said = element("p", { className: "step" });
    said.setAttribute("role", "status");
    const draw = (at) => {
      place.at = Math.max(0, Math.min(last, at));
      [...program.children].forEach((line, index) => {
        if (index === place.at) line.setAttribute("aria-current", "step");
        else line.removeAttribute("aria-current");
      });
      // A line that is half of a call has no picture.
      const before = pieces.slice(0, place.at).findLast((picture) => picture.length > 0);
      heap.replaceChildren(...pieces[place.at].map((piece) => pieceBox(piece,
        before && (before.find((one) => one.name === piece.name) ?? null))));
      heap.hidden = pieces[place.at].length === 0;
      said.textContent = `Step ${place.at + 1} of ${last + 1}${
        heap.hidden && place.at < last ? ": this line and the next are one call" : ""}`;
      verdict.textContent = place.at === last ? found.verdict : "";
      back.disabled = place.at === 0;
      next.disabled = place.at === last;
    };
    const button = (text, step) => element("button", { type: "button", onclick: () => draw(place.at + step) }, text);
    const back = button("Back", -1);
    const next = button("Next call", 1);
    const player = element("details", { className: "case", open: place.open ?? true },
      element("summary", {}, "The fewest calls in which it fails"),
      program, said, heap, verdict, element("div", { className: "buttons" }, back, next), legend());
    player.addEventListener("toggle", (event) => {
      if (event.target === player) place.open = player.open;
    });
    draw(place.at);
    return player;
  };
})();
