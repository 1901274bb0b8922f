Feature: Saving many documents
  `bulk_save()` writes any number of documents, many statements under way at once: the fastest way in, as each write goes
  straight to a node that keeps it. (A batch of everything would make one node do the work of all.) Rows of one partition
  lie on the same nodes, so those that come near each other share a statement: an unlogged batch, which a node applies as
  one write. The documents may come from a generator, and are drawn as they are sent: a file of any size passes through
  constant memory.

      result = Article.bulk_save(read_articles(path), concurrency=64)

  Nothing is lost in the crowd: the result counts what was saved, and names each document that was not, with its error.

  Background:
    Given the model Article

  Rule: All are saved, at most so many at once

    Scenario: A thousand articles
      When we save them
        """python
        Article.bulk_save(Article(number=number, name=f"article {number}") for number in range(1000))
        """
      Then `(result.saved, result.failed)` is `(1000, [])`
      And `bool(result)` holds
      And 1000 statements were sent
      And `Article.find().count()` is `1000`

    Scenario: A few at a time
      When we save them four at a time
        """python
        Article.bulk_save([Article(number=number, name="?") for number in range(20)], concurrency=4)
        """
      Then `result.saved` is `20`

    Scenario: Documents are drawn as they are sent
      When we look how far the generator is ahead
        """python
        ahead = []

        def articles():
            for number in range(100):
                ahead.append(number - done[0])
                yield Article(number=number, name="?")

        done = [0]
        Article.bulk_save(articles(), concurrency=8, progress=lambda count: done.__setitem__(0, count))
        """
      Then `max(ahead) <= 9` holds

    Scenario: Progress
      When we ask to be told
        """python
        told = []
        Article.bulk_save([Article(number=number, name="?") for number in range(5)], progress=told.append)
        """
      Then `told` is `[1, 2, 3, 4, 5]`

    Scenario: For a while, and for sure
      When we save for an hour, to a quorum
        """python
        Article.bulk_save([Article(number=7, name="lamp")], ttl=3600, consistency="QUORUM")
        """
      Then the last statement was sent with the consistency QUORUM
      And `3500 < Article.find(number=7).column_ttl("name")[0] <= 3600` holds

    Scenario: None at all
      When we save nothing
        """python
        Article.bulk_save([])
        """
      Then `result` is `type(result)(saved=0, failed=[])`
      And `bool(result)` holds
      And nothing was sent

  Rule: Rows of one partition travel together

    Background:
      Given the model Reservation

    Scenario: The seats of a showing
      When we reserve twenty seats of one showing, and a seat of another
        """python
        reservations = [Reservation(showing="matinee", seat=seat, guest="ada") for seat in range(20)]
        reservations.append(Reservation(showing="night", seat=1, guest="bo"))
        Reservation.bulk_save(reservations)
        """
      Then `result.saved` is `21`
      And 2 statements were sent
      And `Reservation.find().count()` is `21`

    Scenario: Rows of several showings, mixed
      When we reserve a hundred seats of each of four showings, in turn
        """python
        Reservation.bulk_save(
            Reservation(showing=showing, seat=seat, guest="ada")
            for seat in range(100)
            for showing in ("monday", "tuesday", "wednesday", "thursday")
        )
        """
      Then `result.saved` is `400`
      And at most 40 statements were sent
      And `Reservation.find(showing="tuesday").count()` is `100`

    Scenario: No group is so large that a server warns of it
      When we reserve seats for a guest with a long name
        """python
        warned = []
        with observe(lambda each: warned.extend(each.rows.warnings)):
            outcome = Reservation.bulk_save(
                Reservation(showing="matinee", seat=seat, guest="Wolfeschlegelsteinhausenbergerdorff" * 10)
                for seat in range(200)
            )
        """
      Then `outcome.saved` is `200`
      And `warned` is `[]`

    Scenario: A row that is saved twice keeps what was saved last
      When we reserve a seat three times, one after the other
        """python
        guests = ["zoe", "bo", "ada"]
        Reservation.bulk_save(
            [Reservation(showing="matinee", seat=1, guest=guest) for guest in guests], concurrency=1
        )
        """
      Then `Reservation.get(showing="matinee", seat=1).guest` is `"ada"`

    Scenario: One of them does not fit
      When we reserve three seats, one with a number that no seat has
        """python
        reservations = [Reservation(showing="matinee", seat=seat, guest="ada") for seat in (1, 2**40, 3)]
        told = []
        Reservation.bulk_save(reservations, progress=told.append)
        """
      Then `[(each.seat, type(error).__name__) for each, error in result.failed]` is `[(2**40, "InvalidQueryError")]`
      And `result.saved` is `2`
      And `told` is `[1, 2, 3]`
      And the Reservation table holds
        | showing | seat | guest |
        | matinee | 1    | ada   |
        | matinee | 3    | ada   |

    Scenario: The generator fails in the middle of a group
      When we save from a file that ends in an error
        """python
        def reservations():
            yield Reservation(showing="matinee", seat=1, guest="ada")
            yield Reservation(showing="matinee", seat=2, guest="bo")
            raise ValueError("line 3 is no reservation")

        Reservation.bulk_save(reservations())
        """
      Then it is refused with ValueError
        """
        line 3 is no reservation
        """
      And the Reservation table holds
        | showing | seat | guest |
        | matinee | 1    | ada   |
        | matinee | 2    | bo    |

  Rule: What was not saved is named with its error, and the rest is saved

    Scenario: Some do not fit
      When we save twenty articles, two of which do not fit their columns
        """python
        articles = [Article(number=number, name="?") for number in range(20)]
        articles[3].stock = 2**40
        articles[7].tags = {""}
        articles[11].number = 2**40
        Article.bulk_save(articles)
        """
      Then `(result.saved, len(result.failed))` is `(18, 2)`
      And `bool(result)` does not hold
      And `sorted(article.stock for article, _ in result.failed)` is `[0, 2**40]`
      And `{type(error).__name__ for _, error in result.failed}` is `{"InvalidQueryError"}`
      And `Article.find().count()` is `18`

    Scenario: Some were read without all their columns
      When we save a whole article and a partial one
        """python
        Article(number=7, name="lamp", stock=3).save()
        partial = Article.find(number=7).only("name").first()
        Article.bulk_save([partial, Article(number=8, name="desk")])
        """
      Then `result.saved` is `1`
      And `[article is partial for article, _ in result.failed]` is `[True]`

    Scenario: The server refuses
      When we save to a table that is not there
        """python
        class Nowhere(Document):
            id: Annotated[int, PrimaryKey()]

        Nowhere.bulk_save([Nowhere(id=1), Nowhere(id=2)])
        """
      Then `(result.saved, [document.id for document, _ in result.failed])` is `(0, [1, 2])`
      And `{type(error).__name__ for _, error in result.failed}` is `{"ServerRejected"}`

    Scenario: Raising what went wrong, all of it
      Given we have saved some that do not fit
        """python
        outcome = Article.bulk_save([Article(number=number, name="?", stock=2**40) for number in range(3)])
        """
      When we ask for the errors
        """python
        outcome.raise_failures()
        """
      Then it is refused with ExceptionGroup, before anything is sent
        """
        3 documents were not saved, 0 were (3 sub-exceptions)
        """

    Scenario: The generator fails
      When we save from a file that ends in an error
        """python
        def articles():
            yield Article(number=1, name="lamp")
            yield Article(number=2, name="desk")
            raise ValueError("line 3 is no article")

        Article.bulk_save(articles())
        """
      Then it is refused with ValueError
        """
        line 3 is no article
        """
      And the Article table holds
        | number | name |
        | 1      | lamp |
        | 2      | desk |

    Scenario Outline: A concurrency of <number> is refused
      When we save with it
        """python
        Article.bulk_save([Article(number=7, name="lamp")], concurrency=<number>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        concurrency must be a whole number of at least 1, not <number>
        """
      And nothing was sent

      Examples:
        | number |
        | 0      |
        | 2.5    |
