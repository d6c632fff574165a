"""Language data: what is known of languages and of no article in particular."""
