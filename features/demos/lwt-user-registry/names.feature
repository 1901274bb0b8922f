Feature: One name, one person
  A registry promises that no two people have one name. To look first and to insert then would be two statements, and
  somebody else fits between them. Here it is one, with a condition: `INSERT … IF NOT EXISTS`, a *lightweight
  transaction*. The replicas agree on the outcome, and whoever comes too late is told whose row stands there.

  Everything that changes a row later has a condition too: a rename says who must still have the name, a profile says
  which version was read, and a release says that there must be a row.

  Background:
    Given the demo "lwt-user-registry" runs

  Rule: A name is registered once

    Scenario: The first has it, the second is told who
      When a program posts /api/users
        """json
        {"name": "bessel", "person": "Friedrich Bessel", "place": "Koenigsberg"}
        """
      Then the answer is 201
      And it holds
        | part    | value            |
        | person  | Friedrich Bessel |
        | version | 1                |
      When a program posts /api/users
        """json
        {"name": "bessel", "person": "Somebody Else"}
        """
      Then the answer is 409
      And it holds
        | part           | value                                                               |
        | title          | The name is taken                                                   |
        | detail         | bessel is taken: Friedrich Bessel has it. Choose another name. |
        | errors.0.field | name                                                                |

    Scenario: Released, it is free again
      Given a program posts /api/users
        """json
        {"name": "tombaugh", "person": "Clyde Tombaugh"}
        """
      When a program deletes /api/users/tombaugh
      Then the answer is 204
      When a program deletes /api/users/tombaugh
      Then the answer is 404
      When a program posts /api/users
        """json
        {"name": "tombaugh", "person": "Somebody Else"}
        """
      Then the answer is 201

  Rule: A rename says who must still have the name

    Scenario: Renamed meanwhile
      Given a program posts /api/users
        """json
        {"name": "cannon", "person": "Annie J. Cannon"}
        """
      When a program puts /api/users/cannon/person
        """json
        {"seen": "Annie J. Cannon", "person": "Annie Jump Cannon"}
        """
      Then the answer is 200
      And it holds
        | part    | value             |
        | person  | Annie Jump Cannon |
        | version | 2                 |
      When a program puts /api/users/cannon/person
        """json
        {"seen": "Annie J. Cannon", "person": "A. J. C."}
        """
      Then the answer is 409
      And it holds
        | part   | value                                                                                   |
        | detail | cannon belongs to Annie Jump Cannon now, not to Annie J. Cannon: nothing was changed. |

    Scenario: A profile that was saved meanwhile is no obstacle
      Given a program posts /api/users
        """json
        {"name": "herschel", "person": "Caroline"}
        """
      And a program puts /api/users/herschel/profile
        """json
        {"version": 1, "motto": "I did nothing but sweep.", "place": "Bath"}
        """
      When a program puts /api/users/herschel/person
        """json
        {"seen": "Caroline", "person": "Caroline Herschel"}
        """
      Then it holds
        | part    | value                    |
        | person  | Caroline Herschel        |
        | motto   | I did nothing but sweep. |
        | version | 3                        |

  Rule: A profile is saved over the version that was read

    Scenario: Two who read version 1
      Given a program posts /api/users
        """json
        {"name": "kepler", "person": "Johannes Kepler"}
        """
      When a program puts /api/users/kepler/profile
        """json
        {"version": 1, "motto": "Ellipses.", "place": "Prague"}
        """
      Then the answer is 200
      When a program puts /api/users/kepler/profile
        """json
        {"version": 1, "motto": "Circles.", "place": "Graz"}
        """
      Then the answer is 409
      And it holds
        | part   | value                                                                                |
        | detail | User was saved by somebody else since version 1 was read: refresh() and try again |
      When a program asks for /api/users/kepler
      Then it holds
        | part    | value     |
        | motto   | Ellipses. |
        | version | 2         |

  Rule: What was changed since the sample stays

    Scenario: Changed, ended, started again
      When a program puts /api/users/alisha_e3d3/person
        """json
        {"seen": "Alisha Peck", "person": "Alisha Peck-Moreno"}
        """
      Then the answer is 200
      When the demo is ended and started again
      And a program asks for /api/users/alisha_e3d3
      Then it holds
        | part    | value              |
        | person  | Alisha Peck-Moreno |
        | version | 2                  |

    Scenario: Names come in order, two dozen at a time
      When a program asks for /api/users
      Then there are 24 `items`
      And its `items` are in the order of their `name`
      When we remember its `next` as token
      And a program asks for /api/users?letter=a&token={token}
      Then the answer is 400
      When a program asks for /api/users?letter=a
      Then every `name` of its `items` begins with "a"

  Rule: What is wrong is said, and nothing is written

    Scenario Outline: <what> is refused
      When a program posts <path>
        """json
        <body>
        """
      Then the answer is <status>

      Examples:
        | what                      | path          | body                                   | status |
        | A name of one letter      | /api/users    | {"name": "x", "person": "X"}           | 422    |
        | A name with a capital     | /api/users    | {"name": "Halley", "person": "E. H."}  | 422    |
        | A name without a person   | /api/users    | {"name": "halley", "person": " "}      | 422    |
        | A contest of one          | /api/contests | {"name": "halley", "people": 1}        | 422    |
        | A contest of a thousand   | /api/contests | {"name": "halley", "people": 1000}     | 422    |

    Scenario Outline: <path> is nothing
      When a program asks for <path>
      Then the answer is 404

      Examples:
        | path              |
        | /api/users/nobody |
        | /api/users/No     |
