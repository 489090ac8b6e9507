"""What a file of posts says: a creator's export or a plain table, each row as a post or a problem."""
