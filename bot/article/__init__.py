"""The article: its paragraphs, sentences and who speaks in them."""
