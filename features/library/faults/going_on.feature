@faults @slow
Feature: Going on over a restart
  Nodes are restarted all the time: for a new version, a new setting, a new machine. A program that reads or writes for
  long meets that in the middle of its work. Nothing of what it does is bound to one node: a page's token says where in
  the table to go on, which every node understands, and a row that is written twice is the same row.

  Background:
    Given a cluster of three nodes, each of which keeps every row
    And the model Article

  Rule: A reader goes on where it was

    Scenario: A node is killed and comes back between two pages
      Given someone has saved three hundred articles
        """python
        Article.bulk_save(
            (Article(number=number, name=f"article {number}") for number in range(300)), consistency="ALL"
        )
        """
      When we read on from each token, while a node comes and goes
        """python
        pages = Article.find().fetch_size(90)
        first = pages.paged_all()
        cluster.kill(2)
        second = pages.page(first.paging_state).paged_all()
        cluster.start(2)
        third = pages.page(second.paging_state).paged_all()
        fourth = pages.page(third.paging_state).paged_all()
        numbers = [article.number for page in (first, second, third, fourth) for article in page.data]
        """
      Then `(len(numbers), sorted(numbers) == list(range(300)))` is `(300, True)`
      And `fourth.paging_state` is `None`

    Scenario: A node is killed in the middle of a loop
      Given someone has saved three hundred articles
        """python
        Article.bulk_save(
            (Article(number=number, name=f"article {number}") for number in range(300)), consistency="ALL"
        )
        """
      When we loop over them in small pages
        """python
        numbers = []
        for article in Article.find().fetch_size(50):
            numbers.append(article.number)
            if len(numbers) == 100:
                cluster.kill(1)
        """
      Then `(len(numbers), sorted(numbers) == list(range(300)))` is `(300, True)`

  Rule: A writer goes on, and each row is there once

    Scenario: A bulk load during a rolling restart
      When we save articles until each node has been restarted
        """python
        drawn = 0

        def articles():
            global drawn
            restart = cluster.rolling_restart()
            while drawn < 1000 or not restart.over:
                yield Article(number=drawn, name=f"article {drawn}")
                drawn += 1

        loaded = Article.bulk_save(articles(), consistency="QUORUM", concurrency=2)
        """
      Then `(loaded.saved, loaded.failed)` is `(drawn, [])`
      And the Article table holds each of the rows that were drawn, once
