/* Where the server is. Streamlit's page looks for it: on every page but the first at a wrong address, then at
 * the right one, and only then it connects. Each look waits for plotly's script, which keeps the browser busy
 * for a second. Told where it is, Streamlit connects at once and asks for its settings beside that. */
window.__streamlit = {
  BACKEND_BASE_URL: new URL(".", document.baseURI).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};

/* Where no websocket gets through, Streamlit tries again for ever behind an empty page. What the first answer
 * holds for that case is shown; it goes when the page is drawn after all (look.css). */
const PATIENCE = 4000; // ms after everything else was loaded
addEventListener("load", () => setTimeout(() => {
  document.querySelector("#unconnected a").search = location.search;
  document.getElementById("unconnected").hidden = false;
}, PATIENCE));
