/* What keyboard and screen reader need and Streamlit leaves out: the focus has a place to go when a rerun takes
   the focused control away, and what changed is said aloud. It draws nothing, and runs once for each load of the
   page, before Streamlit. */
(() => {
  const QUIET = 150; // ms without a change: a rerun is drawn
  const SAID = "h1, .sentence, .notice:not([role=alert]), .outside, .step, .claim, .add, .taken";
  const STOPS = "a[href], button, input, textarea, select, summary, [tabindex]";
  const TAKEN = 2000; // ms for which a button says that its text was copied

  const shown = (part) => part.checkVisibility({ visibilityProperty: true });
  const stopsIn = (place) =>
    [...place.querySelectorAll(STOPS)].filter((part) => part.tabIndex === 0 && !part.disabled && shown(part));
  const keysAbove = (part) => {
    const keys = [];
    for (let at = part; at; at = at.parentElement) keys.push(`#${at.id}`, ...at.classList);
    return keys.filter((key) => /^#.|^st-key-/.test(key) && !["#root", "#stMain"].includes(key));
  };
  let pointed = false; // by mouse or finger, and not by a key
  document.addEventListener("pointerdown", () => (pointed = true), true);
  document.addEventListener("keydown", () => (pointed = false), true);
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
    const places = key[0] === "#" ? [document.getElementById(key.slice(1))] : [...document.getElementsByClassName(key)];
    const place = places.find((one) => one && shown(one));
    return place && (place.matches(STOPS) ? place : place.querySelector(".claim") || stopsIn(place)[0]);
  };
  const keepFocus = () => {
    const held = document.activeElement && document.activeElement !== document.body;
    if (held || !last || (last.part.isConnected && !last.part.disabled)) return;
    const here = last.path === location.pathname;
    if (!here) before = [];
    let home = here && last.keys.map(within).find(Boolean);
    if (!home) {
      home = (here && before.length && within(before[0])) || document.querySelector("h1");
      if (here && !last.part.matches("h1")) before = last.keys; // a heading was gone to for want of another place
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

  // ---- text to take along ----

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch { // over plain HTTP browsers have no clipboard
      const place = document.body.appendChild(document.createElement("textarea"));
      place.value = text;
      place.select();
      document.execCommand("copy");
      place.remove();
    }
  };
  document.addEventListener("click", async ({ target }) => {
    const button = target.closest?.(".copy button, button[data-copies]");
    if (!button || button.classList.contains("taken")) return;
    const label = button.innerHTML;
    await copy(button.dataset.copies ?? button.previousElementSibling.textContent);
    button.focus({ preventScroll: true });
    button.textContent = "Copied";
    button.classList.add("taken");
    setTimeout(() => {
      button.innerHTML = label;
      button.classList.remove("taken");
    }, TAKEN);
  });

  // ---- what is drawn first is unseen until all of it stands there (look.css): it would move as it comes ----

  const WAITS = "[data-testid=stSkeleton], [data-testid=stAppSkeleton], [data-test-script-state=running]";
  const reveal = () => {
    const ours = [...document.querySelectorAll(".stBidiComponent")];
    const there = ours.length ? ours.every((one) => one.offsetHeight) : document.querySelector(".stHtml [role=alert]");
    if (there && !document.querySelector(WAITS))
      document.documentElement.classList.add("drawn");
    else requestAnimationFrame(reveal);
  };
  reveal();

  const running = () => document.querySelector("[data-test-script-state=running]");
  let timer = 0;
  const settle = () => {
    if (running()) timer = setTimeout(settle, QUIET); // where the focus goes back to may still come
    else keepFocus();
    sayChanges();
  };
  new MutationObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(settle, QUIET);
  }).observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: ["disabled"] });
})();
