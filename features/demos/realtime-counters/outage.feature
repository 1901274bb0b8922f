@faults
Feature: When answers do not come
  The worst that can happen to an increment is not that it fails. It is that nobody says what became of it. Here the
  answers of the server are held up on their way, and later the way itself is cut.

  Background:
    Given the demo "realtime-counters" runs, and its way to the CQL server can be cut

  Rule: An answer that is too late leaves the outcome unknown, and nothing is sent again

    Scenario: A view that was counted, though nobody said so
      Given a program posts /api/pages
        """json
        {"title": "How to wait for the post"}
        """
      And we remember its `slug` as page
      When the answers of the CQL server take 3 seconds
      And a program posts /api/pages/{page}/views
        """json
        {}
        """
      Then the answer is 503
      And it holds
        | part   | value                                                                                                                                                      |
        | detail | Unknown, not retried: no answer within 2 s, so this count is in the table or it is not. Sending it again could count it twice. |
      When the answers of the CQL server come at once again
      Then within 30 seconds the `views` of /api/pages/{page} is 1

  Rule: While the database is away the board stands still, and says so

    @browser
    Scenario: Away for a while
      When a visitor opens / on a desktop
      Then the page shows "views in 24 hours"
      When its way to the CQL server is cut
      Then the page shows "The database does not answer. The numbers stand still until it does."
      When its way to the CQL server is mended
      Then within 60 seconds the page no longer shows "The database does not answer."
      And nothing is wrong with the page
