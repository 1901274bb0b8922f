@faults
Feature: When the answer to a condition does not come
  Whoever inserts a name and hears nothing does not know whether it is theirs. Other than a counter's increment, this can
  be found out: a read at the consistency `SERIAL` brings to an end what is under way, and shows whose row stands there.

  Background:
    Given the demo "lwt-user-registry" runs, and its way to the CQL server can be cut

  Rule: A late answer leaves nothing unknown

    Scenario: The name was theirs, and the page found out
      When the answers of the CQL server take 3 seconds
      And a program posts /api/users
        """json
        {"name": "encke", "person": "Johann Encke"}
        """
      Then the answer is 201
      And it holds
        | part   | value        |
        | person | Johann Encke |
      When a program posts /api/users
        """json
        {"name": "encke", "person": "Somebody Else"}
        """
      Then the answer is 409
      When the answers of the CQL server come at once again
      And a program asks for /api/users/encke
      Then it holds
        | part    | value        |
        | person  | Johann Encke |
        | version | 1            |

  Rule: Without a database nothing is promised

    Scenario: Away
      Given its way to the CQL server is cut
      When a program posts /api/users
        """json
        {"name": "biela", "person": "Wilhelm von Biela"}
        """
      Then the answer is 503
      When its way to the CQL server is mended
      Then within 60 seconds the answer to /api/users/biela is 404
