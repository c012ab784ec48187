// What a reader, also one who hears the page, gets from the document: a list of pieces
// {kind, path, text, box, row, column, record, group}. Invisible layouts and icons are left out.
() => {
  const pieces = [];
  const lines = element => {
    let text = "";
    const walk = node => {
      if (node.nodeType === Node.TEXT_NODE) { text += node.data; return; }
      if (node.nodeType !== Node.ELEMENT_NODE) return;
      if (node.dataset && node.dataset.testid === "stIconMaterial") return;
      if (node.tagName === "BR" || node.tagName === "text" && text.trim()) text += "\n";
      node.childNodes.forEach(walk);
    };
    walk(element);
    return text.replace(/[ \t ]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
  };
  const path = element => {
    const names = [];
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      const key = [...e.classList].filter(c => c.startsWith("st-key-")).map(c => c.slice(7))[0] || e.id;
      if (key && key !== "root" && key !== names[0]) names.unshift(key);
    }
    return names.join("/");
  };
  const box = element => {
    const r = element.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom].map(v => Math.round(v * 10) / 10);
  };
  const add = (kind, element, text, more = {}) => {
    if (text) pieces.push({ kind, path: path(element), text, box: box(element), row: "", column: "",
                            record: "", group: -1, tag: element.tagName.toLowerCase(),
                            style: element.className && element.className.baseVal === undefined
                                   ? String(element.className) : "", ...more });
  };
  const record = element => {
    const article = element.closest("article[id]");
    return article ? article.id.replace(/^record-/, "") : "";
  };
  const inline = element => [...element.children].every(child =>
    child.tagName !== "svg" && child.tagName !== "TABLE" &&
    (child.tagName === "BR" || /^(inline|contents|none)/.test(getComputedStyle(child).display) ||
     child.closest(".unseen")) && inline(child));
  const heard = element => {
    for (const name of ["aria-label", "title", "alt"])
      if (element.getAttribute(name)) add(name === "title" ? "title" : "alt", element, element.getAttribute(name).trim());
    if (/^(INPUT|TEXTAREA)$/.test(element.tagName) && element.value) add("input", element, element.value);
  };
  const table = element => {
    const rows = [...element.querySelectorAll("tr")];
    const heads = rows.length ? [...rows[0].cells].map(lines) : [];
    const headed = rows.length && rows[0].cells[0] && rows[0].cells[0].closest("thead");
    for (const row of rows) {
      const cells = [...row.cells].map(lines);
      const known = row.querySelector("[data-sel]")?.dataset.sel || (headed && heads.at(-1) === "Record" ? cells.at(-1) : "");
      [...row.cells].forEach((cell, n) => add("cell", cell, cells[n], {
        row: n ? cells[0] : "", column: headed && row !== rows[0] ? heads[n] : "", record: known,
        whole: cells.join(" | ") }));
    }
  };
  let pictures = 0;
  const picture = element => {
    const group = pictures++;
    for (const text of element.querySelectorAll("g[text-anchor], text:not(g[text-anchor] text)"))
      add("figure", text, lines(text), { group });
    for (const text of element.querySelectorAll(":scope title, :scope desc"))
      add(text.parentElement === element ? "alt" : "hover", text, text.textContent.trim());
    for (const link of element.querySelectorAll("a[aria-label]")) {
      const name = (link.getAttribute("href") || "").replace(/^#record-/, "");
      add("hover", link, link.getAttribute("aria-label"), { record: name });
    }
  };
  const visit = element => {
    if (/^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(element.tagName)) return;
    if (element.dataset && element.dataset.testid === "stIconMaterial") return;
    if (element.getAttribute("aria-live") || element.getAttribute("role") === "status") return;
    // what groups an element of ours has no box of its own
    if (!element.checkVisibility() && !element.parentElement.classList.contains("stBidiComponent")) return;
    heard(element);
    const plot = element.querySelector(":scope > .under + .marks");
    if (plot) {
      const group = pictures++;
      heard(plot);
      for (const text of element.querySelectorAll(".under p, svg text")) add("figure", text, lines(text), { group });
      for (const trace of plot.data || []) {
        const words = trace.hovertext || trace.text || [];
        const marks = trace.customdata || [];
        [].concat(words).forEach((text, n) => {
          const mark = Array.isArray(marks[n]) ? marks[n][0] : marks[n];
          if (text) add("hover", plot, String(text).replace(/<br>/g, "\n").replace(/<[^>]*>/g, ""),
                        { record: typeof mark === "string" ? mark : "" });
        });
      }
      return;
    }
    if (element.tagName === "svg") { picture(element); return; }
    if (element.tagName === "TABLE") { table(element); return; }
    if (element.children.length && !inline(element)) {
      for (const node of element.childNodes) {
        if (node.nodeType === Node.ELEMENT_NODE) visit(node);
        else if (node.nodeType === Node.TEXT_NODE && node.data.trim())
          add("text", element, node.data.trim().replace(/\s+/g, " "), { record: record(element) });
      }
      return;
    }
    for (const child of element.querySelectorAll("*")) heard(child);
    add("text", element, lines(element), { record: record(element) });
  };
  visit(document.body);
  return JSON.stringify(pieces);  // as one text: a driver that checks every value takes seconds
}
