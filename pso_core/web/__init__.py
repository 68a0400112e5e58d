"""The web server around Streamlit: the gate, sign-in, first start, headers."""
