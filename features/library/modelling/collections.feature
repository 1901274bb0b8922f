Feature: Collections
  A `list`, `set`, `dict` or `tuple` is a column of its own, stored with the row. Collections are for the few things
  that belong to one row: the tags of an article, the addresses of a customer. Hundreds are too many, because the
  server reads a collection as a whole; what grows is a table with a clustering key.

  Elements of a set or a map can be added and removed without reading (see *Updating*). A collection inside another
  is stored as one frozen value; nothing need be said for it. `Frozen()` makes an outer one so, too: it is then
  written and compared as a whole, costs less, and may be part of a key.

  Background:
    Given the model Box

  Rule: What is read equals what was written, to any depth

    Scenario Outline: A <kind>
      When we save it and read it
        """python
        written = <value>
        Box(id=1, <field>=written).save()
        read = Box.get(id=1).<field>
        """
      Then `read` is `written`
      And `type(read) is type(written)` holds
      And the column "<field>" of Box is `<cql>`

      Examples:
        | kind            | field   | cql                          | value                                      |
        | list            | words   | list<text>                   | ["b", "a", "b"]                            |
        | set             | numbers | set<int>                     | {3, 1, 2}                                  |
        | dict            | prices  | map<text, decimal>           | {"lamp": Decimal("1.50")}                  |
        | tuple           | point   | frozen<tuple<int, float, text>> | (1, 0.5, "c")                              |
        | list of lists   | grid    | list<frozen<list<int>>>      | [[1, 2], [], [3]]                          |
        | dict of sets    | groups  | map<text, frozen<set<uuid>>> | {"a": {UUID(int=1), UUID(int=2)}}          |
        | list of moments | moments | list<timestamp>              | [datetime(2030, 5, 1, 12, 0, tzinfo=UTC)]  |
        | frozen set      | sealed  | frozen<set<text>>            | frozenset({"a", "b"})                      |

  Rule: An empty collection and none are the same

    The server keeps no row of an empty collection, so both read back empty: a program never meets a `None` where
    its model says `list`.

    Scenario: A document without any
      When we save a document that names no collection
        """python
        Box(id=1).save()
        box = Box.get(id=1)
        """
      Then `(box.words, box.numbers, box.prices)` is `([], set(), {})`

    Scenario: An empty list
      When we save an empty list
        """python
        Box(id=1, words=[]).save()
        Box.get(id=1).words
        """
      Then the result is `[]`
