Feature: A migration is written from what models and keyspace differ in
  `coodie schema-diff` shows how the models of a program and a keyspace differ, and `coodie makemigration` writes it down
  as a migration: columns, user types, options, indexes and views, and how to take each back. The file is a proposal. A
  person reads it, adds what only a person knows (where the values of a new column come from), and commits it.

  What no longer is in the models is left alone unless `--drop` says otherwise: an older version of the program may
  still need it.

  Background:
    Given a keyspace without tables
    And the file "models.py"
      """python
      from typing import Annotated

      from coodie import Indexed, PrimaryKey
      from coodie.sync import Document


      class Customer(Document):
          id: Annotated[int, PrimaryKey()]
          name: str
      """

  Rule: The first migration makes the tables

    Scenario: From nothing
      When somebody runs `coodie makemigration customers models.py`
      Then it prints
        """
        table customer
          + table customer

        wrote migrations/…_001_customers.py
        """
      And the newest migration is
        ```
        """Customers."""

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "customers"

            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute(
                    """
                    CREATE TABLE IF NOT EXISTS "customer" (
                        "id" int,
                        "name" text,
                        PRIMARY KEY (("id"))
                    )
                    """
                )

            async def downgrade(self, ctx: MigrationContext) -> None:
                await ctx.drop_table("customer")
        ```
      And a formatter leaves the newest migration as it is

    Scenario: Applied, models and keyspace agree
      Given somebody has run `coodie makemigration customers models.py`
      And somebody has run `coodie migrate`
      When somebody runs `coodie schema-diff models.py --check`
      Then it prints
        """
        models and keyspace shop agree
        """
      And the exit code is 0

    Scenario: There is nothing to write
      Given somebody has run `coodie makemigration customers models.py`
      And somebody has run `coodie migrate`
      When somebody runs `coodie makemigration more models.py`
      Then it prints
        """
        models and keyspace shop agree
        no migration was written: there is nothing to add
        """

    Scenario: What is written but not applied would be written twice
      Given somebody has run `coodie makemigration customers models.py`
      When somebody runs `coodie makemigration more models.py`
      Then it complains
        """
        coodie: keyspace shop does not have …_001_customers yet, so what they do would be written a second time:
        apply them first (coodie migrate)
        """
      And the exit code is 1

  Rule: Later ones bring the keyspace to what the models became

    Scenario: Columns, indexes, options, a user type and a view
      Given somebody has run `coodie sync models.py`
      And the file "models.py"
        """python
        from typing import Annotated

        from coodie import ClusteringKey, Indexed, PrimaryKey, UserType
        from coodie.sync import Document, MaterializedView


        class Address(UserType):
            street: str
            city: str


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            name: str
            email: Annotated[str | None, Indexed()] = None
            address: Address | None = None

            class Settings:
                options = {"comment": "who buys", "gc_grace_seconds": 3600}


        class CustomerByName(MaterializedView):
            name: Annotated[str, PrimaryKey()]
            id: Annotated[int, ClusteringKey()]

            class Settings:
                base_table = Customer
        """
      When somebody runs `coodie makemigration by_email_and_name models.py`
      Then it prints
        """
        type address
          + type address
        table customer
          + column email text
          + column address frozen<"address">
          ~ option comment, gc_grace_seconds (comment:  -> who buys; gc_grace_seconds: 864000 -> 3600)
          + index customer_email_idx on email
        view customer_by_name
          + view customer_by_name of customer

        wrote migrations/…_001_by_email_and_name.py
        """
      And the newest migration is
        ```
        """By email and name."""

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "by email and name"

            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute(
                    """
                    CREATE TYPE IF NOT EXISTS "address" (
                        "street" text,
                        "city" text
                    )
                    """
                )
                await ctx.execute('ALTER TABLE "customer" ADD "email" text')
                await ctx.execute('ALTER TABLE "customer" ADD "address" frozen<"address">')
                await ctx.execute(
                    """
                    ALTER TABLE "customer" WITH comment = 'who buys' AND gc_grace_seconds = 3600
                    """
                )
                await ctx.execute(
                    """
                    CREATE INDEX IF NOT EXISTS "customer_email_idx" ON "customer" ("email")
                    """
                )
                await ctx.execute(
                    """
                    CREATE MATERIALIZED VIEW IF NOT EXISTS "customer_by_name"
                      AS SELECT "name", "id" FROM "customer"
                      WHERE "name" IS NOT NULL AND "id" IS NOT NULL
                      PRIMARY KEY (("name"), "id")
                    """
                )

            async def downgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute('DROP MATERIALIZED VIEW IF EXISTS "customer_by_name"')
                await ctx.drop_index("customer_email_idx")
                await ctx.execute(
                    """
                    ALTER TABLE "customer" WITH comment = '' AND gc_grace_seconds = 864000
                    """
                )
                await ctx.drop_column("customer", "address")
                await ctx.drop_column("customer", "email")
                await ctx.execute('DROP TYPE IF EXISTS "address"')
        ```
      And a formatter leaves the newest migration as it is

    @cassandra_only
    Scenario Outline: There and back again
      Whatever the models became, the migration brings the keyspace there, and its rollback to where it was.

      Given the file "models.py"
        """python
        from typing import Annotated

        from coodie import ClusteringKey, Indexed, PrimaryKey, Static, UserType, Vector, VectorIndex
        from coodie.sync import CounterDocument, Document, MaterializedView


        class Address(UserType):
            street: str


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            at: Annotated[int, ClusteringKey(order="DESC")]
            name: Annotated[str, Indexed()]
            tags: Annotated[set[str], Indexed()] = set()
            address: Address | None = None
            embedding: Annotated[list[float], Vector(2), VectorIndex()] = []

            class Settings:
                options = {"comment": "who buys"}


        class CustomerByName(MaterializedView):
            name: Annotated[str, PrimaryKey()]
            id: Annotated[int, ClusteringKey()]
            at: Annotated[int, ClusteringKey(clustering_key_index=1)]

            class Settings:
                base_table = Customer
        """
      And somebody has run `coodie makemigration first models.py`
      And somebody has run `coodie migrate`
      And in the file "models.py" this was changed
        | from     | to     |
        | <before> | <after> |
      And somebody has run `coodie makemigration second models.py --drop --drop-tables`
      And somebody has run `coodie migrate`
      And somebody has run `coodie schema-diff models.py --check`
      And somebody has run `coodie migrate --rollback`
      And in the file "models.py" this was changed
        | from    | to       |
        | <after> | <before> |
      When somebody runs `coodie schema-diff models.py --check`
      Then it prints
        """
        models and keyspace shop agree
        """

      Examples:
        | before                                              | after                                                                   |
        | tags: Annotated[set[str], Indexed()] = set()        | tags: set[str] = set()                                                  |
        | tags: Annotated[set[str], Indexed()] = set()        | tags: Annotated[set[str], Indexed()] = set(); shared: Annotated[int \| None, Static()] = None |
        | tags: Annotated[set[str], Indexed()] = set()        | city: str \| None = None                                                |
        | "comment": "who buys"                               | "comment": "it's \"quoted\"", "gc_grace_seconds": 60                    |
        | VectorIndex()                                       | VectorIndex(similarity_function="EUCLIDEAN")                            |
        | class CustomerByName(MaterializedView):             | class CustomerByName(MaterializedView):; tags: set[str] = set()         |

  Rule: What the models no longer declare goes only when we say so

    Scenario: It is left, and the file says so
      Given somebody has run `coodie sync models.py`
      And the file "models.py"
        """python
        from typing import Annotated

        from coodie import Indexed, PrimaryKey
        from coodie.sync import Document


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            email: str | None = None
        """
      When somebody runs `coodie makemigration emails models.py`
      Then the newest migration is
        ```
        """Emails."""

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "emails"

            async def upgrade(self, ctx: MigrationContext) -> None:
                # Left as it is: column name of table customer, which no model declares.
                await ctx.execute('ALTER TABLE "customer" ADD "email" text')

            async def downgrade(self, ctx: MigrationContext) -> None:
                await ctx.drop_column("customer", "email")
        ```

    Scenario: Dropped, the migration says that it destroys
      Given somebody has run `coodie sync models.py`
      And the file "models.py"
        """python
        from typing import Annotated

        from coodie import PrimaryKey
        from coodie.sync import Document


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
        """
      When somebody runs `coodie makemigration forget_names models.py --drop`
      Then the newest migration is
        ```
        """Forget names."""

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "forget names"
            allow_destructive = True

            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.drop_column("customer", "name")

            async def downgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute('ALTER TABLE "customer" ADD "name" text')
        ```

    Scenario: Tables that no model declares are named apart
      Given somebody has run `coodie sync models.py`
      And the file "others.py"
        """python
        from typing import Annotated

        from coodie import PrimaryKey
        from coodie.sync import Document


        class Supplier(Document):
            id: Annotated[int, PrimaryKey()]
        """
      When somebody runs `coodie schema-diff others.py`
      Then it prints
        """
        table supplier
          + table supplier
        only on the server, and no model's: table customer
        """
      And the exit code is 0

  Rule: What no statement can change is told with both sides

    Scenario: A column of another type
      Given somebody has run `coodie sync models.py`
      And the file "models.py"
        """python
        from typing import Annotated

        from coodie import PrimaryKey
        from coodie.sync import Document


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            name: int
        """
      When somebody runs `coodie makemigration numbers models.py`
      Then it prints
        """
        ! Customer.name is int, but column name of table customer is text: a type cannot be changed, add a new column or migrate
        """
      And it complains
        """
        coodie: no migration was written: what differs can be changed by no statement
        """
      And the exit code is 1

    Scenario: A pipeline compares, and reads the result
      When somebody runs `coodie schema-diff models.py --check --json`
      Then it prints
        """
        {
          "keyspace": "shop",
          "agree": false,
          "changes": [
            {
              "of": "table customer",
              "what": "table",
              "name": "customer",
              "action": "add",
              "detail": "",
              "cql": [
                "CREATE TABLE IF NOT EXISTS \"customer\" (\"id\" int, \"name\" text, PRIMARY KEY ((\"id\")))"
              ]
            }
          ],
          "leftovers": [],
          "undeclared": [],
          "conflicts": []
        }
        """
      And the exit code is 4

  Rule: One that a person writes begins with an empty file

    Scenario: An empty migration
      When somebody runs `coodie makemigration "fill search names"`
      Then the newest migration is
        ```
        """Fill search names."""

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "fill search names"

            async def upgrade(self, ctx: MigrationContext) -> None:
                raise NotImplementedError

            async def downgrade(self, ctx: MigrationContext) -> None:
                raise NotImplementedError
        ```
