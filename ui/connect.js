/* Where the server is. Streamlit's page looks for it: on every page but the first at a wrong address, then at
 * the right one, and only then it connects. Each look waits for plotly's script, which keeps the browser busy
 * for a second. Told where it is, Streamlit connects at once and asks for its settings beside that. */
window.__streamlit = {
  BACKEND_BASE_URL: new URL(".", document.baseURI).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};

/* Where no websocket gets through, or one is lost, Streamlit tries again for ever, beside an empty page or one
 * that answers no click. What the first answer holds for that case is shown as long as it lasts. A link that is
 * followed meanwhile changes the address alone: Streamlit drops what it cannot send, and is told again. */
const PATIENCE = 4000; // ms after everything else was loaded, or after the connection was lost
const BUSY = 8000; // ms in which a server that is reached, and has much to do, begins to draw
const WAYS = 5; // there and back until a page is drawn, for which a slow net has as much more time
addEventListener("load", () => {
  const notice = document.getElementById("unconnected");
  const [first] = performance.getEntriesByType("navigation"); // none in a browser that hides times
  const patience = PATIENCE + WAYS * (first ? first.responseStart - first.requestStart : 0);
  let well = performance.now(), address = location.href, lost = false;
  setInterval(() => {
    const drawn = document.documentElement.classList.contains("drawn");
    const connected = document.querySelector("[data-test-connection-state=CONNECTED]");
    const works = drawn && connected;
    if (works && lost && address !== location.href) dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (works) address = location.href;
    lost = drawn && !connected;
    // of Streamlit: it would lie over the notice, with less to say, and let nothing else be chosen
    if (!connected) document.querySelector("[data-testid=stDialog] button")?.click();
    if (works || document.hidden) well = performance.now(); // out of sight nothing is drawn
    notice.hidden = performance.now() - well < (connected && !drawn ? Math.max(BUSY, patience) : patience);
    notice.querySelector("a").search = location.search;
  }, 250);
});
