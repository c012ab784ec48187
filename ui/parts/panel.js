/* The evidence panel. What is opened is asked for by its address and shown as soon as it comes; then Streamlit,
   which keeps the view in the address of the page, is told, and sends the same. */
let panel = null; // of the page that is shown; there is one at most

const frame = (sel) => {
  document.documentElement.dataset.picked = sel;
  dispatchEvent(new Event("picked"));
};

class Panel {
  constructor(parent) {
    this.place = parent.appendChild(document.createElement("div"));
    this.place.addEventListener("click", (event) => this.follow(event));
    this.asked = null; // what was opened here and Streamlit does not know yet: its address, and when
  }

  /* What Streamlit sends. It may be the answer to an earlier click than the last, which is shown already. */
  receive({ html, sel, around, told }, tell) {
    [this.around, this.tell] = [around, tell];
    if (this.asked && sel !== this.asked.sel && told && told !== this.asked.at) return;
    this.asked = null;
    this.show(html, sel);
  }

  show(html, sel) {
    if (this.html !== html) {
      const { id } = this.place.contains(document.activeElement) ? document.activeElement : {};
      this.html = html;
      this.place.innerHTML = html;
      if (id) document.getElementById(id)?.focus({ preventScroll: true });
    }
    frame(sel);
  }

  async page(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(answer.statusText);
    return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main").innerHTML;
  }

  async open(sel) {
    const asked = (this.asked = { sel, at: String(performance.timeOrigin + performance.now()) });
    frame(sel);
    try {
      const html = await this.page(`evidence/${encodeURIComponent(sel)}?${this.around}`);
      if (this.asked !== asked) return;
      this.show(html, sel);
    } catch {
      // Streamlit says what is wrong, or waits until the server is there again
      if (this.asked === asked) this.asked = null;
    }
    // after the next frame, in which it stands
    if (this.asked === asked || !this.asked) requestAnimationFrame(() => setTimeout(() => this.tell(asked)));
  }

  async follow(event) {
    const link = event.target.closest("a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const { sel, part, all, page } = link.dataset;
    if ([sel, part, all, page].every((way) => way === undefined)) return;
    event.preventDefault();
    if (sel) this.open(sel);
    else if (sel === "") this.tell({ sel });
    else if (all) this.tell({ without: true });
    else if (part) this.show(await this.page(link.href), document.documentElement.dataset.picked);
    else if (page) {
      history.pushState({}, "", link.href);
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    }
  }
}

addEventListener("open", ({ detail }) => panel?.open(detail));
addEventListener("popstate", () => {
  if (panel) panel.asked = null;
});

export default ({ data, parentElement, setTriggerValue }) => {
  const mine = (panel = panel?.place.parentElement === parentElement ? panel : new Panel(parentElement));
  mine.receive(data, (value) => setTriggerValue("open", value));
  return () => {
    mine.place.remove();
    if (panel !== mine) return;
    panel = null;
    frame("");
  };
};
