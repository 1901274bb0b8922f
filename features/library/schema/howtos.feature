Feature: The how-to pages about schemas do what they say
  Each page in `docs/` is followed here word by word: its files are written, its commands run, and what they print is
  compared with what the page shows.

  Scenario Outline: A page is followed
    Given a keyspace without tables
    When somebody follows "docs/<page>"
    Then every command does what the page shows

    Examples:
      | page       |
      | sync.md    |
      | explain.md |
      | inspect.md |
      | convert.md |
