@property
Feature: Feeds that are broken or hostile
  `make seed FEED=file` of each demo, and the batch importer, read files that people have made: by hand, with a spreadsheet,
  with a program that died half way. All of them go through one reader, and it has two answers.

  A file that is no table, no JSON or no UTF-8, or lacks a column, is refused as a whole before anything is written; the
  message names the file, the line and what to do. A row that cannot be what the demo keeps is left out with its line and
  a reason of one line, and the others are written. However long, deep or odd the content is: it is a value that is bound,
  or a reason, never a traceback, a statement, or half of a file.

  Rule: A file that cannot be read is refused by name and line

    Scenario: Each demo's own feed, broken
      Then the feed of each demo, broken in one of these ways, is refused with these words
        | broken                                     | words                                                                      |
        | it is empty                                | line 1: the header lacks                                                   |
        | it has a header and no rows                | has no rows. Write one below the header:                                   |
        | its first column has another name          | line 1: the header lacks                                                   |
        | its first column is there twice            | stands there twice. Name each column once.                                 |
        | the quotes of its second row stay open     | line 3: the row that begins there cannot be read                           |
        | its second row goes on for two megabytes   | line 3 has more than 1,048,576 characters. Give each row a line of its own. |
        | it is saved in Latin 1                     | this is not UTF-8. Save the file as UTF-8 and try again.                   |
        | it is saved in UTF-16                      | line 1: this is not UTF-8. Save the file as UTF-8 and try again.           |
        | it is a spreadsheet                        | ends in '.xlsx'. Choose a .csv or a .json file.                            |
        | the list has no end                        | a row is followed by a comma or, the last one, by ]. Correct the JSON there |
        | a comma is missing between rows            | a row is followed by a comma or, the last one, by ]. Correct the JSON there |
        | a value has no quotes                      | Correct the JSON there and try again.                                      |
        | there are 50,000 brackets within brackets  | line 1: there are too many brackets within brackets.                       |
        | a number has 10,000 digits                 | there is a number of thousands of digits. Correct the JSON there           |

  Rule: Nothing of such a file is written

    Scenario Outline: `make seed` and a feed of which <what>
      Given the demo "fastapi-catalog" runs
      When somebody feeds it its own feed, of which <what>
      Then it fails with "<words>"
      When a program asks for /api/products?q=olive
      Then there are 0 `items`

      Examples:
        | what                                   | words                                                   |
        | the quotes of its second row stay open | feed.csv, line 3: the row that begins there             |
        | the list has no end                    | feed.json, line 66: a row is followed by a comma        |

    Scenario Outline: The batch importer and a file of which <what>
      Given the demo "batch-importer" runs
      When somebody imports its own feed, of which <what>
      Then it fails with "<words>"
      When a program asks for /api/imports/<file>/plain
      Then the answer is 404

      Examples:
        | what                                   | file      | words                                            |
        | the quotes of its second row stay open | feed.csv  | feed.csv, line 3: the row that begins there      |
        | a number has 10,000 digits             | feed.json | feed.json, line 2: there is a number             |

  Rule: A row that cannot be used is left out with a reason

    Scenario: Hostile texts and other values in each column of each demo's feed
      Then each hostile text, and each other value, in each column of each demo's feed is read, or a reason of one line
