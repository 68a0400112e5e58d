"""Puts the web server together: Streamlit's pages behind the gate. Started by nine_steps.py, uvicorn or `streamlit run`."""

from pathlib import Path

import streamlit as st

from pso_core.ui.faults import show_fault
from pso_core.web.server import MIDDLEWARE, ROUTES, lifespan

MAIN = Path(__file__).resolve().parent / "pso_core" / "ui" / "main.py"

app = st.App(MAIN, routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan, on_script_error=show_fault)
