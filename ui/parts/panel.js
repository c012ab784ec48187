/* The evidence panel. What is opened is asked for by its address and shown as soon as it comes; then the address
   of the dashboard says so too, and Streamlit sends the same. */
import { fill, go, page } from "../cstodash.part/part.js";

const SHEET = matchMedia("(max-width: 79.99875em)"); // as in look.css
const SWIPE = 60; // px
const DOUBLE = 500; // ms in which a second click belongs to the first
const NEAR = 24; // px within which it does

let panel = null; // of the page that is shown; there is one at most

const frame = (sel) => {
  document.documentElement.dataset.picked = sel;
  dispatchEvent(new Event("picked"));
};

class Panel {
  constructor(parent) {
    this.place = parent.appendChild(document.createElement("div"));
    this.place.dataset.parts = "";
    this.opened = null; // what was opened here and Streamlit has not sent yet
  }

  /* What Streamlit sends. It may be the answer to an earlier click than the last, which is shown already. */
  receive({ html, sel, asked, around }) {
    this.around = around;
    if (this.opened !== null && asked !== this.opened) return;
    this.opened = null;
    this.show(html, sel);
  }

  show(html, sel) {
    const box = this.place.closest(".st-key-evidence");
    const scrolled = box.scrollTop; // asked for before anything changes, for then it costs no layout
    fill(this.place, html);
    if (scrolled && sel !== this.sel) box.scrollTop = 0;
    this.sel = sel;
    frame(sel);
  }

  address(sel) {
    return `evidence/${encodeURIComponent(sel)}?${this.around}`;
  }

  /* What a mark says is asked for when it is pointed at: until it is clicked it has come. */
  ask(address) {
    if (this.asked?.address !== address) {
      this.asked = { address, answer: page(address) };
      this.asked.answer.catch(() => (this.asked = null)); // who opens it is told
    }
    return this.asked.answer;
  }

  async open(sel, address = this.address(sel)) {
    this.opened = sel;
    frame(sel);
    try {
      const html = await this.ask(address);
      this.asked = null; // the next time it may say something else
      if (this.opened === sel) this.show(html, sel);
    } catch {
      // Streamlit says what is wrong, or waits until the server is there again
    }
    // after the next frame, in which it stands
    requestAnimationFrame(() => setTimeout(() => {
      if (this.opened !== sel) return;
      const here = new URL(location);
      if (here.searchParams.get("sel") === sel) { // the second click of two: one step back undoes both
        this.opened = null;
        return;
      }
      here.searchParams.set("sel", sel);
      here.search = here.search.replaceAll("%7E", "~");
      go(here);
      this.opened = sel;
    }));
  }
}

/* Escape closes what is open, unless it closes a menu; so does a swipe down on a sheet that stands at its top. */
const clear = () => panel?.place.querySelector(".clear")?.click();
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && !event.target.closest?.("input, textarea, [role=dialog]")) clear();
});
let touched = null;
addEventListener("touchstart", ({ target, touches: [touch] }) => {
  const sheet = target.closest?.(".st-key-evidence");
  touched = sheet && !sheet.scrollTop ? touch.clientY : null;
}, { passive: true });
addEventListener("touchend", ({ changedTouches: [touch] }) => {
  if (touched !== null && touch.clientY - touched > SWIPE && SHEET.matches) clear();
});

addEventListener("pointed", ({ detail: sel }) => panel?.ask(panel.address(sel)));
addEventListener("open", ({ detail: { sel, address } }) => {
  if (address === undefined) opening = lifted;
  panel?.open(sel, address);
});
/* A second click on a mark over which the sheet has come follows no link of the sheet. */
let lifted = null, opening = null; // where a press last ended; where the one did that opened a mark
addEventListener("pointerup", (event) => (lifted = event), true);
addEventListener("click", (event) => {
  if (!opening || event.timeStamp - opening.timeStamp > DOUBLE || !event.target.closest?.(".st-key-evidence")) return;
  if (Math.hypot(event.clientX - opening.clientX, event.clientY - opening.clientY) > NEAR) return;
  event.preventDefault();
  event.stopPropagation();
}, true);
addEventListener("popstate", () => {
  if (panel) panel.opened = null; // what the address says now is shown
});

export default ({ data, parentElement }) => {
  const mine = (panel = panel?.place.parentElement === parentElement ? panel : new Panel(parentElement));
  mine.receive(data);
  return () => {
    mine.place.remove();
    if (panel !== mine) return;
    panel = null;
    frame("");
  };
};
