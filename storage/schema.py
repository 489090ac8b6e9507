"""What all tables share: the metadata with its naming convention, and text that is ordered alike everywhere."""

from sqlalchemy import MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ordered by code point on both databases, so that pages and prefixes agree and an index serves them.
PlainText = Text().with_variant(Text(collation="C"), "postgresql")
