@property
Feature: Any document
  The scenarios elsewhere show chosen values. Here values are drawn: of a pool of models that between them hold every
  type of column, alone, in collections and in keys, any document that can be built is saved, read back, and compared.
  When one differs, the smallest such document is found and shown.

  Rule: What is saved is what is read

    Scenario: Any document that is saved and read back is equal
      Given the models Specimen, Box, Reading, Shelf, Message, Article, Account and Reservation
      Then of 100 documents drawn, each is equal to itself when it is saved and read back

    Scenario: Any value that does not fit is refused before it is sent
      Given the model Specimen
      Then of 100 numbers drawn, each is either stored as it is or refused
