"""Clients of the platforms, one folder each, behind the ports of planning. None yet: numbers come by hand or file."""
