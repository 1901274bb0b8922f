Feature: A log of statements
  `log_statements()` writes to the logger `coodie.statements`, which is silent until something is worth a warning, and
  tells everything when its level is `DEBUG`:

      from coodie.logs import log_statements

      log_statements(slow=0.5, large_partition=10_000)
      logging.getLogger("coodie.statements").setLevel(logging.DEBUG)

  | level | what |
  |---|---|
  | `DEBUG` | each statement with its values, rows and milliseconds; secrets are left out |
  | `WARNING` | one that took longer than `slow` seconds |
  | `WARNING` | a reading of one partition that goes on after `large_partition` rows: partitions should be small |

  What a single statement did on the server, step by step, is told by `all_traced()`.

  Rule: Asked for, each statement is a line

    Scenario: A write and a read
      Given the models Article and Account
      And statements are logged at DEBUG, with a warning of those that take 60.0 seconds
      When we save and read
        """python
        Account(name="ada\nlace", password="swordfish").save()
        Article.find(number=7).only("name").all()
        """
      Then these lines were logged
        """
        DEBUG INSERT INTO "account" ("name", "password", "quota", "motto") VALUES (?, ?, ?, ?) ['ada\nlace', •••, UNSET, UNSET] at LOCAL_ONE: N ms
        DEBUG SELECT "number", "name" FROM "article" WHERE "number" = ? [7] at LOCAL_ONE: N ms, 0 rows
        """

  Rule: Without being asked, only what is slow or large is told, and no value

    Scenario: A slow statement
      Given the model Article
      And statements are logged at INFO, with a warning of those that take 0.0 seconds
      When we read
        """python
        Article.find(number=7).only("name").all()
        """
      Then these lines were logged
        """
        WARNING slow: N ms, SELECT "number", "name" FROM "article" WHERE "number" = ?, 0 rows
        """

    Scenario: A large partition, told once
      Given the model Message
      And 45 Message documents are saved in the room "hall"
      And statements are logged at INFO, with a warning of those that take 60.0 seconds
      When we read a room page by page
        """python
        len(Message.find(room="hall").only("text").fetch_size(10).all())
        """
      Then the result is `45`
      And these lines were logged
        """
        WARNING large partition: 20 rows of one room of table message so far, and more to come: SELECT "room", "sent", "text" FROM "message" WHERE "room" = ?
        """
