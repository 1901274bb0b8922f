Feature: Models of a keyspace that is there already
  A program rarely begins with an empty cluster. `coodie inspect` reads the schema of a keyspace and writes its models:
  keys and their order, types to any depth, user types, indexes, options, static columns, counters, views.

  What it writes is compared with the keyspace before anybody sees it: syncing the new models sends nothing.

  Background:
    Given a keyspace without tables

  Rule: What the schema says, the models say

    Scenario: A table with its type, its index and its view
      Given somebody has made these with CQL
        """cql
        CREATE TYPE address (street text, zip int);
        CREATE TABLE customer (
          country text, id timeuuid, "from" text, homes list<frozen<address>>, joined date, note text STATIC,
          PRIMARY KEY (country, id)
        ) WITH CLUSTERING ORDER BY (id DESC) AND default_time_to_live = 86400;
        CREATE INDEX ON customer ("from");
        CREATE MATERIALIZED VIEW customer_by_day AS SELECT country, id, joined FROM customer
          WHERE joined IS NOT NULL AND country IS NOT NULL AND id IS NOT NULL PRIMARY KEY (joined, country, id)
        """
      When somebody runs `coodie inspect --sync`
      Then it prints
        """python
        \"\"\"The models of keyspace `shop`, as … has them.\"\"\"

        import datetime as dt
        from typing import Annotated
        from uuid import UUID

        from coodie import (
            ClusteringKey,
            Column,
            Indexed,
            PrimaryKey,
            Static,
            TimeUUID,
            UserType,
        )
        from coodie.sync import Document, MaterializedView
        from pydantic import Field


        class Address(UserType):
            \"\"\"A value of type `address`.\"\"\"

            street: str | None = None
            zip: int | None = None


        class Customer(Document):
            \"\"\"A row of table `customer`.\"\"\"

            country: Annotated[str, PrimaryKey()]
            id: Annotated[UUID, ClusteringKey("DESC"), TimeUUID()]
            note: Annotated[str | None, Static()] = None
            from_: Annotated[str | None, Indexed(), Column(name="from")] = None
            homes: list[Address] = Field(default_factory=list)
            joined: dt.date | None = None

            class Settings:
                __default_ttl__ = 86400


        class CustomerByDay(MaterializedView):
            \"\"\"A row of view `customer_by_day` of `customer`.\"\"\"

            joined: Annotated[dt.date, PrimaryKey()]
            country: Annotated[str, ClusteringKey()]
            id: Annotated[UUID, ClusteringKey("DESC", clustering_key_index=1), TimeUUID()]

            class Settings:
                __base_table__ = Customer
        """

    Scenario: What Python cannot hold is left out, and told
      Given somebody has made these with CQL
        """cql
        CREATE TABLE odd (id int PRIMARY KEY, name text, seen set<frozen<list<int>>>)
        """
      When somebody runs `coodie inspect -o odd.py`
      Then it prints
        """
        odd.py: 1 class; syncing it to shop sends nothing
        """
      And it complains
        """
        table odd, column seen: frozen<list<int>> inside a set or as a key of a map has no hashable type in Python; it is left out
        """

    Scenario: A keyspace that is not there
      When somebody runs `coodie inspect --keyspace nowhere`
      Then it complains
        """
        coodie: keyspace 'nowhere' does not exist: make it with coodie sync --create-keyspace REPLICAS, or
        with CREATE KEYSPACE in coodie server cql
        """
      And the exit code is 1

  Rule: The models of every demo's keyspace sync to nothing

    Scenario Outline: The keyspace of a demo
      Given the tables of the demo "<demo>"
      When somebody runs `coodie inspect -o written.py`
      And somebody runs `coodie sync written.py --check`
      Then it prints
        """
        0 statements would be sent; … already there
        """
      And the exit code is 0
      And "written.py" needs no formatting

      Examples:
        | demo               |
        | argus-tracker      |
        | batch-importer     |
        | collections-tags   |
        | django-taskboard   |
        | fastapi-catalog    |
        | flask-blog         |
        | lwt-user-registry  |
        | materialized-views |
        | migration-guide    |
        | polymorphic-cms    |
        | realtime-counters  |
        | timeseries-iot     |
        | ttl-sessions       |
        | vector-search      |
