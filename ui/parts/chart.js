/* A chart between its head and its foot: plotly's marks above what stands around them, drawn once for the width that it has, and drawn over
   when it changes. What is below the screen waits until what is on it has been shown. In place of each colour
   stands the variable of its name, which differs in the light and the dark edition. */
import { fill } from "../cstodash.part/part.js";

const SAME = 1; // px, two widths that draw the same
const PATIENCE = 500; // ms after which a chart out of sight is drawn even in a busy browser
const UNSEEN = 200; // ms after which the words beside a mark that was opened go
const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, doubleClickDelay: 0, showTips: false };
const INKS = JSON.parse(document.getElementById("inks").textContent); // what the browser calls a colour -> its name

const small = matchMedia("(max-width: 53.75em)"); // as in look.css
// Plotly takes the browser half a second to read: what stands around the marks, and the evidence, are painted
// before, unless it was read already while the server got ready
const painted = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
const loaded = async () => {
  const link = document.getElementById("plotly");
  const script = link.src ? link : document.createElement("script");
  if (script !== link) await painted();
  if (!window.Plotly)
    await new Promise((resolve) => {
      script.addEventListener("load", resolve);
      if (script !== link) document.head.append(Object.assign(script, { src: link.href }));
    });
  return window.Plotly;
};
/* Whether the last press is a click, which opens a mark. A right click and, on a Mac, one with Control open the
   browser's menu and nothing else; so does a finger that is held, also where there is no menu; and who lets go
   elsewhere has drawn, or thought better of it. */
const HELD = 500; // ms of a finger: what phones take for a long press
const STRAY = 12; // px: half of a mark's target
let pressed = null, clicks = true;
addEventListener("pointerdown", (event) => ([pressed, clicks] = [event, true]), true);
addEventListener("contextmenu", () => (clicks = false), true);
addEventListener("pointerup", ({ clientX, clientY, pointerType, timeStamp }) => {
  if (!pressed) return;
  if (Math.hypot(clientX - pressed.clientX, clientY - pressed.clientY) > STRAY) clicks = false;
  if (pointerType === "touch" && timeStamp - pressed.timeStamp > HELD) clicks = false;
}, true);
let plotly = null;
/* How much larger than usual the reader has letters. */
const enlarged = () => parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
const NARROWEST = 280; // px that a chart needs for its words: on a phone it is enlarged as far as there is room
const charts = new Map(); // the element that Streamlit keeps for a chart -> the chart
const late = new Set(); // charts that wait
const all = (draw) => charts.forEach(draw);
small.addEventListener("change", () => all((chart) => chart.draw()));
addEventListener("picked", () => all((chart) => chart.frame())); // by panel.js
// on paper a chart stays as it was drawn for the window, and look.css makes it fit the sheet; but not the high and
// narrow one of a phone, which would be too small to read
const printing = matchMedia("print");
const SHEET = 800; // px of a chart for paper, as in a window that is just wide enough for it
const SLIDE = 1280; // the same of a slide, whose words are larger
let paper = false;
addEventListener("beforeprint", () => {
  paper = true;
  all((chart) => chart.drawFor(true));
  late.forEach((chart) => chart.drawNow());
});
addEventListener("afterprint", () => {
  paper = false;
  all((chart) => chart.draw());
});

class Chart {
  constructor(parent) {
    this.parent = parent;
    [this.head, this.key, this.place, this.foot] = ["head", "keys", "chart", "foot"].map((name) => {
      const part = parent.appendChild(document.createElement("div"));
      part.className = name;
      return part;
    });
    this.plate = document.createElement("div");
    this.plate.className = "plate";
    this.place.replaceWith(this.plate);
    this.plate.append(this.place);
    [this.under, this.marks, this.frames] = ["under", "marks", "frames"].map((name) => {
      const layer = this.place.appendChild(document.createElement("div"));
      layer.className = name;
      return layer;
    });
    for (const layer of [this.under, this.frames]) layer.ariaHidden = true;
    this.marks.role = "figure";
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(parent);
  }

