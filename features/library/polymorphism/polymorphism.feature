Feature: Several classes in one table
  A garage holds cars and lorries. They are asked for together ("what stands in this garage?"), so they belong into one
  table, although each has columns of its own. The class that declares a `Discriminator()` owns the table; the classes
  below it share it, and the discriminator says which class a row is of.

      kind: Annotated[str, Discriminator(), Indexed()]

  The value is the class's name in snake_case, or what `__discriminator_value__` says; nobody sets it. Subclassing
  without a discriminator is ordinary inheritance: each class is a table of its own.

  Rule: A query gives each row as the class that it was saved as

    Background:
      Given the model Vehicle
      And we have parked a few
        """python
        Vehicle(garage="north", plate="A-1", colour="red").save()
        Car(garage="north", plate="B-2", doors=2).save()
        ElectricCar(garage="north", plate="C-3", battery=70).save()
        Lorry(garage="north", plate="D-4", load={"sand": 3}).save()
        Car(garage="south", plate="E-5").save()
        """

    Scenario: The base class gives them all
      When we ask what stands in a garage
        """python
        found = Vehicle.find(garage="north").all()
        """
      Then 1 statement was sent
      And `[type(vehicle) for vehicle in found]` is `[Vehicle, Car, ElectricCar, Lorry]`
      And `[vehicle.kind for vehicle in found]` is `["vehicle", "car", "electric", "lorry"]`
      And `(found[1].doors, found[2].battery, found[3].load)` is `(2, 70, {"sand": 3})`

    Scenario: One row by its key
      When we get a vehicle by its plate
        """python
        Vehicle.get(garage="north", plate="C-3")
        """
      Then the result is `ElectricCar(garage="north", plate="C-3", battery=70)`

    Scenario: A class of its own kind alone is found by the index
      When we ask for lorries
        """python
        here = Lorry.find(garage="north").all()
        anywhere = Lorry.find().values_list("plate", flat=True).all()
        """
      Then `[lorry.plate for lorry in here]` is `["D-4"]`
      And `anywhere` is `["D-4"]`
      And 2 statements were sent

    Scenario: Partial documents are of the right classes, too
      When we read colours alone
        """python
        Vehicle.find(garage="north").only("colour").all()
        """
      Then `[type(vehicle) for vehicle in result]` is `[Vehicle, Car, ElectricCar, Lorry]`
      And `[vehicle.colour for vehicle in result]` is `["red", "grey", "grey", "grey"]`

    Scenario: Counting counts the class's own rows
      When we count
        """python
        all_of_them = Vehicle.find(garage="north").count()
        lorries = Lorry.find(garage="north").count()
        """
      Then `(all_of_them, lorries)` is `(4, 1)`

    Scenario: A class finds those of the classes below it, too
      An index is asked for one kind at a time; for several the server has to look at the rows, which within a garage
      costs little.

      When we ask for cars
        """python
        Car.find(garage="north").allow_filtering().all()
        """
      Then `[type(car) for car in result]` is `[Car, ElectricCar]`

    Scenario: For several kinds we must say that we mean it
      When we ask for cars, and do not say so
        """python
        Car.find(garage="north").all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        …Car…car, electric…allow_filtering()…
        """
      And nothing was sent

    Scenario: A row of another class is not found
      When we look for a lorry where a car stands
        """python
        Lorry.get(garage="north", plate="B-2")
        """
      Then it is refused with DocumentNotFound
        """
        there is no Lorry with garage='north', plate='B-2'
        """

  Rule: A class writes rows of its own kind

    Background:
      Given the model Vehicle

    Scenario: The kind is set by itself
      When we build one of each
        """python
        electric = ElectricCar(garage="north", plate="C-3", battery=70)
        [Vehicle(garage="n", plate="A").kind, Lorry(garage="n", plate="B").kind, electric.kind]
        """
      Then the result is `["vehicle", "lorry", "electric"]`

    Scenario: Its own columns are updated like any other
      When we change the load of a lorry
        """python
        lorry = Lorry(garage="north", plate="D-4", load={"sand": 3}).save()
        lorry.update(load__put=("gravel", 1), colour="blue")
        """
      Then `Vehicle.get(garage="north", plate="D-4")` is `lorry`
      And `lorry.load` is `{"sand": 3, "gravel": 1}`

    Scenario Outline: <call> of another kind is refused
      When we say that a lorry is a car
        """python
        <code>
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Lorry.kind <reason>
        """
      And nothing was sent

      Examples:
        | call   | code                                                    | reason                                         |
        | save   | Lorry(garage="n", plate="D", kind="car").save()         | is 'car', which is not what Lorry is saved as  |
        | insert | Lorry(garage="n", plate="D", kind="car").insert()       | is 'car', which is not what Lorry is saved as  |
        | create | Lorry.create(garage="n", plate="D", kind="bus")         | is 'bus', which is not what Lorry is saved as  |
        | save as JSON | Lorry(garage="n", plate="D", kind="car").save_json() | is 'car', which is not what Lorry is saved as |
        | update | Lorry(garage="n", plate="D").update(kind="car")         | says which class a row is of…                  |

  Rule: A kind that no class claims is an error, because leaving the row out would hide it

    Background:
      Given the model Vehicle
      And someone has parked what this program does not know
        """python
        Car(garage="north", plate="B-2").save()
        execute_raw("INSERT INTO vehicle (garage, plate, kind) VALUES ('north', 'T-6', 'tram')")
        """

    Scenario: All vehicles
      When we ask what stands in the garage
        """python
        Vehicle.find(garage="north").all()
        """
      Then it is refused with CoodieError
        """
        a row of vehicle is of kind 'tram', which no class claims (known: 'vehicle', 'car', 'electric', 'lorry'): import the module that defines it
        """

    Scenario: A class of the family is not disturbed
      When we ask for lorries and cars
        """python
        lorries = Lorry.find(garage="north").all()
        cars = Car.find(garage="north").allow_filtering().all()
        """
      Then `(lorries, [car.plate for car in cars])` is `([], ["B-2"])`

  Rule: The columns of all classes are made, whichever is synced, in any order

    Background:
      Given there is no table "animal"

    Scenario Outline: Syncing <first>, then <second>
      When we sync one class after the other
        """python
        class Animal(Document):
            name: Annotated[str, PrimaryKey()]
            kind: Annotated[str, Discriminator()]

        class Cat(Animal):
            lives: int = 9

        <first>.sync_table()

        class Dog(Animal):
            tricks: list[str] = []

        <second>.sync_table()
        Cat(name="Tom").save()
        Dog(name="Rex", tricks=["sit"]).save()
        found = {type(animal).__name__ for animal in Animal.find().all()}
        """
      Then `found` is `{"Cat", "Dog"}`
      And `Animal.sync_table()` is `[]`

      Examples:
        | first  | second |
        | Animal | Animal |
        | Animal | Dog    |
        | Cat    | Animal |
        | Cat    | Dog    |
        | Cat    | Cat    |

    Scenario: What is sent
      When we sync a class of a family
        """python
        class Animal(Document):
            name: Annotated[str, PrimaryKey()]
            kind: Annotated[str, Discriminator()]

        class Cat(Animal):
            lives: int = 9

        class Dog(Animal):
            tricks: list[str] = []

        Dog.sync_table()
        """
      Then the result is this CQL
        """
        CREATE TABLE IF NOT EXISTS "animal" ("name" text, "kind" text, "lives" int, "tricks" list<text>, PRIMARY KEY (("name")))
        """

    Scenario: A discriminator without an index
      When we ask for one class of the family
        """python
        class Animal(Document):
            name: Annotated[str, PrimaryKey()]
            kind: Annotated[str, Discriminator()]

        class Cat(Animal):
            lives: int = 9

        Cat.find().all()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Cat.kind is neither part of the key nor indexed, so its rows cannot be told from others of the table:
        add an Indexed() marker to it, or say allow_filtering() if a scan is meant
        """

  Rule: Classes that cannot share a table are refused

    Scenario: One column of two types
      When we declare it
        """python
        class Animal(Document):
            name: Annotated[str, PrimaryKey()]
            kind: Annotated[str, Discriminator()]

        class Cat(Animal):
            age: int = 0

        class Dog(Animal):
            age: str = ""

        Animal.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Dog.age is text, but column age of table animal is int in another class of its family
        """

    Scenario: Two classes of one kind
      When we declare them
        """python
        class Animal(Document):
            name: Annotated[str, PrimaryKey()]
            kind: Annotated[str, Discriminator()]

        class Cat(Animal):
            lives: int = 9

        class Tiger(Animal):
            class Settings:
                __discriminator_value__ = "cat"

        Animal.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Tiger and Cat both have the kind 'cat'
        """

    Scenario: Another key
      When we declare it
        """python
        class Animal(Document):
            name: Annotated[str, PrimaryKey()]
            kind: Annotated[str, Discriminator()]

        class Fish(Animal):
            tank: Annotated[int, ClusteringKey()]

        Fish.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Fish shares the table of Animal and cannot change its key
        """

  Rule: The class that owns the table may be abstract: then every row is of a class below it

    Scenario: Asked for by the abstract class, saved as the others
      When we save rows of two classes, and ask for both
        """python
        class Pet(Document):
            home: Annotated[str, PrimaryKey()]
            name: Annotated[str, ClusteringKey()]
            kind: Annotated[str, Discriminator()]

            class Settings:
                __abstract__ = True

        class Cat(Pet):
            lives: int = 9

        class Dog(Pet):
            walks: int = 3

        Pet.sync_table()
        Cat(home="mill", name="Ada").save()
        Dog(home="mill", name="Bo").save()
        found = Pet.find(home="mill").all()
        """
      Then `[type(pet) for pet in found]` is `[Cat, Dog]`
      And `[Pet.table_name(), Cat.table_name(), Dog.table_name()]` is `["pet", "pet", "pet"]`
      When we save what is of no class
        """python
        Pet(home="mill", name="Cy").save()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Pet is abstract: rows are of the classes below it
        """

  Rule: Without a discriminator each class is a table

    Scenario: Plain and abstract bases
      When we ask for the tables of classes that inherit
        """python
        class Named(Document):
            name: Annotated[str, PrimaryKey()]

            class Settings:
                __abstract__ = True

        class Town(Named):
            people: int = 0

        class Capital(Town):
            country: str

        [Town.table_name(), Capital.table_name()]
        """
      Then the result is `["town", "capital"]`
      And nothing was sent

    Scenario: An abstract class has none
      When we ask for its table
        """python
        class Named(Document):
            name: Annotated[str, PrimaryKey()]

            class Settings:
                __abstract__ = True

        Named.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Named is abstract: it has no table, its subclasses have
        """
