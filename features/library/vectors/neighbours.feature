Feature: Nearest neighbours
  Which paints are most like this colour? Which articles say something like this sentence? Both ask for the *nearest
  neighbours* of a vector. Comparing it with every row would give the exact answer, and take longer with every row. A vector
  index keeps a map of who is near whom, and walks it: from a handful of steps it knows neighbours that are nearly always the
  nearest ones. That is what *approximate nearest neighbour* (ANN) means.

      rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex(similarity_function="COSINE")]

      Paint.find().order_by_ann("rgb", [1.0, 0.5, 0.0]).limit(3)

  What "near" means is the index's similarity function. **COSINE** compares directions and does not care for length: a dark
  orange is as orange as a bright one. Language models' vectors are made for it. **EUCLIDEAN** measures the distance between
  the points, so dark and bright are far apart. **DOT_PRODUCT** is COSINE for vectors that all have the length 1, and a little
  cheaper.

  Background:
    Given the models Paint and Wall
    And these Paint documents are saved
      | name       | rgb             | maker |
      | orange     | [1.0, 0.5, 0.0] | Lux   |
      | pumpkin    | [1.0, 0.4, 0.1] | Nox   |
      | brown      | [0.4, 0.2, 0.0] | Nox   |
      | red        | [1.0, 0.0, 0.0] | Lux   |
      | sky        | [0.3, 0.7, 1.0] | Lux   |
      | navy       | [0.0, 0.1, 0.4] | Nox   |

  Rule: The nearest come first, as many as were asked for

    Scenario: Paints like orange
      When we search
        """python
        Paint.find().order_by_ann("rgb", [1.0, 0.5, 0.0]).limit(4).values_list("name", flat=True).all()
        """
      Then `sorted(result[:2])` is `["brown", "orange"]`
      And `result[2:]` is `["pumpkin", "red"]`
      And 1 statement was sent

    Scenario: They are documents like any others
      When we search
        """python
        nearest = Paint.find().order_by_ann("rgb", [0.2, 0.7, 1.0]).limit(1).all()[0]
        """
      Then `nearest.name` is `"sky"`
      And `nearest.maker` is `"Lux"`
      And `type(nearest) is Paint` holds

    Scenario: What is sent
      When we ask for the statement
        """python
        plan = Paint.find().order_by_ann("rgb", [1.0, 0.5, 0.0]).limit(3).explain()
        """
      Then the CQL of `plan` is
        """
        SELECT "name", "rgb", "maker", "litres" FROM "paint" ORDER BY "rgb" ANN OF ? LIMIT ?
        """
      And `str(plan.params)` is `"([1.0, 0.5, 0.0], 3)"`
      And nothing was sent

    Scenario: The first is the nearest
      When we ask for one
        """python
        Paint.find().order_by_ann("rgb", [0.0, 0.2, 0.7]).first()
        """
      Then `result.name` is `"navy"`

    Scenario: A new row is found, one that is gone is not
      When we add a paint, take another off sale, and search
        """python
        Paint(name="amber", rgb=[1.0, 0.75, 0.0]).save()
        Paint.find(name="sky").delete()
        like_amber = Paint.find().order_by_ann("rgb", [1.0, 0.75, 0.0]).first()
        like_sky = Paint.find().order_by_ann("rgb", [0.3, 0.7, 1.0]).first()
        """
      Then `like_amber.name` is `"amber"`
      And `like_sky.name != "sky"` holds

    Scenario: A row whose vector was never set has no place in the order
      When we add a paint without a colour, and ask for all
        """python
        Paint(name="primer").save()
        found = Paint.find().order_by_ann("rgb", [1.0, 0.5, 0.0]).limit(100).all()
        """
      Then `"primer" in [paint.name for paint in found]` is `False`
      And `len(found)` is `6`

  Rule: A score tells how near
    From 0 to 1 for COSINE: 1 is the same direction, 0.5 has nothing in common, 0 is the opposite. The server computes it, in
    float32.

    Scenario: Pairs of a paint and its score
      When we search with scores
        """python
        found = Paint.find().order_by_ann("rgb", [1.0, 0.0, 0.0]).limit(2).with_scores().all()
        (first, best), (second, next_best) = found
        """
      Then `first.name` is `"red"`
      And `best` is `1.0`
      And `second.name` is `"pumpkin"`
      And `round(next_best, 4)` is `0.9623`

    Scenario: Only what is near enough
      When we leave out what is less than alike
        """python
        found = Paint.find().order_by_ann("rgb", [1.0, 0.0, 0.0]).limit(6).with_scores(min_score=0.9).all()
        """
      Then `[paint.name for paint, score in found][:2]` is `["red", "pumpkin"]`
      And `all(score >= 0.9 for paint, score in found)` holds
      And `len(found)` is `4`

    Scenario: Iterating, and selected values, give pairs as well
      When we read names with their scores
        """python
        query = Paint.find().order_by_ann("rgb", [0.3, 0.7, 1.0]).limit(1)
        pairs = list(query.values_list("name", flat=True).with_scores())
        """
      Then `pairs` is `[("sky", 1.0)]`

    Scenario Outline: <function> as a score
      When we index by it and search
        """python
        class Point(Document):
            id: Annotated[int, PrimaryKey()]
            at: Annotated[list[float], Vector(dimensions=2), VectorIndex("<function>")]

            class Settings:
                name = "point_<function>"

        Point.sync_table()
        Point.wait_for_index()
        Point(id=1, at=[3.0, 4.0]).save()
        Point(id=2, at=[-3.0, 4.0]).save()
        found = Point.find().order_by_ann("at", [3.0, 4.0]).limit(2).with_scores().all()
        """
      Then `[(point.id, round(score, 5)) for point, score in found]` is `<scores>`

      Examples:
        | function    | scores                       |
        | COSINE      | [(1, 1.0), (2, 0.64)]        |
        | DOT_PRODUCT | [(1, 13.0), (2, 4.0)]        |
        | EUCLIDEAN   | [(1, 1.0), (2, 0.02703)]     |

  Rule: Filters stand beside the search where the server can answer both
    On Cassandra: the whole partition key, clustering columns after it, and columns with `Indexed(using="sai")`. On ScyllaDB:
    key columns, and the index's own `filter_columns`.

    @cassandra_only
    Scenario: Like orange, but by one maker
      When we filter by an indexed column
        """python
        near = Paint.find(maker="Nox").order_by_ann("rgb", [1.0, 0.5, 0.0]).limit(2)
        [paint.name for paint in near.all()]
        """
      Then the result is `["brown", "pumpkin"]`

    Scenario: Among the rows of a partition
      Given these Wall documents are saved
        | house | number | rgb             |
        | north | 1      | [1.0, 0.9, 0.9] |
        | north | 2      | [0.5, 0.5, 0.6] |
        | south | 1      | [0.9, 0.9, 0.9] |
      When we search in one house
        """python
        near = Wall.find(house="north").allow_filtering().order_by_ann("rgb", [0.9, 0.9, 0.9])
        [(wall.house, wall.number) for wall in near.limit(2).all()]
        """
      Then the result is `[("north", 1), ("north", 2)]`

    @cassandra_only
    Scenario: A column without an index of that kind
      When we filter by it
        """python
        Paint.find(litres=1.0).allow_filtering().order_by_ann("rgb", [1.0, 0.5, 0.0]).limit(2).all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Paint.litres: beside order_by_ann() Cassandra filters by the whole partition key with =, by clustering columns after it,
        and by columns with Indexed(using='sai'); allow_filtering() does not help
        """
      And nothing was sent

  Rule: A search that makes no sense is refused before it is sent

    Scenario Outline: It is not searched: <what>
      When we search
        """python
        <query>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Paint<reason>
        """
      And nothing was sent

      Examples: The vector
        | what                        | query                                                                 | reason                                                                                                              |
        | A vector too short          | Paint.find().order_by_ann("rgb", [1.0, 0.5]).limit(3).all()           | .rgb: it has 2 elements, not 3                                                                                      |
        | Not a number in it          | Paint.find().order_by_ann("rgb", [1.0, float("nan"), 0]).first()      | .rgb: element 1 is nan: a vector holds finite numbers alone                                                         |
        | A text for a vector         | Paint.find().order_by_ann("rgb", "orange").first()                    | .rgb: a vector is a list, tuple, array.array or numpy array of numbers, not 'orange'                                |
        | A text in a vector          | Paint.find().order_by_ann("rgb", [1.0, "0.5", 0]).first()             | .rgb: element 1 is '0.5': a vector holds numbers alone                                                              |
        | No direction under COSINE   | Paint.find().order_by_ann("rgb", [0.0, 0.0, 0.0]).first()             | .rgb: all its elements are zero, or within 0.000001 of it: COSINE compares directions, and it has none              |
        | More than an index compares | Paint.find().order_by_ann("rgb", [1e18, 0.0, 0.0]).first()            | .rgb: element 0 is 9.99999984e+17: an index compares elements from -1e17 to 1e17…                                   |

      Examples: The query
        | what                         | query                                                                                | reason                                                                                                   |
        | No limit                     | Paint.find().order_by_ann("rgb", [1, 0, 0]).all()                                    | : order_by_ann() needs limit(): every row is more or less near, so say how many are wanted               |
        | A limit above 1000           | Paint.find().order_by_ann("rgb", [1, 0, 0]).limit(1001).all()                        | : the limit of order_by_ann() must be a whole number from 1 to 1000, not 1001                            |
        | Two orders by nearness       | Paint.find().order_by_ann("rgb", [1, 0, 0]).order_by_ann("rgb", [0, 1, 0]).first()   | : order_by_ann() is there already, so order_by_ann() has no place: rows have one order                                              |
        | Pages smaller than the limit | Paint.find().order_by_ann("rgb", [1, 0, 0]).limit(9).fetch_size(5).all()             | : order_by_ann() answers in one page, so fetch_size(5) cannot be less than limit(9)                      |
        | Scores of no search          | Paint.find().with_scores().all()                                                     | : with_scores() tells how near rows are: say order_by_ann() too                                          |
        | A column without the index   | Paint.find().order_by_ann("litres", [1, 0, 0]).first()                               | .litres has no VectorIndex(), so its nearest neighbours cannot be found (columns that have one: rgb)     |

    Scenario: A second ordering
      When we order by nearness and by number
        """python
        Wall.find(house="north").order_by("number").order_by_ann("rgb", [1, 0, 0]).limit(3).all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Wall: order_by() is a second ordering beside order_by_ann()
        """
      And nothing was sent

    Scenario: Counting the neighbours
      When we count
        """python
        Paint.find().order_by_ann("rgb", [1, 0, 0]).count()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        count() makes no sense with order_by_ann
        """

  Rule: What an index could not compare is refused when it is written

    Scenario Outline: It is not stored: <what>
      When we save it
        """python
        Paint(name="odd", rgb=<value>).save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Paint.rgb: <reason>
        """
      And nothing was sent
      And `Paint.find(name="odd").first()` is `None`

      Examples:
        | what                      | value               | reason                                                                                                         |
        | Black has no direction    | [0.0, 0.0, 0.0]     | all its elements are zero, or within 0.000001 of it: COSINE compares directions, and it has none               |
        | Nor has nearly black      | [1e-9, 0.0, -1e-20] | all its elements are zero, or within 0.000001 of it: COSINE compares directions, and it has none               |
        | A number beyond all bound | [1.0, -1e18, 0.0]   | element 1 is -9.99999984e+17: an index compares elements from -1e17 to 1e17, as float32 cannot hold the…       |

    Scenario: By distance, black is a colour like others
      When we save black walls
        """python
        Wall(house="north", number=1, rgb=[0.0, 0.0, 0.0]).save()
        near = Wall.find(house="north").allow_filtering().order_by_ann("rgb", [0.0, 0.0, 0.0])
        found = near.limit(1).with_scores().all()
        """
      Then `found[0][1]` is `1.0`

  Rule: The exact neighbours can be computed, and the index measured by them
    `exact_nearest()` reads every row of a query and compares it here, in float64: right for a narrow query, and the measure
    of an index. *Recall* is the share of the exact neighbours that the index finds.

    Scenario: The exact neighbours of a colour
      When we compute them
        """python
        found = Paint.find().with_scores().exact_nearest("rgb", [1.0, 0.0, 0.0], k=2)
        """
      Then `[paint.name for paint, score in found]` is `["red", "pumpkin"]`
      And `[round(score, 4) for paint, score in found]` is `[1.0, 0.9623]`

    Scenario: How many of them the index finds
      When we measure the index
        """python
        Paint.find().recall_at("rgb", [1.0, 0.5, 0.0], k=4)
        """
      Then the result is `1.0`
      And 2 statements were sent

    Scenario: A column without an index
      Given the model Swatch
      And these Swatch documents are saved
        | name   | rgb             |
        | orange | [1.0, 0.5, 0.0] |
        | sky    | [0.3, 0.7, 1.0] |
        | none   |                 |
      When we compute its neighbours
        """python
        Swatch.find().exact_nearest("rgb", [1.0, 0.0, 0.0], k=1)[0].name
        """
      Then the result is `"orange"`

    @slow
    Scenario: Among ten thousand vectors of 384 dimensions the index misses few
      Given the model Passage
      And 10000 Passage documents with vectors around 100 topics are saved
      Then the index of `Passage.meaning` finds at least 95 % of the 10 nearest, on average over 20 searches
