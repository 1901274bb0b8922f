Feature: Many reads at once
  Rows of fifty partitions are fifty reads. One after the other they take fifty round trips; `__in` makes one server do the
  work of all. `gather()` sends them at once, each to a node that has the rows, and gives the answers in the order of the
  questions. Sync code can do it, too; `concurrency` says how many may be under way.

      lunch, dinner = gather(Message.find(room="lunch"), Message.find(room="dinner"))

  Background:
    Given the models Message and Article
    And 3 Message documents are saved in the room "hall"
    And 12 Message documents are saved in the room "yard"

  Rule: Each query's rows stand in its place

    Scenario: Three rooms
      When we read them
        """python
        rooms = gather(Message.find(room="yard"), Message.find(room="hall"), Message.find(room="attic"))
        """
      Then `[len(room) for room in rooms]` is `[12, 3, 0]`
      And 3 statements were sent
      And `rooms[1]` is `Message.find(room="hall").all()`

    Scenario: Other queries than documents
      When we gather values and a part of the rows
        """python
        authors, newest = gather(
            Message.find(room="hall").values_list("author", flat=True), Message.find(room="yard").limit(1)
        )
        """
      Then `authors` is `["ada", "ada", "ada"]`
      And `[message.text for message in newest]` is `["message 12"]`

    Scenario: Answers of several pages
      When we read pages of five
        """python
        hall, yard = gather(Message.find(room="hall").fetch_size(5), Message.find(room="yard").fetch_size(5))
        """
      Then `(len(hall), len(yard))` is `(3, 12)`
      And 4 statements were sent

    Scenario: Queries of several tables
      When we read messages and articles
        """python
        Article(number=7, name="lamp").save()
        messages, articles = gather(Message.find(room="hall"), Article.find(number=7))
        """
      Then `(len(messages), articles[0].name)` is `(3, "lamp")`

    Scenario: Many, a few at a time
      When we ask for two hundred rooms, ten at a time
        """python
        found = gather(*(Message.find(room=f"room {number}") for number in range(200)), concurrency=10)
        """
      Then `found` is `[[]] * 200`
      And 200 statements were sent

    Scenario: None at all
      When we gather nothing
        """python
        gather()
        """
      Then the result is `[]`
      And nothing was sent

  Rule: An error is raised when all have ended, or stands in its place

    Scenario: The first error is raised
      When we read three tables, of which one is not there
        """python
        class Nowhere(Document):
            id: Annotated[int, PrimaryKey()]

        gather(Message.find(room="hall"), Nowhere.find(id=1), Message.find(room="yard"))
        """
      Then it is refused with ServerRejected
        """
        table …nowhere… does not exist: call sync_table() …
        """

    Scenario: Errors as results
      When we want the others all the same
        """python
        class Nowhere(Document):
            id: Annotated[int, PrimaryKey()]

        hall, nothing, yard = gather(
            Message.find(room="hall"), Nowhere.find(id=1), Message.find(room="yard"), return_exceptions=True
        )
        """
      Then `(len(hall), type(nothing).__name__, len(yard))` is `(3, "ServerRejected", 12)`

    Scenario Outline: A concurrency of <number> is refused
      When we gather with it
        """python
        gather(Message.find(room="hall"), concurrency=<number>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        concurrency must be a whole number of at least 1, not <number>
        """

      Examples:
        | number |
        | 0      |
        | 2.5    |
