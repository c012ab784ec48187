"""The home page, and the file that `streamlit run` takes."""

import streamlit as st

# Imported by the server it is the application around all pages; run for a visitor it is the home page. The
# server listens before charts and pages are imported.
if __name__ != "__main__":
    from ui.server import server

    app = st.App(__file__, **server())
else:
    from ui.page import page
    from ui.quality import quality

    page("overview", otherwise=quality)
