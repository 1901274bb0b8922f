Feature: Events by the hundred thousand
  While a test runs, an **agent** on its machines tells of what happens, a batch of events at a time. Most are of no
  interest, until one is. So run and severity together are the partition: four critical events are read alone, however many
  normal ones there are.

      class Event(Timed, Document):
          run: Annotated[UUID, PrimaryKey()]
          severity: Annotated[Severity, PrimaryKey(1)]
          id: Annotated[UUID, ClusteringKey("DESC"), TimeUUID()]

  A batch has a number, which the agent counts. Its events have ids made of that number and their places, so a batch that
  is sent again writes the same rows; and the row that says what a batch brought is written last. The numbers on the page are
  added up from those rows, so no event is read to be counted, and none is counted twice.

  Background:
    Given the demo "argus-tracker" runs

  Rule: A stream that was interrupted goes on where it was

    @slow
    Scenario: Twenty thousand events, killed half way, and once more
      When somebody runs ingest.py --events 20000 and kills it half way
      And somebody runs ingest.py --events 20000
      Then it succeeds
      And its words hold "batches have arrived before."
      When a program asks for /api/runs/fathom-3.2/thousand-hours
      And we remember its `items.0.id` as run
      And a program asks for /api/runs/fathom-3.2/thousand-hours/{run}/counts
      Then it holds
        | part     | value |
        | critical | 24    |
        | error    | 105   |
        | warning  | 1939  |
        | normal   | 17932 |
      When a program asks for /api/runs/fathom-3.2/thousand-hours/{run}/events?severity=critical
      Then its `items` are newest first, by the moment in their `id`
      And there are 12 `items`
      When somebody runs ingest.py --events 20000
      Then its words hold "20 batches have arrived before."
      And its words hold "0 events sent"

    Scenario: Fewer than a batch are refused
      When somebody runs ingest.py --events 999
      Then it ends with 2
      And its words hold "is not in the range"

  Rule: An agent sends a batch as often as it likes

    Scenario: Sent twice, counted once
      Given the program says X-Agent-Token: sample-agent-token
      And a program posts /api/runs
        """json
        {"plugin": "unit_suite", "release": "fathom-3.2", "test": "query-planner", "build": 700, "version": "3.2.0-rc3",
         "total": {"passed": 1, "failed": 0}}
        """
      And we remember its `id` as run
      When a program puts /api/runs/fathom-3.2/query-planner/{run}/events/0
        """json
        {"events": [{"at": "2026-07-01T08:00:00Z", "severity": "warning", "node": "ci-1", "message": "plan was slow"},
                    {"at": "2026-07-01T08:00:00Z", "severity": "warning", "node": "ci-1", "message": "plan was slower"}]}
        """
      And a program puts /api/runs/fathom-3.2/query-planner/{run}/events/0
        """json
        {"events": [{"at": "2026-07-01T08:00:00Z", "severity": "warning", "node": "ci-1", "message": "plan was slow"},
                    {"at": "2026-07-01T08:00:00Z", "severity": "warning", "node": "ci-1", "message": "plan was slower"}]}
        """
      Then it holds
        | part   | value          |
        | counts | {"warning": 2} |
        | agent  | sample-agent   |
      When a program asks for /api/runs/fathom-3.2/query-planner/{run}/events?severity=warning
      Then there are 2 `items`
      When a program asks for /api/runs/fathom-3.2/query-planner/{run}/counts
      Then it holds
        | part    | value |
        | warning | 2     |
        | normal  | 0     |

    Scenario: A run that failed is told to whoever it belongs to
      Given the program says X-Agent-Token: sample-agent-token
      And a program posts /api/runs
        """json
        {"plugin": "unit_suite", "release": "fathom-3.2", "test": "query-planner", "build": 701, "version": "3.2.0-rc3",
         "total": {"passed": 0, "failed": 1}}
        """
      And we remember its `id` as run
      When a program puts /api/runs/fathom-3.2/query-planner/{run}/status
        """json
        {"status": "aborted", "seconds": 9}
        """
      Then it holds
        | part          | value   |
        | status        | aborted |
        | investigation | open    |
      When a program asks for /api/users/ines/notifications
      Then it holds
        | part          | value                 |
        | items.0.title | query-planner aborted |
      And it says of its `items.0.path`
        """
        /runs/fathom-3.2/query-planner/…
        """

  Rule: Who has no token writes nothing

    Scenario: No token, and a wrong one
      When a program posts /api/runs
        """json
        {}
        """
      Then the answer is 401
      Given the program says X-Agent-Token: guessed
      When a program posts /api/runs
        """json
        {}
        """
      Then the answer is 401

    Scenario Outline: <what>
      Given the program says X-Agent-Token: sample-agent-token
      When a program puts /api/runs/fathom-3.2/mixed-read-write/894d4800-70b9-11f1-ab1e-d3a170650839/events/1
        """json
        {"events": <events>}
        """
      Then the answer is 422
      And it holds
        | part           | value   |
        | errors.0.field | <field> |

      Examples:
        | what                      | events                                                                                         | field             |
        | An empty batch            | []                                                                                             | events            |
        | A severity that is none   | [{"at": "2026-07-01T08:00:00Z", "severity": "loud", "node": "n", "message": "m"}]              | events.0.severity |
        | A moment without its zone | [{"at": "2026-07-01T08:00:00", "severity": "error", "node": "n", "message": "m"}]              | events.0.at       |
        | An error without words    | [{"at": "2026-07-01T08:00:00Z", "severity": "error", "node": "n", "message": ""}]              | events.0.message  |

  Rule: A visitor makes a token for an agent

    @browser
    Scenario: Shown once
      When a visitor opens /agents on a desktop
      Then the page shows "texts prepared"
      And nothing is wrong with the page
      When the visitor types "runner-7" into "Name of the agent"
      And the visitor presses "Make a token"
      Then the page shows "shown this once"
      And nothing is wrong with the page
