Feature: The README of flask-blog
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code and its CQL are compared with the demo's own.

  Background:
    Given the demo "flask-blog" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                    | status |
      | GET /api/posts             | 200    |
      | GET /api/posts?author=ada  | 200    |
      | GET /api/posts?tag=paging  | 200    |
      | POST /api/posts            | 201    |
      | GET /api/posts/…           | 200    |
      | POST /api/posts/…/comments | 201    |
      | GET /api/posts/…/comments  | 200    |
      | PUT /api/posts/…           | 200    |
      | DELETE /api/posts/…        | 204    |
      | POST /api/posts            | 422    |
    And the CQL in its README was sent

  Scenario: Its models are the demo's
    Then the Python in its README stands in its source
    And the links in its README lead somewhere
