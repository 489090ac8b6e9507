"""The names of an account's niches, in its own order, as a column of a statement that reads accounts.

A second statement for them would double the time of every read: each costs four turns between threads on SQLite.
"""

from typing import Any

from sqlalchemy import Text, and_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement

from storage.tables import account, account_niche, niche


class JsonNames(FunctionElement[str]):
    """A group's names as the text of a JSON array."""

    type = Text()
    inherit_cache = True


@compiles(JsonNames, "sqlite")
def _sqlite(element: JsonNames, compiler: SQLCompiler, **options: Any) -> str:
    return f"json_group_array({compiler.process(element.clauses, **options)})"


@compiles(JsonNames, "postgresql")
def _postgresql(element: JsonNames, compiler: SQLCompiler, **options: Any) -> str:
    return f"CAST(json_agg({compiler.process(element.clauses, **options)}) AS TEXT)"


_IN_ORDER = (
    select(niche.c.name)
    .select_from(account_niche)
    .join(niche, and_(niche.c.guild_id == account_niche.c.guild_id, niche.c.id == account_niche.c.niche_id))
    .where(account_niche.c.guild_id == account.c.guild_id, account_niche.c.account_id == account.c.id)
    .order_by(account_niche.c.position)
    .correlate(account)
    .subquery("in_order")
)
NICHE_NAMES = select(JsonNames(_IN_ORDER.c.name)).scalar_subquery().label("niche_names")
