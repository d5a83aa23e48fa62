"""What pages of several rooms show, gathered as values."""
