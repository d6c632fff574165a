"""python-telegram-bot's own echo bot: its Application, its Updater, its HTTP client.

`python -m bench.stock_bot CONCURRENCY` with BOT_API_URL and BOT_TOKEN; 0 is one after another, its default.
"""

import os
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Send the text back."""
    if update.message is not None and update.message.text is not None:
        await update.message.reply_text(update.message.text)


def main() -> None:
    """Poll until a signal."""
    builder = Application.builder().token(os.environ["BOT_TOKEN"]).base_url(os.environ["BOT_API_URL"] + "/bot")
    application = builder.concurrent_updates(int(sys.argv[1]) or False).build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()
