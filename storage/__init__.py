"""Keeps the data: SQLAlchemy on SQLite or PostgreSQL, behind the ports of planning."""
