Feature: Notes of one's own
  Several people keep their notes in one file. A note belongs to **its author and its title**: the two are its key.

  Rule: everybody sees their own notes

    @keeping
    Scenario: two people write
      Given nobody has written yet
      When "ada" writes "Engines"
      And "grace" writes "Compilers"
      Then "ada" finds
        | title   |
        | Engines |

    Scenario Outline: whoever wrote <number> finds <number>
      Given nobody has written yet
      When "ada" writes <number> notes
      Then "ada" finds <number>

      Examples:
        | number |
        | 0      |
        | 3      |

  Rule: a title is taken once

    Scenario: the same title again
      Given nobody has written yet
      And "ada" writes "Engines"
      When "ada" tries to write "Engines" again
      Then she is told "UNIQUE constraint failed: note.author, note.title"
