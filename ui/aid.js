/* What keyboard and screen reader need and Streamlit leaves out: the focus has a place to go when a rerun
   takes the focused control away, what changed is said aloud, an open popover is entered by Tab, and the
   navigation has a name. It draws nothing, and runs once for each load of the page, before Streamlit. */
(() => {
  const QUIET = 150; // ms without a change: a rerun is drawn
  const SAID = "h1, .sentence, .notice:not([role=alert]), .outside, .step, .claim, [class*=st-key-add_] button p, .taken";
  const STOPS = "a[href], button, input, textarea, select, summary, [tabindex]";
  const TAKEN = 2000; // ms for which a button says that its text was copied

  const shown = (part) => part.checkVisibility({ visibilityProperty: true });
  const stopsIn = (place) =>
    [...place.querySelectorAll(STOPS)].filter((part) => part.tabIndex === 0 && !part.disabled && shown(part));
  const keysAbove = (part) => {
    const keys = [];
    for (let at = part; at; at = at.parentElement) keys.push(...at.classList);
    return keys.filter((key) => key.startsWith("st-key-"));
  };
  let pointed = false; // by mouse or finger the focus stays on the opener of a popover: no screen keyboard jumps up
  const go = (part) => {
    if (part.matches("h1, h2")) part.tabIndex = -1;
    part.focus({ preventScroll: pointed }); // the page would move away under a mouse or a finger
  };

  // ---- the focus survives a rerun ----

  let last = null; // what has the focus or had it last
  let before = []; // the keys of what had it before everything was replaced: where present mode returns to
  document.addEventListener("focusin", ({ target }) => {
    last = { part: target, keys: keysAbove(target), path: location.pathname };
  });

  const within = (key) => {
    const place = [...document.getElementsByClassName(key)].find(shown);
    return place && (place.querySelector(".claim") || stopsIn(place)[0]);
  };
  const keepFocus = () => {
    const held = document.activeElement && document.activeElement !== document.body;
    if (held || !last || (last.part.isConnected && !last.part.disabled)) return;
    const here = last.path === location.pathname;
    let home = here && last.keys.map(within).find(Boolean);
    if (!home) {
      home = (here && before.length && within(before[0])) || document.querySelector("h1");
      if (!last.part.matches("h1")) before = last.keys; // a heading was gone to for want of another place
    }
    if (home) go(home);
  };

  // ---- what changed is said aloud, in one place that stays ----

  const voice = document.createElement("div");
  voice.className = "voice";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  const say = (text) => {
    const line = document.createElement("p");
    line.textContent = text;
    voice.replaceChildren(line);
  };
  let heard = null;
  const sayChanges = () => {
    const words = [...document.querySelectorAll(SAID)].filter(shown).map((part) => part.textContent.trim() || part.ariaLabel);
    const fresh = words.filter((text) => text && heard && !heard.has(text));
    if (words.length) heard = new Set(words);
    if (fresh.length) say([...new Set(fresh)].map((text) => text.replace(/[^.?!]$/, "$&.")).join(" "));
  };

  // ---- a popover stands at the end of the page: Tab goes into it and around in it, Escape closes it ----

  const opened = () => {
    const opener = document.querySelector(".stPopover button[aria-expanded=true]");
    const dialog = opener && document.querySelector("[role=dialog]");
    return dialog ? { opener, stops: stopsIn(dialog), dialog } : null;
  };
  const unit = (part) => part.closest("[role=toolbar], [role=radiogroup]") || part;
  let entered = null; // the stop that was gone to on opening, until the next key: one that loads later may stand before it
  document.addEventListener("pointerdown", () => (pointed = true), true);
  document.addEventListener("keydown", (event) => {
    pointed = false;
    entered = null;
    const popover = event.key === "Tab" && opened();
    if (!popover || !popover.stops.length) return;
    const { opener, stops, dialog } = popover;
    const at = document.activeElement;
    const [first, final] = [stops[0], stops[stops.length - 1]];
    const edge = unit(at) === unit(event.shiftKey ? first : final);
    if (at !== opener && !(dialog.contains(at) && edge)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    go(event.shiftKey && at !== opener ? final : first);
  }, true);
  const enterPopover = () => {
    const popover = opened();
    if (popover && !pointed && popover.stops.length && [popover.opener, entered].includes(document.activeElement)) {
      entered = popover.stops[0];
      if (document.activeElement !== entered) go(entered);
    }
  };

  // ---- text to take along ----

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text.textContent);
    } catch { // over plain HTTP browsers have no clipboard
      getSelection().selectAllChildren(text);
      document.execCommand("copy");
    }
  };
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.(".copy button");
    if (!button) return;
    await copy(button.previousElementSibling);
    button.textContent = "Copied";
    button.classList.add("taken");
    setTimeout(() => {
      button.textContent = "Copy";
      button.classList.remove("taken");
    }, TAKEN);
  });

  // ---- names that Streamlit gives no way to write ----

  const name = () => {
    const popover = opened(); // it is named in Markdown, `Speakers :gray[all 5]`
    if (popover) popover.dialog.setAttribute("aria-label", popover.opener.querySelector("p").textContent);
    const nav = document.querySelector(".st-key-nav");
    if (!nav) return;
    nav.setAttribute("role", "navigation");
    nav.setAttribute("aria-label", "Pages");
    for (const link of nav.querySelectorAll("a")) {
      if (link.querySelector("strong")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  };

  const running = () => document.querySelector("[data-test-script-state=running]");
  let timer = 0;
  const settle = () => {
    name();
    enterPopover();
    if (running()) timer = setTimeout(settle, QUIET); // where the focus goes back to may still come
    else keepFocus();
    sayChanges();
  };
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET);
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ["disabled"] });
})();
