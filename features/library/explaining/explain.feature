Feature: Explaining a query
  `explain()` tells what a query would send, before it does: the CQL, its parameters, the partitions that it touches,
  and what to worry about. It sends nothing, needs no connection, and is a plain method in both colours, so it works
  in a debugger, in a test, and in a log.

      print(Message.find(room="hall").limit(20).explain())

  Background:
    Given the models Message and Article

  Rule: The explanation is what would be sent

    Scenario: CQL and parameters
      When we explain a query
        """python
        plan = Message.find(room="hall").order_by("sent").limit(20).explain()
        """
      Then the CQL of `plan` is
        """
        SELECT "room", "sent", "author", "text", "likes" FROM "message" WHERE "room" = ? ORDER BY "sent" ASC LIMIT ?
        """
      And `plan.params` is `("hall", 20)`
      And nothing was sent

    Scenario: Sending it sends just that
      When we send a query and compare
        """python
        query = Message.find(room="hall").limit(2)
        query.all()
        """
      Then the last statement is the CQL of `query.explain()`

  Rule: It names the partitions

    Scenario: Two rooms are two partitions
      When we explain a query of two rooms
        """python
        Message.find(room__in=["hall", "yard"]).explain().partitions
        """
      Then the result is `({"room": "hall"}, {"room": "yard"})`

    Scenario: Sensor and day make one partition
      When we explain a query of a day
        """python
        Reading.find(sensor="roof", day=date(2030, 5, 1)).explain().partitions
        """
      Then the result is `({"sensor": "roof", "day": date(2030, 5, 1)},)`

  Rule: It warns of what grows with the table

    Scenario Outline: <what> and its warnings
      When we explain it
        """python
        Article.<query>.explain().warnings
        """
      Then the result is `<warnings>`
      And nothing was sent

      Examples:
        | what      | query                                | warnings                                                                                                               |
        | A key     | find(number=7)                       | ()                                                                                                                     |
        | An index  | find(brand="Lux")                    | ("index article_brand_idx without a partition key: every node may be asked",)                                          |
        | A scan    | find()                               | ("full scan: every partition of article is read",)                                                                     |
        | Filtering | find(stock=0).allow_filtering()      | ("full scan: every partition of article is read", "ALLOW FILTERING: the server reads rows only to throw them away")    |
