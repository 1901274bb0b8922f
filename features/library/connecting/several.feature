Feature: Several clusters, keyspaces and datacenters
  A program that speaks with two clusters gives each connection a name. The first is the default, which models use that
  name no other; a model chooses with `connection` in its `Settings`, and its keyspace with `keyspace`. What one cluster
  holds the other knows nothing of.

  Background:
    Given a server wants a password and a certificate of each program
    And no connection is open
    And we have connected to two clusters
      """python
      shop = init_coodie(hosts=[address], keyspace=keyspace, name="shop")
      vault = init_coodie(
          hosts=[secured],
          username="cassandra",
          password="cassandra",
          tls_ca=ca,
          tls_certificate=certificate,
          tls_key=key,
          keyspace="archive",
          name="vault",
      )
      create_keyspace("archive", connection="vault")
      """

  Rule: A model belongs to a connection

    Scenario: Two models of one name, each in its cluster
      Given we have a model for each
        """python
        class Invoice(Document):
            number: Annotated[int, PrimaryKey()]
            total: int

        class Archived(Document):
            number: Annotated[int, PrimaryKey()]
            total: int

            class Settings:
                name = "invoice"
                connection = "vault"

        Invoice.sync_table()
        Archived.sync_table()
        """
      When we save one in each
        """python
        Invoice(number=1, total=10).save()
        Archived(number=1, total=99).save()
        [Invoice.get(number=1).total, Archived.get(number=1).total]
        """
      Then the result is `[10, 99]`
      And `Invoice.find(number=1).explain().cql == f'SELECT "number", "total" FROM "{keyspace}"."invoice" WHERE "number" = ?'` holds
      And `Archived.find(number=1).explain().cql == 'SELECT "number", "total" FROM "archive"."invoice" WHERE "number" = ?'` holds

    Scenario: One model at two places
      Given we have a model, and its table in both
        """python
        class Receipt(Document):
            number: Annotated[int, PrimaryKey()]
            total: int

        Receipt.sync_table()
        Old = Receipt.at(connection="vault", keyspace="archive")
        Old.sync_table()
        """
      When we move one to the archive
        """python
        receipt = Receipt(number=2, total=20).save()
        Old(**receipt.model_dump()).save()
        receipt.delete()
        [Receipt.find(number=2).count(), Old.get(number=2).total]
        """
      Then the result is `[0, 20]`

    Scenario: Closing one leaves the other open
      When we close the connection to the archive
        """python
        vault.close()
        execute_raw("SELECT key FROM system.local", connection="shop")
        """
      Then the result is `[{"key": "local"}]`

    Scenario: A connection that was closed is no longer known
      Given we have closed the connection to the archive
        """python
        vault.close()
        """
      When we ask for it
        """python
        get_driver("vault")
        """
      Then it is refused with ConfigurationError
        """
        no connection is called 'vault' (known: shop): call init_coodie() first
        """

  Rule: Statements go to the nodes of the local datacenter

    Without `local_datacenter` it is that of the first node that answers.

    Scenario: The datacenter is named
      When we connect and name it
        """python
        init_coodie(hosts=[address], local_datacenter="datacenter1", name="near")
        execute_raw("SELECT data_center FROM system.local", connection="near")
        """
      Then the result is `[{"data_center": "datacenter1"}]`

    Scenario: A datacenter that the cluster does not have
      When we connect and name another
        """python
        init_coodie(hosts=[address], local_datacenter="west", name="near")
        """
      Then it is refused with Unavailable
        """
        …; and is 'west' a datacenter of this cluster (local_datacenter=)?
        """
