"""HTTP/1.1 over asyncio, parsed by llhttp in C; knows nothing of Telegram."""
