Feature: The API of lwt-user-registry
  What the pages show is there for programs too, as JSON under `/api/`. The bar's *API* leads to a page that tells each
  operation with what it takes, what it answers, and a line for the terminal; `/openapi.json` is the same for tools.

  Background:
    Given the demo "lwt-user-registry" runs

  Scenario: Its examples work as they stand
    When a program tries each example of its API page that deletes nothing
    Then each is answered as it tells
      | method | path                      | status |
      | GET    | /api/users                | 200    |
      | POST   | /api/users                | 201    |
      | GET    | /api/users/{name}         | 200    |
      | PUT    | /api/users/{name}/person  | 200    |
      | PUT    | /api/users/{name}/profile | 409    |
      | POST   | /api/contests             | 200    |
      | POST   | /api/latency              | 200    |

  @browser
  Scenario: The page tells them
    When a visitor opens / on a desktop
    And the visitor presses "API"
    Then the page shows "The same data as JSON"
    And nothing is wrong with the page
