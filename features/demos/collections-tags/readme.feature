Feature: The README of collections-tags
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "collections-tags" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                     | status |
      | GET /api/tags               | 200    |
      | GET /api/articles?tag=bark  | 200    |
      | POST /api/articles/…/changes | 200   |
      | POST /api/articles/…/changes | 200   |
      | POST /api/articles/…/changes | 200   |
      | POST /api/articles/…/changes | 409   |
      | PUT /api/tags/bark          | 200    |
    And the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
