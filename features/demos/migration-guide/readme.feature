Feature: The README of migration-guide
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "migration-guide" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                                     | status |
      | GET /api/loans?branch=north&day=2026-03-12  | 200    |
      | POST /api/loans                             | 201    |
      | GET /api/parity                             | 200    |
      | PUT /api/copy                               | 200    |
      | POST /api/corruption                        | 201    |
      | PUT /api/verification                       | 200    |
      | PUT /api/guide/conditions                   | 200    |
      | PUT /api/evolution                          | 200    |
    And the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
