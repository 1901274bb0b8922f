@property
Feature: Any vector
  The other pages show chosen vectors. Here they are drawn, and what is drawn on purpose are the odd ones: numbers so small that
  a float32 keeps them with few digits (*subnormal*), the negative zero, the largest there are, and what is no vector at all.
  When one breaks a promise, the smallest such vector is found and shown.

  Rule: Any vector is read as it was written, bit for bit

    Scenario Outline: In the form of <form>
      Given the model Swatch
      Then of 100 vectors drawn for `Swatch.<field>`, each is read back bit for bit as it was written

      Examples:
        | form          | field   |
        | a list        | rgb     |
        | an array      | compact |
        | a numpy array | numeric |

  Rule: Anything else is refused, and nothing is written
    Too long or too short, not a number, infinite, beyond a float32, a text, nothing, a vector in a vector; and where an index
    compares directions, a vector without one.

    Scenario Outline: For a column <with> an index
      Given the model <model>
      Then of 100 that are no vector of `<model>.rgb`, each is refused, and nothing is written

      Examples:
        | with    | model  |
        | without | Swatch |
        | with    | Paint  |

  Rule: Neighbours come nearest first, with their true scores
    Each score of the server is compared with the one that is computed here in float64: they agree to 0.00001. Scores that are
    closer to each other than that may change places.

    Scenario Outline: By <function>
      Given the model <model>
      Then of 50 searches drawn in tables of up to 12 rows of `<model>.<field>`, each gives all rows, nearest first, with their scores

      Examples:
        | function           | model | field   |
        | distance           | Star  | place   |
        | direction          | Scent | mixture |

  Rule: What was changed is what is found
    Rows are inserted, changed and deleted in an order that nobody chose. A dictionary keeps what the table should hold; after
    each step the table holds it, and every search finds it.

    Scenario Outline: A table of <model> beside a dictionary
      Given the model <model>
      Then a table of `<model>.<field>` agrees with a dictionary through 10 runs of up to 15 inserts, updates, deletes and searches drawn

      Examples:
        | model | field   |
        | Star  | place   |
        | Scent | mixture |
