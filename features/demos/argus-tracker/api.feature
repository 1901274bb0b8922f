Feature: The API of argus-tracker
  What the pages show is there for programs too, as JSON under `/api/`. Reading is open; what agents write takes a token,
  which the examples send as the header `X-Agent-Token`. The bar's *API* leads to a page that tells each operation with what
  it takes, what it answers, and a line for the terminal; `/openapi.json` is the same for tools.

  Background:
    Given the demo "argus-tracker" runs

  Scenario: Its examples work as they stand
    When a program tries each example of its API page that deletes nothing
    Then each is answered as it tells
      | method | path                                                             | status |
      | GET    | /api/releases/{release}/tests                                    | 200    |
      | GET    | /api/releases/{release}/versions                                 | 200    |
      | GET    | /api/results/{release}/{test}                                    | 200    |
      | POST   | /api/tests/{release}/{test}/ignore                               | 200    |
      | GET    | /api/runs/{release}/{test}                                       | 200    |
      | GET    | /api/runs/{release}/{test}/{run_id}                              | 200    |
      | GET    | /api/runs/{release}/{test}/{run_id}/events                       | 200    |
      | GET    | /api/runs/{release}/{test}/{run_id}/counts                       | 200    |
      | GET    | /api/errors/{release}                                            | 200    |
      | GET    | /api/errors/{release}/{test}                                     | 200    |
      | GET    | /api/runs/{release}/{test}/{run_id}/comments                     | 200    |
      | POST   | /api/runs/{release}/{test}/{run_id}/comments                     | 201    |
      | PUT    | /api/runs/{release}/{test}/{run_id}/comments/{comment_id}/reaction | 200  |
      | GET    | /api/users/{user}/notifications                                  | 200    |
      | GET    | /api/prepared                                                    | 200    |
      | POST   | /api/runs                                                        | 201    |
      | PUT    | /api/runs/{release}/{test}/{run_id}/status                       | 200    |
      | PUT    | /api/runs/{release}/{test}/{run_id}/events/{number}              | 200    |
      | PUT    | /api/runs/{release}/{test}/{run_id}/results/{table}              | 200    |

  @browser
  Scenario: The page tells them
    When a visitor opens / on a desktop
    And the visitor presses "API"
    Then the page shows "The same data as JSON"
    And nothing is wrong with the page

  Scenario: Texts are prepared once, however often they are sent
    A text with markers is parsed by the server once. From then on its number is sent, and the values.

    Given a program asks for /api/runs/fathom-3.2/query-planner
    And a program asks for /api/prepared
    And we remember its `prepared` as prepared
    When a program asks for /api/runs/fathom-3.2/query-planner
    And a program asks for /api/runs/fathom-3.2/storage-engine
    And a program asks for /api/prepared
    Then its `prepared` is still {prepared}
    And its `sent` is between 4 and 1000000
