"""Every address of the site: the public pages at the root, officers under /office, machines under /api."""

from django.urls import include, path

urlpatterns = [
    path("", include("shohay.web.public.urls")),
    path("citizen/", include("shohay.web.citizen.urls")),
    path("office/", include("shohay.web.office.urls")),
    path("api/", include("shohay.api.urls")),
]
