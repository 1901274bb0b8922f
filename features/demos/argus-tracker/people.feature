Feature: What people say
  Comments of a run are a partition. Reactions are a **map** in the comment, from a name to a word: whoever reacts writes the
  one entry that is theirs, and reads nothing. Two who react at the same moment do not undo each other, and nobody has two.

      await found.update(reactions__put=(who, reaction))

  Notes are a partition for each receiver, newest first by the time UUID that is their key.

  Background:
    Given the demo "argus-tracker" runs
    And a program asks for /api/runs/fathom-3.1/rolling-upgrade
    And we remember its `items.1.id` as run

  Rule: Whoever is mentioned is told

    Scenario: An @ before a name
      When a program posts /api/runs/fathom-3.1/rolling-upgrade/{run}/comments
        """json
        {"who": "petra", "text": "@mara, can you look? Not @nobody."}
        """
      Then the answer is 201
      And it holds
        | part     | value    |
        | mentions | ["mara"] |
      When a program asks for /api/users/mara/notifications
      Then its `items` are newest first, by the moment in their `id`
      And it holds
        | part          | value              |
        | items.0.title | petra mentions you |
        | items.0.read  | false              |
      And it says of its `items.0.path`
        """
        /runs/fathom-3.1/rolling-upgrade/…
        """

  Rule: Each has one reaction

    Scenario: Two people, one of whom thinks better of it
      Given a program posts /api/runs/fathom-3.1/rolling-upgrade/{run}/comments
        """json
        {"who": "jonas", "text": "It is the clock again."}
        """
      And we remember its `id` as comment
      And a program puts /api/runs/fathom-3.1/rolling-upgrade/{run}/comments/{comment}/reaction
        """json
        {"who": "ines", "reaction": "puzzled"}
        """
      And a program puts /api/runs/fathom-3.1/rolling-upgrade/{run}/comments/{comment}/reaction
        """json
        {"who": "mara", "reaction": "looking"}
        """
      When a program puts /api/runs/fathom-3.1/rolling-upgrade/{run}/comments/{comment}/reaction
        """json
        {"who": "ines", "reaction": "agree"}
        """
      Then it holds
        | part      | value                                |
        | reactions | {"ines": "agree", "mara": "looking"} |

  Rule: What is wrong is said

    Scenario Outline: <what>
      When a program posts /api/runs/fathom-3.1/rolling-upgrade/{run}/comments
        """json
        {"who": "<who>", "text": "<text>"}
        """
      Then the answer is <status>

      Examples:
        | what               | who   | text  | status |
        | Nobody of the team | zoe   | Hello | 404    |
        | Nothing to say     | petra |       | 422    |
