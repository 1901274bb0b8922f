Feature: What is sent again, and what is not
  A server in trouble refuses, and a network in trouble says nothing. What can be done then depends on the statement:

  | statement | again? | why |
  |---|---|---|
  | a read; a write of values | yes, by the library | to do it twice is to do it once |
  | a counter, `tags__append`, a lightweight transaction | never by the library | twice would be something else |

  So an idempotent statement whose error says that it is safe is sent up to three times, with growing pauses, as long as
  the connection's budget lasts: twenty at once, two a second. It keeps a cluster in trouble from being flooded by those
  who wait for it. A statement with a `timeout` of its own is sent once, as another attempt would exceed it.

  The class of an error tells what became of a write:

  | error | the write |
  |---|---|
  | `Unavailable`, `ServerRejected` | was not applied, by any attempt |
  | `Timeout`, and so `WriteTimeout` | may have been applied: no answer came, in time or at all, or too few replicas confirmed it |

  Where a write was sent again, the class speaks of all attempts: if one of them was not answered, a refusal of the next
  one does not make it undone.

  Each `OperationError` tells: the statement's text but none of its values, the consistency, the node where the driver
  knows it, and in `retry_safe` whether sending it again could change what comes of it.

  Background:
    Given the models Article and Visits

  Rule: An idempotent statement is sent up to three times

    The cluster of this scenario has one node, so two replicas can never be alive.

    Scenario: A read that two replicas shall answer
      When we read at a consistency that cannot be reached
        """python
        Article.find(number=1).consistency("TWO").all()
        """
      Then it is refused with Unavailable
        """
        too few replicas are alive…TWO…
        """
      And 3 statements were sent
      And the error says that it is safe to send again
      And the error's note is
        """
        statement: SELECT … FROM … WHERE "number" = ? (at TWO…); it is safe to send it again
        """

    Scenario: A write of values
      When we save at that consistency
        """python
        Article(number=1, name="lamp").save(consistency="TWO")
        """
      Then it is refused with Unavailable
        """
        too few replicas are alive…TWO…
        """
      And 3 statements were sent

    Scenario: The budget is spent
      When we ask thirty times for what cannot be had
        """python
        refused = 0
        for _ in range(30):
            try:
                Article.find(number=1).consistency("TWO").all()
            except Unavailable:
                refused += 1
        refused
        """
      Then the result is `30`
      And at most 70 statements were sent

  Rule: What would be something else the second time is sent once

    Scenario Outline: <case>
      When we write at a consistency that cannot be reached
        """python
        <write>
        """
      Then it is refused with Unavailable
        """
        too few replicas are alive…TWO…
        """
      And 1 statement was sent

      Examples:
        | case                                | write                                                                                       |
        | A counter                           | Visits(page="/", day=date(2026, 5, 1)).increment(visits=1, consistency="TWO")               |
        | An append to a list                 | Article.find(number=1).consistency("TWO").update(notes__append=["sold"])                    |
        | A lightweight transaction           | Article(number=1, name="lamp").insert(consistency="TWO")                                    |
        | A statement with a limit of its own | Article.find(number=1).consistency("TWO").timeout(5).all()                                  |

  Rule: A lightweight transaction without an answer may have been applied, and a serial read finds out

    Background:
      Given a network that can hold up answers lies between the program and the server
      And no connection is open
      And we have connected over that network, and used both statements
        """python
        init_coodie(hosts=[address], keyspace=keyspace)
        Article.find(number=7).consistency("SERIAL").all()
        Article(number=6, name="bulb").insert()
        """

    Scenario: The answer is lost
      Given the network holds up every answer
      When we insert, and wait half a second
        """python
        Article(number=7, name="lamp").insert(timeout=0.5)
        """
      Then it is refused with Timeout
        """
        no answer came in time; whether the write was applied is unknown: read the row with consistency("SERIAL") to find
        out, which also finishes what was begun
        """
      And 1 statement was sent
      When the network lets answers pass again
      And we read the row as the error says
        """python
        Article.find(number=7).consistency("SERIAL").all()[0].name
        """
      Then the result is `"lamp"`

    Scenario: A read that is not answered is safe to repeat
      Given the network holds up every answer
      When we read, and wait half a second
        """python
        Article.find(number=6).consistency("SERIAL").timeout(0.5).all()
        """
      Then it is refused with Timeout
        """
        no answer came in time; it is safe to send it again
        """
      And the error says that it is safe to send again
      When the network lets answers pass again
      And we read again
        """python
        Article.find(number=6).consistency("SERIAL").all()[0].name
        """
      Then the result is `"bulb"`

    Scenario: The connection breaks at the answer
      Given the network breaks at the next answer
      When we insert
        """python
        Article(number=8, name="lamp").insert()
        """
      Then it is refused with Timeout
        """
        …; whether the write was applied is unknown: read the row with consistency("SERIAL") to find out, which also
        finishes what was begun…
        """
      And 1 statement was sent
      When the network is mended
      And we connect anew, and read the row as the error says
        """python
        init_coodie(hosts=[address], keyspace=keyspace, name="anew", default=True)
        Article.find(number=8).consistency("SERIAL").all()[0].name
        """
      Then the result is `"lamp"`
