Feature: Types follow their classes
  `sync_table()` of a model, and `sync_type()` of a type by itself (`sync_type_async()` in async code), compare each
  class with its type on the server. A type that is missing is made, a new field is added; nothing is dropped, nothing
  changes its kind. A type belongs to the keyspace: what one table's model adds, all tables that use it have.

  Rule: Types are made before what uses them

    Scenario: Three levels
      When we sync a model with types inside types
        """python
        class Colour(UserType):
            name: str

        class Wall(UserType):
            colour: Colour
            windows: int = 0

        class Room(UserType):
            walls: list[Wall] = []

        class House(Document):
            id: Annotated[int, PrimaryKey()]
            rooms: dict[str, Room] = {}

        House.sync_table()
        """
      Then the result is this CQL
        """
        CREATE TYPE IF NOT EXISTS "colour" ("name" text)
        CREATE TYPE IF NOT EXISTS "wall" ("colour" frozen<"colour">, "windows" int)
        CREATE TYPE IF NOT EXISTS "room" ("walls" frozen<list<frozen<"wall">>>)
        CREATE TABLE IF NOT EXISTS "house" ("id" int, "rooms" map<text, frozen<"room">>, PRIMARY KEY (("id")))
        """

    Scenario: Syncing again finds nothing to do
      When we sync twice
        """python
        class Engine(UserType):
            power: int

        class Boat(Document):
            id: Annotated[int, PrimaryKey()]
            engine: Engine | None = None

        Boat.sync_table()
        again = Boat.sync_table()
        """
      Then `again` is `[]`
      And `again.drift` is `()`

    Scenario: A type by itself
      When we sync a type, with a dry run before and a second time after
        """python
        class Wheel(UserType):
            size: int

        class Bicycle(UserType):
            front: Wheel
            rear: Wheel

            class Settings:
                __type_name__ = "bike"

        planned = Bicycle.sync_type(dry_run=True)
        sent = Bicycle.sync_type()
        again = Bicycle.sync_type()
        """
      Then `sent == planned` holds
      And `[cql.partition(" (")[0].split(".")[-1] for cql in sent]` is `['"wheel"', '"bike"']`
      And `again` is `[]`

  Rule: A new field is added, and old values do not have it

    Scenario: A lamp gets a colour
      Given we have synced and saved a first version
        """python
        class Bulb(UserType):
            watts: int

        class Lamp(Document):
            id: Annotated[int, PrimaryKey()]
            bulbs: list[Bulb] = []

        Lamp.sync_table()
        Lamp(id=1, bulbs=[Bulb(watts=40)]).save()
        """
      When we sync a version whose bulbs have a colour, and save another lamp
        """python
        class ColouredBulb(UserType):
            watts: int
            colour: str | None = None
            hours: int = 1000

            class Settings:
                __type_name__ = "bulb"

        class ColouredLamp(Document):
            id: Annotated[int, PrimaryKey()]
            bulbs: list[ColouredBulb] = []

            class Settings:
                name = "lamp"

        plan = ColouredLamp.sync_table()
        ColouredLamp(id=2, bulbs=[ColouredBulb(watts=5, colour="red", hours=9)]).save()
        old, new = ColouredLamp.get(id=1).bulbs[0], ColouredLamp.get(id=2).bulbs[0]
        """
      Then `[cql.split(".")[-1] for cql in plan]` is `['"bulb" ADD "colour" text', '"bulb" ADD "hours" int']`
      And `(old.watts, old.colour, old.hours)` is `(40, None, 1000)`
      And `(new.watts, new.colour, new.hours)` is `(5, "red", 9)`

    Scenario: An older program goes on reading and writing
      Given we have synced a version with two fields and saved with it
        """python
        class Screw(UserType):
            length: int
            thread: str | None = None

        class Box2(Document):
            id: Annotated[int, PrimaryKey()]
            screw: Screw | None = None

        Box2.sync_table()
        Box2(id=1, screw=Screw(length=40, thread="M4")).save()
        """
      When we sync, read and write with a class that knows only one of them
        """python
        class OldScrew(UserType):
            length: int

            class Settings:
                __type_name__ = "screw"

        class OldBox2(Document):
            id: Annotated[int, PrimaryKey()]
            screw: OldScrew | None = None

            class Settings:
                name = "box2"

        plan = OldBox2.sync_table()
        OldBox2(id=2, screw=OldScrew(length=60)).save()
        """
      Then `plan` is `[]`
      And `plan.drift` is `("user type screw has a field thread that its model does not declare",)`
      And `OldBox2.get(id=1).screw` is `OldScrew(length=40)`
      And `Box2.get(id=2).screw` is `Screw(length=60)`

  Rule: A field that the server does not know is never lost in silence

    Scenario: The program is newer than the type
      Given someone has synced an older class
        """python
        class Seat(UserType):
            row: int

        class Hall(Document):
            id: Annotated[int, PrimaryKey()]
            best: Seat | None = None

        Hall.sync_table()
        """
      When we save with a newer one, and have not synced
        """python
        class NumberedSeat(UserType):
            row: int
            number: int | None = None

            class Settings:
                __type_name__ = "seat"

        class NumberedHall(Document):
            id: Annotated[int, PrimaryKey()]
            best: NumberedSeat | None = None

            class Settings:
                name = "hall"

        NumberedHall(id=1, best=NumberedSeat(row=1, number=12)).save()
        """
      Then it is refused with InvalidQueryError
        """
        …seat…no field 'number'…sync_table()…
        """
      And `Hall.find(id=1).exists()` is `False`

  Rule: What cannot be changed is refused, with both sides named

    Scenario: A field of another kind
      Given we have synced a first version
        """python
        class Label(UserType):
            text: str

        Label.sync_type()
        """
      When we sync a version whose text is a number
        """python
        class NumberedLabel(UserType):
            text: int

            class Settings:
                __type_name__ = "label"

        NumberedLabel.sync_type()
        """
      Then it is refused with InvalidQueryError
        """
        field text of user type label is int in the model, but text on the server:
        a field's type cannot be changed, add a new field
        """

    Scenario: A type that contains itself
      When we declare types that contain each other
        """python
        class Chicken(UserType):
            egg: "Egg | None" = None

        class Egg(UserType):
            chicken: Chicken | None = None

        class Farm(Document):
            id: Annotated[int, PrimaryKey()]
            first: Chicken | None = None

        Chicken.model_rebuild(_types_namespace={"Egg": Egg})
        Farm.table_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        Farm.first: Chicken.egg: Egg.chicken: user type Chicken contains itself, which CQL does not allow
        """
      And nothing was sent

    Scenario Outline: <what> is refused
      When we declare it
        """python
        class Parcel(UserType):
            <field>

        Parcel.type_name()
        """
      Then it is refused with InvalidQueryError, before anything is sent
        """
        <reason>
        """

      Examples:
        | what                       | field                         | reason                                                        |
        | A type without fields      | pass                          | user type Parcel has no fields                                |
        | A field that nothing holds | weight: complex               | Parcel.weight: complex cannot be stored: no CQL type holds it |

  Rule: A value in a key is frozen by itself

    Scenario: A bush by its place
      When we save and find a bush by its place
        """python
        class Place(UserType):
            x: int

        class Bush(Document):
            place: Annotated[Place, PrimaryKey()]
            height: int = 0

        plan = Bush.sync_table()
        Bush(place=Place(x=1), height=3).save()
        Bush.get(place=Place(x=1)).height
        """
      Then the result is `3`
      And the column "place" of Bush is `frozen<place>`
