Feature: Feeding users
  `make seed FEED=file` registers names from a file. Rows that cannot be names are left out, each named with its line and
  its reason. A name that is taken stays as it is, so feeding a file twice changes nothing.

  Background:
    Given the demo "lwt-user-registry" runs

  Rule: A sound file is registered once

    Scenario: Six astronomers
      When somebody feeds it the file users.csv
      Then it succeeds
      When a program puts /api/users/leavitt/profile
        """json
        {"version": 1, "motto": "Longer periods are brighter.", "place": "Cambridge"}
        """
      And somebody feeds it the file users.csv
      And a program asks for /api/users/leavitt
      Then it holds
        | part    | value                        |
        | motto   | Longer periods are brighter. |
        | version | 2                            |

  Rule: A broken row is rejected with its line and its reason, and the others are registered

    Scenario: Five of seven rows are broken
      When somebody feeds it the file users-broken.csv
      Then these rows are rejected
        | line | reason                                                  |
        | 3    | name: String should match pattern '^[a-z][a-z0-9_]*$'   |
        | 4    | name: String should match pattern '^[a-z][a-z0-9_]*$'   |
        | 5    | name: String should have at least 2 characters          |
        | 6    | person: String should have at least 1 character         |
        | 7    | place: missing                                          |
      When a program asks for /api/users/rubin
      Then it holds
        | part   | value      |
        | person | Vera Rubin |
