"""The least that Streamlit can show: the floor under every other figure."""

import streamlit as st

st.write("hi")
st.toggle("more", key="more")
if st.session_state["more"]:
    st.write("more")
