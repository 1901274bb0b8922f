Feature: The same model over another table
  A table for each month, a keyspace for each customer, an archive on another cluster: the class is the same, the place is
  not. `at()` gives the model over another table, keyspace or connection, as a class of its own that can do all that the
  model can. The model itself stays where it is.

      May = Message.at(table="message_2030_05")

  Background:
    Given the model Message
    And there is no table "message_2030_05"

  Rule: A model can be had over another table

    Scenario: A table for May
      When we make it, and save and find a message there
        """python
        May = Message.at(table="message_2030_05")
        made = May.sync_table()
        May(room="hall", sent=datetime(2030, 5, 1, tzinfo=UTC), author="ada", text="spring").save()
        found = May.find(room="hall").all()
        """
      Then `len(made)` is `1`
      And `[(type(message) is May, message.text) for message in found]` is `[(True, "spring")]`
      And `isinstance(found[0], Message)` holds
      And the Message table is empty

    Scenario: It is the same class each time
      When we ask for it twice
        """python
        Message.at(table="message_2030_05") is Message.at(table="message_2030_05")
        """
      Then the result is `True`
      And nothing was sent

    Scenario: Names
      When we ask for the names of both
        """python
        (Message.at(table="message_2030_05").table_name(), Message.table_name())
        """
      Then the result is `("message_2030_05", "message")`

    Scenario: A name that no table can have
      When we ask for it
        """python
        Message.at(table="message-2030").table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Message: 'message-2030' cannot name a table: …
        """

    Scenario Outline: A family of classes stays in its table: <name>
      When we ask for a member of a family over another table
        """python
        <name>.at(table="vehicle_museum")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <name> shares its table with a family of classes: at() cannot move it
        """

      Examples:
        | name    |
        | Vehicle |
        | Lorry   |

  Rule: And in another keyspace, or on another connection

    Scenario: A keyspace of a customer
      Given no keyspace is called by the name in `customer`
      When we make a keyspace, and the table in it
        """python
        create_keyspace(customer)
        Theirs = Message.at(keyspace=customer)
        Theirs.sync_table()
        Theirs(room="hall", sent=datetime(2030, 5, 1, tzinfo=UTC), author="grace", text="hello").save()
        """
      Then `Theirs.find(room="hall").count()` is `1`
      And the Message table is empty

    Scenario: Another connection
      When we read with a connection of its own
        """python
        seen = []
        init_coodie(hosts=[address], keyspace=keyspace, driver_type="cassandra", name="archive")
        Archived = Message.at(connection="archive")
        try:
            with observe(seen.append):
                Archived.find(room="hall").all()
        finally:
            get_driver("archive").close()
        """
      Then `[each.connection for each in seen]` is `["archive"]`

    Scenario: A connection that is not there
      When we read with it
        """python
        Message.at(connection="moon").find(room="hall").all()
        """
      Then it is refused with ConfigurationError, before anything is sent
        """
        …'moon'…
        """
