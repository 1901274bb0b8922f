Feature: The API of migration-guide
  What the pages show is there for programs too, as JSON under `/api/`. The bar's *API* leads to a page that tells each
  operation with what it takes, what it answers, and a line for the terminal; `/openapi.json` is the same for tools.

  Background:
    Given the demo "migration-guide" runs

  Scenario: Its examples work as they stand
    Given the rows are copied
    When a program tries each example of its API page that deletes nothing
    Then each is answered as it tells
      | method | path                 | status |
      | GET    | /api/loans           | 200    |
      | POST   | /api/loans           | 201    |
      | GET    | /api/parity          | 200    |
      | PUT    | /api/copy            | 200    |
      | GET    | /api/verification    | 200    |
      | PUT    | /api/verification    | 200    |
      | POST   | /api/corruption      | 201    |
      | PUT    | /api/evolution       | 200    |
      | PUT    | /api/guide/{feature} | 200    |
      | GET    | /api/conversion      | 200    |

  @browser
  Scenario: The page tells them
    When a visitor opens / on a desktop
    And the visitor presses "API"
    Then the page shows "The same data as JSON"
    And nothing is wrong with the page
