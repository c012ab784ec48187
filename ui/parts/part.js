/* A piece of the page as HTML, and what its links do. Each is a link to a page of the dashboard, or to an answer
   of its own, and works as one in another window; followed here, it changes the address, which holds the view, and
   Streamlit runs the page. `data-page` stands on a link to another page, `data-set` says which parameters of the
   address change (NAME! is a list with one choice more or less), `data-sel` what is opened in the panel. */

/* Puts HTML in place of what stands there. The focus, and what is folded out, stay where they were. */
export const fill = (place, html) => {
  if (place.filled === html) return;
  const focus = place.contains(document.activeElement) ? document.activeElement : null;
  const open = [...place.querySelectorAll("details[open][id]")];
  place.filled = html;
  place.innerHTML = html;
  for (const old of open) {
    const fold = document.getElementById(old.id);
    if (!fold) continue;
    if (fold.dataset.src) fold.lastElementChild.replaceWith(old.lastElementChild); // until it is loaded anew
    if (fold.dataset.src === old.dataset.src) fold.loaded = old.loaded; // or for good, if it would be the same
    fold.open = true;
  }
  const there = focus?.isConnected ? focus : focus?.id && place.querySelector(`#${CSS.escape(focus.id)}`);
  if (there) there.focus({ preventScroll: true });
};

/* To the same address again it goes nowhere: one step back undoes both clicks of a double click. */
export const go = (address) => {
  if (new URL(address, document.baseURI).href === location.href) return;
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
};

/* What stands on a page without script. */
export const page = async (address) => {
  const answer = await fetch(address, { priority: "high" });
  if (!answer.ok) throw new Error(answer.statusText);
  const html = await answer.text();
  return html.slice(html.indexOf("<main>") + "<main>".length, html.lastIndexOf("</main>"));
};

let seen = null; // the parameters of the address that the last run of the page saw, as pairs

/* Where a link leads. It was written for what the last run saw; if the address has changed since, by a link that
   was followed a moment ago, this one changes its parameters in that. */
const changed = (link) => {
  const here = new URL(location);
  if (sorted(here.searchParams) === sorted(seen)) return link.href;
  for (const [name, value] of new URLSearchParams(link.dataset.set)) {
    const list = name.replace(/!$/, "");
    const before = here.searchParams.getAll(list).join("~").split("~").filter(Boolean);
    const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
    here.searchParams.set(list, name === list ? value : after.join("~"));
  }
  return addressed(here);
};
const sorted = (pairs) => JSON.stringify([...pairs].sort());
const addressed = (url) => {
  const given = [...url.searchParams].filter(([, value]) => value);
  url.search = new URLSearchParams(given).toString().replaceAll("%7E", "~");
  return url;
};

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const { sel, set, page: other, part } = link.dataset;
  if ([sel, set, other, part].every((way) => way === undefined)) return;
  event.preventDefault();
  if (set !== undefined && event.detail > 1) return; // the second click of two would take back what the first one did
  if (sel) dispatchEvent(new CustomEvent("open", { detail: { sel, address: link.href } }));
  else if (set) go(changed(link));
  else if (part === undefined) go(link.href);
  else fill(link.closest("[data-parts]"), await page(link.href));
});
/* A table is sorted by the column whose head is pressed, and the other way round when it is pressed again. */
document.addEventListener("click", ({ target }) => {
  const head = target.closest?.(".sorts")?.parentElement;
  if (!head) return;
  const [column, down] = [head.cellIndex, head.ariaSort === "ascending"];
  const body = head.closest("table").tBodies[0];
  const rows = [...body.rows].sort((a, b) => a.cells[column].innerText.localeCompare(b.cells[column].innerText, "en"));
  for (const one of head.parentElement.cells) one.ariaSort = null;
  head.ariaSort = down ? "descending" : "ascending";
  body.append(...(down ? rows.reverse() : rows));
});
document.addEventListener("submit", (event) => {
  event.preventDefault();
  const here = new URL(location);
  const given = new FormData(event.target);
  event.target.closest("details")?.removeAttribute("open");
  for (const name of given.keys()) here.searchParams.set(name, given.getAll(name).map((one) => one.trim()).join("~"));
  go(addressed(here));
});

/* What is folded is asked for when it is opened. `toggle` does not bubble. */
document.addEventListener("toggle", async ({ target: fold }) => {
  const { src } = fold.dataset;
  if (!src || !fold.open || fold.loaded === src) return;
  fold.loaded = src;
  const inside = fold.lastElementChild;
  inside.dataset.parts = "";
  try {
    fill(inside, await page(src));
  } catch {
    fold.loaded = "";
    inside.textContent = "The server does not answer. Close this and open it again.";
  }
}, true);

/* A menu closes when what is around it is used, and by Escape. */
const openMenus = () => [...document.querySelectorAll(".menu[open]")];
const closeMenus = ({ target }) => openMenus().forEach((menu) => menu.contains(target) || (menu.open = false));
document.addEventListener("pointerdown", closeMenus, true);
document.addEventListener("focusin", closeMenus);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

const places = new Map();
export default ({ data, parentElement }) => {
  if (!places.has(parentElement)) places.set(parentElement, parentElement.appendChild(document.createElement("div")));
  fill(places.get(parentElement), data.html);
  seen = data.asked;
  return () => {
    places.get(parentElement).remove();
    places.delete(parentElement);
  };
};
