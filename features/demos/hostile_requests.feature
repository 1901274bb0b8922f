@property @slow
Feature: Hostile requests to the demos
  A web application hands on what it is sent. The demos do so without looking for quotes or semicolons: what is a value is
  bound, what names a column is compared with those that there are. So each hostile text, at each place that a demo's
  API describes, is stored as it is or refused with a status that blames the request; none is a fault of the server.

  Rule: No request makes an application fail, or its schema change

    Scenario Outline: <demo>
      Given a demo "<demo>" of its own runs
      Then no hostile text in a parameter or a field of its API is a fault of the server, or changes its tables

      Examples:
        | demo             |
        | fastapi-catalog  |
        | flask-blog       |
        | django-taskboard |
        | collections-tags |
        | argus-tracker    |
