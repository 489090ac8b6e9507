"""What a file of influencers says: which column is what, and each row as a draft or a problem."""
