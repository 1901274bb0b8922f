Feature: The README of django-taskboard
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "django-taskboard" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                 | status |
      | GET /api/boards/engine  | 200    |
      | POST /api/tasks         | 201    |
      | PUT /api/tasks/…        | 200    |
      | GET /api/tasks/…/events | 200    |
      | PUT /api/tasks/…        | 422    |
    And the CQL in its README was sent

  Scenario: Its code is the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
