Feature: What one server has and the other has not
  ScyllaDB and Cassandra speak nearly the same CQL. Where they do not, coodie knows which server it talks to: what this one
  would not understand is refused before it is sent, and the error names both servers, so that nobody has to guess from a
  syntax error. (For *tablets*, see *Keyspaces*; for vectors, the indexes' options.)

  Background:
    Given the model Article

  Rule: On Cassandra, what only ScyllaDB understands is refused by name

    @cassandra_only
    Scenario Outline: <what> on Cassandra is refused
      When we ask for it
        """python
        <code>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <words> exists on ScyllaDB only; this server is Cassandra…
        """
      And nothing was sent

      Examples:
        | what                          | code                                                | words         |
        | Reading past the cache        | Article.find(number=7).bypass_cache().all()         | BYPASS CACHE  |
        | Counting past the cache       | Article.find(number=7).bypass_cache().count()       | BYPASS CACHE  |
        | A timeout kept by the server  | Article.find(number=7).using(timeout=0.5).all()     | USING TIMEOUT |

    @cassandra_only
    Scenario: An index within each partition
      When we declare a local index
        """python
        class Stall(Document):
            market: Annotated[str, PrimaryKey()]
            number: Annotated[int, ClusteringKey()]
            goods: Annotated[str, Indexed(using="local")] = ""

        Stall.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        …local index exists on ScyllaDB only; this server is Cassandra…
        """

  Rule: On ScyllaDB it is said

    @scylla_only
    Scenario: Reading past the cache, for a scan that should not empty it
      Given these Article documents are saved
        | number | name |
        | 7      | lamp |
      When we read past the cache
        """python
        Article.find(number=7).bypass_cache().all()
        """
      Then these come back
        | number | name |
        | 7      | lamp |

    @scylla_only
    Scenario: A timeout that the server keeps
      Given these Article documents are saved
        | number | name |
        | 7      | lamp |
      When we give the server half a second
        """python
        Article.find(number=7).using(timeout=0.5).all()
        """
      Then these come back
        | number | name |
        | 7      | lamp |

    @scylla_only
    Scenario: A local index asks one partition
      When we find by a local index
        """python
        class Stall(Document):
            market: Annotated[str, PrimaryKey()]
            number: Annotated[int, ClusteringKey()]
            goods: Annotated[str, Indexed(using="local")] = ""

        Stall.sync_table()
        Stall(market="north", number=1, goods="fish").save()
        Stall(market="north", number=2, goods="tea").save()
        found = Stall.find(market="north", goods="tea").all()
        """
      Then `[stall.number for stall in found]` is `[2]`
