@faults
Feature: When one of the two databases is down
  There is no transaction across SQLite and Cassandra. A move is first committed in SQLite, together with its event in
  an *outbox* table. Only then the event goes to Cassandra, and leaves the outbox when it has arrived. While Cassandra is
  away the move is kept, the event waits, and the board says so; nothing is silently lost.

  Background:
    Given the demo "django-taskboard" runs, and its way to the CQL server can be cut

  Rule: A move is kept, and its event arrives later

    @browser
    Scenario: Cassandra is away for a while
      Given a program posts /api/tasks
        """json
        {"board": "engine", "title": "Oil the mill"}
        """
      And we remember its `task.id` as task
      And its way to the CQL server is cut
      When a program puts /api/tasks/{task}
        """json
        {"status": "doing"}
        """
      Then the answer is 200
      And it holds
        | part        | value |
        | task.status | doing |
        | waiting     | 1     |
      When a program asks for /api/boards/engine
      Then it holds
        | part           | value        |
        | tasks.0.title  | Oil the mill |
        | tasks.0.status | doing        |
        | arrived        | null         |
        | waiting        | 1            |
      When a program asks for /api/tasks/{task}/events
      Then the answer is 503
      When a visitor opens /boards/engine on a desktop
      Then the page shows "1 event waits in the outbox, in SQLite, and nothing is lost."
      When the visitor presses "Move “Oil the mill” to Done"
      Then the page shows "“Oil the mill” is in Done. Its history waits in the outbox."
      And nothing is wrong with the page
      When its way to the CQL server is mended
      Then within 60 seconds the `waiting` of /api/boards/engine is 0
      When a program asks for /api/tasks/{task}/events
      Then there are 3 `items`
      And it holds
        | part           | value |
        | items.0.source | doing |
        | items.0.target | done  |
        | items.1.target | doing |
        | items.2.source | new   |

  Rule: Without SQLite nothing is written, and that is said

    Scenario: Somebody else holds the file
      Given a program posts /api/tasks
        """json
        {"board": "network", "title": "Count the bridges"}
        """
      And we remember its `task.id` as task
      When its SQLite file is locked by somebody else
      And a program puts /api/tasks/{task}
        """json
        {"status": "done"}
        """
      Then the answer is 503
      And it holds
        | part   | value                                                                                               |
        | detail | The board's own database did not answer, so nothing was changed. Send it again in a moment. |
      When the lock is gone
      And a program asks for /api/tasks/{task}/events
      Then there are 1 `items`
      When a program asks for /api/boards/network
      Then it holds
        | part           | value             |
        | tasks.0.title  | Count the bridges |
        | tasks.0.status | todo              |
