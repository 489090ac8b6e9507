"""The composition root and the runtime: the only package that may import every other."""
