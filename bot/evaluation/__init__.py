"""Measuring understanding on labelled questions."""
