"""Messages out: answers rendered, paced and delivered through the Bot API."""
