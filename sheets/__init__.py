"""Reads and writes the spreadsheets that teams have, behind the ports of planning."""
