"""Tests of Citebot; the folders mirror the rooms of `bot`."""
