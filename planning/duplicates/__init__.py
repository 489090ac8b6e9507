"""Accounts that are likely the same account, or the same person's: found by what they share, and proposed."""
