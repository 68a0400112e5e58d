"""A server with one empty page: what Streamlit costs before a page does anything."""

import streamlit as st

app = st.App("page.py")
