"""The proof on real ground: two thousand actions in the real Bandung, each number compared with a plain computation."""
