// SPDX-License-Identifier: Apache-2.0
//
// What every page does, also the static one: search over an index that is made when it is first asked for; colours
// of code. Without lunr.js there is no search, without highlight.js one colour.
"use strict";
(() => {
  // What scrolls sideways can be reached by Tab, and a narrow page begins with its text.
  for (const code of document.querySelectorAll("main pre")) code.tabIndex = 0;
  if (matchMedia("(max-width: 56rem)").matches) {
    document.querySelector(".contents details").open = false;
  }
  if (window.hljs) {
    for (const code of document.querySelectorAll("pre code[class^=language-]")) {
      hljs.highlightBlock(code);
    }
  }
  const form = document.querySelector(".search");
  if (!window.lunr || !form || location.protocol === "file:") return;
  form.hidden = false;
  const top = document.documentElement.dataset.top;
  const input = form.querySelector("input");
  const list = form.querySelector("#found");
  let ready;
  const load = () => (ready ??= (async () => {
    const pages = await (await fetch(`${top}assets/search.json`)).json();
    const index = lunr(function () {
      this.ref("address");
      this.field("title", { boost: 8 });
      this.field("words");
      for (const page of pages) this.add(page);
    });
    return { index, titles: new Map(pages.map((page) => [page.address, page.title])) };
  })());
  const show = async () => {
    const words = input.value.trim();
    if (words.length < 2) {
      list.hidden = true;
      return;
    }
    const { index, titles } = await load();
    const found = index.query((query) => {
      for (const word of lunr.tokenizer(words)) {
        query.term(word.toString(), { boost: 10 });
        query.term(word.toString(), { wildcard: lunr.Query.wildcard.TRAILING });
      }
    }).slice(0, 8);
    list.replaceChildren(...found.map(({ ref }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = top + ref;
      link.textContent = titles.get(ref);
      item.append(link);
      return item;
    }));
    if (found.length === 0) {
      const item = document.createElement("li");
      item.textContent = "No page has that.";
      list.append(item);
    }
    list.hidden = false;
  };
  input.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.querySelector("a")?.click();
  });
})();
