Feature: Connecting
  A program says once where its cluster is, and every model uses that connection from then on:

      init_coodie(hosts=["db1", "db2:9043"], keyspace="shop")

  Two or three hosts are enough: the driver learns of the other nodes from the first that answers, and sends each
  statement to a node that owns its partition. A connection is expensive to open and made to be shared, by all
  threads and tasks of the process; open it when the program starts, not for each request.

  What can be known at once is said at once: a host that does not answer, a setting that is missing, a driver that
  nobody has heard of. Each message names what is wrong and what to do about it.

  Background:
    Given no connection is open

  Rule: One call connects, and every model uses that connection

    Scenario: A program connects by the address of a host
      When we connect
        """python
        driver = init_coodie(hosts=[address], keyspace=keyspace)
        """
      Then `get_driver() is driver` holds
      And `driver.keyspace == keyspace` holds
      And `execute_raw("SELECT key FROM system.local")` is `[{"key": "local"}]`

    Scenario: The environment says where the cluster is
      Given the environment variable COODIE_HOSTS is the address of the server
      When we connect without naming a host
        """python
        init_coodie(keyspace=keyspace)
        execute_raw("SELECT key FROM system.local")
        """
      Then the result is `[{"key": "local"}]`

    Scenario: A server of this machine is found by itself
      `coodie server up` starts a server and notes where it is. Nothing else is looked for, and nothing is started.

      Given the environment variable COODIE_HOSTS is not set
      And `coodie server up` has started the server
      When we connect without naming a host
        """python
        init_coodie(keyspace=keyspace)
        execute_raw("SELECT key FROM system.local")
        """
      Then the result is `[{"key": "local"}]`

    Scenario: An application's own session is used, and stays open
      coodie recognises which driver's session it is. What the application has set on it stays; a session of acsylla
      belongs to the loop that made it, so it serves async programs only.

      Given the application has a session of its own
      When we hand it over, use it, and close the connection
        """python
        driver = init_coodie(session=session, keyspace=keyspace)

        class Parcel(Document):
            number: Annotated[int, PrimaryKey()]
            weight: float = 0.0

        Parcel.sync_table()
        Parcel(number=1, weight=2.5).save()
        found = Parcel.get(number=1)
        driver.close()
        """
      Then `found.weight` is `2.5`
      And the application's session still answers, and is as it was

    Scenario: All of it in one string
      A URL holds every setting; in the environment it is called `COODIE_URL`. What is a setting of its own there, such as
      `COODIE_PASSWORD`, wins over its part of the URL, and an argument wins over both.

      When we connect with a URL
        """python
        init_coodie(f"cassandra://{address}/{keyspace}?local_datacenter=datacenter1")
        [get_driver().keyspace, execute_raw("SELECT key FROM system.local")]
        """
      Then the result is `[keyspace, [{"key": "local"}]]`

  Rule: What is wrong is said at once, with its remedy

    Scenario: No host is named anywhere
      Given the environment variable COODIE_HOSTS is not set
      And `coodie server up` has started nothing
      When we connect without naming a host
        """python
        init_coodie(keyspace="shop")
        """
      Then it is refused with ConfigurationError
        """
        no host to connect to: give init_coodie(hosts=[...]), or set COODIE_HOSTS;
        `coodie server up` starts a local server and says its address
        """

    Scenario: No server answers at the address
      When we connect to a port where nobody listens
        """python
        init_coodie(hosts=["127.0.0.1:1"], keyspace="shop")
        """
      Then it is refused with Unavailable
        """
        no CQL server answers: …onnection refused…. Is it running, and is the address right?
        `coodie server up` starts a local one; hosts= or COODIE_HOSTS says where to look
        """

    Scenario: A driver that does not exist
      When we ask for a driver that nobody knows
        """python
        init_coodie(hosts=[address], driver_type="mysql")
        """
      Then it is refused with ConfigurationError
        """
        unknown driver_type 'mysql': use one of 'scylla', 'cassandra'…
        """

    Scenario: The keyspace does not exist
      Given we have connected with a keyspace that nobody has made
        """python
        init_coodie(hosts=[address], keyspace="atlantis")
        """
      When we read from it
        """python
        Article.get(number=1)
        """
      Then it is refused with ServerRejected
        """
        keyspace 'atlantis' does not exist: call create_keyspace('atlantis') first
        """

    Scenario: Nobody has connected
      When we read without a connection
        """python
        Article.get(number=1)
        """
      Then it is refused with ConfigurationError
        """
        no connection is registered (known: none): call init_coodie() first
        """

  Rule: A program may have several connections, each with a name

    The first is the default, whatever comes later. A model chooses another with `connection` in its `Settings`.

    Scenario: A model of the archive uses the archive's connection
      Given we have connected twice
        """python
        main = init_coodie(hosts=[address], keyspace="shop")
        archive = init_coodie(hosts=[address], keyspace="archive", name="archive")
        """
      When we ask where the rows of an archived invoice would be read
        """python
        class Invoice(Document):
            id: Annotated[int, PrimaryKey()]

            class Settings:
                connection = "archive"

        Invoice.find(id=1).explain().cql
        """
      Then the result is `'SELECT "id" FROM "archive"."invoice" WHERE "id" = ?'`
      And `get_driver() is main` holds
      And `get_driver("archive") is archive` holds

    Scenario: A name that nobody has registered
      Given we have connected once
        """python
        init_coodie(hosts=[address], keyspace=keyspace)
        """
      When we ask for a connection by a misspelt name
        """python
        get_driver("archiv")
        """
      Then it is refused with ConfigurationError
        """
        no connection is called 'archiv' (known: default): call init_coodie() first
        """

  Rule: A lazy connection opens with its first statement

    This is for frameworks that import an application long before they serve, and for workers that fork.

    Scenario: Connecting lazily sends nothing
      When we connect lazily to a port where nobody listens
        """python
        driver = init_coodie(hosts=["127.0.0.1:1"], keyspace="shop", lazy=True)
        """
      Then `get_driver() is driver` holds

    Scenario: The first statement opens it
      Given we have connected lazily
        """python
        init_coodie(hosts=[address], keyspace=keyspace, lazy=True)
        """
      When we send the first statement
        """python
        execute_raw("SELECT key FROM system.local")
        """
      Then the result is `[{"key": "local"}]`

    Scenario: The first statement says that nobody listens
      Given we have connected lazily to a port where nobody listens
        """python
        init_coodie(hosts=["127.0.0.1:1"], keyspace="shop", lazy=True)
        """
      When we send the first statement
        """python
        execute_raw("SELECT key FROM system.local")
        """
      Then it is refused with Unavailable
        """
        no CQL server answers: …onnection refused…
        """
