Feature: Indexes
  An index finds rows by a column that is not part of the key. Each node keeps an index of its own rows, so a query
  by index alone asks every node: right for a search now and then, wrong for what every request does, for which a
  second table is written. Beside the partition key an index is cheap, as only one partition is asked.

      brand: Annotated[str | None, Indexed()] = None

  It also costs at each write. Columns with few values (a flag), or with as many as there are rows, are poor
  candidates; on Cassandra 5, `Indexed(using="sai")` makes the newer kind, which also takes ranges.

  Background:
    Given the model Article
    And these Article documents are saved
      | number | name   | brand | tags    |
      | 7      | lamp   | Lux   | {"red"} |
      | 8      | desk   | Nox   | {"oak"} |
      | 9      | candle | Lux   | {"red"} |

  Rule: An indexed column can be asked for by itself

    Scenario: The articles of a brand
      When we find them
        """python
        Article.find(brand="Lux").all()
        """
      Then these come back
        | number | name   |
        | 7      | lamp   |
        | 9      | candle |
      And 1 statement was sent

    Scenario: The explanation tells index from scan
      When we compare three questions
        """python
        by_key = Article.find(number=7).explain()
        by_index = Article.find(brand="Lux").explain()
        by_scan = Article.find(name="lamp").allow_filtering().explain()
        """
      Then `by_key.warnings` is `()`
      And `by_index.warnings` is `("index article_brand_idx without a partition key: every node may be asked",)`
      And `by_scan.warnings[0]` is `"full scan: every partition of article is read"`
      And nothing was sent

  Rule: An index of Cassandra 5 takes ranges, too

    @cassandra_only
    Scenario: Prices between two limits
      When we index a price and ask for a range
        """python
        class Offer(Document):
            id: Annotated[int, PrimaryKey()]
            price: Annotated[int, Indexed(using="sai")]

        Offer.sync_table()
        for number, price in ((1, 5), (2, 15), (3, 25)):
            Offer(id=number, price=price).save()
        found = Offer.find(price__gte=10, price__lt=20).all()
        """
      Then `[offer.id for offer in found]` is `[2]`

  Rule: A collection's keys, values or entries can be indexed

    Scenario: Articles by one of their tags
      When we index a set and ask for an element
        """python
        class Recipe(Document):
            name: Annotated[str, PrimaryKey()]
            needs: Annotated[set[str], Indexed()] = set()

        Recipe.sync_table()
        Recipe(name="bread", needs={"flour", "salt"}).save()
        Recipe(name="soup", needs={"salt"}).save()
        found = Recipe.find(needs__contains="flour").all()
        """
      Then `[recipe.name for recipe in found]` is `["bread"]`

    Scenario: What kind of index a marker makes
      When we look at the plan
        """python
        class Pantry(Document):
            id: Annotated[int, PrimaryKey()]
            amounts: Annotated[dict[str, int], Indexed(target="keys"), Indexed(target="values")] = {}

        Pantry.sync_table(dry_run=True)[1:]
        """
      Then the result is this CQL
        """
        CREATE INDEX IF NOT EXISTS "pantry_amounts_keys_idx" ON "pantry" (keys("amounts"))
        CREATE INDEX IF NOT EXISTS "pantry_amounts_values_idx" ON "pantry" (values("amounts"))
        """
