"""A database cluster in a cloud, under load, while nemeses break things."""

from typing import Annotated, Literal

from domain import CloudSetup, Nemesis, Package
from pydantic import Field

from coodie.fields import Discriminator
from plugins.base import TestRun

MACHINE = {"image": "db-3.2.0", "instance": "i4.large", "nodes": 3}
CLOUD = {"backend": "aws", "region": "eu-west-1", "database": MACHINE, "loaders": MACHINE}
PACKAGE = {"name": "fathom-server", "version": "3.2.0", "revision": "5f1c2ab", "built": "2026-06-29"}


Cloud = Annotated[CloudSetup, Field(examples=[CLOUD])]
Packages = Annotated[list[Package], Field(max_length=40, examples=[[PACKAGE]])]
Nemeses = Annotated[list[Nemesis], Field(max_length=400)]


class Cluster(TestRun):
    """A cluster under load: a type that holds others, and lists of types that do."""

    plugin: Annotated[Literal["cluster"], Discriminator()] = "cluster"
    cloud: Cloud
    packages: Packages = Field(default_factory=list)
    nemeses: Nemeses = Field(default_factory=list)

    @property
    def gist(self) -> str:
        return f"{self.cloud.database.nodes} {self.cloud.database.instance}, {self.cloud.region}"

    @property
    def images(self) -> tuple[str, ...]:
        return self.cloud.database.image, self.cloud.loaders.image
