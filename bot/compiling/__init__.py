"""Compiling: from verified curated files to the tables that an engine is made from."""
