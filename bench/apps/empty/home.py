"""The least that Streamlit can show: the floor under every other figure."""

import streamlit as st

st.write("hi")
st.page_link("pages/second.py", label="second")
st.toggle("more", key="more")
if st.session_state["more"]:
    st.write("more")
