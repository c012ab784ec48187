"""All Streamlit that pages share: a page is one call of `ui.page.page`; around all of them is `ui.server`."""

NAME = "CSTO, on the record"  # of the dashboard
