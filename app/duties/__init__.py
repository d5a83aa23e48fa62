"""What waits for whoever holds a post, and the pages on which the work of that post is done."""
