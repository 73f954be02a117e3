// All of this is extra: without it contents, evidence links and notes are plain links.
(() => {
"use strict";
const root = document.documentElement;
root.classList.add("js");
const remembered = {
  get() { try { return localStorage.getItem("theme"); } catch { return null; } },
  set(value) { try { localStorage.setItem("theme", value); } catch { /* a file opened from disk may have no storage */ } },
};
if (remembered.get()) root.dataset.theme = remembered.get();

addEventListener("DOMContentLoaded", () => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const main = $("#main");

  // ---- light and dark
  const themeButton = $("#theme");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark";
  const nameTheme = () => {
    const words = isDark() ? themeButton.dataset.toLight : themeButton.dataset.toDark;
    themeButton.setAttribute("aria-label", words);
    themeButton.title = words;
  };
  themeButton.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remembered.set(root.dataset.theme);
    nameTheme();
  });
  systemDark.addEventListener("change", nameTheme);
  nameTheme();

  // ---- arriving somewhere: what is folded away opens
  const reveal = (element) => {
    for (let d = element.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
    element.closest("table")?.dispatchEvent(new Event("unfilter"));
  };
  const target = () => {
    try { return document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return null; }
  };
  const arrive = () => {
    const found = location.hash.length > 1 && target();
    if (!found) return;
    if (found.closest("main details, tr[hidden]")) reveal(found);
    found.scrollIntoView();
  };
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => $$("main details").forEach((d) => { d.open = true; }));

  // ---- contents follow the reader
  const drawer = $(".drawer");
  if (drawer) {
    drawer.addEventListener("toggle", () => {
      const nav = $("nav", drawer), link = $("[aria-current]", nav);
      if (drawer.open && link) nav.scrollTop = link.offsetTop - nav.clientHeight / 2;
    });
    drawer.addEventListener("click", (event) => { if (event.target.closest("a")) drawer.open = false; });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && drawer.open) { drawer.open = false; $("summary", drawer).focus(); }
    });
  }
  const headings = $$("h2, h3", main);
  const contentsLinks = new Map();
  for (const link of $$("nav a")) {
    const id = link.getAttribute("href").slice(1);
    contentsLinks.set(id, [...(contentsLinks.get(id) || []), link]);
  }
  const side = $(".side");
  let current = null;
  const follow = () => {
    const line = innerHeight * 0.3;
    let here = null;
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > line) break;
      here = heading;
    }
    if (here === current) return;
    (contentsLinks.get(current?.id) || []).forEach((link) => link.removeAttribute("aria-current"));
    current = here;
    for (const link of contentsLinks.get(here?.id) || []) {
      link.setAttribute("aria-current", "location");
      if (!side.contains(link)) continue;
      const box = link.getBoundingClientRect(), frame = side.getBoundingClientRect();
      if (box.top < frame.top || box.bottom > frame.bottom) side.scrollTop += box.top - frame.top - frame.height / 2;
    }
  };
  if ("IntersectionObserver" in window) {
    const watch = new IntersectionObserver(follow, { rootMargin: "0px 0px -70% 0px" });
    headings.forEach((heading) => watch.observe(heading));
  }

  // ---- a region that does not scroll is no stop on the way of the Tab key
  const regions = $$(".scroll, pre[tabindex]");
  const stops = () => regions.forEach((region) => {
    const scrolls = region.scrollWidth > region.clientWidth + 1 || region.scrollHeight > region.clientHeight + 1;
    region.classList.toggle("fits", !scrolls);  // the heads of a table that fits stay in sight
    if (scrolls) region.tabIndex = 0; else region.removeAttribute("tabindex");
  });
  stops();
  addEventListener("resize", stops);

  // ---- evidence card
  const card = $("#card"), cardTitle = $("#card-title"), cardBody = $("#card-body"), cardLink = $("#card-link");
  let opener = null;
  const closeCard = (giveFocusBack) => {
    if (!opener) return;
    card.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    if (giveFocusBack) opener.focus({ preventScroll: true });
    opener = null;
  };
  const place = (link) => {
    card.style.left = card.style.top = "";
    if (getComputedStyle(card).position === "fixed") return;
    const at = link.getClientRects()[0] || link.getBoundingClientRect();
    const left = Math.min(at.left, root.clientWidth - card.offsetWidth - 16);
    const below = at.bottom + 8 + card.offsetHeight <= innerHeight || at.top < card.offsetHeight + 70;
    card.style.left = `${Math.max(16, left) + scrollX}px`;
    card.style.top = `${(below ? at.bottom + 8 : at.top - 8 - card.offsetHeight) + scrollY}px`;
  };
  const term = (name, text) => {
    const line = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = name;
    dd.textContent = text;
    line.append(dt, dd);
    return line;
  };
  const reading = (mark) => {  // as what it was read, in whose words, by which rule
    const list = document.createElement("dl"), said = mark.dataset, words = card.dataset;
    list.className = "reading";
    list.append(term(words.as, said.as), term(words.who, said.who), term(words.rule, said.rule));
    return list;
  };
  const fillCard = (found, href) => {
    const entry = found.closest(".evidence-list > li") || found.closest("li, tr, dd, p, blockquote, section") || found;
    const copy = entry.cloneNode(true);
    const isRow = entry.matches("tr");  // a number of the report itself: what it counts, its value, its sentences
    const marked = found === entry || isRow ? null : $(`[id="${CSS.escape(found.id)}"]`, copy);
    if (marked) marked.classList.add("now");
    $$(".backlinks", copy).forEach((line) => line.remove());
    [copy, ...$$("[id]", copy)].forEach((element) => element.removeAttribute("id"));
    const row = document.createElement("div");
    if (isRow) {
      for (const cell of [...copy.children]) {
        const line = document.createElement("p");
        if (cell.matches("th")) line.className = "card-name";
        line.append(...cell.childNodes);
        row.append(line);
      }
    }
    cardBody.replaceChildren(...(isRow ? row : copy).childNodes);
    cardTitle.textContent = isRow ? card.dataset.finding : card.dataset.sentence;
    if (found.dataset.rule) cardBody.append(reading(found));
    cardLink.setAttribute("href", href);
    cardBody.scrollTop = 0;
  };
  const openCard = (link, found) => {
    closeCard(false);
    fillCard(found, link.getAttribute("href"));
    card.hidden = false;
    opener = link;
    link.setAttribute("aria-expanded", "true");
    place(link);
    card.focus({ preventScroll: true });
  };
  for (const link of $$("a.evidence", main)) link.setAttribute("aria-haspopup", "dialog");
  addEventListener("click", (event) => {
    const link = event.target.closest("a.evidence");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey && link.hash) {
      const found = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (!found) return;
      event.preventDefault();
      if (card.contains(link)) { fillCard(found, link.getAttribute("href")); card.focus({ preventScroll: true }); place(opener); }
      else if (link === opener) closeCard(true);
      else openCard(link, found);
    } else if (opener && !card.contains(event.target)) closeCard(false);
  });
  $("#card-close").addEventListener("click", () => closeCard(true));
  cardLink.addEventListener("click", () => closeCard(false));
  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeCard(true);
    if (event.key !== "Tab") return;
    const stopsInside = $$("a[href], button", card);
    const last = event.shiftKey ? stopsInside[0] : stopsInside[stopsInside.length - 1];
    if (document.activeElement === last || (event.shiftKey && document.activeElement === card)) {
      event.preventDefault();  // the card stands at the end of the page; the reader goes on where the link is
      closeCard(true);
    }
  });
  addEventListener("resize", () => { if (opener) place(opener); });

  // ---- words compared with tones folded: "dam bao" finds "đảm bảo"
  const foldLetter = (letter) => {
    const plain = letter.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace("đ", "d");
    return plain.length === letter.length ? plain : (plain + letter).slice(0, letter.length);
  };
  const folds = new Map();  // a page has few letters, and each many times
  const fold = (text) => Array.from(text, (letter) => {
    if (!folds.has(letter)) folds.set(letter, foldLetter(letter));
    return folds.get(letter);
  }).join("");
  // the same length, all but letters and digits a space: what stands behind a space begins a word
  const spaced = (text) => text.replace(/[\u{10000}-\u{10ffff}]/gu, "  ").replace(/[^\p{L}\p{N}]/gu, " ");
  const termsOf = (text) => spaced(text).split(" ").filter(Boolean);
  const run = (text) => ` ${termsOf(text).join(" ")} `;  // its words with one space around each
  const line = (element) => {
    const copy = element.cloneNode(true);
    $$(".permalink, .backlinks", copy).forEach((part) => part.remove());
    $$("td, th, br, p, blockquote, small", copy).forEach((part) => part.after(" "));
    return copy.textContent.replace(/\s+/g, " ").trim().normalize("NFC");
  };

  // ---- long tables: a line to narrow them, and menus of what their rows say of place, time and theme;
  // of very long ones the first rows, until the reader asks for all
  const LONG = 15, VERY_LONG = 60, FIRST = 25;
  const filterWords = $("#filter-words");
  const facets = ["place", "time", "theme"];
  const choices = (rows, facet) => [...new Set(rows.flatMap((row) => (row.dataset[facet] || "").split("|")))].filter(Boolean).sort(
    (one, other) => one.localeCompare(other, "vi", { numeric: true }));
  const menu = (facet, values) => {
    const select = document.createElement("select");
    const all = new Option(filterWords.dataset[facet], "");
    const options = values.map((value) => new Option(value, value));
    if (facet === "place") options.forEach((option) => { option.lang = "vi"; });
    select.append(all, ...options);
    select.setAttribute("aria-label", filterWords.dataset[facet]);
    return select;
  };
  const addFilter = (table) => {
    const lines = [...table.tBodies].flatMap((body) => [...body.rows]);
    const rows = lines.filter((row) => !$("[scope=rowgroup][colspan]", row));
    if (rows.length < LONG || rows.some((row) => $("[rowspan]", row))) return;
    const bar = document.createElement("div"), typed = document.createElement("input"), count = document.createElement("p");
    const menus = facets.map((facet) => [facet, choices(rows, facet)]).filter(([, values]) => values.length > 1)
      .map(([facet, values]) => [facet, menu(facet, values)]);
    bar.className = "filter";
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", `${filterWords.dataset.name}: ${$(".number", table)?.textContent || ""}`);
    typed.type = "search";
    typed.placeholder = filterWords.dataset.hint;
    typed.setAttribute("aria-label", filterWords.dataset.hint);
    count.setAttribute("role", "status");
    bar.append(typed, ...menus.map(([, select]) => select), count);
    (table.closest(".scroll") || table).before(bar);
    const counted = new Set(rows);
    let texts = null, folded = rows.length > VERY_LONG;
    const all = document.createElement("button");
    all.type = "button";
    all.className = "button more";
    all.textContent = filterWords.dataset.all.replace("{all}", rows.length);
    all.addEventListener("click", () => {
      folded = false;
      apply();
      rows[FIRST].tabIndex = -1;
      rows[FIRST].focus({ preventScroll: true });
    });
    (table.closest(".scroll") || table).after(all);
    const apply = () => {
      const terms = termsOf(fold(typed.value.normalize("NFC")));
      const chosen = menus.filter(([, select]) => select.value);
      const narrowed = terms.length > 0 || chosen.length > 0;
      if (narrowed) texts ||= new Map(rows.map((row) => [row, " " + spaced(fold(line(row)))]));
      let left = 0, group = null;
      for (const row of lines) {
        if (!counted.has(row)) { group = row; group.hidden = true; continue; }
        const fits = narrowed ? terms.every((term) => texts.get(row).includes(" " + term))
          && chosen.every(([facet, select]) => (row.dataset[facet] || "").split("|").includes(select.value))
          : !folded || left < FIRST;
        row.hidden = !fits;
        if (!fits) continue;
        left += 1;
        if (group) group.hidden = false;
      }
      all.hidden = narrowed || !folded;
      count.textContent = narrowed ? filterWords.dataset.left.replace("{n}", left).replace("{all}", rows.length) : "";
      stops();
    };
    typed.addEventListener("input", apply);
    menus.forEach(([, select]) => select.addEventListener("change", apply));
    bar.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && typed.value) { event.preventDefault(); typed.value = ""; apply(); }
    });
    table.addEventListener("unfilter", () => {
      if (!lines.some((row) => row.hidden)) return;
      folded = false;
      typed.value = "";
      menus.forEach(([, select]) => { select.value = ""; });
      apply();
    });
    addEventListener("beforeprint", () => { if (folded) { folded = false; apply(); } });
    if (folded) apply(); else all.hidden = true;
  };
  $$("table.report", main).forEach(addFilter);

  // ---- search
  const box = $("#search-box"), panel = $("#search-panel"), hits = $("#search-hits"), status = $("#search-status");
  const words = panel.dataset;
  const LIMIT = 40;
  const kinds = [
    ["heading", "h2, h3, h4, h5"], ["row", "tbody tr"], ["evidence", ".evidence-list > li"],
    ["figure", "figcaption, caption"], ["text", "p, ul:not(.evidence-list) > li, dd, .footnotes li"],
  ];
  let index = null;
  const buildIndex = () => kinds.flatMap(([kind, selector]) => $$(selector, main)
    .filter((element) => kind !== "text" || !element.closest(".evidence-list, table"))
    .map((element) => {
      // of a cited sentence its own words: the article's title stands over each of them, and in a row of its own
      const sentence = kind === "evidence" ? $("blockquote", element) : null;
      const text = line(sentence || element), of = kind === "row" ? element.closest("table").dataset.rows : "";
      const head = kind === "row" ? $("th", element) : kind === "heading" ? element : null;
      return { kind: of && words[of] ? of : kind, element, text, where: sentence ? line($(".ref", element)) : null,
        plain: ` ${spaced(fold(text))}`, words: run(fold(text)), toned: run(text.toLowerCase()),
        head: head ? run(fold(line(head))) : "" };
    }));
  // where words begin with `term`: entry.plain has one space before the text
  const placesOf = (entry, term) => {
    const found = [];
    for (let at = entry.plain.indexOf(" " + term); at >= 0; at = entry.plain.indexOf(" " + term, at + 1)) found.push(at);
    return found;
  };
  const snippet = (entry, terms) => {
    const places = terms.map((term) => placesOf(entry, term)), first = Math.min(...places.map((found) => found[0]));
    const from = first < 50 ? 0 : entry.text.lastIndexOf(" ", first - 40) + 1;
    const end = entry.text.indexOf(" ", from + 170), to = end < 0 ? entry.text.length : end;
    const spans = places.flatMap((found, n) => found.map((at) => [at, at + terms[n].length]))
      .filter(([at]) => at >= from && at < to);
    const parts = [from > 0 ? "… " : ""];
    let done = from;
    for (const [start, end] of spans.sort((a, b) => a[0] - b[0])) {
      if (start < done) continue;
      const mark = document.createElement("mark");
      mark.textContent = entry.text.slice(start, end);
      parts.push(entry.text.slice(done, start), mark);
      done = end;
    }
    parts.push(entry.text.slice(done, Math.max(done, to)), entry.text.length > to ? " …" : "");
    return parts;
  };
  const sectionOf = (element) => {
    const named = headings.filter((heading) => heading.firstChild?.textContent.trim());
    const behind = named.findIndex((heading) => !(heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING));
    const heading = named.at(behind < 0 ? -1 : behind - 1);
    return heading && behind !== 0 ? line(heading) : "";
  };
  const goTo = (entry) => {
    $$(".hit").forEach((element) => element.classList.remove("hit"));
    panel.hidden = true;
    reveal(entry.element);
    entry.element.classList.add("hit");
    entry.element.tabIndex = -1;
    entry.element.scrollIntoView({ block: "center" });
    entry.element.focus({ preventScroll: true });
  };
  const show = () => {
    const typed = box.value.normalize("NFC").toLowerCase(), terms = termsOf(fold(typed));
    panel.hidden = terms.join("").length < 2;
    if (panel.hidden) return;
    index ||= buildIndex();
    // syllables are short: each but the last, which may still be growing, is a whole word
    const last = terms.length - 1, begins = terms.map((term, n) => (n < last ? ` ${term} ` : ` ${term}`));
    const phrase = terms.join(" "), toned = termsOf(typed).join(" ");
    let all = index.filter((entry) => begins.every((begin) => entry.words.includes(begin)));
    if (!all.length) all = index.filter((entry) => terms.every((term) => entry.words.includes(" " + term)));
    // first what is named so, then where the words stand together, first as whole words with the tones as typed
    const rank = (entry) => (entry.head.includes(` ${phrase}`) ? 0 : entry.words.includes(` ${phrase}`) ? 4 : 8)
      + (entry.toned.includes(` ${toned}`) ? 0 : 2) + (entry.words.includes(` ${phrase} `) ? 0 : 1);
    const found = all.map((entry) => [rank(entry), entry]).sort((one, other) => one[0] - other[0]).map(([, entry]) => entry);
    const count = found.length > LIMIT ? words.resultsCut : words.results;
    status.textContent = found.length ? count.replace("{n}", Math.min(found.length, LIMIT)) : words.none;
    hits.replaceChildren(...found.slice(0, LIMIT).map((entry) => {
      const item = document.createElement("li"), link = document.createElement("a"), where = document.createElement("small");
      const section = entry.kind === "heading" ? "" : entry.where || sectionOf(entry.element);
      where.textContent = words[entry.kind] + (section ? ` · ${section}` : "");
      link.href = entry.element.id ? `#${entry.element.id}` : "#main";
      link.append(where, ...snippet(entry, entry.plain.includes(` ${phrase}`) ? [phrase] : terms));
      link.addEventListener("click", (event) => { event.preventDefault(); goTo(entry); });
      item.append(link);
      return item;
    }));
  };
  box.addEventListener("input", show);
  box.addEventListener("focus", show);
  const search = box.closest(".search");
  search.addEventListener("keydown", (event) => {
    const links = $$("a", hits);
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && !panel.hidden) { event.preventDefault(); panel.hidden = true; box.focus(); panel.hidden = true; }
    else if (event.key === "ArrowDown" && links.length) { event.preventDefault(); links[Math.min(at + 1, links.length - 1)].focus(); }
    else if (event.key === "ArrowUp" && at >= 0) { event.preventDefault(); (links[at - 1] || box).focus(); }
    else if (event.key === "Enter" && at < 0 && links.length) { event.preventDefault(); links[0].click(); }
  });
  search.addEventListener("focusout", (event) => { if (!search.contains(event.relatedTarget)) panel.hidden = true; });

  arrive();  // what was put into the page above has moved its target
});
})();
