Feature: The README of realtime-counters
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "realtime-counters" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                                          | status |
      | GET /api/pages                                   | 200    |
      | POST /api/pages/a-day-to-keep-bees-7f0a/views    | 200    |
      | POST /api/pages/a-day-to-keep-bees-7f0a/votes    | 200    |
      | POST /api/pages/a-day-to-keep-bees-7f0a/votes    | 200    |
      | GET /api/pages/a-day-to-keep-bees-7f0a/hours     | 200    |
      | POST /api/bursts                                 | 202    |
      | POST /api/pages/nowhere/views                    | 404    |
    And the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
