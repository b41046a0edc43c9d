// Makes the page better than it is without: the whole matrix with order and filters, two policies side by side, a cookie's own card.
// All that stands in documents is set as text; no markup is ever built from it.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const NONE = "no category";
  const SHORT = { necessary: "Ne", functional: "Fu", analytics: "An", marketing: "Ma", social: "So", security: "Se", other: "Ot" };
  const byId = (id) => document.getElementById(id);
  const codeOf = (category) => (category < 0 ? "none" : data.categories[category]);
  const wordOf = (category) => (category < 0 ? NONE : data.categories[category]);
  const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

  /** An element with attributes and children; a child that is a string is text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value === false || value === undefined) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children);
    return element;
  }

  const chip = (category) => make("span", { class: `chip c-${codeOf(category)}` }, wordOf(category));

  // ---- the matrix

  /** Heights and widths that the style gives to rows and columns, in pixels. */
  const ROW = 26;
  const COLUMN = 28;
  const WIDE_COLUMN = 135;
  const MARGIN = 12;
  /** Columns beyond these are left to the filters: a browser lays no thousands of them out in time. */
  const MAX_COLUMNS = 400;

  /** For each cookie its category by platform. */
  const declared = data.cookies.map(() => new Map());
  data.platforms.forEach((platform, place) => {
    for (const [cookie, category] of platform.cells) {
      if (!declared[cookie].has(place)) declared[cookie].set(place, category);
    }
  });
  const folded = { cookies: data.cookies.map(fold), platforms: data.platforms.map((platform) => fold(platform.label)) };

  function fold(text) {
    return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  }

  const view = { rows: [], columns: [], first: -1, firstColumn: -1, sortedBy: null, descending: false };

  function chosenColumns() {
    const wanted = fold(byId("find-platform").value.trim());
    const family = byId("find-family").value;
    const all = data.platforms.map((_, place) => place);
    return all.filter((place) => folded.platforms[place].includes(wanted) && (!family || data.platforms[place].family === family));
  }

  function chosenRows(columns) {
    const wanted = fold(byId("find-cookie").value.trim());
    const category = byId("find-category").value;
    const share = byId("find-share").value;
    const shown = new Set(columns);
    const rows = [];
    declared.forEach((by, cookie) => {
      if (!folded.cookies[cookie].includes(wanted)) return;
      const cells = [...by].filter(([place]) => shown.has(place));
      if (cells.length === 0 || (category !== "" && !cells.some(([, own]) => own === Number(category)))) return;
      const fits = {
        "": true,
        one: cells.length === 1,
        most: cells.length * 2 > columns.length && cells.length < columns.length,
        all: cells.length === columns.length,
      };
      if (fits[share]) rows.push({ cookie, count: cells.length, category: mostFrequent(cells) });
    });
    return rows.sort(orderOf(byId("order").value));
  }

  function mostFrequent(cells) {
    const counts = new Map();
    for (const [, category] of cells) counts.set(category, (counts.get(category) ?? 0) + 1);
    return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
  }

  function orderOf(name) {
    const orders = {
      name: (a, b) => a.cookie - b.cookie,
      count: (a, b) => b.count - a.count || a.cookie - b.cookie,
      category: (a, b) => (a.category < 0) - (b.category < 0) || a.category - b.category || a.cookie - b.cookie,
    };
    const then = orders[name];
    if (view.sortedBy === null) return then;
    const cell = (row) => declared[row.cookie].get(view.sortedBy) ?? 99;
    const sign = view.descending ? -1 : 1;
    return (a, b) => sign * (cell(a) - cell(b)) || then(a, b);
  }

  function drawMatrix() {
    const columns = chosenColumns();
    view.rows = chosenRows(columns);
    view.columns = columns.slice(0, MAX_COLUMNS);
    const left = columns.length - view.columns.length;
    byId("matrix-status").textContent =
      `${plural(view.rows.length, "cookie", "cookies")} of ${data.cookies.length.toLocaleString("en")}, ` +
      `${plural(view.columns.length, "platform", "platforms")} of ${data.platforms.length.toLocaleString("en")}` +
      (left ? `; ${left.toLocaleString("en")} more fit the filters: narrow them down to see those` : "");
    const grid = byId("grid");
    grid.classList.toggle("wide", view.columns.length <= 8);
    const body = make("tbody");
    const table = make("table", { "aria-rowcount": view.rows.length + 1, "aria-colcount": view.columns.length + 2 });
    table.append(make("caption", { class: "unseen" }, "Cookies by platform; a cell names the category"), columnWidths(), head(), body);
    grid.replaceChildren(table);
    grid.scrollTo(0, 0);
    view.body = body;
    view.first = -1;
    drawRows();
    fitHeight(grid, table);
  }

  /** As high as its rows where they are few. */
  function fitHeight(grid, table) {
    grid.style.height = "";
    const wanted = table.tHead.offsetHeight + view.rows.length * ROW + 22;
    if (wanted < grid.clientHeight) grid.style.height = `${wanted}px`;
  }

  function columnWidths() {
    const group = make("colgroup", {}, make("col", { class: "c" }), make("col", { class: "n" }));
    group.append(...view.columns.map(() => make("col", { class: "p" })), make("col", { class: "fill" }));
    return group;
  }

  function head() {
    const row = make("tr", { "aria-rowindex": 1 }, make("th", { scope: "col", class: "c" }, "Cookie"), make("th", { scope: "col", class: "n number" }, "Count"));
    for (const place of view.columns) {
      const sorted = place === view.sortedBy && (view.descending ? "descending" : "ascending");
      const { label } = data.platforms[place];
      const button = make("button", { type: "button", title: `${label}: sort by it`, onclick: () => sortBy(place) }, label);
      row.append(make("th", { scope: "col", class: "p", "aria-sort": sorted || "none" }, button));
    }
    row.append(make("td", { class: "fill" }));
    return make("thead", {}, row);
  }

  /** The grid stays where it was, to the left and right. */
  function sortBy(place) {
    const { scrollLeft } = byId("grid");
    view.descending = view.sortedBy === place && !view.descending;
    view.sortedBy = place;
    drawMatrix();
    byId("grid").scrollLeft = scrollLeft;
    const index = view.columns.indexOf(place);
    byId("grid").querySelectorAll("thead th.p button")[index]?.focus({ preventScroll: true });
  }

  /** What can be seen of so many rows or columns of a size, with some more on either side. */
  function windowOf(offset, extent, size, count) {
    const first = Math.max(0, Math.floor(offset / size) - MARGIN);
    return { first, last: Math.min(count, first + Math.ceil(extent / size) + 2 * MARGIN) };
  }

  /** Only the cells that can be seen are laid out. */
  function drawRows() {
    const grid = byId("grid");
    const width = grid.classList.contains("wide") ? WIDE_COLUMN : COLUMN;
    const rows = windowOf(grid.scrollTop, grid.clientHeight, ROW, view.rows.length);
    const columns = windowOf(grid.scrollLeft, grid.clientWidth, width, view.columns.length);
    const near = (first, drawn) => Math.abs(first - drawn) < MARGIN / 2;
    if (view.first >= 0 && near(rows.first, view.first) && near(columns.first, view.firstColumn)) return;
    const drawn = [];
    for (let index = rows.first; index < rows.last; index += 1) drawn.push(matrixRow(index, columns));
    const focused = document.activeElement?.closest?.("#grid tbody tr")?.getAttribute("aria-rowindex");
    view.body.replaceChildren(gap(rows.first), ...drawn, gap(view.rows.length - rows.last));
    if (focused) view.body.querySelector(`[aria-rowindex="${focused}"] button`)?.focus({ preventScroll: true });
    view.first = rows.first;
    view.firstColumn = columns.first;
  }

  const gap = (rows) => make("tr", { class: "gap", "aria-hidden": "true" }, make("td", { style: `height:${rows * ROW}px` }));

  function matrixRow(index, { first, last }) {
    const { cookie, count } = view.rows[index];
    const name = data.cookies[cookie];
    const open = make("button", { type: "button", title: name, class: "name", onclick: () => showCookie(cookie) }, name);
    const row = make("tr", { "aria-rowindex": index + 2 }, make("th", { scope: "row" }, open), make("td", { class: "n" }, String(count)));
    const by = declared[cookie];
    if (first > 0) row.append(make("td", { colspan: first }));
    for (let column = first; column < last; column += 1) row.append(cell(by.get(view.columns[column]), column));
    row.append(make("td", { colspan: view.columns.length - last + 1 }));
    return row;
  }

  function cell(category, column) {
    const td = document.createElement("td");
    td.ariaColIndex = column + 3;
    if (category === undefined) return td;
    td.className = `c-${codeOf(category)}`;
    td.title = `${data.platforms[view.columns[column]].label}: ${wordOf(category)}`;
    td.textContent = byId("grid").classList.contains("wide") ? wordOf(category) : (SHORT[codeOf(category)] ?? "–");
    return td;
  }

  // ---- a cookie's own card

  function showCookie(cookie) {
    byId("cookie-name").textContent = data.cookies[cookie];
    const fields = new Set();
    const found = [];
    for (const policy of data.documents) {
      for (const row of policy.rows.filter((candidate) => candidate.c === cookie)) {
        row.f.forEach(([field]) => fields.add(field));
        found.push({ policy, row });
      }
    }
    const columns = [...fields].sort((a, b) => a - b);
    const heads = ["platform", ...columns.map((field) => data.fields[field])].map((text) => make("th", { scope: "col" }, text));
    const body = found.map(({ policy, row }) => {
      const link = make("a", { href: `#${policy.anchor}`, onclick: () => byId("cookie").close() }, policy.label);
      const printed = new Map(row.f.map(([field, text]) => [field, data.strings[text]]));
      return make("tr", {}, make("th", { scope: "row" }, link), ...columns.map((field) => make("td", {}, printed.get(field) ?? "")));
    });
    const table = make("table", {}, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...body));
    const note = make("p", { class: "quiet" }, `Declared in ${plural(found.length, "row", "rows")}.`);
    byId("cookie-body").replaceChildren(note, make("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "What each platform says" }, table));
    byId("cookie").showModal();
  }

  // ---- two policies side by side

  function drawSides() {
    const [a, b] = ["side-a", "side-b"].map((id) => data.documents[Number(byId(id).value)]);
    const everything = byId("side-all").checked;
    const rows = compareRows(a, b);
    const blocks = compareBlocks(a.blocks, b.blocks);
    const differing = [...rows, ...blocks].filter((line) => !line.alike).length;
    const alike = rows.length + blocks.length - differing;
    byId("side-status").textContent = a === b ? "One policy twice." : `${plural(differing, "difference", "differences")}; ${alike.toLocaleString("en")} alike.`;
    const shown = (lines) => lines.filter((line) => everything || !line.alike);
    const head = make("thead", {}, make("tr", {}, make("th", { scope: "col", class: "about" }, "What"), ...[a, b].map(sideHead)));
    const table = make("table", { class: "side" }, head, group("Cookies", shown(rows)), group("Text", shown(blocks)));
    byId("side").replaceChildren(table);
    byId("side").hidden = false;
  }

  const sideHead = (policy) =>
    make("th", { scope: "col" }, make("a", { href: `#${policy.anchor}` }, policy.label), ` ${policy.date ?? "no date"}`);

  function group(title, lines) {
    const body = make("tbody", {}, make("tr", {}, make("th", { colspan: 3, scope: "colgroup" }, lines.length ? title : `${title}: nothing differs`)));
    for (const line of lines) {
      const about = make("th", { scope: "row", class: "about" }, make("span", { class: line.isCookie ? "name" : "" }, line.about));
      if (line.field) about.append(make("br"), make("span", { class: "quiet small" }, line.field));
      body.append(make("tr", { class: line.alike ? "alike" : "" }, about, ...sides(line)));
    }
    return body;
  }

  /** Both cells of a line, with the words marked that one of them alone has. */
  function sides({ a, b, alike }) {
    if (a === null || b === null) {
      return [a, b].map((text, side) => (text === null ? make("td", { class: "lacks" }, "not here") : make("td", {}, make(side ? "ins" : "del", {}, text))));
    }
    if (alike) return [make("td", {}, a), make("td", {}, b)];
    const runs = wordRuns(a, b);
    const cellOf = (own, tag) => {
      const td = make("td");
      for (const run of runs.filter((candidate) => candidate.op === "equal" || candidate.op === own)) {
        td.append(run.op === "equal" ? run[own] : make(tag, {}, run[own]), " ");
      }
      return td;
    };
    return [cellOf("a", "del"), cellOf("b", "ins")];
  }

  function compareRows(a, b) {
    const lines = [];
    const columns = [a, b].map((policy) => new Set(policy.rows.flatMap((row) => row.f.map(([field]) => field))));
    for (const field of new Set([...columns[0], ...columns[1]])) {
      const has = columns.map((fields) => fields.has(field));
      // A column that one of them lacks is one difference and not one for each row.
      if (has[0] !== has[1] && a.rows.length && b.rows.length) {
        lines.push({ about: data.fields[field], field: "column", a: has[0] ? "stated" : null, b: has[1] ? "stated" : null });
      }
    }
    const both = new Set([...columns[0]].filter((field) => columns[1].has(field)));
    for (const [old, now] of pairRows(a.rows, b.rows)) lines.push(...rowLines(old, now, both));
    return lines;
  }

  /** Rows of one cookie are paired in their order, equal ones first. */
  function pairRows(a, b) {
    const pairs = [];
    const left = new Map();
    b.forEach((row) => left.set(row.c, [...(left.get(row.c) ?? []), row]));
    const same = (x, y) => JSON.stringify(x.f.map(([field, , value]) => [field, value])) === JSON.stringify(y.f.map(([field, , value]) => [field, value]));
    const unpaired = [];
    for (const row of a) {
      const candidates = left.get(row.c) ?? [];
      const index = candidates.findIndex((candidate) => same(row, candidate));
      if (index < 0) unpaired.push(row);
      else pairs.push([row, candidates.splice(index, 1)[0]]);
    }
    for (const row of unpaired) pairs.push([row, left.get(row.c)?.shift() ?? null]);
    for (const rows of left.values()) rows.forEach((row) => pairs.push([null, row]));
    return pairs.sort((x, y) => (x[0] ?? x[1]).c - (y[0] ?? y[1]).c);
  }

  function rowLines(old, now, both) {
    const about = data.cookies[(old ?? now).c];
    const inShort = (row) => (row === null ? null : row.f.map(([, text]) => data.strings[text]).join(" · ") || "declared");
    if (old === null || now === null) return [{ about, isCookie: true, field: "row", a: inShort(old), b: inShort(now) }];
    const values = (row) => new Map(row.f.map(([field, text, value]) => [field, { text: data.strings[text], value }]));
    const [x, y] = [values(old), values(now)];
    const lines = [...new Set([...x.keys(), ...y.keys()])]
      .filter((field) => both.has(field))
      .filter((field) => !sameValue(field, x.get(field), y.get(field)))
      .map((field) => ({ about, isCookie: true, field: data.fields[field], a: x.get(field)?.text ?? null, b: y.get(field)?.text ?? null }));
    return lines.length ? lines : [{ about, isCookie: true, a: inShort(old), b: inShort(now), alike: true }];
  }

  function sameValue(field, x, y) {
    if (x === undefined || y === undefined) return false;
    if (x.value === y.value) return true;
    if (data.fields[field] !== "duration") return false;
    const [d, e] = [data.durations[x.value], data.durations[y.value]];
    if (d.kind !== e.kind) return false;
    if (d.seconds === null || e.seconds === null) return d.seconds === e.seconds && d.said === e.said;
    return Math.abs(d.seconds - e.seconds) * 50 <= Math.max(d.seconds, e.seconds);
  }

  const LIKE = 0.5;

  /** Blocks are paired by template; between two that stayed, the likest of what was lost and won. */
  function compareBlocks(a, b) {
    const kept = keptBlocks(a, b);
    const lines = [];
    let [i, j] = [0, 0];
    for (const [x, y] of [...kept, [a.length, b.length]]) {
      lines.push(...gapLines(a.slice(i, x), b.slice(j, y)));
      if (x < a.length) lines.push(blockLine(a[x], b[y]));
      [i, j] = [x + 1, y + 1];
    }
    return lines;
  }

  const textOf = (block) => (block === null ? null : data.strings[block[2]]);

  function blockLine(a, b) {
    const line = (block) => (block && block[3] > 0 ? `line ${block[3]}` : "text");
    const about = [...new Set([a, b].filter(Boolean).map(line))].join(" → ");
    return { about, a: textOf(a), b: textOf(b), alike: a !== null && b !== null && a[1] === b[1] };
  }

  /** The longest run in order of blocks of one template: patience sorting over their first free places. */
  function keptBlocks(a, b) {
    const places = new Map();
    b.forEach((block, place) => places.set(block[0], [...(places.get(block[0]) ?? []), place]));
    const pairs = [];
    a.forEach((block, index) => {
      const place = places.get(block[0])?.shift();
      if (place !== undefined) pairs.push([index, place]);
    });
    const tops = [];
    const before = pairs.map((pair, index) => {
      let pile = 0;
      let end = tops.length;
      while (pile < end) {
        const middle = (pile + end) >> 1;
        if (pairs[tops[middle]][1] < pair[1]) pile = middle + 1;
        else end = middle;
      }
      tops[pile] = index;
      return pile ? tops[pile - 1] : -1;
    });
    const run = [];
    for (let index = tops.at(-1) ?? -1; index >= 0; index = before[index]) run.unshift(pairs[index]);
    return run;
  }

  function gapLines(a, b) {
    const left = [...b];
    const lines = a.map((block) => {
      let best = -1;
      let likest = LIKE;
      left.slice(0, 40).forEach((candidate, index) => {
        const likeness = likenessOf(textOf(block), textOf(candidate));
        if (likeness > likest) [best, likest] = [index, likeness];
      });
      return blockLine(block, best < 0 ? null : left.splice(best, 1)[0]);
    });
    return [...lines, ...left.map((block) => blockLine(null, block))];
  }

  function likenessOf(a, b) {
    const [x, y] = [a.split(/\s+/u), b.split(/\s+/u)];
    const counts = new Map();
    x.forEach((word) => counts.set(word, (counts.get(word) ?? 0) + 1));
    let common = 0;
    for (const word of y) {
      const count = counts.get(word) ?? 0;
      if (count > 0) {
        common += 1;
        counts.set(word, count - 1);
      }
    }
    return (2 * common) / (x.length + y.length);
  }

  /** More words than these, left after the common beginning and end, are shown as one text replaced by the other. */
  const MAX_WORDS = 1200;

  /** Runs of words that both texts have or one alone; quotes and dashes of another kind make no difference. */
  function wordRuns(a, b) {
    const [x, y] = [a, b].map((text) => text.trim().split(/\s+/u));
    const [p, q] = [x, y].map((words) => words.map((word) => word.replace(/[“”„«»″]/gu, '"').replace(/[‘’‚´′]/gu, "'").replace(/[‐-―−]/gu, "-")));
    let start = 0;
    while (start < p.length && start < q.length && p[start] === q[start]) start += 1;
    let end = 0;
    while (end < p.length - start && end < q.length - start && p[p.length - 1 - end] === q[q.length - 1 - end]) end += 1;
    const runs = [];
    const push = (op, own, other) => {
      if (own === "" && other === "") return;
      const last = runs.at(-1);
      if (last?.op === op) {
        last.a = `${last.a} ${own}`.trim();
        last.b = `${last.b} ${other}`.trim();
      } else runs.push({ op, a: own, b: other });
    };
    push("equal", x.slice(0, start).join(" "), y.slice(0, start).join(" "));
    const middle = { p: p.slice(start, p.length - end), q: q.slice(start, q.length - end) };
    const [xs, ys] = [x.slice(start, x.length - end), y.slice(start, y.length - end)];
    if (middle.p.length + middle.q.length > MAX_WORDS) {
      push("a", xs.join(" "), "");
      push("b", "", ys.join(" "));
    } else walk(middle, (op, i, j) => push(op, op === "b" ? "" : xs[i], op === "a" ? "" : ys[j]));
    push("equal", x.slice(x.length - end).join(" "), y.slice(y.length - end).join(" "));
    return runs;
  }

  /** The longest common subsequence, word by word. */
  function walk({ p, q }, step) {
    const width = q.length + 1;
    const lengths = new Uint16Array((p.length + 1) * width);
    for (let i = p.length - 1; i >= 0; i -= 1) {
      for (let j = q.length - 1; j >= 0; j -= 1) {
        lengths[i * width + j] = p[i] === q[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
      }
    }
    let [i, j] = [0, 0];
    while (i < p.length || j < q.length) {
      if (i < p.length && j < q.length && p[i] === q[j]) {
        step("equal", i, j);
        i += 1;
        j += 1;
      } else if (i < p.length && (j === q.length || lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
        step("a", i, j);
        i += 1;
      } else {
        step("b", i, j);
        j += 1;
      }
    }
  }

  // ---- the parts of platforms

  function drawParts() {
    const wanted = fold(byId("find-part").value.trim());
    const parts = [...byId("parts").children];
    const number = (part, name) => Number(part.dataset[name]);
    const orders = {
      // As the page was written: by the numbers within names and without regard to case.
      label: (a, b) => Number(a.id.slice(1)) - Number(b.id.slice(1)),
      flags: (a, b) => number(b, "flags") - number(a, "flags"),
      cookies: (a, b) => number(b, "cookies") - number(a, "cookies"),
      date: (a, b) => (a.dataset.date || "9").localeCompare(b.dataset.date || "9", "en"),
    };
    parts.sort((a, b) => orders[byId("part-order").value](a, b) || orders.label(a, b));
    let shown = 0;
    for (const part of parts) {
      part.hidden = !fold(part.dataset.label).includes(wanted);
      shown += part.hidden ? 0 : 1;
    }
    byId("parts").append(...parts);
    byId("part-status").textContent = `${plural(shown, "platform", "platforms")} of ${parts.length.toLocaleString("en")}`;
  }

  /** What a link leads to is opened first. */
  function openTarget() {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let element = target; element; element = element.parentElement) {
      if (element.tagName === "DETAILS") element.open = true;
      if (element.hidden && element.classList.contains("platform")) element.hidden = false;
    }
    target.querySelector(":scope > details")?.setAttribute("open", "");
    target.scrollIntoView();
  }

  // ---- to begin with

  function listen(ids, event, act) {
    for (const id of ids) byId(id)?.addEventListener(event, act);
  }

  function startMatrix() {
    if (!byId("grid")) return;
    const seen = new Set(data.platforms.flatMap((platform) => platform.cells.map(([, category]) => category)));
    [...data.categories.keys(), -1].filter((category) => seen.has(category)).forEach((category) => byId("find-category").append(make("option", { value: category }, wordOf(category))));
    listen(["find-cookie", "find-platform"], "input", drawMatrix);
    listen(["find-category", "find-family", "find-share"], "change", drawMatrix);
    listen(["order"], "change", () => {
      view.sortedBy = null;
      drawMatrix();
    });
    byId("reset").addEventListener("click", () => {
      for (const id of ["find-cookie", "find-platform", "find-category", "find-family", "find-share"]) byId(id).value = "";
      view.sortedBy = null;
      drawMatrix();
    });
    byId("grid").addEventListener("scroll", drawRows, { passive: true });
    addEventListener("resize", () => {
      view.first = -1;
      drawRows();
    });
    drawMatrix();
  }

  function startSides() {
    if (data.documents.length < 2) {
      byId("compare").remove();
      return;
    }
    for (const id of ["side-a", "side-b"]) {
      byId(id).append(...data.documents.map((policy, index) => make("option", { value: index }, policy.label)));
    }
    byId("side-b").value = "1";
    listen(["side-a", "side-b", "side-all"], "change", drawSides);
    byId("swap").addEventListener("click", () => {
      [byId("side-a").value, byId("side-b").value] = [byId("side-b").value, byId("side-a").value];
      drawSides();
    });
    // The first comparison is made when it comes into sight, so that the page is there at once.
    const watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watch.disconnect();
      drawSides();
    });
    watch.observe(byId("compare"));
  }

  function startParts() {
    if (!byId("parts")) return;
    listen(["find-part"], "input", drawParts);
    listen(["part-order"], "change", drawParts);
    byId("open-all").addEventListener("click", ({ currentTarget }) => {
      const open = currentTarget.textContent === "Open all";
      byId("parts").querySelectorAll(".platform:not([hidden]) > details").forEach((details) => { details.open = open; });
      currentTarget.textContent = open ? "Close all" : "Open all";
    });
  }

  document.documentElement.classList.add("script");
  startMatrix();
  startSides();
  startParts();
  addEventListener("hashchange", openTarget);
  addEventListener("beforeprint", () => document.querySelectorAll("main details").forEach((details) => { details.open = true; }));
  openTarget();
})();
