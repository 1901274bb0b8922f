Feature: Whether it failed before
  A flaky test fails for several reasons, and each time in other words: another node, another number, another sentence of
  the log. To see that two failures are one, their messages are made **vectors**: lists of numbers that point the same way
  where the messages mean alike. The vectors of a release lie in one partition, ordered by test.

      class ErrorVector(Timed, Document):
          release: Annotated[Name, PrimaryKey()]
          test: Annotated[Name, ClusteringKey()]
          id: Annotated[UUID, ClusteringKey("DESC", 1), TimeUUID()]
          …
          embedding: Annotated[list[float], Vector(dimensions=EMBEDDER.dimensions), VectorIndex("COSINE")]

  So the newest errors of a test are one slice, from which its map is drawn; and the errors of the whole release that are
  most like a message are found by the index.

  Background:
    Given the demo "argus-tracker" runs

  Rule: The errors of a flaky test cluster by what they mean

    Scenario: Three causes
      When a program asks for /api/errors/fathom-3.2/failover-under-load
      Then its `clusters.0.errors` is between 10 and 40
      And its `clusters.0.runs` is between 2 and 9
      And its `clusters.1.errors` is between 5 and 20
      And its `clusters.2.errors` is between 5 and 20
      And it says of its `clusters.0.message`
        """
        raft group …: leader election timed out, no quorum of votes from …
        """
      And it says of its `clusters.1.message`
        """
        commit log of …: cannot write segment …, no space left on device
        """
      And it says of its `clusters.2.message`
        """
        connection reset by peer: … closed the socket of client …
        """

    Scenario: A test that never failed has none
      When a program asks for /api/errors/fathom-3.2/query-planner
      Then there are 0 `dots`
      And there are 0 `clusters`

  Rule: A message finds those that mean the same, in whatever words

    Scenario: In words that stand in no log
      When a program asks for /api/errors/fathom-3.2?q=the%20volume%20was%20full%20and%20nothing%20could%20be%20written&k=3
      Then the `test` of each of its `errors` is failover-under-load, failover-under-load, failover-under-load
      And it says of its `errors.0.message`
        """
        disk full on …: commit log segment … could not be written
        """

    Scenario: Only what is near enough, only in one release
      When a program asks for /api/errors/fathom-3.2?q=no%20leader%20was%20elected&k=50&least=0.75
      Then it says of its `errors.0.message`
        """
        …raft…
        """
      When a program asks for /api/errors/fathom-0.1?q=no%20leader%20was%20elected
      Then there are 0 `errors`

  Rule: An error that arrives is found at once

    Scenario: From an agent
      Given the program says X-Agent-Token: sample-agent-token
      And a program posts /api/runs
        """json
        {"plugin": "unit_suite", "release": "fathom-3.1", "test": "rolling-upgrade", "build": 611, "version": "3.1.4",
         "total": {"passed": 0, "failed": 1}}
        """
      And we remember its `id` as run
      And a program puts /api/runs/fathom-3.1/rolling-upgrade/{run}/events/0
        """json
        {"events": [
          {"at": "2026-07-01T08:00:00Z", "severity": "error", "node": "db-1", "message": "licence of node 3 has expired"},
          {"at": "2026-07-01T08:00:01Z", "severity": "error", "node": "db-2", "message": "licence of node 4 has expired"},
          {"at": "2026-07-01T08:00:02Z", "severity": "normal", "node": "db-2", "message": "shutting down"}]}
        """
      When a program asks for /api/errors/fathom-3.1?q=the%20license%20is%20out%20of%20date&k=1
      Then it holds
        | part      | value                         |
        | errors.0.message | licence of node 3 has expired |
        | errors.0.repeats | 2                             |
      And its `errors.0.run` is still {run}
