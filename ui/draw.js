/* Streamlit has plotly draw each chart twice: before it knows the width of the chart, hidden, and again once
   it does. Here a chart is drawn once, for the width that it will have; those that are not on screen wait until
   the browser has shown what is; and in place of each colour stands the variable of its name, which differs in
   the light and the dark edition. */
(() => {
  const SAME = 1; // px, two widths that draw the same
  const PATIENCE = 500; // ms after which a chart out of sight is drawn even in a busy browser

  const drawn = new WeakMap(); // the element of a chart -> what it was last drawn from
  const waiting = new Set(); // what draws the charts that are out of sight

  const onScreen = (chart) => {
    const { top, bottom, width } = chart.parentElement.getBoundingClientRect();
    return width > 0 && bottom > 0 && top < innerHeight;
  };
  const idle = () =>
    new Promise((resolve) => {
      const draw = () => {
        waiting.delete(draw);
        resolve();
      };
      waiting.add(draw);
      // after the next frame, so that what is on screen is painted first; Safari has no requestIdleCallback
      requestAnimationFrame(() => (window.requestIdleCallback ?? setTimeout)(draw, { timeout: PATIENCE }));
    });
  addEventListener("beforeprint", () => waiting.forEach((draw) => draw()));

  // ---- colours ----

  const inks = JSON.parse(document.getElementById("inks").textContent); // what the browser calls a colour -> its name
  const ink = (part) => {
    const hatch = part.parentElement?.tagName === "pattern"; // of hatches attributes have the colour
    for (const property of ["fill", "stroke"]) {
      const name = inks[part.style[property] || (hatch && part.getAttribute(property))];
      if (name) part.style[property] = `var(--${name})`;
    }
  };
  const inking = new MutationObserver((changes) => {
    const parts = new Set();
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") parts.add(target);
      else for (const part of addedNodes) {
        if (part.nodeType !== Node.ELEMENT_NODE || parts.has(part)) continue;
        for (const inner of part.querySelectorAll("*")) parts.add(inner);
        parts.add(part);
      }
    }
    parts.forEach(ink);
    inking.takeRecords(); // of what was just inked
  });

  // ---- drawing ----

  const once = (plotly) => {
    const { react } = plotly;
    plotly.react = async function (chart, figure, ...more) {
      if (!figure?.layout) return react.call(this, chart, figure, ...more);
      const { width = chart.parentElement.getBoundingClientRect().width, ...layout } = figure.layout;
      const { data, config } = figure;
      const source = JSON.stringify([data, layout, Object.keys(config ?? {})]);
      const last = drawn.get(chart);
      if (last?.source === source && Math.abs(last.width - width) < SAME) return chart;
      if (!last && !onScreen(chart)) await idle();
      drawn.set(chart, { source, width });
      if (!chart.isConnected) return chart;
      if (!last) inking.observe(chart, { subtree: true, childList: true, attributeFilter: ["style"] });
      return react.call(this, chart, width ? { ...figure, layout: { ...layout, width } } : figure, ...more);
    };
  };

  let loaded;
  Object.defineProperty(window, "Plotly", {
    configurable: true,
    get: () => loaded,
    set: (plotly) => {
      loaded = plotly;
      if (plotly?.react) once(plotly);
    },
  });
})();
