"""Who is told of a concern, step by step, and the mail that tells them."""
