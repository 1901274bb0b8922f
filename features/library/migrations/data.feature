Feature: Data is migrated along the token ring
  A new column begins empty. To fill it from the others every row must be read, and a table may have very many:
  `ctx.scan_table()` reads it page by page in the order of its tokens, at the pace that is asked for, and notes after each
  page how far it has come. A run that goes on after a crash starts there. The last few rows may come twice and none is left
  out, so what is done with a row must be something that can be done twice: set a value, do not add to one.

  Background:
    Given a keyspace without tables
    And the file "migrations/20260105_001_customers.py"
      """python
      from coodie.migrations import Migration, MigrationContext


      class ForwardMigration(Migration):
          async def upgrade(self, ctx: MigrationContext) -> None:
              await ctx.execute("CREATE TABLE customer (id int PRIMARY KEY, name text)")
              for number in range(200):
                  await ctx.execute("INSERT INTO customer (id, name) VALUES (?, ?)", (number, f"Customer {number}"))
      """

  Rule: Every row is given once

    Scenario: A column is filled from another
      Given the file "migrations/20260112_001_search.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "names to be searched by"

            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD folded text")
                async for row in ctx.scan_table("customer", columns=["id", "name"]):
                    await ctx.execute("UPDATE customer SET folded = ? WHERE id = ?", (row["name"].lower(), row["id"]))
        """
      When somebody runs `coodie migrate`
      Then the table "customer" has 200 rows, each with "folded" from its "name"

    Scenario: A dry run reads the rows, and tells how often what would be sent
      Given somebody has run `coodie migrate`
      And the file "migrations/20260112_001_search.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD folded text")
                async for row in ctx.scan_table("customer"):
                    await ctx.execute("UPDATE customer SET folded = ? WHERE id = ?", (row["name"].lower(), row["id"]))
        """
      When somebody runs `coodie migrate --dry-run`
      Then it prints
        """
        -- upgrade 20260112_001_search
        ALTER TABLE customer ADD folded text;
        UPDATE customer SET folded = ? WHERE id = ?;  -- 200 times
        """
      And nothing but reads was sent

    Scenario: A table that is only planned has no rows yet
      When somebody runs `coodie migrate --dry-run`
      Then it prints
        """
        -- the table that remembers
        CREATE TABLE IF NOT EXISTS "coodie_migrations" (…);
        -- upgrade 20260105_001_customers
        CREATE TABLE customer (id int PRIMARY KEY, name text);
        INSERT INTO customer (id, name) VALUES (?, ?);  -- 200 times
        """

  Rule: The pace is the migration's to choose

    Scenario: So many rows a second
      Given somebody has run `coodie migrate`
      And the file "migrations/20260112_001_search.py"
        """python
        import time

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                started = time.monotonic()
                async for row in ctx.scan_table("customer", page_size=20, throttle=400, ranges=4):
                    pass
                assert time.monotonic() - started >= 0.5, "200 rows at 400 a second take half a second"
        """
      When somebody runs `coodie migrate`
      Then the exit code is 0

  Rule: After a kill the scan goes on where it was

    Scenario: Killed in the middle of a table
      Given somebody has run `coodie migrate`
      And the file "migrations/20260112_001_search.py"
        """python
        from pathlib import Path

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD folded text")
                pace = None if Path("go").exists() else 50
                with Path("first" if pace else "second").open("a") as seen:
                    async for row in ctx.scan_table("customer", ["id", "name"], page_size=10, throttle=pace):
                        values = (row["name"].lower(), row["id"])
                        await ctx.execute("UPDATE customer SET folded = ? WHERE id = ?", values)
                        print(row["id"], file=seen, flush=True)
        """
      And somebody else runs `coodie migrate --lock-ttl 3`, and has noted 50 rows of "customer"
      And it is killed
      When somebody runs `coodie migrate --wait 30`, and the file "go" is there
      Then it prints
        """
        20260112_001_search
          goes on where it was interrupted
          done before: ALTER TABLE customer ADD folded text
          done in … s
        1 migration applied
        """
      And the table "customer" has 200 rows, each with "folded" from its "name"
      And the files "first" and "second" tell of every row, and "second" of at most 150

    Scenario: A wide partition is finished before it counts as done
      Given the file "migrations/20260112_001_readings.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("CREATE TABLE reading (sensor int, at int, value int, PRIMARY KEY (sensor, at))")
                for number in range(90):
                    await ctx.execute("INSERT INTO reading (sensor, at, value) VALUES (?, ?, 0)", (number // 30, number))
                seen = [
                    (row["sensor"], row["at"]) async for row in ctx.scan_table("reading", page_size=7, ranges=2)
                ]
                assert len(seen) == len(set(seen)) == 90
        """
      When somebody runs `coodie migrate`
      Then the exit code is 0

  Rule: What cannot be scanned is told before anything is read

    Scenario Outline: A wrong question
      Given somebody has run `coodie migrate`
      And the file "migrations/20260112_001_search.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                async for row in ctx.scan_table(<arguments>):
                    pass
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: 20260112_001_search was not applied: <words>. 0 statements …
        """

      Examples:
        | arguments                      | words                                                                                 |
        | "client"                       | there is no table client to scan in shop                |
        | "customer", ["mail"]           | table customer has no column mail; it has id, name      |
        | "customer", throttle=0         | InvalidQueryError: throttle must be rows a second, more than 0, not 0                  |
        | "customer", page_size=0        | InvalidQueryError: page_size must be a whole number of at least 1, not 0               |
