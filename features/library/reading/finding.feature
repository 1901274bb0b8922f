Feature: Finding
  `get()` gives the one row that answers, or an error; `find_one()` the row or `None`; `find()` starts a query, which
  is sent by what ends it: `all()`, `first()`, `count()`, a loop. Until then it is a value that can be passed around
  and narrowed further.

  Filters are keyword arguments: `room="hall"`, or with a lookup behind two underscores, `sent__gte=noon`. They follow
  the table's key from the left: first the whole partition key, then clustering columns in their order, a range on
  the last of them. A filter that would make the server read rows only to throw them away is refused, because it
  works on a laptop and fails with the first million rows; `allow_filtering()` says that it is meant.

  Background:
    Given the model Message
    And these Message documents are saved
      | room | sent                 | author | text    | likes |
      | hall | 2030-05-01T09:00:00Z | ada    | morning | 1     |
      | hall | 2030-05-01T12:00:00Z | linus  | noon    | 0     |
      | hall | 2030-05-01T21:00:00Z | grace  | night   | 4     |
      | yard | 2030-05-01T12:00:00Z | grace  | lunch   | 2     |

  Rule: A row that is named is found, or the error says which was missing

    Scenario: One row by its whole key
      When we get a message
        """python
        Message.get(room="hall", sent=datetime(2030, 5, 1, 12, tzinfo=UTC))
        """
      Then these come back
        | author | text |
        | linus  | noon |
      And 1 statement was sent

    Scenario: The row is not there
      When we get a message that nobody wrote
        """python
        Message.get(room="attic", sent=datetime(2030, 5, 1, 12, tzinfo=UTC))
        """
      Then it is refused with DocumentNotFound
        """
        there is no Message with room='attic', sent='2030-05-01 12:00:00.000+00:00'
        """

    Scenario: Several rows answer
      When we get the one message of a room that has three
        """python
        Message.get(room="hall")
        """
      Then it is refused with MultipleDocumentsFound
        """
        several Message answer room = 'hall'
        """

    Scenario: A row that is not named
      When we get one without a word of which
        """python
        Message.get()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Message.get() was given no filter: name the row by its key, or take one with find().first()
        """
      And nothing was sent

    Scenario: Perhaps there is one
      When we look for one
        """python
        found = Message.find_one(room="yard").text
        missing = Message.find_one(room="attic")
        """
      Then `found` is `"lunch"`
      And `missing` is `None`
      And 2 statements were sent

  Rule: Lookups say what a column must be

    Scenario Outline: A lookup: <lookup>
      When we find messages
        """python
        Message.find(<filters>).values_list("text", flat=True).all()
        """
      Then the result is `<texts>`
      And 1 statement was sent

      Examples:
        | lookup          | filters                                                          | texts                          |
        | equal           | room="hall"                                                      | ["night", "noon", "morning"]   |
        | later than      | room="hall", sent__gt=datetime(2030, 5, 1, 12, tzinfo=UTC)       | ["night"]                      |
        | at or later     | room="hall", sent__gte=datetime(2030, 5, 1, 12, tzinfo=UTC)      | ["night", "noon"]              |
        | earlier than    | room="hall", sent__lt=datetime(2030, 5, 1, 12, tzinfo=UTC)       | ["morning"]                    |
        | at or earlier   | room="hall", sent__lte=datetime(2030, 5, 1, 12, tzinfo=UTC)      | ["noon", "morning"]            |
        | one of          | room__in=["yard", "attic"]                                       | ["lunch"]                      |

    Scenario: What a collection contains
      Given the model Article
      And these Article documents are saved
        | number | name | tags    | sizes    |
        | 7      | lamp | {"red"} | {"S": 1} |
        | 8      | desk | {"oak"} | {"L": 2} |
      When we find articles by their elements
        """python
        red = Article.find(tags__contains="red").allow_filtering().all()
        large = Article.find(sizes__contains_key="L").allow_filtering().all()
        """
      Then `[article.name for article in red]` is `["lamp"]`
      And `[article.name for article in large]` is `["desk"]`

  Rule: A filter that reads the whole table is refused, unless it is meant

    Scenario: By a column without an index
      When we find messages by their author
        """python
        Message.find(author="grace").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Message.author is neither part of the key nor indexed, so finding rows by it would read the whole table:
        add an Indexed() marker, or say allow_filtering() if that is meant
        """
      And nothing was sent

    Scenario: It is meant
      When we say so
        """python
        Message.find(author="grace").allow_filtering().all()
        """
      Then these come back
        | room | text  |
        | hall | night |
        | yard | lunch |

  Rule: A misspelt word never reaches the server

    Scenario Outline: <what> is refused
      When we use it
        """python
        <call>.all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <message>
        """
      And nothing was sent

      Examples:
        | what                          | call                                  | message                                                                                                                  |
        | A misspelt column             | Message.find(rom="hall")              | Message has no column 'rom'; did you mean 'room'?                                                                        |
        | A misspelt lookup             | Message.find(likes__grt=1)            | Message.likes has no lookup __grt; known are …                                                                           |
        | A lookup that no server takes | Message.find(author__ne="ada")        | author__ne: no server takes != in WHERE; ask for ranges, or use __ne as a condition of a write                           |
        | Null                          | Message.find(room=None)               | room: no row can be found by null; CQL has no IS NULL                                                                    |
        | An element of a text          | Message.find(text__contains="noon")   | text__contains: __contains needs a collection, text is text                                                              |
