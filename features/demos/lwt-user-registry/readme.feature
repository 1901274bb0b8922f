Feature: The README of lwt-user-registry
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "lwt-user-registry" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                      | status |
      | POST /api/users              | 201    |
      | POST /api/users              | 409    |
      | PUT /api/users/mitchell/person | 200  |
      | PUT /api/users/mitchell/profile | 409 |
      | POST /api/contests           | 200    |
      | POST /api/latency            | 200    |
      | DELETE /api/users/mitchell   | 204    |
    And the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
