Feature: Many runs, one batch
  When the cause is known, nobody wants to settle eight failures one by one, and nobody wants five of eight settled because a
  node fell over in between. So ignoring all failed runs of a test is **one batch**: an update and a comment for each run,
  and a note to whoever the test belongs to. All of it happens, or nothing.

      async with AsyncBatchQuery(logged=True) as batch:
          for run in now:
              await run.update(investigation="ignored", batch=batch)
          …

  It has its price. The runs of a test are one partition, but each comment lies in the partition of its run, so the batch
  is a *logged* one: a node writes it down on others before it applies any of it. The page shows what it was.

  Background:
    Given the demo "argus-tracker" runs

  Rule: All failed runs that nobody has looked at are ignored at once

    Scenario: Two runs, five statements, four partitions
      When a program posts /api/tests/fathom-3.2/storage-engine/ignore
        """json
        {"who": "ines", "reason": "The server was restarted."}
        """
      Then it holds
        | part       | value |
        | runs       | 2     |
        | left       | 0     |
        | statements | 5     |
        | partitions | 4     |
      And it says of its `cql`
        """
        BEGIN BATCH
          UPDATE …
          INSERT INTO …
        APPLY BATCH
        """
      When a program asks for /api/runs/fathom-3.2/storage-engine
      Then the `status` of each of its `items` is passed, failed, passed, failed, passed, passed
      And the `investigation` of each of its `items` is open, ignored, open, ignored, open, open
      When a program asks for /api/users/jonas/notifications
      Then it holds
        | part          | value                            |
        | items.0.title | 2 runs of storage-engine ignored |
        | items.0.body  | ines: The server was restarted. |

    Scenario: A second time there is nothing to send, and a restart brings nothing back
      The sample is written only where nothing is.

      When a program posts /api/tests/fathom-3.2/storage-engine/ignore
        """json
        {"who": "ines", "reason": "The server was restarted."}
        """
      When the demo is ended and started again
      And a program posts /api/tests/fathom-3.2/storage-engine/ignore
        """json
        {"who": "ines", "reason": "The server was restarted."}
        """
      Then it holds
        | part       | value |
        | runs       | 0     |
        | statements | 0     |

  Rule: On the page, one press

    @browser
    Scenario: Eight runs at once
      When a visitor opens /tests/fathom-3.2/failover-under-load on a desktop
      Then the page shows "Errors, near where they mean the same"
      And the page shows "8 failed runs wait for somebody"
      And nothing is wrong with the page
      When the visitor presses "Ignore all failed runs"
      Then the page shows "8 failed runs are ignored"
      And the page shows "One node writes it down on two others"
      And this is the picture of its README
      And nothing is wrong with the page

    @browser
    Scenario: The batch in the drawer
      When a visitor opens /tests/fathom-3.2/java-drivers on a desktop
      And the visitor presses "under the hood"
      Then under the hood stands "class TestRun(Kind, Document):"
      When the visitor presses "Ignore all failed runs"
      Then the page shows "1 failed run is ignored"
      When the visitor presses "BEGIN BATCH"
      Then under the hood stands "3 statements in 3 partitions; logged"
      And nothing is wrong with the page

  Rule: What is wrong is said

    Scenario Outline: <what>
      When a program posts /api/tests/fathom-3.2/<test>/ignore
        """json
        {"who": "<who>", "reason": "<reason>"}
        """
      Then the answer is <status>

      Examples:
        | what                  | test           | who   | reason | status |
        | Nobody of the team    | java-drivers   | zoe   | Known  | 404    |
        | No reason             | java-drivers   | jonas |        | 422    |
        | No such test          | nothing        | jonas | Known  | 404    |
