"""The other page, to switch to."""

import streamlit as st

st.write("second")
st.page_link("home.py", label="home")
