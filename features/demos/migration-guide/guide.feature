Feature: The guide, feature by feature
  Each chapter has two sides: a function of the old program, and the same function of the new one, with the models that
  they use. Here both are executed on the server, each with rows of its own, and must give the same.

  The right side is what `coodie convert` writes of the left side. What it leaves to a person is marked in the code, and
  there is little of it.

  Background:
    Given the demo "migration-guide" runs

  Rule: Both sides give the same

    Scenario Outline: <feature>
      When a program puts /api/guide/<feature>
      Then the answer is 200
      And it holds
        | part             | value     |
        | equal            | true      |
        | coodie.result    | <result>  |
        | cqlengine.result | <result>  |

      Examples:
        | feature       | result                                                                                             |
        | connection    | ["Ada", "1815-12-10", "2026-03-14 12:00:00+00:00", 1, ["en", "fr"], {"late": 2}]                   |
        | columns       | ["Ada", "1815-12-10", "2026-03-14 12:00:00+00:00", 1, ["en", "fr"], {"late": 2}]                   |
        | keys          | ["No. 2", "No. 1", "No. 0"]                                                                        |
        | queries       | [["No. 3", "No. 4"], ["No. 5", "No. 4", "No. 3", "No. 2", "No. 1", "No. 0"], "No. 5", 6]           |
        | batches       | ["invalid literal for int() with base 10: 'two'", "Ada King", 1]                                   |
        | conditions    | ["Ada", "Ada King"]                                                                                |
        | user-types    | ["Mill Lane 2", "York"]                                                                            |
        | polymorphism  | ["Book: Middlemarch", "Film: Metropolis"]                                                          |
        | time-to-live  | [336, 1]                                                                                           |

    Scenario: A chapter that there is not
      When a program puts /api/guide/magic
      Then the answer is 404

  Rule: The right side is what the command writes of the left side

    Scenario: Models, and a program
      When a program asks for /api/conversion
      Then its models are those that coodie_models.py has
      And its program is coodie_program.py but for the functions conditions, time_to_live
