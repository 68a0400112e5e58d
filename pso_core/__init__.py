"""Nine Steps: the program behind the pages, from what is true (domain) to how it is shown (ui)."""
