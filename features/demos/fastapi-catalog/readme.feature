Feature: The README of fastapi-catalog
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "fastapi-catalog" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                       | status |
      | GET /api/products?q=b         | 200    |
      | GET /api/products?brand=Fennmark | 200 |
      | POST /api/products            | 201    |
      | GET /api/products/…           | 200    |
      | PUT /api/products/…           | 200    |
      | POST /api/products/…/reviews  | 201    |
      | GET /api/products/…/reviews   | 200    |
      | POST /api/products            | 422    |
    And the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
