"""What the next posts of an account will bring: estimates of its engagement rate, and the proof that they hold."""
