Feature: Errors
  An error names its cause and its remedy, in the words of the program: the class, the field, the value. What can be
  known before anything is sent is an `InvalidQueryError`, and nothing has happened. What the server or the wire says
  is an `OperationError`: it keeps the statement, the driver's own exception as its cause, and whether sending it
  again is safe (`retry_safe`). All of them are `CoodieError`.

      CoodieError
      ├── DocumentNotFound, MultipleDocumentsFound
      ├── ConfigurationError, InvalidQueryError, MigrationError
      └── OperationError
          ├── Unavailable, AuthenticationError, ServerRejected
          └── Timeout ← ReadTimeout, WriteTimeout

  Background:
    Given the models Specimen, Article and Account

  Rule: A value that does not fit its column is refused, and nothing is written

    Scenario Outline: <what> is refused
      When we save it
        """python
        Specimen(id=1, <field>=<value>).save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <message>
        """
      And nothing was sent
      And the Specimen table is empty

      Examples:
        | what                              | field    | value                            | message                                                                                                                     |
        | A number beyond 32 bits           | integer  | 2**31                            | Specimen.integer is int, not 2147483648: 2147483648 does not fit int (32 bits)                                              |
        | A number beyond 8 bits            | tiny     | 128                              | Specimen.tiny is tinyint, not 128: 128 does not fit tinyint (8 bits)                                                        |
        | A float beyond a single           | single   | 1e39                             | Specimen.single is float, not 1e+39: 1e+39 does not fit float (32 bits)                                                     |
        | A letter beyond ASCII             | ascii    | "é"                              | Specimen.ascii is ascii, not 'é': 'é' is not ASCII                                                                          |

    Scenario: A value of another type never becomes a document
      When we build a document with it
        """python
        Article(number="seven", name="lamp")
        """
      Then it is refused with ValidationError
        """
        1 validation error for Article number Input should be a valid integer, unable to parse string as an integer …
        """
      And nothing was sent

    Scenario: Nor does an assignment
      When we assign it to a document
        """python
        lamp = Article(number=7, name="lamp")
        lamp.stock = "many"
        """
      Then it is refused with ValidationError
        """
        1 validation error for Article stock Input should be a valid integer, unable to parse string as an integer …
        """

    Scenario: A filter is checked like a value
      When we look for a number that is none
        """python
        Article.get(number="seven")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Article.number is int, not 'seven': Input should be a valid integer, unable to parse string as an integer
        """
      And nothing was sent

    Scenario: A key may not be missing
      When we save a row whose key is null
        """python
        class Key(Document):
            id: Annotated[int | None, PrimaryKey()] = None

        Key().save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Key.id is part of the primary key and cannot be None
        """

    Scenario: Nobody has validated what is bound by hand
      A driver would store the number 1, a date as seconds, or the letters of a text: values that nobody gave. So their
      classes are compared with the types of what they are bound to, over each driver alike.

      When we send CQL by hand, with a fraction for a column of whole numbers
        """python
        execute_raw("UPDATE article SET stock = ? WHERE number = ?", [1.5, 7])
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        parameter 1 of 'UPDATE article SET stock = ? WHERE number = ?': 1.5 is …
        """
      And nothing was sent

  Rule: What the server refuses is said in its words, with the statement and its cause

    Scenario: A syntax error
      When we send CQL by hand with a slip of the pen
        """python
        execute_raw("SELEC name FROM article")
        """
      Then it is refused with ServerRejected
        """
        …no viable alternative at input 'SELEC'…
        """
      And the error keeps the statement "SELEC name FROM article"
      And the error keeps the driver's exception as its cause

    Scenario: A table that nobody has made
      When we save before syncing
        """python
        class Unmade(Document):
            id: Annotated[int, PrimaryKey()]

        Unmade(id=1).save()
        """
      Then it is refused with ServerRejected
        """
        table 'unmade' does not exist: call sync_table() of its model first
        """

    Scenario: A value that only the server can judge
      When we save a key that is longer than a key may be
        """python
        Account(name="a" * 70_000, password="swordfish").save()
        """
      Then it is refused with ServerRejected
        """
        Key length of 70000 is longer than maximum of 65535
        """
      And the Account table is empty

    Scenario: A time-out says whether it is safe to try again
      When we allow a read no time at all
        """python
        Article.find().timeout(0.000001).all()
        """
      Then it is refused with Timeout
        """
        no answer came in time; it is safe to send it again
        """
      And the error says that it is safe to send again
