Feature: Ten thousand increments at once
  A burst sends thousands of increments of one row, 64 under way at any moment, and keeps a ledger: what was answered,
  what was refused, and by how much the counter has moved in the end.

  An increment is not idempotent: sent twice, it counts twice. When no answer comes in time, it was counted or it was
  not, and nobody can tell which. So the ledger has a third line, *unknown, not retried*. The counter then lies between
  what was answered and what was answered or unknown; a retry would push it beyond.

  Background:
    Given the demo "realtime-counters" runs

  Rule: None is lost, and none is counted twice

    @slow
    Scenario: Ten thousand, exactly
      Given a program posts /api/pages
        """json
        {"title": "The longest night"}
        """
      And we remember its `slug` as page
      When a program posts /api/bursts
        """json
        {"page": "{page}", "increments": 10000}
        """
      Then the answer is 202
      When we remember its `id` as burst
      Then within 120 seconds the `state` of /api/bursts/{burst} is "done"
      And it holds
        | part     | value |
        | answered | 10000 |
        | unknown  | 0     |
        | refused  | 0     |
        | moved    | 10000 |
        | exact    | true  |
      When a program asks for /api/pages/{page}
      Then it holds
        | part  | value |
        | views | 10000 |

    Scenario: Whoever counts meanwhile is counted too
      Given a program posts /api/pages
        """json
        {"title": "The second longest night"}
        """
      And we remember its `slug` as page
      When a program posts /api/bursts
        """json
        {"page": "{page}", "increments": 500}
        """
      And we remember its `id` as burst
      And a program posts /api/pages/{page}/views
        """json
        {}
        """
      Then within 60 seconds the `state` of /api/bursts/{burst} is "done"
      And it holds
        | part  | value |
        | moved | 500   |
        | exact | true  |
      When a program asks for /api/pages/{page}
      Then it holds
        | part  | value |
        | views | 501   |

    Scenario: One burst of a page at a time
      When a program posts /api/bursts
        """json
        {"page": "a-day-to-press-cider-7bc5", "increments": 2000}
        """
      And we remember its `id` as burst
      And a program posts /api/bursts
        """json
        {"page": "a-day-to-press-cider-7bc5", "increments": 1}
        """
      Then the answer is 409
      And within 60 seconds the `state` of /api/bursts/{burst} is "done"

  Rule: What is not answered in time is unknown, and is not sent again

    Scenario: A millisecond of patience
      Given a program posts /api/pages
        """json
        {"title": "The shortest night"}
        """
      And we remember its `slug` as page
      When a program posts /api/bursts
        """json
        {"page": "{page}", "increments": 300, "patience": 1}
        """
      And we remember its `id` as burst
      Then within 60 seconds the `state` of /api/bursts/{burst} is "done"
      And its `unknown` is between 1 and 300
      And its `moved` is between 0 and 300
      And it holds
        | part    | value |
        | refused | 0     |
        | exact   | true  |

  Rule: A visitor watches it, and so does everybody else

    @browser
    Scenario: Two windows and a burst
      When a visitor opens / on a desktop
      And another visitor opens / on a desktop
      Then the page shows "views in 24 hours"
      When the visitor presses "under the hood"
      And the visitor chooses "A day to find the north" for "Count views of"
      And the visitor chooses "1,000" for "How many"
      And the visitor presses "Send the burst"
      Then under the hood stands "UPDATE page_hour SET views = views + ?"
      And the other page shows "It moved by 1,000: exact"
      And the page shows "It moved by 1,000: exact"
      And both pages show the same of "A day to find the north"
      And this is the picture of its README
      And nothing is wrong with the page

    @browser
    Scenario: A burst without patience explains itself
      When a visitor opens / on a phone
      And the visitor chooses "100" for "How many"
      And the visitor chooses "1 ms" for "Wait"
      And the visitor presses "Send the burst"
      Then the page shows "no answer in time; not retried"
      And the page shows "A retry would have counted those twice"
      And nothing is wrong with the page
