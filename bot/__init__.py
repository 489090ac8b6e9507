"""The composition root and the runtime: the only package that may import every other."""

import gc

USUAL_COLLECTIONS = gc.get_threshold()
"""How often Python's garbage collector comes by default."""

# A start makes some 250,000 objects that it counts, and they stay: walking through them again and again took a sixth
# of all imports. `bot.runtime.freeze_what_stays` puts it back once the bot is there; a command ends before.
gc.set_threshold(400_000)
