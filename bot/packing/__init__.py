"""Packing: an engine's tables as the sections of a file, and back."""
