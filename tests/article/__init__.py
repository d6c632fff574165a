"""Tests of bot.article."""
