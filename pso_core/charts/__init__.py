"""How it looks: a data frame in, a chart out, one theme.

Altair checks every part against the Vega-Lite schema as it is built, at every rerun of a page. The charts are ours,
not a person's: tests check each whole chart once instead.
"""

from altair.utils import schemapi

schemapi.DEBUG_MODE = False
