Feature: Migrations take a keyspace from one schema to the next
  A table that holds data is not made anew when its model changes: it is *migrated*. A migration is a file with a
  date, a number and a name, which says in Python what is to happen; `coodie migrate` executes those that a keyspace
  does not have yet, in order, each once. The keyspace itself remembers them, in its table `coodie_migrations`.

  CQL knows no transactions for a schema. So each statement that changes it is noted before it is sent and after all
  nodes have it, and an interrupted migration goes on where it stopped.

  Background:
    Given a keyspace without tables
    And the file "migrations/20260105_001_customers.py"
      """python
      from coodie.migrations import Migration, MigrationContext


      class ForwardMigration(Migration):
          description = "customers by number"

          async def upgrade(self, ctx: MigrationContext) -> None:
              await ctx.execute("CREATE TABLE customer (id int PRIMARY KEY, name text)")

          async def downgrade(self, ctx: MigrationContext) -> None:
              await ctx.drop_table("customer")
      """
    And the file "migrations/20260112_001_emails.py"
      """python
      from coodie.migrations import Migration, MigrationContext


      class ForwardMigration(Migration):
          description = "customers are found by e-mail"

          async def upgrade(self, ctx: MigrationContext) -> None:
              if not await ctx.column_exists("customer", "email"):
                  await ctx.execute("ALTER TABLE customer ADD email text")
              await ctx.execute("CREATE INDEX customer_email_idx ON customer (email)")

          async def downgrade(self, ctx: MigrationContext) -> None:
              await ctx.drop_index("customer_email_idx")
              await ctx.drop_column("customer", "email")
      """

  Rule: What is pending is applied, in the order of date and number, once

    Scenario: A new keyspace gets everything
      When somebody runs `coodie migrate`
      Then it prints
        """
        20260105_001_customers: customers by number
          CREATE TABLE customer (id int PRIMARY KEY, name text)  (… s)
          done in … s
        20260112_001_emails: customers are found by e-mail
          ALTER TABLE customer ADD email text  (… s)
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        2 migrations applied
        """
      And the exit code is 0

    Scenario: There is nothing to do the second time
      Given somebody has run `coodie migrate`
      When somebody runs `coodie migrate` again
      Then it prints
        """
        keyspace shop is up to date
        """

    Scenario: Only so far
      When somebody runs `coodie migrate --target 20260105_001`
      Then it prints
        """
        20260105_001_customers: customers by number
          CREATE TABLE customer (id int PRIMARY KEY, name text)  (… s)
          done in … s
        1 migration applied
        """

    Scenario: The rest later
      Given somebody has run `coodie migrate --target 20260105_001`
      When somebody runs `coodie migrate`
      Then it prints
        """
        20260112_001_emails: customers are found by e-mail
          ALTER TABLE customer ADD email text  (… s)
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        1 migration applied
        """

    Scenario: A target that nobody knows
      When somebody runs `coodie migrate --target 20270101`
      Then it complains
        """
        coodie: no migration is called '20270101': name one of 20260105_001_customers, 20260112_001_emails
        """
      And the exit code is 2

    Scenario: A target that means several
      When somebody runs `coodie migrate --target 2026`
      Then it complains
        """
        coodie: 20260105_001_customers and 20260112_001_emails are called '2026':
        name one of 20260105_001_customers, 20260112_001_emails
        """
      And the exit code is 2

  Rule: The status tells what a keyspace has

    Scenario: One applied, one pending
      Given somebody has run `coodie migrate --target 20260105_001`
      When somebody runs `coodie migrate --status`
      Then it prints
        """
        migration               state    since (UTC)
        ----------------------  -------  -------------------  -------------------
        20260105_001_customers  applied  …  customers by number
        20260112_001_emails     pending

        1 of 2 migrations applied
        """
      And the exit code is 0

    Scenario: A pipeline asks by the exit code alone
      Given somebody has run `coodie migrate --target 20260105_001`
      When somebody runs `coodie migrate --check`
      Then the exit code is 4

    Scenario: A program asks
      Given somebody has run `coodie migrate`
      When somebody runs `coodie migrate --status --json`
      Then it prints
        """
        [
          {
            "name": "20260105_001_customers",
            "state": "applied",
            "description": "customers by number",
            "at": "…",
            "note": ""
          },
          {
            "name": "20260112_001_emails",
            "state": "applied",
            "description": "customers are found by e-mail",
            "at": "…",
            "note": ""
          }
        ]
        """

  Rule: A dry run prints exactly what would be sent, and sends nothing but reads

    What it prints is a CQL script. A migration that looks at the schema sees it as the statements before would have
    left it, so that nothing is printed that would not be sent.

    Scenario: What a new keyspace would get
      When somebody runs `coodie migrate --dry-run`
      Then it prints
        """
        -- the table that remembers
        CREATE TABLE IF NOT EXISTS "coodie_migrations" (…, PRIMARY KEY (("scope"), "name"));
        -- upgrade 20260105_001_customers: customers by number
        CREATE TABLE customer (id int PRIMARY KEY, name text);
        -- upgrade 20260112_001_emails: customers are found by e-mail
        ALTER TABLE customer ADD email text;
        CREATE INDEX customer_email_idx ON customer (email);
        """
      And nothing but reads was sent
      And there is still no table "customer"

    Scenario: What was rehearsed is what is sent
      Given somebody has rehearsed `coodie migrate --dry-run`
      When somebody runs `coodie migrate`
      Then what was sent is what the rehearsal printed

    Scenario: What taking back would send
      Given somebody has run `coodie migrate`
      When somebody runs `coodie migrate --rollback --steps 2 --dry-run`
      Then it prints
        """
        -- downgrade 20260112_001_emails: customers are found by e-mail
        DROP INDEX IF EXISTS "customer_email_idx";
        ALTER TABLE "customer" DROP "email";
        -- downgrade 20260105_001_customers: customers by number
        DROP TABLE IF EXISTS "customer";
        """
      And nothing but reads was sent

  Rule: What was applied can be taken back, the last first

    Scenario: The last one
      Given somebody has run `coodie migrate`
      When somebody runs `coodie migrate --rollback`
      Then it prints
        """
        20260112_001_emails: customers are found by e-mail
          DROP INDEX IF EXISTS "customer_email_idx"  (… s)
          ALTER TABLE "customer" DROP "email"  (… s)
          done in … s
        1 migration rolled back
        """

    Scenario: Back to a target, which stays
      Given somebody has run `coodie migrate`
      And somebody has run `coodie migrate --rollback --target 20260105`
      When somebody runs `coodie migrate --status`
      Then it prints
        """
        migration               state    since (UTC)
        ----------------------  -------  -------------------  …
        20260105_001_customers  applied  …  customers by number
        20260112_001_emails     pending                       rolled back on … UTC

        1 of 2 migrations applied
        """

    Scenario: Taken back and applied again
      Given somebody has run `coodie migrate`
      And somebody has run `coodie migrate --rollback --steps 2`
      When somebody runs `coodie migrate`
      Then the exit code is 0

    Scenario: One that says that it cannot be taken back
      Given somebody has run `coodie migrate`
      And the file "migrations/20260120_001_forget.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            description = "names are no longer kept"
            allow_destructive = True
            reversible = False

            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.drop_column("customer", "name")
        """
      And somebody has run `coodie migrate`
      When somebody runs `coodie migrate --rollback`
      Then it complains
        """
        coodie: 20260120_001_forget cannot be rolled back: it says `reversible = False`.
        Nothing was changed; write what is to happen into a new migration
        """
      And the exit code is 1

  Rule: What destroys data is sent only by a migration that says so

    Scenario Outline: Refused before it is sent
      Given somebody has run `coodie migrate`
      And the file "migrations/20260120_001_tidy.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.<call>
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: 20260120_001_tidy was not applied: <statement> destroys <what>,
        and the migration does not say `allow_destructive = True`; the statement was not sent.
        0 statements of it were sent. Mend the cause or the file and run it again:
        a schema statement that was sent is not sent twice
        """
      And the exit code is 1

      Examples:
        | call                                         | statement                           | what                    |
        | drop_column("customer", "name")              | ALTER TABLE "customer" DROP "name"  | the values of the column |
        | drop_table("customer")                       | DROP TABLE IF EXISTS "customer"     | the rows of the table   |
        | execute("TRUNCATE customer")                 | TRUNCATE customer                   | the rows of the table   |
        | execute("DELETE FROM customer WHERE id = 1") | DELETE FROM customer WHERE id = 1   | rows                    |
        | execute("/* tidy */ drop table customer")    | /* tidy */ drop table customer      | the rows of the table   |

    Scenario: Refused in a dry run already
      Given somebody has run `coodie migrate`
      And the file "migrations/20260120_001_tidy.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.drop_table("customer")
        """
      When somebody runs `coodie migrate --dry-run`
      Then it complains
        """
        coodie: the dry run ends here: 20260120_001_tidy would be refused: DROP TABLE IF EXISTS "customer" destroys
        the rows of the table, and the migration does not say `allow_destructive = True`; the statement was not sent
        """
      And the exit code is 1

  Rule: A migration may bring a table to what a model declares

    Scenario: By the model of today
      Given the file "models.py"
        """python
        from typing import Annotated

        from coodie import Indexed, PrimaryKey
        from coodie.sync import Document


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            name: str
            country: Annotated[str | None, Indexed()] = None
        """
      And the file "migrations/20260120_001_countries.py"
        """python
        import sys
        from pathlib import Path

        sys.path.insert(0, str(Path(__file__).parent.parent))

        from models import Customer

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.sync(Customer)
        """
      When somebody runs `coodie migrate --dry-run`
      Then it prints
        """
        -- the table that remembers
        CREATE TABLE IF NOT EXISTS "coodie_migrations" (…);
        -- upgrade 20260105_001_customers: customers by number
        CREATE TABLE customer (id int PRIMARY KEY, name text);
        -- upgrade 20260112_001_emails: customers are found by e-mail
        ALTER TABLE customer ADD email text;
        CREATE INDEX customer_email_idx ON customer (email);
        -- upgrade 20260120_001_countries
        ALTER TABLE "customer" ADD "country" text;
        CREATE INDEX IF NOT EXISTS "customer_country_idx" ON "customer" ("country");
        """

  Rule: A program can do all of it by itself

    Scenario: Migrated when it starts
      What a runner does is awaited in either colour; a program of sync code calls `asyncio.run`.

      Given the file "start.py"
        """python
        import asyncio
        import os

        from coodie.drivers import init_coodie
        from coodie.migrations import MigrationRunner

        keyspace = os.environ["COODIE_KEYSPACE"]


        async def start() -> None:
            runner = MigrationRunner(driver, keyspace, "migrations")
            print("pending:", *await runner.pending())
            for result in await runner.apply(target="20260105_001"):
                print("applied:", result)
            print("applied:", *await runner.get_applied())
            for result in await runner.apply(dry_run=True):
                print("next:", *(cql.replace(f'"{keyspace}".', "") for cql in result.planned_cql), sep="\n  ")
            print("status:", *await runner.status(), sep="\n  ")
            print("rolled back:", *await runner.rollback())


        driver = init_coodie()
        asyncio.run(start())
        driver.close()
        """
      When somebody runs the program "start.py"
      Then it prints
        """
        pending: 20260105_001_customers 20260112_001_emails
        applied: 20260105_001_customers
        applied: 20260105_001_customers
        next:
          ALTER TABLE customer ADD email text
          CREATE INDEX customer_email_idx ON customer (email)
        status:
          20260105_001_customers applied
          20260112_001_emails pending
        rolled back: 20260105_001_customers
        """
