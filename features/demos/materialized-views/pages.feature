@browser
Feature: The page of materialized-views
  Three columns: the table, to which one writes, and the two views, which follow. After each write the page shows how long
  the write took, and how much later each view had it. Below, a view is asked to take a write, and its cost is measured.

  Background:
    Given the demo "materialized-views" runs

  Rule: The first screen shows a table and two views with products in them

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "The view by category"
      And the page shows "Next page"
      And nothing is wrong with the page

    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "Write to the table"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "2 statements ·"
      And under the hood stands "class ProductByBrand(MaterializedView):"
      And nothing is wrong with the page

  Rule: Written once, it is in both views, and the lag is shown

    Scenario: A new product is written, moved and deleted
      When a visitor opens / on a desktop
      And the visitor types "Lighthouse lamp" into "Name"
      And the visitor chooses "Lamps" for "Category"
      And the visitor chooses "Cairn" for "Brand"
      And the visitor types "75.50" into "Price in euros"
      And the visitor presses "Write once"
      Then the page shows "Written once, followed twice"
      And the page shows "acknowledged after"
      And the page shows "ms later, at look"
      And the page shows "In the table"
      And nothing is wrong with the page
      When the visitor chooses "Tents" for "Category"
      And the visitor presses "Save"
      Then the page shows "In the table"
      And the page shows "Tents"
      When the visitor presses "Delete this product"
      And the visitor presses "Delete Lighthouse lamp"
      Then the page shows "Lighthouse lamp is deleted; both views have followed."
      And nothing is wrong with the page

    Scenario: A name of blanks is said to be wrong, in the form
      When a visitor opens / on a desktop
      And the visitor types "   " into "Name"
      And the visitor types "12" into "Price in euros"
      And the visitor presses "Write once"
      Then the page shows "name: String should have at least 1 character"

  Rule: A view that is written to says where to write

    Scenario: With the keyboard alone
      When a visitor opens / on a desktop
      And the visitor presses the keys to "Try it"
      Then the page shows "ProductByCategory is a materialized view: save() goes to Product, the view follows"
      And nothing is wrong with the page

  Rule: The cost is measured and shown as a chart

    Scenario: Measure
      When a visitor opens / on a desktop
      And the visitor presses "Measure"
      Then within 60 seconds the page shows "two shelves by hand, in a logged batch"
      And the page shows "followed within"
      And nothing is wrong with the page

  Rule: Without products the page says what to do

    Scenario: An empty table, filled again
      Given the demo "materialized-views" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "No product of this category. Write one, and it is here."
      And nothing is wrong with the page
      When the visitor presses "Bring 50 products back"
      Then within 20 seconds the page no longer shows "No product of this category. Write one, and it is here."
