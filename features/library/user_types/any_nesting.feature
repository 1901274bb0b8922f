@property
Feature: Any nesting
  Here documents are drawn, not chosen: values in lists in maps in values, to a depth of three, with and without what may
  be left out. When one is not read back as it was saved, the smallest such document is found and shown.

  Background:
    Given the models Cabinet, Attic and Person

  Rule: What is saved is what is read

    Scenario: Any nested document that is saved and read back is equal
      Then of 50 documents drawn, each is equal to itself when it is saved and read back

  Rule: What one colour writes the other reads

    The two colours share everything but the waiting: the same model in sync and in async code is the same table, the same
    statements and the same values.

    Scenario: Any document, written in one colour and read in the other
      Given the models Specimen, Box, Message and Article
      Then of 50 documents drawn, what one colour saves the other reads as it was
