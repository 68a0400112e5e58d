"""The few scripts of our own that run inside a page: constants, allowed by their digest and never built from text."""

TO_SIGN_IN = "window.location.assign('/sign-in?next=' + encodeURIComponent(window.location.pathname))"

OURS = (TO_SIGN_IN,)
