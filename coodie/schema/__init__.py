"""A model class as one frozen `Table`: columns, keys, indexes, options."""

from coodie.schema.column import ColumnDefinition, IndexDefinition
from coodie.schema.inspect import build_schema, table_of
from coodie.schema.table import Table

__all__ = ["ColumnDefinition", "IndexDefinition", "Table", "build_schema", "table_of"]
