Feature: Fifty people want one name
  Fifty inserts of one key are under way at once, each `IF NOT EXISTS`, each under an id of its own. The replicas agree on
  one. The ledger shows what each of the fifty was told, and how long it took: one was applied, and forty-nine saw the row
  of that one.

  Background:
    Given the demo "lwt-user-registry" runs

  Rule: One gets it, and the others see whose it is

    Scenario Outline: <people> at once
      When a program posts /api/contests
        """json
        {"name": "<name>", "people": <people>}
        """
      Then the answer is 200
      And there are <people> `answers`
      And it holds
        | part             | value  |
        | winners          | 1      |
        | agreed           | true   |
        | standing.name    | <name> |
        | standing.version | 1      |
      When we remember its `standing.person` as person
      And a program asks for /api/users/<name>
      Then its `person` is still {person}

      Examples:
        | people | name    |
        | 2      | duel    |
        | 50     | comet_1 |
        | 200    | comet_2 |

    Scenario: A name that is taken has no winner
      Given a program posts /api/users
        """json
        {"name": "messier", "person": "Charles Messier"}
        """
      When a program posts /api/contests
        """json
        {"name": "messier", "people": 10}
        """
      Then it holds
        | part            | value           |
        | winners         | 0               |
        | agreed          | true            |
        | answers.0.saw   | Charles Messier |
        | standing.person | Charles Messier |

  Rule: A condition costs something, and the page measures it

    Scenario: A plain write beside two with conditions
      When a program posts /api/latency
        """json
        {}
        """
      Then the answer is 200
      And there are 3 `items`
      And it holds
        | part          | value                   |
        | items.0.kind  | INSERT                  |
        | items.0.times | 1.0                     |
        | items.1.kind  | INSERT … IF NOT EXISTS  |
        | items.2.kind  | UPDATE … IF value = ?   |

  Rule: A visitor sees the ledger

    @browser
    Scenario: The fifty-at-once button
      When a visitor opens / on a desktop
      Then the page shows "Fifty inserts of one key are under way at once"
      When the visitor presses "under the hood"
      And the visitor types "great_comet" into "Name that all of them want"
      And the visitor presses "Let them grab it"
      Then the page shows "1 of 50 got great_comet"
      And the page shows "all others saw that row"
      And under the hood stands "INSERT INTO user … IF NOT EXISTS"
      And under the hood stands "51 statements"
      And this is the picture of its README
      And nothing is wrong with the page

    @browser
    Scenario: What a condition costs, on a phone
      When a visitor opens / on a phone
      And the visitor presses "Time forty of each"
      Then the page shows "four rounds in place of one"
      And nothing is wrong with the page
