"""Watching the running bot: its pulse, metrics, logs without secrets."""
