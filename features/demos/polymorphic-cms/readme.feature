Feature: The README of polymorphic-cms
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "polymorphic-cms" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                              | status |
      | GET /api/content?channel=sea         | 200    |
      | GET /api/content?kind=podcast        | 200    |
      | GET /api/content?channel=sea&kind=podcast | 200 |
      | GET /api/content                     | 200    |
      | POST /api/content                    | 201    |
      | POST /api/content                    | 422    |
      | GET /api/content/sea/…               | 200    |
    And the CQL in its README was sent

  Scenario: Its model is the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
