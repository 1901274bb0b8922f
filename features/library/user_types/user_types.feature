Feature: Values with fields of their own
  An address has a street, a place and bells; a `UserType` keeps such a value in one column, or many of them in a list or
  a map, and inside one another to any depth. It is a Pydantic model: validated, with defaults, with methods.

      class Address(UserType):
          street: str
          place: Coordinates | None = None

  `sync_table()` of a model makes the types that it needs, the inner ones first, and the driver needs no telling. On the
  server a type belongs to the keyspace, and all tables that use it share it.

  A value is written as a whole: to change its street, write the address anew (`address.with_fields(street=...)`). What
  must be found by itself, or grows, is a table of its own.

  Background:
    Given the model Person

  Rule: What is read equals what was written, to any depth

    Scenario: A value in a column
      When we save a person with an address, and read it
        """python
        home = Address(street="Elm Street 1", place=Coordinates(latitude=52.52, longitude=13.405))
        Person(name="ada", home=home).save()
        read = Person.get(name="ada").home
        """
      Then `read` is `home`
      And `type(read) is Address` holds
      And `read.place.longitude` is `13.405`

    Scenario: A list of values
      When we save earlier addresses
        """python
        earlier = [Address(street="Oak Street 2"), Address(street="Ash Street 3", bells=["left", "right"])]
        Person(name="ada", earlier=earlier).save()
        Person.get(name="ada").earlier
        """
      Then the result is `earlier`

    Scenario: Values in a map in a value in a map
      When we save households by year, each with its addresses
        """python
        sea = Address(street="Pier 1", place=Coordinates(latitude=54.4, longitude=18.6))
        household = Household(members={"ada", "grace"}, addresses={"summer": sea})
        Person(name="ada", households={1999: household, 2000: Household()}).save()
        read = Person.get(name="ada").households
        """
      Then `read` is `{1999: household, 2000: Household()}`
      And `read[1999].addresses["summer"].place.latitude` is `54.4`

    Scenario: Values in a tuple
      When we save a trip
        """python
        trip = (Coordinates(latitude=52.5, longitude=13.4), Coordinates(latitude=54.4, longitude=18.6))
        Person(name="ada", trip=trip).save()
        Person.get(name="ada").trip
        """
      Then the result is `trip`

    Scenario: An Enum is its member, an empty list a list, and nothing is None
      When we save an address for work
        """python
        Person(name="ada", home=Address(street="Elm Street 1", kind=Kind.WORK)).save()
        home = Person.get(name="ada").home
        """
      Then `(home.kind, home.bells, home.place)` is `(Kind.WORK, [], None)`

    Scenario: Values are read alike without a document
      When we ask for a column, and for a tuple
        """python
        home = Address(street="Elm Street 1", kind=Kind.WORK)
        Person(name="ada", home=home).save()
        Person.find(name="ada").values_list("home", "earlier").all()
        """
      Then the result is `[(home, [])]`

  Rule: A value is written as a whole, alone or as an element

    Background:
      Given we have saved and read a person
        """python
        Person(name="ada", home=Address(street="Elm Street 1"), households={1999: Household(members={"ada"})}).save()
        ada = Person.get(name="ada")
        """

    Scenario: Another street
      When we write the address anew
        """python
        ada.update(home=ada.home.with_fields(street="Oak Street 2", bells=["top"]))
        """
      Then `ada.home` is `Address(street="Oak Street 2", bells=["top"])`
      And `Person.get(name="ada")` is `ada`

    Scenario: An element of a list, an entry of a map
      When we add an address and put a household
        """python
        ada.update(
            earlier__append=[Address(street="Ash Street 3")],
            households__put=(2000, Household(members={"ada", "grace"})),
        )
        """
      Then 1 statement was sent
      And `ada.households[2000].members` is `{"ada", "grace"}`
      And `Person.get(name="ada")` is `ada`

    Scenario: By key, without a document
      When we write values of a row that we have not read
        """python
        found = Person.find(name="ada")
        found.update(home=Address(street="Ash Street 3"), households__put=(2000, Household(members={"linus"})))
        """
      Then `Person.get(name="ada").home.street` is `"Ash Street 3"`
      And `Person.get(name="ada").households[2000].members` is `{"linus"}`

    Scenario: A condition on a value
      When we move only if the address is still what we saw
        """python
        new = Address(street="Oak Street 2")
        first = ada.update(home=new, if_conditions={"home": Address(street="Elm Street 1")})
        second = ada.update(home=new, if_conditions={"home": Address(street="Elm Street 1")})
        """
      Then `first.applied` is `True`
      And `second.existing` is `{"home": Address(street="Oak Street 2")}`

    Scenario: A value that does not fit is refused
      When we build an address without a street
        """python
        ada.update(home={"kind": "home"})
        """
      Then it is refused with ValidationError, before anything is sent
        """
        1 validation error for Person home.street Field required …
        """
      And nothing was sent

    Scenario: A list of values can be searched
      When we look for who has lived somewhere
        """python
        oak = Address(street="Oak Street 2")
        ada.update(earlier=[oak])
        Person.find(earlier__contains=oak).allow_filtering().values_list("name", flat=True).all()
        """
      Then the result is `["ada"]`

  Rule: A secret inside a value is a secret wherever the value is written down

    Scenario: The code of a door
      When we save a code, read it, and write down what was sent and what came back
        """python
        from coodie.observation import describe

        seen = []
        with observe(seen.append):
            home = Address(street="Elm Street 1", door_code="open sesame")
            Person(name="ada", home=home, households={1: Household(addresses={"a": home})}).save()
            ada = Person.get(name="ada")
            Person.find(name="ada").values("home", "households").all()
            ada.update(earlier__append=[home], if_conditions={"home": Address(street="?")})
            Person.find(name="ada").json()
        written = str([describe(each) for each in seen])
        """
      Then `"open sesame" in written` does not hold
      And `"•••" in written` holds
      And `ada.home.door_code.get_secret_value()` is `"open sesame"`

  Rule: A type has a name in CQL, and says what it needs

    Scenario: Names
      When we ask for the names
        """python
        [Coordinates.type_name(), Address.type_name(), Household.type_name()]
        """
      Then the result is `["coordinates", "address", "family"]`

    Scenario: What a model needs, the inner ones first
      When we ask which types a model uses
        """python
        from coodie.usertype import extract_udt_classes

        extract_udt_classes(Person)
        """
      Then the result is `[Coordinates, Address, Household]`
      And nothing was sent
