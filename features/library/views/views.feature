Feature: Materialized views
  A view is a copy of a table under another key, which the server keeps: books by their author, where the table has them
  by number. The program writes to the table alone; reading the view is as cheap as reading any table.

      class BookByAuthor(MaterializedView):
          author: Annotated[str, PrimaryKey()]
          number: Annotated[int, ClusteringKey()]
          title: str

          class Settings:
              __base_table__ = Book

  The view follows some time after each write, usually within milliseconds; it costs a read and a write more each time.
  Its key holds every key column of the table, and at most one column more; rows where that one is null are not in it.
  Cassandra calls its views experimental and has them switched off unless told otherwise; ScyllaDB relies on them.

  Rule: A view follows its table

    Background:
      Given the models Book and BookByAuthor
      And these Book documents are saved
        | number | title        | author  | year |
        | 1      | Dune         | herbert | 1965 |
        | 2      | The Hobbit   | tolkien | 1937 |
        | 3      | The Two Towers | tolkien | 1954 |

    Scenario: What is saved in the table is found in the view
      Then within 10 seconds the BookByAuthor table holds
        | author  | number | title          |
        | herbert | 1      | Dune           |
        | tolkien | 2      | The Hobbit     |
        | tolkien | 3      | The Two Towers |

    Scenario: A row moves when what the view is ordered by changes
      When we correct an author and a title
        """python
        Book.get(number=1).update(author="tolkien")
        Book.get(number=2).update(title="There and Back Again")
        """
      Then within 10 seconds the BookByAuthor table holds
        | author  | number | title                |
        | tolkien | 1      | Dune                 |
        | tolkien | 2      | There and Back Again |
        | tolkien | 3      | The Two Towers       |

    Scenario: A row that is deleted, or loses its author, leaves the view
      When we delete a book and forget an author
        """python
        Book.get(number=1).delete()
        Book.get(number=2).delete_columns("author")
        """
      Then within 10 seconds the BookByAuthor table holds
        | author  | number | title          |
        | tolkien | 3      | The Two Towers |

  Rule: A view is read like a table

    Background:
      Given the models Book and BookByAuthor
      And these Book documents are saved
        | number | title          | author  |
        | 2      | The Hobbit     | tolkien |
        | 3      | The Two Towers | tolkien |
      And within 10 seconds the BookByAuthor table holds
        | author  | number | title          |
        | tolkien | 2      | The Hobbit     |
        | tolkien | 3      | The Two Towers |

    Scenario: The books of an author, as the view orders them
      When we find them
        """python
        BookByAuthor.find(author="tolkien").all()
        """
      Then these come back, in this order
        | number | title          |
        | 3      | The Two Towers |
        | 2      | The Hobbit     |
      And 1 statement was sent

    Scenario: Every way of reading
      When we get, count, select and loop
        """python
        one = BookByAuthor.get(author="tolkien", number=2).title
        count = BookByAuthor.find(author="tolkien").count()
        titles = BookByAuthor.find(author="tolkien").values_list("title", flat=True).all()
        looped = [book.number for book in BookByAuthor.find(author="tolkien").order_by("number")]
        """
      Then `(one, count)` is `("The Hobbit", 2)`
      And `titles` is `["The Two Towers", "The Hobbit"]`
      And `looped` is `[2, 3]`

    Scenario: Writing to it is refused, and the refusal says where to write
      When we change a row of the view
        """python
        book = BookByAuthor.get(author="tolkien", number=2)
        book.title = "There and Back Again"
        book.save()
        """
      Then it is refused with InvalidQueryError
        """
        BookByAuthor is a materialized view: save() goes to Book, the view follows
        """

  Rule: No write goes to a view

    Scenario Outline: A write: <call> is refused
      When we try
        """python
        book = BookByAuthor(author="tolkien", number=2, title="The Hobbit")
        <call>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | call                                                              | reason                                                                               |
        | book.save()                                                       | BookByAuthor is a materialized view: save() goes to Book, the view follows           |
        | book.insert()                                                     | BookByAuthor is a materialized view: insert() goes to Book, the view follows         |
        | book.update(title="?")                                            | BookByAuthor is a materialized view: update() goes to Book, the view follows         |
        | book.delete()                                                     | BookByAuthor is a materialized view: delete() goes to Book, the view follows         |
        | book.delete_columns("title")                                      | BookByAuthor is a materialized view: delete_columns() goes to Book, the view follows |
        | BookByAuthor.create(author="a", number=1, title="?")              | BookByAuthor is a materialized view: create() goes to Book, the view follows         |
        | BookByAuthor.bulk_save([book])                                    | BookByAuthor is a materialized view: bulk_save() goes to Book, the view follows      |
        | BookByAuthor.truncate()                                           | BookByAuthor is a materialized view: truncate() goes to Book, the view follows       |
        | BookByAuthor.find(author="a", number=1).update(title="?")         | BookByAuthor is a materialized view: update() goes to Book, the view follows         |
        | BookByAuthor.find(author="a").delete()                            | BookByAuthor is a materialized view: delete() goes to Book, the view follows         |
        | BookByAuthor.sync_table()                                         | BookByAuthor is a materialized view: call sync_view()                                |
        | BookByAuthor.drop_table()                                         | BookByAuthor is a materialized view: call drop_view()                                |

  Rule: A view is made once, and made anew to be changed

    Background:
      Given the model Book

    Scenario: What is sent
      When we sync a view of some of the rows
        """python
        class LaterBook(MaterializedView):
            year: Annotated[int, PrimaryKey()]
            number: Annotated[int, ClusteringKey()]
            title: str

            class Settings:
                __base_table__ = Book
                __where_clause__ = '"number" > 1000 AND "year" IS NOT NULL'
                __clustering_order__ = {"number": "DESC"}

        planned = LaterBook.sync_view(dry_run=True)
        sent = LaterBook.sync_view()
        again = LaterBook.sync_view()
        LaterBook.drop_view()
        planned
        """
      Then the result is this CQL
        """
        CREATE MATERIALIZED VIEW IF NOT EXISTS "later_book" AS SELECT "year", "number", "title" FROM "book" WHERE "number" > 1000 AND "year" IS NOT NULL PRIMARY KEY (("year"), "number") WITH CLUSTERING ORDER BY ("number" DESC)
        """
      And `sent == planned` holds
      And `again` is `[]`

    Scenario: A table that is known by name alone
      When we plan a view of a table that no class declares
        """python
        class Shelfmark(MaterializedView):
            title: Annotated[str, PrimaryKey()]
            number: Annotated[int, ClusteringKey()]
            year: int

            class Settings:
                __base_table__ = "book"

        Shelfmark.sync_view(dry_run=True)
        """
      Then the result is this CQL
        """
        CREATE MATERIALIZED VIEW IF NOT EXISTS "shelfmark" AS SELECT "title", "number", "year" FROM "book" WHERE "title" IS NOT NULL AND "number" IS NOT NULL PRIMARY KEY (("title"), "number") WITH CLUSTERING ORDER BY ("number" ASC)
        """

    Scenario: A view that lacks a column
      Given someone has synced a narrower view
        """python
        class BookByYear(MaterializedView):
            year: Annotated[int, PrimaryKey()]
            number: Annotated[int, ClusteringKey()]

            class Settings:
                __base_table__ = Book

        BookByYear.sync_view()
        """
      When we sync one with a title
        """python
        class WiderBookByYear(BookByYear):
            title: str

            class Settings:
                name = "book_by_year"

        try:
            WiderBookByYear.sync_view()
        finally:
            BookByYear.drop_view()
        """
      Then it is refused with InvalidQueryError
        """
        WiderBookByYear.title is not in the view book_by_year: a view's columns cannot be changed, drop_view() and
        sync_view() make it anew
        """

  Rule: A key that no view can have is refused

    Scenario Outline: <what> is refused
      When we declare it
        """python
        class Other(MaterializedView):
            <first>
            <second>
            <third>

            class Settings:
                <settings>

        Other.sync_view()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """
      And nothing was sent

      Examples:
        | what                                  | first                                | second                                      | third                                            | settings                                     | reason                                                                                        |
        | A key of the table that is missing    | author: Annotated[str, PrimaryKey()] | title: str                                  | year: int                                        | __base_table__ = Book                        | Other: a view's key holds every key column of its table; number is missing                    |
        | Two columns that are no key           | author: Annotated[str, PrimaryKey()] | number: Annotated[int, ClusteringKey()]     | year: Annotated[int, ClusteringKey("ASC", 1)]    | __base_table__ = Book                        | Other: a view's key holds at most one column that is no key of its table                      |
        | A column that the table does not have | author: Annotated[str, PrimaryKey()] | number: Annotated[int, ClusteringKey()]     | price: int                                       | __base_table__ = Book                        | Other.price: Book has no column price                                                         |
        | A column of another type              | author: Annotated[str, PrimaryKey()] | number: Annotated[int, ClusteringKey()]     | year: str                                        | __base_table__ = Book                        | Other.year is text, but Book.year is int                                                      |
        | No table                              | author: Annotated[str, PrimaryKey()] | number: Annotated[int, ClusteringKey()]     | year: int                                        | pass                                         | Other.Settings needs __base_table__: the class or table that it follows                       |
        | An order of what has none             | author: Annotated[str, PrimaryKey()] | number: Annotated[int, ClusteringKey()]     | year: int                                        | __base_table__, __clustering_order__ = Book, {"year": "DESC"} | Other: __clustering_order__ takes clustering columns and ASC or DESC, not year: DESC |
        | Columns without the key               | author: Annotated[str, PrimaryKey()] | number: Annotated[int, ClusteringKey()]     | year: int                                        | __base_table__, __view_columns__ = Book, ("author", "year") | Other: __view_columns__ must hold the view's key; number is missing           |
