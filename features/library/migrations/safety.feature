Feature: Nothing that goes wrong leaves a keyspace in the dark
  Deployments start several runners at once, machines die in the middle, people change files that were applied. In each
  case a runner either does the right thing or stops with a sentence that says what is the matter, what was changed,
  and what to do.

  One runner works at a time. Its lock is a row with a time to live, kept by a lightweight transaction: the runner
  renews it as long as it lives, the server lets it go when nobody does. Every note that a runner takes is written only
  if the lock is still its own.

  The migration of this chapter makes a column, waits until the file `go` is there, and makes an index.

  Background:
    Given a keyspace without tables
    And the file "migrations/20260105_001_customers.py"
      """python
      from coodie.migrations import Migration, MigrationContext


      class ForwardMigration(Migration):
          async def upgrade(self, ctx: MigrationContext) -> None:
              await ctx.execute("CREATE TABLE customer (id int PRIMARY KEY, name text)")
      """
    And somebody has run `coodie migrate`
    And the file "migrations/20260112_001_emails.py"
      """python
      import asyncio
      from pathlib import Path

      from coodie.migrations import Migration, MigrationContext


      class ForwardMigration(Migration):
          async def upgrade(self, ctx: MigrationContext) -> None:
              await ctx.execute("ALTER TABLE customer ADD email text")
              Path("waiting").touch()
              while not Path("go").exists():
                  await asyncio.sleep(0.02)
              await ctx.execute("CREATE INDEX customer_email_idx ON customer (email)")
      """

  Rule: One runner works at a time

    Scenario: The second is told who is at work
      Given somebody else runs `coodie migrate`, and it waits in the middle
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: another runner (process … on …) migrates keyspace shop since … UTC; nothing was changed.
        Wait for it (--wait SECONDS); if it was killed, its lock ends by itself in at most … seconds
        """
      And the exit code is 1

    Scenario: The second may wait, and finds everything done
      Given somebody else runs `coodie migrate`, and it waits in the middle
      And it goes on in a moment
      When somebody runs `coodie migrate --wait 60`
      Then it prints
        """
        keyspace shop is up to date
        """
      And the first one ended well, and printed
        """
        20260112_001_emails
          ALTER TABLE customer ADD email text  (… s)
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        1 migration applied
        """

    Scenario: The status tells of a migration under way, to whoever asks
      Given somebody else runs `coodie migrate`, and it waits in the middle
      When somebody runs `coodie migrate --status`
      Then it prints
        """
        migration               state     since (UTC)
        ----------------------  --------  -------------------  …
        20260105_001_customers  applied   …
        20260112_001_emails     applying  …  by …; 1 schema statement sent

        1 of 2 migrations applied
        """

    Scenario: A deployment starts many at once
      Every instance of a program may migrate before it starts: one does it, the others wait for that.

      Given the file "go"
        """
        no need to wait in the middle
        """
      When 4 runners start at once with `coodie migrate --wait 60`
      Then one of them printed that 1 migration was applied, and the others that there was nothing to do

    @slow
    Scenario: The lock of a runner that lives is never stolen, however busy it is
      This migration keeps its event loop from doing anything else for longer than the lock would last.

      Given the file "migrations/20260112_001_emails.py"
        """python
        import time
        from pathlib import Path

        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                Path("waiting").touch()
                while not Path("go").exists():
                    time.sleep(0.02)
                await ctx.execute("ALTER TABLE customer ADD email text")
        """
      And somebody else runs `coodie migrate --lock-ttl 3`, and it waits in the middle
      When somebody runs `coodie migrate --wait 5`
      Then it complains
        """
        coodie: another runner (process … on …) migrates keyspace shop since … UTC; nothing was changed. …
        """
      And the first one goes on, ends well, and prints
        """
        20260112_001_emails
          ALTER TABLE customer ADD email text  (… s)
          done in … s
        1 migration applied
        """

  Rule: After a runner was killed the next one goes on where it stopped

    Scenario: Killed in the middle
      Given somebody else runs `coodie migrate --lock-ttl 3`, and it waits in the middle
      And it is killed
      When somebody runs `coodie migrate --wait 30`, and the file "go" is there
      Then it prints
        """
        20260112_001_emails
          goes on where it was interrupted
          done before: ALTER TABLE customer ADD email text
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        1 migration applied
        """

    Scenario: The status tells of it
      Given somebody else runs `coodie migrate --lock-ttl 3`, and it waits in the middle
      And it is killed
      And its lock has ended
      When somebody runs `coodie migrate --status`
      Then it prints
        """
        migration               state        since (UTC)
        ----------------------  -----------  -------------------
        20260105_001_customers  applied      …
        20260112_001_emails     interrupted  …

        20260112_001_emails, interrupted
          by …
          1 schema statement sent
          it was applying, and the next run goes on where it stopped

        1 of 2 migrations applied
        """

    Scenario: What would be sent after a kill can be rehearsed
      Given somebody else runs `coodie migrate --lock-ttl 3`, and it waits in the middle
      And it is killed
      When somebody runs `coodie migrate --dry-run`, and the file "go" is there
      Then it prints
        """
        -- upgrade 20260112_001_emails (goes on where it was interrupted)
        CREATE INDEX customer_email_idx ON customer (email);
        """

    Scenario: Killed between a statement and its answer
      Nobody noted that the column was made. The statement is sent again, the server says that the column is there, and
      since it was under way when the runner died, it was this statement that made it.

      Given somebody else runs `coodie migrate --lock-ttl 3`, and it waits in the middle
      And it is killed, before it could note that "ALTER TABLE customer ADD email text" was done
      When somebody runs `coodie migrate --wait 30`, and the file "go" is there
      Then it prints
        """
        20260112_001_emails
          goes on where it was interrupted
          ALTER TABLE customer ADD email text  (… s)
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        1 migration applied
        """

    Scenario: Interrupted from the keyboard
      Ctrl-C and SIGTERM end a runner in order: it notes how far it came and lets go of its lock, so nobody need wait.

      Given somebody else runs `coodie migrate`, and it waits in the middle
      And it is interrupted
      When somebody runs `coodie migrate`, and the file "go" is there
      Then it prints
        """
        20260112_001_emails
          goes on where it was interrupted
          done before: ALTER TABLE customer ADD email text
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        1 migration applied
        """

    @slow
    Scenario: Asleep for so long that another one took over
      A machine that is suspended, a container that is frozen: when it wakes, its lock is another's. It stops before it
      sends anything more.

      Given somebody else runs `coodie migrate --lock-ttl 3`, and it waits in the middle
      And it falls asleep
      And somebody has run `coodie migrate --wait 30`, and the file "go" is there
      When it wakes up
      Then it ends with the exit code 1, and complains
        """
        coodie: this runner (…) lost the lock of keyspace shop: for 3 seconds the server got no sign of life from it,
        and another runner may be at work; nothing more was sent. `coodie migrate --status` shows where things stand
        """

  Rule: A migration that fails half-way says how far it came, and goes on from there

    Scenario: The failure is told with what was sent
      Given the file "migrations/20260112_001_emails.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD email text")
                await ctx.execute("CREATE INDEX customer_email_idx ON customer (mail)")
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: 20260112_001_emails was not applied: ServerRejected: …mail…. 1 statement of it was sent.
        Mend the cause or the file and run it again: a schema statement that was sent is not sent twice
        """
      And the exit code is 1

    Scenario: Mended, it goes on
      Given the file "migrations/20260112_001_emails.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD email text")
                await ctx.execute("CREATE INDEX customer_email_idx ON customer (mail)")
        """
      And somebody has run `coodie migrate`, which failed
      And the file "migrations/20260112_001_emails.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD email text")
                await ctx.execute("CREATE INDEX customer_email_idx ON customer (email)")
        """
      When somebody runs `coodie migrate`
      Then it prints
        """
        20260112_001_emails
          goes on where it was interrupted
          done before: ALTER TABLE customer ADD email text
          CREATE INDEX customer_email_idx ON customer (email)  (… s)
          done in … s
        1 migration applied
        """

    Scenario: Given up, what it did is taken back
      Given the file "migrations/20260112_001_emails.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("ALTER TABLE customer ADD email text")
                await ctx.execute("CREATE INDEX customer_email_idx ON customer (mail)")

            async def downgrade(self, ctx: MigrationContext) -> None:
                await ctx.drop_index("customer_email_idx")
                await ctx.drop_column("customer", "email")
        """
      And somebody has run `coodie migrate`, which failed
      When somebody runs `coodie migrate --rollback`
      Then it prints
        """
        20260112_001_emails
          DROP INDEX IF EXISTS "customer_email_idx"  (… s)
          ALTER TABLE "customer" DROP "email"  (… s)
          done in … s
        1 migration rolled back
        """

  Rule: Files and keyspace must tell the same story

    Scenario: A file that was changed after it was applied
      Given the file "migrations/20260105_001_customers.py"
        """python
        from coodie.migrations import Migration, MigrationContext


        class ForwardMigration(Migration):
            async def upgrade(self, ctx: MigrationContext) -> None:
                await ctx.execute("CREATE TABLE customer (id bigint PRIMARY KEY, name text)")
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: 20260105_001_customers was changed after it was applied on … UTC: the keyspace has what it said then.
        Nothing was changed; bring the old text back, and write the change into a new migration
        """
      And the exit code is 1

    Scenario: A migration that this checkout does not have
      Given the file "migrations/20260105_001_customers.py" was renamed to "migrations/20260106_001_customers.py"
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: keyspace shop has the migration 20260105_001_customers (applied on … UTC), which is not in this folder:
        this checkout is older than the keyspace, or the file was renamed or lost. Nothing was changed; bring the file
        back first
        """
      And the exit code is 1

    Scenario: Two files of one number
      Given the file "migrations/20260112_001_phones.py"
        """python
        from coodie.migrations import Migration


        class ForwardMigration(Migration):
            description = "made on another branch"
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: 20260112_001_emails and 20260112_001_phones have one number, so nobody knows which comes first:
        give the later one the next number
        """

    Scenario: A file that is called otherwise
      Given the file "migrations/2026_emails.py"
        """python
        from coodie.migrations import Migration
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: migrations/2026_emails.py is not called YYYYMMDD_NNN_name.py: rename it, or move it elsewhere
        """

    Scenario: A file without its class
      Given the file "migrations/20260112_001_emails.py"
        """python
        from coodie.migrations import Migration
        """
      When somebody runs `coodie migrate`
      Then it complains
        """
        coodie: migrations/20260112_001_emails.py has no class ForwardMigration(Migration)
        """

    Scenario: No folder
      When somebody runs `coodie migrate --migrations-dir elsewhere`
      Then it complains
        """
        coodie: there is no folder elsewhere: make it, or name another one (--migrations-dir);
        `coodie makemigration` makes it with the first migration
        """
