"""Addresses: the board and its API, Django's admin, and what every demo has."""

# mypy: disable-error-code="import-untyped"
from demokit.django import standing_pages
from django.contrib import admin
from django.urls import include, path

urlpatterns = [*standing_pages(), path("admin/", admin.site.urls), path("", include("tasks.urls"))]
handler404 = "demokit.django.not_found"
handler500 = "demokit.django.failed"
