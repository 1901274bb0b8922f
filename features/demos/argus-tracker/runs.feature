Feature: Runs of several kinds in one table
  A cluster that was tortured for hours, every driver against one server, a suite of unit tests: three kinds of runs, each
  with values of its own, and all of them asked for together ("what ran last in this release?"). So they belong into one
  table. An **abstract** class owns it and says what a run has in any case; each plug-in is a class below it.

      class TestRun(Kind, Document):
          release: Annotated[Name, PrimaryKey()]
          test: Annotated[Name, PrimaryKey(1), …]
          id: Annotated[UUID, ClusteringKey("DESC"), TimeUUID()]
          plugin: Annotated[str, Discriminator()]
          …

      class DriverMatrix(TestRun):
          drivers: Annotated[dict[Line, Outcome], …]

  Release and test are the partition: the runs of one test lie side by side, newest first, because the id holds the moment.

  Background:
    Given the demo "argus-tracker" runs

  Rule: A run comes back as what its plug-in says

    Scenario Outline: <what>
      When a program asks for /api/runs/fathom-3.2/<test>
      Then the answer is 200
      And its `items` are newest first, by the moment in their `id`
      And it holds
        | part           | value    |
        | items.0.plugin | <plugin> |
      And its `items.0.<part>` is between <low> and <high>

      Examples:
        | what                           | test                | plugin        | part                     | low | high |
        | A type that holds another      | failover-under-load | cluster       | cloud.database.nodes     | 6   | 6    |
        | A list of types that do        | failover-under-load | cluster       | nemeses.0.target.shards  | 8   | 8    |
        | A map of types                 | java-drivers        | driver_matrix | drivers.kotlin.passed    | 600 | 900  |
        | A type with three fields       | storage-engine      | unit_suite    | total.passed             | 900 | 5000 |

    Scenario: What a plug-in does not have is refused by name
      Given the program says X-Agent-Token: sample-agent-token
      When a program posts /api/runs
        """json
        {"plugin": "unit_suite", "release": "fathom-3.2", "test": "storage-engine", "build": 500, "version": "3.2.0",
         "drivers": {"java 4": {"passed": 1, "failed": 0}}}
        """
      Then the answer is 422
      And it holds
        | part             | value                                |
        | errors.0.field   | unit_suite.total                     |
        | errors.1.field   | unit_suite.drivers                   |
        | errors.1.message | Extra inputs are not permitted       |

    Scenario: The API's union is made of the plug-ins that are there
      When a program asks for /openapi.json
      Then it holds
        | part                                                                                                | value                              |
        | paths./api/runs.post.requestBody.content.application/json.schema.discriminator.mapping.cluster       | #/components/schemas/Cluster       |
        | paths./api/runs.post.requestBody.content.application/json.schema.discriminator.mapping.driver_matrix | #/components/schemas/DriverMatrix  |
        | paths./api/runs.post.requestBody.content.application/json.schema.discriminator.mapping.unit_suite    | #/components/schemas/UnitSuite     |

  Rule: A test's runs come a page at a time

    Scenario: The sixteen runs of the flaky test
      When a program asks for /api/runs/fathom-3.2/failover-under-load
      Then there are 12 `items`
      When we remember its `next` as token
      And a program asks for /api/runs/fathom-3.2/failover-under-load?token={token}
      Then there are 4 `items`
      When a program asks for /api/runs/fathom-3.2/rolling-upgrade?token={token}
      Then the answer is 400

  Rule: What is asked for often is kept beside, once

    Scenario: The versions and images of a release
      No run is read for it: each version was written when a run told of it, and again, which changes nothing.

      Given the program says X-Agent-Token: sample-agent-token
      When a program posts /api/runs 2 times, counting
        """json
        {"plugin": "unit_suite", "release": "fathom-3.1", "test": "query-planner", "build": {number}, "version": "3.1.9",
         "total": {"passed": 7, "failed": 0}}
        """
      Then the answer is 201
      When a program asks for /api/releases/fathom-3.1/versions
      Then it holds
        | part       | value |
        | versions.0 | 3.1.9 |
        | versions.1 | 3.1.4 |

  Rule: What is wrong is said

    Scenario Outline: <path> is nothing
      When a program asks for <path>
      Then the answer is <status>

      Examples:
        | path                                                                           | status |
        | /api/runs/fathom-3.2/nothing                                                   | 404    |
        | /api/runs/fathom-9/rolling-upgrade                                             | 404    |
        | /api/runs/fathom-3.2/rolling-upgrade/seven                                     | 404    |
        | /api/runs/fathom-3.2/rolling-upgrade/d5132200-7343-11f1-8b90-000000000000      | 404    |
        | /api/runs/fathom-3.2/rolling-upgrade?token=nonsense                            | 400    |
        | /api/errors/fathom-3.2?q=                                                      | 422    |
        | /api/errors/fathom-3.2?q=disk&k=51                                             | 422    |
