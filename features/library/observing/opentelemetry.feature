Feature: OpenTelemetry
  The extra `coodie[otel]` hands every statement to OpenTelemetry: a span, and a measurement of how long it took, named
  as its [conventions for databases](https://opentelemetry.io/docs/specs/semconv/database/) say. An application that
  has set its SDK and exporters up calls one function at its start:

      from coodie.otel import instrument

      instrument()

  The text in a span has bind markers where values are, so it holds no data of anybody; what was written by hand with
  literals in it has `?` in their place.

  Background:
    Given the models Article and Visits
    And these Article documents are saved
      | number | name |
      | 7      | lamp |
    And an application that has set OpenTelemetry up, and has called `instrument()`

  Rule: Every statement is a span, named as the conventions say

    Scenario: A read
      When we read a row
        """python
        Article.find(number=7).only("name").all()
        """
      Then the last span is
        | name                        | SELECT article                                            |
        | kind                        | CLIENT                                                    |
        | status                      | UNSET                                                     |
        | db.system.name              | cassandra                                                 |
        | db.namespace                | shop                                                      |
        | db.collection.name          | article                                                   |
        | db.operation.name           | SELECT                                                    |
        | db.query.summary            | SELECT article                                            |
        | db.query.text               | SELECT "number", "name" FROM "shop"."article" WHERE "number" = ? |
        | server.address              | HOST                                                      |
        | server.port                 | PORT                                                      |
        | cassandra.consistency.level | local_one                                                 |

    Scenario: A batch
      When we save two rows in one batch
        """python
        with BatchQuery(logged=False) as batch:
            Article(number=1, name="lamp").save(batch=batch)
            Article(number=2, name="desk").save(batch=batch)
        """
      Then `(spans()[-1].name, spans()[-1].attributes["db.operation.batch.size"])` is `("BATCH INSERT article", 2)`

    Scenario: A refusal
      When we send what the server refuses
        """python
        try:
            execute_raw("SELEC 'secret', 4711 FROM article")
        except ServerRejected:
            pass
        span = spans()[-1]
        """
      Then `(span.status.status_code.name, span.attributes["error.type"])` is `("ERROR", "coodie.exceptions.ServerRejected")`
      And `span.attributes["db.query.text"]` is `"SELEC ?, ? FROM article"`
      And `"secret" in span.to_json()` does not hold

    Scenario: It belongs to what the application was doing
      When we read within a span of our own
        """python
        with tracer.start_as_current_span("a request") as request:
            Article.get(number=7)
        child = [span for span in spans() if span.name == "SELECT article"][-1]
        """
      Then `child.parent.span_id == request.context.span_id` holds

  Rule: How long statements take is measured, by operation and table

    Scenario: Three statements
      When we read twice and write once
        """python
        Article.find(number=7).all()
        Article.find(number=7).all()
        Article.find(number=7).update(stock=3)
        """
      Then `db.client.operation.duration` has counted 3 statements, all of them with these attributes
        | db.system.name     | cassandra |
        | db.namespace       | shop      |
        | db.collection.name | article   |
