"""What the bot says, through the running service against the stand-in."""
