"""Benchmarks: `make bench` prints one table; every comparison is a ratio measured side by side in one run."""
