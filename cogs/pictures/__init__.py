"""The pictures on cards: what they show is laid out here, and drawn in a process of its own.

`figures` is what a feature fills in, `report`, `comparison` and `budget` make a drawing of it with every label in the
reader's language, and `studio` has it drawn: `await studio.draw(report_drawing(t, figures))`. Nothing but the process
in `worker` imports matplotlib. What crosses over to it is in `spec`.
"""
