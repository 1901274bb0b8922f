Feature: Keys
  A table is designed for its questions. The **partition key** decides on which nodes a row lives, and must be known
  to find it; all rows of one partition lie together. The **clustering key** is their order within the partition,
  on disk and in every answer.

      class Message(Document):
          room: Annotated[str, PrimaryKey()]                      # where
          sent: Annotated[datetime, ClusteringKey(order="DESC")]  # in which order
          author: str

  So "the newest messages of a room" reads one place on one node, from its beginning, however many rooms there are.
  A question that does not name the room has to ask every node: that is what another table is for, or an index.
  Keep a partition below some hundred thousand rows; where one would grow for ever, put a part of the time into its
  key, as `Reading` does with the day.

  A row is known by its whole key. Writing it again is not an error: the new values replace the old.

  Rule: A field with PrimaryKey() is the partition key

    Background:
      Given the model Article

    Scenario: A row is found by its key
      Given these Article documents are saved
        | number | name |
        | 7      | lamp |
        | 8      | desk |
      When we get the row
        """python
        Article.get(number=7)
        """
      Then these come back
        | number | name |
        | 7      | lamp |
      And 1 statement was sent

    Scenario: A row is written again
      Given these Article documents are saved
        | number | name |
        | 7      | lamp |
        | 7      | desk |
      Then the Article table holds
        | number | name |
        | 7      | desk |

  Rule: Several fields may share the partition key; all of them must be named

    `partition_key_index` says in which order.

    Background:
      Given the model Reading
      And these Reading documents are saved
        | sensor | day        | taken    | kind     | value |
        | roof   | 2030-05-01 | 06:00:00 | humidity | 0.5   |
        | roof   | 2030-05-01 | 06:00:00 | heat     | 11.5  |
        | roof   | 2030-05-01 | 18:00:00 | heat     | 17.25 |
        | roof   | 2030-05-02 | 06:00:00 | heat     | 9.0   |
        | cellar | 2030-05-01 | 06:00:00 | heat     | 8.5   |

    Scenario: Sensor and day name a partition
      When we read a day of a sensor
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).all()
        """
      Then these come back, in this order
        | taken    | kind     | value |
        | 18:00:00 | heat     | 17.25 |
        | 06:00:00 | heat     | 11.5  |
        | 06:00:00 | humidity | 0.5   |
      And 1 statement was sent

    Scenario: Half a partition key finds nothing
      When we name the sensor alone
        """python
        Reading.find(sensor="roof").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Reading.sensor: the partition key also needs day; or name the columns before it, add an Indexed() marker,
        or say allow_filtering() if a scan is meant
        """
      And nothing was sent

  Rule: Rows of a partition are in the order of the clustering key

    Each clustering column has its own direction; a query may reverse all of them at once, which costs nothing, but
    it cannot sort by anything else.

    Scenario: The newest first, and within a moment by kind
      Given the model Reading
      And these Reading documents are saved
        | sensor | day        | taken    | kind     | value |
        | roof   | 2030-05-01 | 06:00:00 | humidity | 0.5   |
        | roof   | 2030-05-01 | 18:00:00 | heat     | 17.25 |
        | roof   | 2030-05-01 | 06:00:00 | heat     | 11.5  |
      When we read the day backwards
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).order_by("taken").all()
        """
      Then these come back, in this order
        | taken    | kind     |
        | 06:00:00 | humidity |
        | 06:00:00 | heat     |
        | 18:00:00 | heat     |

    Scenario: The order is part of the table
      When we ask for the table of Reading
        """python
        class Log(Document):
            source: Annotated[str, PrimaryKey()]
            moment: Annotated[datetime, ClusteringKey(order="DESC", clustering_key_index=0)]
            line: Annotated[int, ClusteringKey(clustering_key_index=1)]

        Log.sync_table(dry_run=True)
        """
      Then the result is this CQL
        """
        CREATE TABLE IF NOT EXISTS "log" ("source" text, "moment" timestamp, "line" int, PRIMARY KEY (("source"), "moment", "line")) WITH CLUSTERING ORDER BY ("moment" DESC, "line" ASC)
        """

  Rule: A static field is stored once for its partition

    Scenario: All books of a room have one keeper
      Given the model Shelf
      And these Shelf documents are saved
        | room | place | title   | keeper |
        | east | 1     | Emma    | ada    |
        | east | 2     | Ulysses | grace  |
      Then the Shelf table holds
        | room | place | title   | keeper |
        | east | 2     | Ulysses | grace  |
        | east | 1     | Emma    | grace  |
