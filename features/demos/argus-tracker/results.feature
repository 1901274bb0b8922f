Feature: The best that was ever measured
  Some tests measure: operations a second, milliseconds. A table says what its columns are, and which end of each is better;
  every run adds rows; and for each cell the tracker keeps the **best**. Two runs may end at the same moment, so it is not read
  and then written. The write itself has a condition, and the row decides:

      await best.update(value=value, …, if_conditions={"value__lt": value})

  Background:
    Given the demo "argus-tracker" runs
    And the program says X-Agent-Token: sample-agent-token
    And a program posts /api/runs
      """json
      {"plugin": "unit_suite", "release": "fathom-3.1", "test": "mixed-read-write", "build": 800, "version": "3.1.4",
       "total": {"passed": 1, "failed": 0}}
      """
    And we remember its `id` as run

  Rule: Only a better value replaces the best

    Scenario: Higher is better, lower is better
      When a program puts /api/runs/fathom-3.1/mixed-read-write/{run}/results/scan
        """json
        {"rows": {"full": {"p99": 20.0, "rate": 100}}}
        """
      Then it holds
        | part | value                     |
        | best | ["full/p99", "full/rate"] |
      When a program puts /api/runs/fathom-3.1/mixed-read-write/{run}/results/scan
        """json
        {"rows": {"full": {"p99": 25.0, "rate": 120}}}
        """
      Then it holds
        | part | value         |
        | best | ["full/rate"] |
      When a program puts /api/runs/fathom-3.1/mixed-read-write/{run}/results/scan
        """json
        {"rows": {"full": {"p99": 20.0, "rate": 120}}}
        """
      Then it holds
        | part | value |
        | best | []    |

  Rule: What is wrong is said

    Scenario Outline: <what>
      When a program puts /api/runs/fathom-3.1/mixed-read-write/{run}/results/scan
        """json
        {"rows": <rows>}
        """
      Then the answer is 422

      Examples:
        | what              | rows                       |
        | No row            | {}                         |
        | A word            | {"full": {"p99": "quick"}} |
        | A nameless column | {"full": {"": 1.0}}        |
