"""Answers: what a reply holds, how it is put together, and as plain text."""
