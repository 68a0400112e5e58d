"""`python -m pso_core --db FILE …`: the same actions as the pages, for administrators and scripts."""

import sys

from pso_core.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
