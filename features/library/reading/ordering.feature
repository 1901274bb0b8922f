Feature: Order, limits and numbers of rows
  Rows come in the order in which they are stored: that of the clustering key. A query may ask for the reverse, which
  costs nothing, and for a number of rows, of all or of each partition. Any other order is the program's to make, or
  another table's to keep.

  Background:
    Given the model Message
    And these Message documents are saved
      | room | sent                 | author | text    | likes |
      | hall | 2030-05-01T09:00:00Z | ada    | morning | 1     |
      | hall | 2030-05-01T12:00:00Z | linus  | noon    | 0     |
      | hall | 2030-05-01T21:00:00Z | grace  | night   | 4     |
      | yard | 2030-05-01T12:00:00Z | grace  | lunch   | 2     |
      | yard | 2030-05-01T15:00:00Z | ada    | tea     | 3     |

  Rule: Rows come in the order of the clustering key, or all reversed

    Scenario: The newest come first, as the table says
      When we read a room
        """python
        Message.find(room="hall").all()
        """
      Then these come back, in this order
        | text    |
        | night   |
        | noon    |
        | morning |

    Scenario: The oldest first
      When we turn the order round
        """python
        Message.find(room="hall").order_by("sent").all()
        """
      Then these come back, in this order
        | text    |
        | morning |
        | noon    |
        | night   |

    Scenario: By a column that has no order
      When we order by likes
        """python
        Message.find(room="hall").order_by("-likes").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Message cannot be ordered by likes: rows are stored in the order of the clustering key (sent)
        """

    Scenario: Rooms have no order among themselves
      When we order all rooms
        """python
        Message.find().order_by("sent").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Message: order_by needs the partition key (room); tokens have no order
        """

  Rule: A limit is the server's, so no row travels in vain

    Scenario: The two newest of a room
      When we ask for two
        """python
        Message.find(room="hall").limit(2).all()
        """
      Then these come back, in this order
        | text  |
        | night |
        | noon  |

    Scenario: The newest of each room
      When we ask for one of each partition
        """python
        Message.find().per_partition_limit(1).all()
        """
      Then these come back
        | room | text  |
        | hall | night |
        | yard | tea   |
      And 1 statement was sent

    Scenario: The first, or nothing
      When we ask for the first message of two rooms
        """python
        newest = Message.find(room="hall").first().text
        nobody = Message.find(room="attic").first()
        """
      Then `newest` is `"night"`
      And `nobody` is `None`

    Scenario Outline: A limit of <limit> is refused
      When we ask for it
        """python
        Message.find(room="hall").limit(<limit>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        limit must be a whole number from 1 to 2147483647, not <limit>
        """

      Examples:
        | limit |
        | 0     |
        | -1    |
        | 2.5   |

  Rule: Counting reads what it counts

    The server has no counter of its rows: `count()` reads them all, on the server, and so is as dear as the
    partition is long. To know whether there is any row, ask `exists()`, which reads one.

    Scenario: How many messages has a room
      When we count
        """python
        Message.find(room="hall").count()
        """
      Then the result is `3`
      And 1 statement was sent

    Scenario: Is there any
      When we ask of two rooms
        """python
        here = Message.find(room="hall").exists()
        there = Message.find(room="attic").exists()
        """
      Then `(here, there)` is `(True, False)`
