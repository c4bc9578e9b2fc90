"""Who comes to the pages on which calls are set up and run; all others get 403."""

from django.contrib.auth.decorators import permission_required

see_calls = permission_required("fund.see_calls", raise_exception=True)
run_calls = permission_required("fund.run_call", raise_exception=True)
