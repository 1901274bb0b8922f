Feature: Tables follow their models, by command
  A deployment brings the schema up to date before the new program starts; a pipeline asks whether it is. `coodie sync`
  takes the models of modules, packages and files, and does for all of them what `sync_table()` does for one.

  Background:
    Given a keyspace without tables
    And the file "shop/customers.py"
      """python
      from typing import Annotated

      from coodie import Indexed, PrimaryKey, UserType
      from coodie.sync import Document


      class Address(UserType):
          street: str


      class Customer(Document):
          id: Annotated[int, PrimaryKey()]
          email: Annotated[str, Indexed()]
          home: Address | None = None
      """
    And the file "shop/views.py"
      """python
      from typing import Annotated

      from coodie import ClusteringKey, PrimaryKey
      from coodie.sync import MaterializedView

      from shop.customers import Customer


      class CustomerByEmail(MaterializedView):
          email: Annotated[str, PrimaryKey()]
          id: Annotated[int, ClusteringKey()]

          class Settings:
              __base_table__ = Customer
      """

  Rule: What is missing is sent, types first, views last

    Scenario: A package with a table and a view
      When somebody runs `coodie sync shop`
      Then it prints
        """
        table customer (Customer)
          CREATE TYPE IF NOT EXISTS "address" ("street" text);
          CREATE TABLE IF NOT EXISTS "customer" ("id" int, "email" text, "home" frozen<"address">, PRIMARY KEY (("id")));
          CREATE INDEX IF NOT EXISTS "customer_email_idx" ON "customer" ("email");
        view customer_by_email (CustomerByEmail)
          CREATE MATERIALIZED VIEW IF NOT EXISTS "customer_by_email" AS SELECT "email", "id" FROM "customer" WHERE "email" IS NOT NULL AND "id" IS NOT NULL PRIMARY KEY (("email"), "id");
        4 statements sent; 0 of 2 objects already there
        """

    Scenario: Once is enough
      Given somebody has run `coodie sync shop`
      When somebody runs `coodie sync shop` again
      Then it prints
        """
        0 statements sent; 2 of 2 objects already there
        """

    Scenario: A pipeline asks whether anything is missing
      When somebody runs `coodie sync shop.customers --check`
      Then it prints
        """
        table customer (Customer)
          CREATE TYPE IF NOT EXISTS "address" ("street" text);
          CREATE TABLE IF NOT EXISTS "customer" ("id" int, "email" text, "home" frozen<"address">, PRIMARY KEY (("id")));
          CREATE INDEX IF NOT EXISTS "customer_email_idx" ON "customer" ("email");
        3 statements would be sent; 0 of 1 object already there
        """
      And the exit code is 4

    Scenario: What only the server has is drift, and stays
      Given somebody has run `coodie sync shop.customers`
      And the file "shop/customers.py"
        """python
        from typing import Annotated

        from coodie import PrimaryKey
        from coodie.sync import Document


        class Customer(Document):
            id: Annotated[int, PrimaryKey()]
            email: str
        """
      When somebody runs `coodie sync shop.customers`
      Then it prints
        """
        table customer (Customer)
          drift: table customer has a column home (frozen<"address">) that Customer does not declare
          drift: table customer has an index customer_email_idx on email that Customer does not declare
        0 statements sent; 1 of 1 object already there
        """

  Rule: A keyspace is made where it is asked for, and told of like everything that is sent

    Scenario: The first time, and the second
      Given there is no keyspace shop_of_its_own
      When somebody runs `coodie sync shop.customers --keyspace shop_of_its_own --create-keyspace 1`
      Then it prints
        """
        keyspace shop_of_its_own
          CREATE KEYSPACE IF NOT EXISTS "shop_of_its_own" WITH replication = {'class': 'NetworkTopologyStrategy', …;
        table customer (Customer)
          CREATE TYPE IF NOT EXISTS "shop_of_its_own"."address" ("street" text);
          CREATE TABLE IF NOT EXISTS "shop_of_its_own"."customer" (…);
          CREATE INDEX IF NOT EXISTS "customer_email_idx" ON "shop_of_its_own"."customer" ("email");
        4 statements sent; 0 of 1 object already there
        """
      When somebody runs `coodie sync shop.customers --keyspace shop_of_its_own --create-keyspace 1`
      Then it prints
        """
        0 statements sent; 1 of 1 object already there
        """

  Rule: What cannot be done is said in a sentence

    Scenario: An option that the command does not have
      When somebody runs `coodie sync shop --chekc`
      Then it complains
        """
        usage: coodie sync … coodie sync: error: unrecognized arguments: --chekc
        """
      And the exit code is 2

    Scenario: A module that does not exist
      When somebody runs `coodie sync shopp`
      Then it complains
        """
        coodie: no module is called shopp: give one that Python finds from here, or a file
        """
      And the exit code is 2

    Scenario: A module with a fault
      Given the file "broken.py"
        """python
        price = 1 / 0
        """
      When somebody runs `coodie sync broken`
      Then it complains
        """
        coodie: broken cannot be imported: ZeroDivisionError: division by zero (broken.py, line 1)
        """
      And the exit code is 1

    Scenario: No server answers
      When somebody runs `coodie sync shop --hosts 127.0.0.1:9`
      Then the exit code is 3

  Rule: A query tells by command what it touches

    Scenario: A query of one partition
      When somebody runs `coodie explain shop.customers 'Customer.find(id=7)'`
      Then it prints
        """
        SELECT "id", "email", "home" FROM "customer" WHERE "id" = ?;
          parameters: 7
          partitions: id = 7
        """

    Scenario: A call at its end would send it
      When somebody runs `coodie explain shop.customers 'Customer.find(id=7).all()'`
      Then it complains
        """
        coodie: 'Customer.find(id=7).all()' would be sent by its all(): leave that out, as in 'Customer.find(id=7)'
        """
      And the exit code is 2

    Scenario: A pipeline refuses a query that every node must answer
      When somebody runs `coodie explain shop.customers 'Customer.find()' --check`
      Then it prints
        """
        SELECT "id", "email", "home" FROM "customer";
          parameters: none
          partitions: not named
          warning: full scan: every partition of customer is read
        """
      And the exit code is 4
