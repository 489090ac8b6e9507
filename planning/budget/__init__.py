"""A budget spent on the creators who bring the most: candidates, their prices, the exact choice, and how sure it is.

`candidates` prices and values the roster, `planner` answers a whole question, `optimiser` makes the exact choice.
"""
