Feature: Names
  A table is named after its class, a column after its field. Both can be named otherwise, for a schema that was
  there before, or for a word that Python would not take. Every name is quoted in every statement, so capitals,
  spaces and reserved words are simply names.

  Rule: The class names the table

    Scenario Outline: <class> is the table <table>
      When we declare the class
        """python
        class <class>(Document):
            id: Annotated[int, PrimaryKey()]

        <class>.table_name()
        """
      Then the result is `"<table>"`

      Examples:
        | class        | table          |
        | Article      | article        |
        | HTTPLogEntry | http_log_entry |
        | Version2     | version2       |

    Scenario: Settings name it otherwise
      When we ask for the table of Shelf
        """python
        Shelf.table_name()
        """
      Then the result is `"book_shelf"`

  Rule: A column may have a name of its own

    Scenario: A name with a space
      Given the model Shelf
      When we save a title and read the row as the server has it
        """python
        Shelf(room="east", place=1, title="Emma").save()
        execute_raw(f'SELECT "book title" FROM {keyspace}.book_shelf')
        """
      Then the result is `[{"book title": "Emma"}]`

    Scenario: The program keeps to the field's name
      Given the model Shelf
      And these Shelf documents are saved
        | room | place | title |
        | east | 1     | Emma  |
      When we update by the field's name
        """python
        Shelf.find(room="east", place=1).update(title="Ulysses")
        Shelf.find(room="east", place=1).values_list("title", flat=True).first()
        """
      Then the result is `"Ulysses"`

    Scenario: A reserved word
      When we declare fields that are words of CQL
        """python
        class Select(Document):
            where: Annotated[int, PrimaryKey()]
            order: str = ""

        Select.sync_table()
        Select(where=1, order="first").save()
        Select.get(where=1).order
        """
      Then the result is `"first"`

  Rule: Settings know their words

    Scenario: A setting is misspelt
      When we declare a class with a misspelt setting
        """python
        class Note(Document):
            id: Annotated[int, PrimaryKey()]

            class Settings:
                __default_tll__ = 60

        Note.table_name()
        """
      Then it is refused with InvalidQueryError
        """
        Note.Settings has no setting '__default_tll__'; did you mean 'default_ttl'?
        """
