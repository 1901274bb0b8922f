@faults @slow
Feature: A node dies
  A cluster keeps each row on several nodes, so that one of them may die. What that is worth depends on how many must
  answer, which each statement says by its consistency level. Of three replicas:

  | level  | must answer | goes on with one dead | what is read after a write |
  |--------|-------------|-----------------------|----------------------------|
  | ONE    | 1           | yes, even with two    | maybe something older      |
  | QUORUM | 2           | yes                   | that write, or a later one |
  | ALL    | 3           | no                    | that write, or a later one |

  A quorum of readers and a quorum of writers share a node, and a node writes to its disk before it says so. So what was
  acknowledged at QUORUM is found at QUORUM, whichever node dies, and whenever.

  Until the others have noticed that a node is dead, which takes them some ten seconds, they ask it like any other. A read
  then takes as long as the table's `speculative_retry` says before another replica is asked: 100 milliseconds here.

  These scenarios run on three nodes, each a process of its own, which are killed as by a loss of power: `SIGKILL`.

  Rule: At QUORUM, writes and reads go on, and nothing that was acknowledged is lost

    Background:
      Given a cluster of three nodes, each of which keeps every row
      And the model Article

    Scenario: A node dies in the middle of a load, and later another one
      When we save five hundred articles, while a node is killed
        """python
        def articles():
            for number in range(500):
                if number == 200:
                    cluster.kill(3)
                yield Article(number=number, name=f"article {number}")

        loaded = Article.bulk_save(articles(), consistency="QUORUM", concurrency=16)
        """
      Then `loaded.failed` is `[]`
      And each of the 500 articles that were acknowledged is found at QUORUM
      When the third node is started again, and then the second node is killed
      Then each of the 500 articles that were acknowledged is found at QUORUM

  Rule: At ALL, a dead node is an error that says how many were needed, and how many are there

    Background:
      Given a cluster of three nodes, one of which has died, as the others have noticed
      And the model Order

    Scenario Outline: <what> at ALL
      When we ask for all replicas
        """python
        <statement>
        """
      Then it is refused with Unavailable
        """
        too few replicas are alive…ALL…
        """
      And the error says that it is safe to send again

      Examples:
        | what    | statement                                                      |
        | A write | Order(number=1, customer="ada", total=1).save(consistency="ALL") |
        | A read  | Order.find(number=1).consistency("ALL").all()                  |

    Scenario: The same at QUORUM
      When we save and read at QUORUM
        """python
        Order(number=1, customer="ada", total=1).save(consistency="QUORUM")
        Order.find(number=1).consistency("QUORUM").all()
        """
      Then these come back
        | number | customer | total |
        | 1      | ada      | 1     |
