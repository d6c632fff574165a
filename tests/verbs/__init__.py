"""Tests of bot.verbs."""
