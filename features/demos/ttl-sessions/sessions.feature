Feature: Sessions that forget themselves
  A session is written with a time to live. When it is up, the server stops showing the row; nothing in the app deletes
  it, and nothing has to run. What is left of its time is read back with the row, as `TTL(device)`.

  Sessions lie in the partition of their user, so "who is signed in as ada" reads one place.

  Background:
    Given the demo "ttl-sessions" runs

  Rule: A session lives for the seconds that it was given

    Scenario: Two seconds, and then nobody finds it
      When a program posts /api/sessions
        """json
        {"user": "ada", "seconds": 2, "device": "laptop in Lisbon"}
        """
      Then the answer is 201
      When we remember its `id` as session
      And a program asks for /api/sessions/ada/{session}
      Then its `left` is between 0 and 2
      And within 15 seconds the answer to /api/sessions/ada/{session} is 404
      And it holds
        | part   | value                                                  |
        | detail | ada has no such session: it expired or was signed out. |

    Scenario: Without a word of time the table decides
      When a program posts /api/sessions
        """json
        {"user": "grace"}
        """
      Then the answer is 201
      When we remember its `id` as session
      And a program asks for /api/sessions/grace/{session}
      Then its `left` is between 590 and 600

    Scenario: The sample, the next to vanish first
      When a program asks for /api/sessions
      Then the answer is 200
      And every Session of the sample whose `seconds` is "600" is among them, by `id`
      And they are in the order of their `left`

  Rule: A session can be given more time, or ended

    Scenario: Half a minute more
      Given a program posts /api/sessions
        """json
        {"user": "alan", "seconds": 20, "device": "tablet in Turku"}
        """
      And we remember its `id` as session
      When a program puts /api/sessions/alan/{session}
        """json
        {"seconds": 30}
        """
      Then its `left` is between 40 and 50
      When a program asks for /api/sessions/alan/{session}
      Then it holds
        | part   | value           |
        | device | tablet in Turku |
      And its `left` is between 40 and 50

    Scenario: The clock goes on while the app does not run
      The time belongs to the row, so the server counts it, whoever else is there.

      Given a program posts /api/sessions
        """json
        {"user": "radia", "seconds": 300, "device": "desk in Ghent"}
        """
      And we remember its `id` as session
      When the demo is ended and started again
      And a program asks for /api/sessions/radia/{session}
      Then it holds
        | part   | value         |
        | device | desk in Ghent |
      And its `left` is between 200 and 299

    Scenario: Signing out
      Given a program posts /api/sessions
        """json
        {"user": "edsger", "seconds": 60}
        """
      And we remember its `id` as session
      When a program deletes /api/sessions/edsger/{session}
      Then the answer is 204
      When a program asks for /api/sessions/edsger/{session}
      Then the answer is 404

  Rule: What is wrong is said

    Scenario Outline: <what> is refused
      When a program posts /api/sessions
        """json
        <body>
        """
      Then the answer is 422
      And it holds
        | part           | value                    |
        | title          | Some values were refused |
        | errors.0.field | <field>                  |

      Examples:
        | what                     | body                             | field   |
        | No time at all           | {"user": "ada", "seconds": 0}    | seconds |
        | More than an hour        | {"user": "ada", "seconds": 3601} | seconds |
        | Somebody who is not known | {"user": "hal"}                 | user    |
        | A device without a name  | {"user": "ada", "device": ""}    | device  |

    Scenario: An id that is none
      When a program asks for /api/sessions/ada/yesterday
      Then the answer is 404
