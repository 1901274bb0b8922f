Feature: Vector indexes
  A vector index belongs to the model like a column does, and `sync_table()` makes it, on ScyllaDB as a `vector_index`, on
  Cassandra 5 as a storage-attached one. It is a map of the vectors, a graph in which each knows its near ones, and two things
  about it can be chosen: how well it is made (`construction_beam_width`, `maximum_node_connections`), and how patiently it is
  walked (`search_beam_width` on ScyllaDB, `optimize_for` on Cassandra). The defaults are good; a search that misses too many
  neighbours (see `recall_at()`) is a reason to change them.

  Rule: The index is made with its table, and only once

    @cassandra_only
    Scenario: What syncing sends
      When we ask for the plan
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex("EUCLIDEAN", optimize_for="recall")]

        Gem.sync_table(dry_run=True)
        """
      Then the result is this CQL
        """
        CREATE TABLE IF NOT EXISTS "gem" ("id" int, "rgb" vector<float, 3>, PRIMARY KEY (("id")))
        CREATE CUSTOM INDEX IF NOT EXISTS "gem_rgb_idx" ON "gem" ("rgb") USING 'sai' WITH OPTIONS = {'similarity_function': 'EUCLIDEAN', 'optimize_for': 'recall'}
        """

    Scenario: Syncing again finds nothing to do
      Given there is no table "gem"
      And we have synced a model with a vector index
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex()]

        Gem.sync_table()
        """
      When we sync it again
        """python
        again = Gem.sync_table()
        """
      Then `again` is `[]`
      And `again.drift` is `()`

    Scenario: An index that somebody made by hand is taken as it is
      Given there is no table "gem"
      And someone has made the index by hand, under another name and with other words for the same
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex("COSINE")]

        kind = "vector_index" if "Scylla" in str(get_driver().server) else "sai"
        execute_raw(f'CREATE TABLE {keyspace}.gem (id int PRIMARY KEY, rgb vector<float, 3>)')
        execute_raw(f"CREATE CUSTOM INDEX by_hand ON {keyspace}.gem (rgb) USING '{kind}' WITH OPTIONS = {{'similarity_function': 'cosine'}}")
        """
      When we sync the model
        """python
        plan = Gem.sync_table()
        """
      Then `list(plan)` is `[]`
      And `plan.drift` is `("the index on gem.rgb is called by_hand, Gem calls it gem_rgb_idx",)`

    Scenario: A column with its index is added to a table with rows
      Given there is no table "gem"
      And we have saved a row in a table without the column
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]

        Gem.sync_table()
        Gem(id=1).save()
        """
      When we add the column in the next version of the program
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float] | None, Vector(dimensions=3), VectorIndex()] = None

        Gem.sync_table()
        Gem.wait_for_index()
        Gem.find(id=1).update(rgb=[1.0, 0.0, 0.0])
        Gem.find().order_by_ann("rgb", [1.0, 0.0, 0.0]).first()
        """
      Then `result.id` is `1`

  Rule: An index that was made in another way is drift; it is made anew when that is asked for
    No server changes an index that is there, and a column has one. Until it is made anew, searches go by the index that is
    there.

    Scenario: Another similarity function
      Given there is no table "gem"
      And we have synced an index by COSINE
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex("COSINE")]

        Gem.sync_table()
        """
      When we sync a model that says EUCLIDEAN
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex("EUCLIDEAN")]

        plan = Gem.sync_table()
        anew = Gem.sync_table(drop_removed_indexes=True)
        settled = Gem.sync_table()
        """
      Then `list(plan)` is `[]`
      And `"the vector index gem_rgb_idx on gem.rgb was made with {'similarity_function': 'COSINE'}" in plan.drift[0]` holds
      And `[text.split(" IF ")[0] for text in anew]` is `["DROP INDEX", "CREATE CUSTOM INDEX"]`
      And `(list(settled), settled.drift)` is `([], ())`

  Rule: An option is checked before anything is sent

    Scenario Outline: <what> is refused where it is written
      When we declare an index
        """python
        VectorIndex(<options>)
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """

      Examples:
        | what                       | options                          | reason                                                                                     |
        | An unknown function        | "MANHATTAN"                      | VectorIndex(similarity_function) must be COSINE, DOT_PRODUCT, EUCLIDEAN, not 'MANHATTAN'    |
        | A word spelt wrong         | search_beam_with=64              | VectorIndex() has no option search_beam_with; did you mean search_beam_width?               |
        | More than any server takes | maximum_node_connections=513     | VectorIndex(maximum_node_connections) takes a whole number from 1 to 512, not 513           |
        | No whole number            | search_beam_width=2.5            | VectorIndex(search_beam_width) takes a whole number from 1 to 4096, not 2.5                 |
        | A precision nobody has     | quantization="f8"                | VectorIndex(quantization) takes f32, f16, bf16, i8, b1, not 'f8'                            |
        | Fewer than were asked for  | "COSINE", oversampling=0         | VectorIndex(oversampling) takes a number from 1 to 100, not 0                               |

    @cassandra_only
    Scenario Outline: On Cassandra, <what>
      When we sync a model
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            kind: str = ""
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex(<options>)]

        Gem.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        Gem.rgb: <reason>
        """

      Examples:
        | what                              | options                        | reason                                                                                                                                                        |
        | an option that ScyllaDB has       | search_beam_width=64           | VectorIndex(search_beam_width) exists on ScyllaDB only; this server is Cassandra, whose index takes maximum_node_connections, construction_beam_width, optimize_for |
        | a range that ScyllaDB has         | construction_beam_width=4000   | VectorIndex(construction_beam_width) takes a whole number from 1 to 3200 on Cassandra, not 4000                                                                  |
        | an index within each partition    | local=True                     | VectorIndex(local) exists on ScyllaDB only; this server is Cassandra, which filters by the partition key and by columns with Indexed(using='sai')                |
        | filters kept in the vector index  | filter_columns=["kind"]        | VectorIndex(filter_columns) exists on ScyllaDB only; this server is Cassandra, which filters by the partition key and by columns with Indexed(using='sai')       |

    @cassandra_only
    Scenario: More dimensions than the server has
      When we sync a model
        """python
        class Huge(Document):
            id: Annotated[int, PrimaryKey()]
            text: Annotated[list[float], Vector(dimensions=9000)]

        Huge.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        Huge.text is vector<float, 9000>: vectors have at most 8192 dimensions on Cassandra
        """

    Scenario Outline: <what> has no vector index
      When we look at a model
        """python
        class Odd(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[<annotation>, VectorIndex()]

        Odd.sync_table()
        """
      Then it is refused with InvalidQueryError
        """
        Odd.rgb: VectorIndex() needs a Vector() of floats, not <cql>
        """

      Examples:
        | what               | annotation                        | cql            |
        | A list             | list[float]                       | list<float>    |
        | A vector of ints   | list[int], Vector(dimensions=3)   | vector<int, 3> |

  Rule: An index that could not be made is an error, and one that is not ready can be waited for

    @cassandra_only
    Scenario: What this server was not told to allow
      Given there is no table "gem"
      When we sync a model whose option the server's own settings forbid
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex(maximum_node_connections=32)]

        Gem.sync_table()
        """
      Then it is refused with ServerRejected
        """
        Maximum node connections cannot be set without enabling SAI_VECTOR_ALLOW_CUSTOM_PARAMETERS
        """

    Scenario: Searching as soon as the index answers
      Given there is no table "gem"
      And we have saved rows in a table without an index
        """python
        class Bare(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3)]

            class Settings:
                name = "gem"

        Bare.sync_table()
        Bare.bulk_save([Bare(id=number, rgb=[1.0, number / 100, 0.0]) for number in range(100)]).raise_failures()
        """
      When we make the index, and search when it answers
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex()]

        Gem.sync_table()
        Gem.wait_for_index(timeout=30)
        Gem.find().order_by_ann("rgb", [1.0, 0.42, 0.0]).first()
        """
      Then `result.id` is `42`

    Scenario: Waiting for an index that the model does not have
      When we wait for it
        """python
        class Gem(Document):
            id: Annotated[int, PrimaryKey()]
            rgb: Annotated[list[float], Vector(dimensions=3), VectorIndex()]

        Gem.wait_for_index("gem_by_colour")
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Gem has no vector index 'gem_by_colour'; it has gem_rgb_idx
        """
