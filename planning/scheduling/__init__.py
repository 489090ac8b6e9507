"""Scheduled posts: what a schedule is, when it is due, what became of each run, and what a post tells anew."""
