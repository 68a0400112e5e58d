"""Published and hand-made cases that more than one test looks at."""

LAMPANG = (20, 15, 15, 10, 10, 10, 10, 5, 5)
SWING = (100, 75, 75, 50, 50, 50, 50, 25, 25)

SEVEN_OFFICIALS = (
    (20, 15, 15, 10, 10, 10, 10, 5, 5),
    (25, 15, 10, 10, 10, 10, 10, 5, 5),
    (15, 15, 15, 15, 10, 10, 10, 5, 5),
    (20, 20, 15, 10, 5, 10, 10, 5, 5),
    (18, 14, 16, 12, 10, 8, 12, 6, 4),
    (22, 15, 14, 9, 11, 9, 8, 7, 5),
    (30, 10, 10, 10, 10, 10, 10, 5, 5),
)

# Hayes & Krippendorff 2007, table 1: 40 news items, 5 coders, 0 to 3; "." was not coded
NEWS_TONE = tuple(
    tuple(None if value == "." else int(value) for value in unit)
    for unit in (
        "112.2 1101. 2333. .00.0 000.0 000.0 102.1 1.20. 222.2 2111. .100. 0000. 1222. 33223 111.1 111.1 212.2 1233. 1101. 000.0 "
        "0011. 00.00 2333. 0000. 12.22 0111. 00010 1212. 1122. 112.2 110.0 2121. 22.22 3222. 222.2 223.2 222.2 22.12 2222. 111.1"
    ).split()
)


def rounded(values, digits=4):
    return tuple(round(float(value), digits) for value in values)
