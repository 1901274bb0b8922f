Feature: Keyspaces
  A keyspace holds tables and says how many copies of each row the cluster keeps. It is made once, by whoever sets a
  system up, long before programs run; tests and demos make their own.

  The number of copies is the *replication factor*. One is right for a laptop, three for anything that must outlive a
  machine. In production name the replicas of each datacenter: the plain factor belongs to `SimpleStrategy`, which
  knows nothing of racks and datacenters.

  Background:
    Given no keyspace is called by the name in `shop`

  Rule: Making a keyspace is safe to repeat

    Scenario: A keyspace is made
      When we make it
        """python
        create_keyspace(shop, replication_factor=1)
        """
      Then 1 statement was sent
      And the keyspace in `shop` keeps 1 copy of each row

    Scenario: It is made again
      Given we have made it
        """python
        create_keyspace(shop)
        """
      When we make it again
        """python
        create_keyspace(shop)
        """
      Then the keyspace in `shop` keeps 1 copy of each row

    Scenario: Only the first may win
      Given we have made it
        """python
        create_keyspace(shop)
        """
      When we insist on being the first
        """python
        create_keyspace(shop, if_not_exists=False)
        """
      Then it is refused with ServerRejected
        """
        …already exists…
        """

    Scenario: Each datacenter has its replicas
      When we make it with two copies in one datacenter
        """python
        create_keyspace(shop, dc_replication_map={"datacenter1": 2})
        """
      Then the keyspace in `shop` keeps 2 copies of each row in "datacenter1"

  Rule: The number of copies can be changed later

    The change is one statement; copying the data is a repair, which is the operator's to run.

    Scenario: A keyspace gets more copies
      Given we have made it
        """python
        create_keyspace(shop, replication_factor=1)
        """
      When we ask for three copies
        """python
        alter_keyspace(shop, replication_factor=3)
        """
      Then the keyspace in `shop` keeps 3 copies of each row

  Rule: Dropping a keyspace drops all that is in it, and is safe to repeat

    Scenario: A keyspace is dropped, twice
      Given we have made it
        """python
        create_keyspace(shop)
        """
      When we drop it two times
        """python
        drop_keyspace(shop)
        drop_keyspace(shop)
        """
      Then 2 statements were sent
      And the keyspace in `shop` does not exist

  Rule: A name or number that no server takes is refused

    Scenario Outline: <what> cannot be
      When we ask for it
        """python
        <call>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <message>
        """
      And nothing was sent

      Examples:
        | what                  | call                                         | message                                                                                |
        | A name with a quote   | create_keyspace('shop"; DROP')               | 'shop"; DROP' cannot name a keyspace: use 1 to 48 letters, digits and underscores      |
        | A keyspace of no copy | create_keyspace("shop", replication_factor=0) | replication_factor must be an integer of at least 1, not 0                             |

    @cassandra_only
    Scenario: Tablets belong to ScyllaDB
      When we ask Cassandra for tablets
        """python
        create_keyspace("shop", tablets=True)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        tablets exists on ScyllaDB only; this server is Cassandra
        """
