"""How it is commanded: the actions without a browser. Words in, an answer out, 0 done, 1 refused, 2 not understood."""
