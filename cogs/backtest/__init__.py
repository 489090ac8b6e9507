"""`/backtest`: how well the estimates foretell the server's own posts."""

from cogs.backtest.cog import BacktestCog

__all__ = ["BacktestCog"]
