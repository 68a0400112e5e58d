"""How the program speaks: its sentences in two languages, and dates as officials write them."""
