"""Questions that got no answer: kept for the curator, and grouped for reading."""
