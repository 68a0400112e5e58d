"""A server with one empty page: what Streamlit costs before a page does anything."""

from pathlib import Path

import streamlit as st

app = st.App(Path(__file__).with_name("page.py"))
