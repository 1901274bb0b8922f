Feature: How sure, and how long
  Each row lies on several nodes, its replicas. The *consistency level* says how many of them must have answered before a
  statement is done: with `LOCAL_ONE` one is enough, which is fast and may miss what another has just been told; with
  `LOCAL_QUORUM` it is most of those in the own datacenter, so that a quorum that reads always meets one node of the quorum
  that wrote. A conditional write has a second level, the *serial consistency*: whether replicas must agree in all
  datacenters (`SERIAL`) or in this one (`LOCAL_SERIAL`).

  Both are matters of the data more than of the place in the program that reads it, so a model can say them once:

      class Account(Document):
          ...
          class Settings:
              consistency = "LOCAL_QUORUM"
              serial_consistency = "LOCAL_SERIAL"
              timeout = 2.5          # seconds that a call waits for its answer
              profile = "accounts"   # an execution profile of the driver's session

  What a call or a query says itself goes before what its model says, and that before what the connection does.

  Rule: A model says how its statements are executed

    Background:
      Given the model Ledger

    Scenario Outline: <what> follows the model
      When we use the model without a word of consistency
        """python
        <call>
        """
      Then the last statement was sent with these options
        | consistency  | serial_consistency | timeout |
        | LOCAL_QUORUM | LOCAL_SERIAL       | 7.5     |

      Examples:
        | what               | call                                                                    |
        | Saving             | Ledger(account="ada", entry=1).save()                                   |
        | Inserting          | Ledger(account="ada", entry=1).insert()                                 |
        | Updating           | Ledger(account="ada", entry=1).update(cents=5)                          |
        | Deleting           | Ledger(account="ada", entry=1).delete()                                 |
        | Deleting a column  | Ledger(account="ada", entry=1).delete_columns("cents")                  |
        | Saving many        | Ledger.bulk_save([Ledger(account="ada", entry=number) for number in (1, 2)]) |
        | Getting by key     | Ledger.find_one(account="ada", entry=1)                                 |
        | Finding            | Ledger.find(account="ada").all()                                        |
        | Reading a page     | Ledger.find(account="ada").paged_all()                                  |
        | Counting           | Ledger.find(account="ada").count()                                      |
        | Adding up          | Ledger.find(account="ada").sum("cents")                                 |
        | Values             | Ledger.find(account="ada").values("cents").all()                        |
        | Updating by key    | Ledger.find(account="ada", entry=1).update(cents=5)                     |
        | Deleting by key    | Ledger.find(account="ada").delete()                                     |
        | Creating           | Ledger.create(account="ada", entry=1)                                   |
        | Many reads at once | gather(Ledger.find(account="ada"), Ledger.find(account="bo"))           |

    Scenario: Reading the row again
      When we refresh a document
        """python
        entry = Ledger(account="ada", entry=1, cents=5).save()
        entry.refresh()
        """
      Then the last statement was sent with these options
        | consistency  | serial_consistency | timeout |
        | LOCAL_QUORUM | LOCAL_SERIAL       | 7.5     |

    Scenario: A batch follows the models in it
      When we send a batch
        """python
        with BatchQuery() as batch:
            Ledger(account="ada", entry=1).save(batch=batch)
            Ledger(account="ada", entry=2).save(batch=batch)
        """
      Then the last statement was sent with these options
        | consistency  | serial_consistency | timeout |
        | LOCAL_QUORUM | LOCAL_SERIAL       | 7.5     |

  Rule: A call, or a query, says it for itself

    Background:
      Given the model Ledger

    Scenario Outline: <what>
      When we say it
        """python
        <call>
        """
      Then the last statement was sent with these options
        | consistency   | serial_consistency | timeout   |
        | <consistency> | <serial>           | <timeout> |

      Examples:
        | what                          | call                                                                          | consistency  | serial       | timeout |
        | A save to all replicas        | Ledger(account="ada", entry=1).save(consistency="ALL")                        | ALL          | LOCAL_SERIAL | 7.5     |
        | A save that may take longer   | Ledger(account="ada", entry=1).save(timeout=60)                               | LOCAL_QUORUM | LOCAL_SERIAL | 60      |
        | A read from one replica       | Ledger.find(account="ada").consistency("ONE").all()                           | ONE          | LOCAL_SERIAL | 7.5     |
        | A read of what is being agreed | Ledger.find(account="ada", entry=1).consistency("SERIAL").all()              | SERIAL       | LOCAL_SERIAL | 7.5     |
        | A condition for all datacenters | Ledger.find(account="ada", entry=1).serial_consistency("SERIAL").if_exists().update(cents=1) | LOCAL_QUORUM | SERIAL | 7.5 |
        | A read that must be quick     | Ledger.find(account="ada").timeout(5).first()                                 | LOCAL_QUORUM | LOCAL_SERIAL | 5       |

    Scenario: A batch says it for all of its statements
      When we send a batch to all replicas
        """python
        with BatchQuery(consistency="ALL") as batch:
            Ledger(account="ada", entry=1).save(batch=batch)
        """
      Then the last statement was sent with these options
        | consistency | serial_consistency | timeout |
        | ALL         | LOCAL_SERIAL       | 7.5     |

    Scenario: The statements of a batch want different levels
      When we put both into one batch
        """python
        with BatchQuery() as batch:
            Ledger(account="ada", entry=1).save(batch=batch)
            Ledger(account="ada", entry=2).save(batch=batch, consistency="ALL")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        the statements of a batch want different values of consistency: 'LOCAL_QUORUM' (of ledger), 'ALL' (of ledger); give the batch one
        """

    Scenario: An answer that does not come in time
      When we wait a millionth of a second
        """python
        Ledger.find(account="ada").timeout(0.000001).all()
        """
      Then it is refused with Timeout
        """
        …
        """

  Rule: An execution profile of the application's session is used by its name

    Background:
      Given the model Ledger
      And no connection is open

    Scenario: A profile that asks all replicas
      When we use a session that has a profile, and name it in a query
        """python
        from cassandra import ConsistencyLevel
        from cassandra.cluster import Cluster, ExecutionProfile
        from cassandra.query import dict_factory

        careful = ExecutionProfile(consistency_level=ConsistencyLevel.ALL, row_factory=dict_factory)
        cluster = Cluster([host], port=port, execution_profiles={"careful": careful})
        init_coodie(session=cluster.connect(), keyspace=keyspace)
        Ledger(account="ada", entry=1, cents=5).save()
        found = Ledger.find(account="ada").profile("careful").all()
        cluster.shutdown()
        """
      Then `[entry.cents for entry in found]` is `[5]`
      And the last statement was sent with these options
        | consistency  | serial_consistency | timeout | profile |
        | LOCAL_QUORUM | LOCAL_SERIAL       | 7.5     | careful |

  Rule: What no server knows is refused

    Scenario Outline: <setting> = <value>
      When we declare it
        """python
        class Ledger(Document):
            account: Annotated[str, PrimaryKey()]

            class Settings:
                <setting> = <value>

        Ledger.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Ledger.Settings.<setting> must be <reason>, not <value>
        """

      Examples:
        | setting            | value    | reason                                                                                       |
        | consistency        | 'QUORAM' | one of ALL, EACH_QUORUM, LOCAL_ONE, LOCAL_QUORUM, ONE, QUORUM, THREE, TWO                       |
        | consistency        | 'ANY'    | one of ALL, EACH_QUORUM, LOCAL_ONE, LOCAL_QUORUM, ONE, QUORUM, THREE, TWO                       |
        | serial_consistency | 'QUORUM' | one of LOCAL_SERIAL, SERIAL                                                                   |
        | timeout            | 0        | a number of seconds above 0                                                                  |
