"""The conversation: every kind of update, served by a module of its own."""