  show(data) {
    this.data = data;
    fill(this.head, data.head);
    fill(this.foot, data.foot);
    this.marks.ariaLabel = data.alt;
    this.draw();
  }

  /* Frames what is selected. */
  frame() {
    const { picked } = document.documentElement.dataset;
    for (const { dataset, classList } of this.frames.children)
      classList.toggle("picked", dataset.of.split(" ").includes(picked));
  }

  /* Shows the layout that fits the window, unless that is being printed. */
  draw() {
    if (!this.layout || !(paper || printing.matches)) this.drawFor(false);
  }

  /* Shows the layout for a sheet or for the window: what is around the marks at once, and those if they are on screen. */
  drawFor(sheet) {
    const layout = this.data?.[small.matches && !sheet ? "narrow" : "wide"];
    const presented = this.parent.closest(".st-key-presented");
    const room = sheet && small.matches ? (presented ? SLIDE : SHEET) : this.parent.clientWidth;
    const fitted = presented && !small.matches; // by look.css, to the window
    const larger = fitted ? 1 : Math.min(enlarged(), Math.max(1, room / NARROWEST));
    const width = room / larger;
    if (!layout || !width || (layout === this.layout && Math.abs(width - this.width) < SAME)) return;
    if (layout !== this.layout) {
      const { figure, key, under, frames, left, right, top } = JSON.parse(layout);
      const open = this.key.querySelector("details")?.open;
      this.key.innerHTML = key;
      this.key.querySelector("details")?.toggleAttribute("open", Boolean(open));
      this.figure = figure;
      this.place.style.height = `${figure.layout.height}px`;
      for (const [layer, html] of [[this.under, under], [this.frames, frames]]) {
        layer.innerHTML = html;
        Object.assign(layer.style, { left: `${left}px`, right: `${right}px`, top: `${top}px` });
      }
      this.frame();
    }
    [this.layout, this.width] = [layout, width];
    this.plate.classList.toggle("enlarged", larger !== 1);
    for (const [name, value] of [["wide", `${width}px`], ["high", this.place.style.height], ["size", larger]])
      this.plate.style.setProperty(`--${name}`, value);
    const { top, bottom } = this.place.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) this.drawNow();
    else if (!late.has(this)) {
      late.add(this);
      const draw = () => late.has(this) && this.drawNow();
      // after the next frame, so that what is on screen is painted first; Safari has no requestIdleCallback
      requestAnimationFrame(() => (window.requestIdleCallback ?? setTimeout)(draw, { timeout: PATIENCE }));
    }
  }

  async drawNow() {
    late.delete(this);
    const { react } = await (plotly ??= loaded());
    if (!this.place.isConnected) return;
    const { data, layout } = this.figure;
    react(this.marks, data, { ...layout, width: this.width }, CONFIG);
    for (const part of this.marks.querySelectorAll(".main-svg path"))
      for (const property of ["fill", "stroke"]) {
        const name = INKS[part.style[property]];
        if (name) part.style[property] = `var(--${name})`;
      }
    if (this.listens) return;
    this.listens = true;
    this.marks.on("plotly_hover", ({ points }) => {
      const address = points[0]?.customdata;
      if (address) dispatchEvent(new CustomEvent("pointed", { detail: address }));
    });
    this.marks.on("plotly_click", ({ points, event }) => {
      const address = points[0]?.customdata;
      if (!address || event.button || !clicks) return;
      dispatchEvent(new CustomEvent("open", { detail: { sel: address } }));
      setTimeout(() => this.place.isConnected && window.Plotly.Fx.unhover(this.marks), UNSEEN); // its words lie over others
    });
  }

  remove() {
    late.delete(this);
    this.resized.disconnect();
    window.Plotly?.purge(this.marks);
    this.parent.replaceChildren();
  }
}

export default ({ data, parentElement }) => {
  if (!charts.has(parentElement)) charts.set(parentElement, new Chart(parentElement));
  charts.get(parentElement).show(data);
  return () => {
    charts.get(parentElement).remove();
    charts.delete(parentElement);
  };
};
