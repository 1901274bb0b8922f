@property
Feature: Hostile arguments of commands
  A command's arguments may come from a script, and the script's from somebody else. A name that no keyspace, file or
  migration has is an error of one line; none becomes CQL, a path to somewhere else, or a traceback.

  Background:
    Given a keyspace without tables
    And the file "models.py"
      """
      from typing import Annotated

      from coodie import PrimaryKey
      from coodie.sync import Document


      class Product(Document):
          number: Annotated[int, PrimaryKey()]
      """

  Rule: An argument is a name, never a statement

    Scenario: Each command
      Then each of some hostile texts as `TEXT` in these commands fails with an error, or changes nothing but what it names
        | command                                        |
        | inspect --keyspace=TEXT                        |
        | sync models.py --dry-run --keyspace=TEXT       |
        | schema-diff models.py --keyspace=TEXT          |
        | schema-diff TEXT                               |
        | makemigration --dry-run -- TEXT models.py      |
        | makemigration -- TEXT                          |
        | migrate --status --keyspace=TEXT               |
        | migrate --dry-run --target=TEXT                |
        | migrate --status --migrations-dir=TEXT         |
        | inspect --hosts=TEXT                           |
        | explain models.py TEXT                         |
