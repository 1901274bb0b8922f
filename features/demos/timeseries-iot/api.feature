Feature: The API of timeseries-iot
  What the pages show is there for programs too, as JSON under `/api/`. The bar's *API* leads to a page that tells each
  operation with what it takes, what it answers, and a line for the terminal; `/openapi.json` is the same for tools.

  Background:
    Given the demo "timeseries-iot" runs

  Scenario: Its examples work as they stand
    When a program tries each example of its API page that deletes nothing
    Then each is answered as it tells
      | method | path                              | status |
      | GET    | /api/sensors                      | 200    |
      | POST   | /api/sensors/{sensor_id}/readings | 201    |
      | GET    | /api/sensors/{sensor_id}/days     | 200    |
      | GET    | /api/sensors/{sensor_id}/series   | 200    |
      | GET    | /api/flood                        | 200    |
      | POST   | /api/flood                        | 202    |

  @browser
  Scenario: The page tells them
    When a visitor opens / on a desktop
    And the visitor presses "API"
    Then the page shows "The same data as JSON"
    And nothing is wrong with the page
