@browser
Feature: The page of vector-search
  A sentence, two sliders, a category; below them the nearest products, each with its score and a picture of its vector.

  Background:
    Given the demo "vector-search" runs

  Rule: The first screen answers a sentence

    Scenario: On a desktop
      When a visitor opens / on a desktop
      Then the page shows "Hill flask"
      And the page shows "sentence to vector"
      And nothing is wrong with the page

    Scenario: On a phone
      When a visitor opens / on a phone
      Then the page shows "Hill flask"
      And nothing is wrong with the page
      When the visitor presses "under the hood"
      Then under the hood stands "ANN OF"
      And under the hood stands "class ProductEmbedding(Document):"
      And nothing is wrong with the page

  Rule: A sentence, a number and a least score change what is found

    Scenario: Papers
      When a visitor opens / on a desktop
      And the visitor types "get rid of secret papers" into "What are you looking for?"
      And the visitor presses "Find"
      Then the page shows "Paper shredder"
      When the visitor types "0.66" into "Least score"
      Then within 10 seconds the page no longer shows "Pruning shears"
      And the page shows "Paper shredder"
      When the visitor types "1" into "Least score"
      Then the page shows "Nothing is that near"
      And nothing is wrong with the page

    Scenario: More like one, and within a category
      When a visitor opens /?q=robbed%20on%20holiday&category=Travel on a desktop
      Then the page shows "Money belt"
      When the visitor presses "More like this: Money belt"
      Then the page shows "More like Money belt"
      And nothing is wrong with the page

  Rule: The index is held against the exact order

    Scenario: Recall
      When a visitor opens /?q=stay%20warm%20at%20night&k=3 on a desktop
      And the visitor presses the keys to "Compare with the exact order"
      Then the page shows "Recall 100 %"
      And the page shows "In the exact order"
      And nothing is wrong with the page
      And this is the picture of its README

  Rule: What is added is found by its meaning

    Scenario: A product of the visitor's own
      When a visitor opens / on a phone
      And the visitor types "Moss lamp" into "Name"
      And the visitor types "Glows softly beside the bed of a child that fears the dark." into "Description"
      And the visitor types "31.50" into "Price in euros"
      And the visitor presses "Embed and add"
      Then the page shows "Moss lamp has its vector and is found by it."
      And nothing is wrong with the page

    Scenario: A name of blanks is said to be wrong, in the form
      When a visitor opens / on a desktop
      And the visitor types "   " into "Name"
      And the visitor types "x" into "Description"
      And the visitor types "12" into "Price in euros"
      And the visitor presses "Embed and add"
      Then the page shows "name: String should have at least 1 character"

  Rule: Without products the page says what to do

    Scenario: An empty table, filled again
      Given the demo "vector-search" runs with COUNT=0
      When a visitor opens / on a phone
      Then the page shows "Nothing is that near"
      And nothing is wrong with the page
      When the visitor presses "Bring 50 products back"
      Then within 20 seconds the page shows "Hill flask"
