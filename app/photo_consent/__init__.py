"""What the public may see: photographs with their owner's consent and an officer's word that they show no faces."""
