Feature: Counting views and votes
  A site counts how often its pages are viewed and voted for, hour by hour. A page is a partition, each hour a row in it,
  each number a counter: whoever counts sends one statement that adds, and reads nothing first.

  The newest hours lie on top of each partition, so what a board of twelve pages shows is one statement.

  Background:
    Given the demo "realtime-counters" runs

  Rule: A row of counters comes to be with its first increment

    Scenario: A new page
      Given a program posts /api/pages
        """json
        {"title": "How to read a barometer"}
        """
      And we remember its `slug` as page
      When a program asks for /api/pages/{page}/hours
      Then the answer is 200
      And there are 0 `items`
      When a program posts /api/pages/{page}/views
        """json
        {}
        """
      Then the answer is 200
      And it holds
        | part  | value |
        | views | 1     |
        | up    | 0     |
      When a program asks for /api/pages/{page}/hours
      Then there are 1 `items`

  Rule: A vote adds, and one taken back subtracts

    Scenario: Two up, one back, one down
      Given a program posts /api/pages
        """json
        {"title": "Why we whitewash barns"}
        """
      And we remember its `slug` as page
      When a program posts /api/pages/{page}/votes
        """json
        {"vote": "up"}
        """
      And a program posts /api/pages/{page}/votes
        """json
        {"vote": "up"}
        """
      And a program posts /api/pages/{page}/votes
        """json
        {"vote": "up", "back": true}
        """
      And a program posts /api/pages/{page}/votes
        """json
        {"vote": "down"}
        """
      Then it holds
        | part  | value |
        | views | 0     |
        | up    | 1     |
        | down  | 1     |

  Rule: The sample is counted once, however often the demo is started

    A counter cannot be set to a value, only moved. So a page that is there is left as it is, and what was counted since
    the last start stays.

    Scenario: Counted, ended, started again
      Given a program posts /api/pages/a-day-to-keep-bees-7f0a/views
        """json
        {}
        """
      And we remember its `views` as views
      When the demo is ended and started again
      And a program asks for /api/pages/a-day-to-keep-bees-7f0a
      Then its `views` is still {views}

    Scenario: Pages come in the order of their names, a dozen at a time
      When a program asks for /api/pages
      Then there are 12 `items`
      And its `items` are in the order of their `slug`
      When we remember its `next` as token
      And a program asks for /api/pages?token={token}
      Then there are 12 `items`
      When a program asks for /api/pages?token=nonsense
      Then the answer is 400

  Rule: What is wrong is said, and nothing is counted

    Scenario Outline: <what> is refused
      When a program posts <path>
        """json
        <body>
        """
      Then the answer is <status>

      Examples:
        | what                          | path                                     | body                                                | status |
        | A page without a title        | /api/pages                               | {"title": ""}                                       | 422    |
        | A vote sideways               | /api/pages/a-day-to-keep-bees-7f0a/votes | {"vote": "sideways"}                                | 422    |
        | A view of a page that is none | /api/pages/nowhere/views                 | {}                                                  | 404    |
        | A page that cannot be a name  | /api/pages/No%20Page/views               | {}                                                  | 404    |
        | A burst of nothing            | /api/bursts                              | {"page": "a-day-to-keep-bees-7f0a", "increments": 0} | 422   |
        | A burst without an end        | /api/bursts                              | {"page": "a-day-to-keep-bees-7f0a", "increments": 20001} | 422 |
        | A burst on a page that is none | /api/bursts                             | {"page": "nowhere"}                                 | 404    |
