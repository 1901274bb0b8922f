Feature: The README of argus-tracker
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "argus-tracker" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                                                  | status |
      | GET /api/errors/fathom-3.2/failover-under-load           | 200    |
      | GET /api/errors/fathom-3.2?q=the+volume+was+full&k=3     | 200    |
      | POST /api/tests/fathom-3.2/rolling-upgrade/ignore        | 200    |
      | POST /api/runs                                           | 201    |
      | PUT /api/runs/fathom-3.1/query-planner/…/events/0        | 200    |
      | PUT /api/runs/fathom-3.1/query-planner/…/results/plans   | 200    |
      | PUT /api/runs/fathom-3.1/query-planner/…/status          | 200    |
      | GET /api/users/ines/notifications                        | 200    |
      | GET /api/prepared                                        | 200    |
    Given the program says X-Agent-Token: sample-agent-token
    When a program asks for /
    And a program puts /api/runs/fathom-3.1/query-planner/8a1e4c00-7500-11f1-8000-0123456789ab/results/plans
      """json
      {"measures": [{"name": "rate", "unit": "plans/s", "higher_is_better": true}], "rows": {"joins": {"rate": 7400}}}
      """
    Then the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
