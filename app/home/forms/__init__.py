"""What pages of several rooms are asked."""
