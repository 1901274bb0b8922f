Feature: Tables follow their models
  `sync_table()` compares a model with the table on the server and sends what is missing: the table, a column, an
  option, an index. It returns what it sent, so that a log shows every change of the schema, and it can be called at
  each start of a program.

  It only ever adds. What would lose data or rewrite a table (another type, another key) is refused with both sides
  named; what the table has and the model does not is *drift*: reported and left alone. For such changes there are
  migrations.

  Every class below is one table, `customer`, as a program knows it over the years.

  Background:
    Given there is no table "customer"

  Rule: A table is made once, and syncing again sends nothing

    Scenario: The table is made
      When we sync the first version
        """python
        Customer.sync_table()
        """
      Then the result is this CQL
        """
        CREATE TABLE IF NOT EXISTS "customer" ("id" int, "name" text, PRIMARY KEY (("id")))
        """

    Scenario: Syncing again finds nothing to do
      Given we have synced before
        """python
        Customer.sync_table()
        """
      When we sync again
        """python
        Customer.sync_table()
        """
      Then the result is `[]`
      And 2 statements were sent

    Scenario: Another program finds nothing to do either
      What is compared is the live schema, not what this process remembers.

      Given we have synced the version with an index
        """python
        CustomerByEmail.sync_table()
        """
      When another program runs
        """python
        from typing import Annotated

        from coodie import Indexed, PrimaryKey
        from coodie.sync import Document, init_coodie

        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            name: str
            email: Annotated[str | None, Indexed()] = None

        init_coodie()
        print(Customer.sync_table())
        """
      Then the result is `"[]"`

    Scenario: A table that was dropped is made anew
      Given we have synced, saved, and dropped the table
        """python
        Customer.sync_table()
        Customer(id=1, name="ada").save()
        Customer.drop_table()
        """
      When we sync, save and read again
        """python
        planned = Customer.sync_table()
        Customer(id=2, name="bo").save()
        """
      Then `len(planned)` is `1`
      And the Customer table holds
        | id | name |
        | 2  | bo   |

  Rule: A dry run tells exactly what would be sent, and sends none of it

    Scenario: What a new table would take
      When we ask what syncing would do
        """python
        CustomerByEmail.sync_table(dry_run=True)
        """
      Then the result is this CQL
        """
        CREATE TABLE IF NOT EXISTS "customer" ("id" int, "name" text, "email" text, PRIMARY KEY (("id")))
        CREATE INDEX IF NOT EXISTS "customer_email_idx" ON "customer" ("email")
        """
      And there is still no table "customer"

    Scenario: The dry run and the run agree
      Given we have synced the first version, and asked what the next would take
        """python
        Customer.sync_table()
        planned = CustomerByEmail.sync_table(dry_run=True)
        """
      When we sync the next version
        """python
        CustomerByEmail.sync_table() == planned
        """
      Then the result is `True`

  Rule: A new field becomes a new column, a new index marker a new index

    Adding a column is instant and touches no row: the old ones simply have no value there. An index is built from
    the rows that are there, in the background.

    Scenario: A field is added
      Given we have synced the first version and saved a customer
        """python
        Customer.sync_table()
        Customer(id=1, name="ada").save()
        """
      When we sync the version with an e-mail address
        """python
        CustomerWithEmail.sync_table()
        """
      Then the result is this CQL
        """
        ALTER TABLE "customer" ADD "email" text
        """
      And the CustomerWithEmail table holds
        | id | name | email |
        | 1  | ada  | null  |

    Scenario: An index is added
      Given we have synced the version with an e-mail address
        """python
        CustomerWithEmail.sync_table()
        """
      When we sync the version that is found by it
        """python
        CustomerByEmail.sync_table()
        """
      Then the result is this CQL
        """
        CREATE INDEX IF NOT EXISTS "customer_email_idx" ON "customer" ("email")
        """

    Scenario: An option changes
      Given we have synced the first version
        """python
        Customer.sync_table()
        """
      When we sync a version whose rows live for a year
        """python
        CustomerForgotten.sync_table()
        """
      Then the result is this CQL
        """
        ALTER TABLE "customer" WITH default_time_to_live = 31536000
        """

  Rule: What the model does not declare is reported, never dropped

    Scenario: A column that an older program does not know
      Given we have synced the version with an e-mail address
        """python
        CustomerWithEmail.sync_table()
        """
      When we sync the first version again
        """python
        plan = Customer.sync_table()
        """
      Then `plan` is `[]`
      And `plan.drift` is `("table customer has a column email (text) that Customer does not declare",)`

    Scenario: An index goes only when we say so
      Given we have synced the version that is found by e-mail
        """python
        CustomerByEmail.sync_table()
        """
      When we sync the version without the index, and let indexes go
        """python
        CustomerWithEmail.sync_table(drop_removed_indexes=True)
        """
      Then the result is this CQL
        """
        DROP INDEX IF EXISTS "customer_email_idx"
        """

  Rule: What would rewrite the table is refused, with both sides named

    Scenario: A column of another type
      Given we have synced the first version
        """python
        Customer.sync_table()
        """
      When we sync a version whose name is a number
        """python
        CustomerRetyped.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        CustomerRetyped.name is int, but column name of table customer is text:
        a type cannot be changed, add a new column or migrate
        """

    Scenario: A column that moved into the key
      Given we have synced the first version
        """python
        Customer.sync_table()
        """
      When we sync a version whose name is part of the key
        """python
        CustomerRekeyed.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        CustomerRekeyed.name is clustering, but column name of table customer is regular (position -1):
        a key cannot be changed, make a new table
        """
