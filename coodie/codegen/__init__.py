"""Source code of models, written from a live keyspace or from the models of cqlengine."""
