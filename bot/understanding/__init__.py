"""Understanding: from a message's words to concepts, from concepts to the topic they speak for, or to none."""
