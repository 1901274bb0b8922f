Feature: The API of vector-search
  What the pages show is there for programs too, as JSON under `/api/`. The bar's *API* leads to a page that tells each
  operation with what it takes, what it answers, and a line for the terminal; `/openapi.json` is the same for tools.

  Background:
    Given the demo "vector-search" runs

  Scenario: Its examples work as they stand
    When a program tries each example of its API page that deletes nothing
    Then each is answered as it tells
      | method | path                                       | status |
      | GET    | /api/search                                | 200    |
      | GET    | /api/recall                                | 200    |
      | POST   | /api/products                              | 201    |
      | GET    | /api/products/{category}/{product_id}      | 200    |
      | GET    | /api/products/{category}/{product_id}/like | 200    |

  @browser
  Scenario: The page tells them
    When a visitor opens / on a desktop
    And the visitor presses "API"
    Then the page shows "The same data as JSON"
    And nothing is wrong with the page
