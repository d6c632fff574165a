"""`python -m bot` is `citebot`."""

import sys

from bot.verbs.main import main

sys.exit(main())
