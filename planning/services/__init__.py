"""The use cases: async functions over the ports, each one transaction."""
