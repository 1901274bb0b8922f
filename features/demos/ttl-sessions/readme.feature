Feature: The README of ttl-sessions
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "ttl-sessions" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                      | status |
      | POST /api/sessions           | 201    |
      | POST /api/sessions           | 201    |
      | GET /api/sessions?user=ada   | 200    |
      | PUT /api/sessions/linus/…    | 200    |
      | DELETE /api/sessions/linus/… | 204    |
      | GET /api/sessions/linus/…    | 404    |
    And the CQL in its README was sent

  Scenario: Its model is the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
