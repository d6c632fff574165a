"""The Telegram edge: updates in, messages out. Nothing here knows the article."""

import os

# The library's own switch: RetryAfter.retry_after is a timedelta, without a deprecation warning per error.
os.environ.setdefault("PTB_TIMEDELTA", "1")
