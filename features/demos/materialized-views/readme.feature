Feature: The README of materialized-views
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "materialized-views" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                              | status |
      | POST /api/products                   | 201    |
      | GET /api/views/category/Tents        | 200    |
      | GET /api/views/brand/Cairn           | 200    |
      | PUT /api/products/…                  | 200    |
      | POST /api/views/category/attempts    | 400    |
      | POST /api/measurements               | 200    |
    And the CQL in its README was sent

  Scenario: Its model is the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
