/* Where the server is. Streamlit's page looks for it: on every page but the first at a wrong address, then at
 * the right one, and only then it connects. Each look waits for plotly's script, which keeps the browser busy
 * for a second. Told where it is, Streamlit connects at once and asks for its settings beside that. */
window.__streamlit = {
  BACKEND_BASE_URL: new URL(".", document.baseURI).href,
  HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
};
