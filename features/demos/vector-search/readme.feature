Feature: The README of vector-search
  What a README tells to type should work, word for word. Here its examples are run against the demo, in their order,
  and its code is compared with the demo's own.

  Background:
    Given the demo "vector-search" runs

  Scenario: Its curl examples work
    When somebody runs the curl examples of its README, one after the other
    Then they answer
      | request                                                        | status |
      | GET /api/search?q=get+rid+of+secret+papers&k=3                 | 200    |
      | GET /api/search?q=something+warm&k=5&least=0.55&category=Sleep | 200    |
      | POST /api/products                                             | 201    |
      | GET /api/products/Camping/…/like?k=3                           | 200    |
      | GET /api/recall?q=stay+warm&k=10                               | 200    |

  Scenario: Its model is the demo's
    Then the Python in its README stands in its source
