"""The proof on real ground: two thousand deeds in the real Bandung, each number compared with a plain computation of its own."""
