@property @slow
Feature: Hostile requests to the demos
  A web application hands on what it is sent. The demos do so without looking for quotes or semicolons: what is a value is
  bound, what names a column is compared with those that there are, and what is shown is escaped. So each hostile text, at
  each place that a demo's API describes and in each field of the forms of its pages, is stored as it is or refused with a
  status that blames the request; none is a fault of the server, and none becomes CQL, an element of a page, or an
  expression of its template.

  The forms are found as a visitor finds them, by reading the pages, and compared with those that the templates have. Each
  is sent as it is meant first; then with quotes, pieces of CQL and of HTML, NUL, marks that turn the direction of writing
  and 60 KB of text in one field after the other, with what Hypothesis makes of these in several, without each of its
  fields, and at last with bodies that no form sends. Afterwards all pages are read again, for what was stored.

  Rule: No request makes an application fail, or its schema change

    Scenario Outline: <demo>
      Given a demo "<demo>" of its own runs
      Then no hostile text in a parameter or a field of its API is a fault of the server, or changes its tables
      And no hostile text in a field of a form of its pages is a fault of the server, CQL or HTML
      And a feed of hostile rows is written, but for those that are rejected with a reason

      Examples:
        | demo             |
        | fastapi-catalog  |
        | flask-blog       |
        | django-taskboard |
        | collections-tags |
        | argus-tracker    |

    Scenario Outline: The forms of <demo>
      Given a demo "<demo>" of its own runs
      Then no hostile text in a field of a form of its pages is a fault of the server, CQL or HTML
      And a feed of hostile rows is written, but for those that are rejected with a reason

      Examples:
        | demo               |
        | batch-importer     |
        | lwt-user-registry  |
        | materialized-views |
        | migration-guide    |
        | polymorphic-cms    |
        | realtime-counters  |
        | timeseries-iot     |
        | ttl-sessions       |
        | vector-search      |
