Feature: One statement for many values
  A statement is prepared once: the server parses its text, and from then on is sent an identifier and values. That only
  helps while the text stays the same, so everything that varies from call to call is a value, never a part of the text: a
  time to live, a timestamp, a limit, a list of any length. A program that runs for months knows as many texts as it
  has kinds of calls.

  Background:
    Given the models Article and Message

  Rule: What varies from call to call is a value

    Scenario: A thousand times to live
      When we save with each
        """python
        for seconds in range(1, 1001):
            Article(number=7, name="lamp").save(ttl=seconds)
        """
      Then 1000 statements were sent
      And all of them have one text

    Scenario: A thousand timestamps
      When we update with each
        """python
        for moment in range(1, 1001):
            Article.find(number=7).timestamp(moment).update(name="lamp")
        """
      Then 1000 statements were sent
      And all of them have one text

    Scenario: A thousand limits
      When we ask with each
        """python
        gather(*(Message.find(room="hall").limit(count) for count in range(1, 1001)))
        """
      Then 1000 statements were sent
      And all of them have one text

    Scenario: Lists of a thousand lengths
      When we explain queries of each length
        """python
        texts = {Article.find(number__in=range(length)).explain().cql for length in range(1, 1001)}
        """
      Then `len(texts)` is `1`
      And nothing was sent

    Scenario: Lists of many lengths, sent
      When we ask with each
        """python
        gather(*(Article.find(number__in=list(range(length))) for length in range(1, 51)))
        """
      Then 50 statements were sent
      And all of them have one text

    Scenario: What was set and what was not
      When we save documents with other fields set
        """python
        Article(number=1, name="a").save()
        Article(number=2, name="b", brand="Lux").save()
        Article(number=3, name="c", price=Decimal(1), tags={"x"}).save()
        """
      Then 3 statements were sent
      And all of them have one text

    Scenario: Elements of collections
      When we put entries and add tags
        """python
        for number in range(100):
            Article.find(number=7).update(sizes__put=(f"size {number}", number), tags__add={f"tag {number}"})
        """
      Then 100 statements were sent
      And all of them have one text

  Rule: The text is the same for every document of a class

    Scenario: Reading by key
      When we read many articles
        """python
        for number in range(100):
            Article.find_one(number=number)
        """
      Then 100 statements were sent
      And all of them have one text
