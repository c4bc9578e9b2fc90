"""Every address of the product."""

from django.urls import include, path

urlpatterns = [
    path("", include("fund.urls.public")),
    path("", include("applications.public_urls")),
    path("calls/", include("reports.public_urls")),
    path("", include("core.web.urls")),
    path("verify/", include("core.urls.verify")),
    path("home/", include("core.urls.home")),
    path("account/", include("allauth.account.urls")),
    path("account/orcid/", include("core.urls.orcid")),
    path("account/", include("core.urls.account")),
    path("apply/", include("applications.urls")),
    path("review/", include("reviews.urls.reviewer")),
    path("my-decisions/", include("reviews.urls.applicant")),
    path("manage/", include("reviews.urls.staff")),
    path("manage/", include("applications.staff_urls")),
    path("manage/", include("applications.incident_urls")),
    path("manage/", include("fund.urls.staff")),
    path("manage/letters/", include("core.urls.letters")),
    path("manage/letter-templates/", include("reports.template_urls")),
    path("manage/", include("core.urls.staff")),
    path("my-awards/", include("fund.urls.awards")),
    path("documents/", include("core.urls.documents")),
    path("jobs/", include("core.urls.jobs")),
    path("reports/", include("reports.urls")),
    path("api/", include("config.api")),
]

handler400 = "core.web.errors.bad_request"
handler403 = "core.web.errors.permission_denied"
handler404 = "core.web.errors.page_not_found"
handler500 = "core.web.errors.server_error"
handler429 = "core.web.errors.too_many_requests"
