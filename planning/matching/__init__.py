"""Niches as people say them: which of a server's own tags a query means, by meaning and not by spelling alone."""
