Feature: Making the tables
  `manage.py migrate` makes Django's tables, `manage.py sync_cassandra` those of coodie. It compares the models with the
  live tables and sends only what is missing; with `--dry-run` it only says what it would send.

  Background:
    Given the demo "django-taskboard" runs

  Scenario: Everything is there
    When somebody runs manage.py sync_cassandra --dry-run
    Then it succeeds
    And it says
      """
      -- TaskEvent: nothing to do
      -- TaskCounter: nothing to do
      """

  Scenario: In a keyspace without tables
    When somebody runs manage.py sync_cassandra --dry-run with KEYSPACE=draft
    Then it succeeds
    And it says
      """
      CREATE TABLE IF NOT EXISTS "draft"."task_event" ("task" uuid, "moment" timestamp, "id" uuid, "board" text, "who" text, "source" text, "target" text, PRIMARY KEY (("task"), "moment", "id")) WITH CLUSTERING ORDER BY ("moment" DESC, "id" ASC)
      CREATE TABLE IF NOT EXISTS "draft"."task_counter" ("board" text, "status" text, "arrived" counter, PRIMARY KEY (("board"), "status"))
      """
