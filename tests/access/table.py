"""The table of answers: one line for an address, what it is about, a method, and what each persona gets.

People in their order: anonymous; Ada, an applicant, and Amir, another; Ruth, who reviews Ada's application, and Rosa,
of another panel; Chandra, the chair; Helena, administrator; Felix, finance; Audrey, auditor; Ragna, an administrator
who is recused from Ada's applications. “About” names a row of the world (`world.py`); what a request carries stands in
`bodies.py`. For a new address add its line here, and a body if it takes one.
"""

from typing import NamedTuple


class Row(NamedTuple):
    """What everybody gets from one address by one method."""

    route: str
    subject: str
    method: str
    answers: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.method}-{self.route}-{self.subject.replace(' ', '-')}"


def _read(line: str) -> Row:
    route, subject, method, answers = (part.strip() for part in line.split("|"))
    return Row(route, subject, method, tuple(int(answer) for answer in answers.split()))


TABLE = """
public:home                          | none             | GET   | 200 200 200 200 200 200 200 200 200 200
public:call                          | open call        | GET   | 200 200 200 200 200 200 200 200 200 200
public:call                          | new call         | GET   | 404 404 404 404 404 404 200 200 200 200
public:ask                           | open call        | GET   | 302 200 200 200 200 200 200 200 200 200
public:ask                           | open call        | POST  | 302 302 302 302 302 302 302 302 302 302
public:call_questions                | open call        | GET   | 200 200 200 200 200 200 200 200 200 200
public:form_schema                   | none             | GET   | 200 200 200 200 200 200 200 200 200 200
papers:index                         | open call        | GET   | 200 200 200 200 200 200 200 200 200 200
papers:index                         | new call         | GET   | 404 404 404 404 404 404 200 200 200 200
papers:paper                         | open paper       | GET   | 302 302 302 302 302 302 302 302 302 302
papers:make                          | open call        | POST  | 302 302 302 302 302 302 302 302 302 302
public:awards                        | none             | GET   | 200 200 200 200 200 200 200 200 200 200
public:awards_csv                    | none             | GET   | 200 200 200 200 200 200 200 200 200 200
public:award                         | accepted award   | GET   | 200 200 200 200 200 200 200 200 200 200
public:award                         | award            | GET   | 404 404 404 404 404 404 404 404 404 404
verify:check                         | none             | GET   | 200 200 200 200 200 200 200 200 200 200
verify:check                         | none             | POST  | 422 422 422 422 422 422 422 422 422 422
verify:letter                        | register         | GET   | 200 200 200 200 200 200 200 200 200 200

help                                 | none             | GET   | 200 200 200 200 200 200 200 200 200 200
support                              | none             | GET   | 200 200 200 200 200 200 200 200 200 200
accessibility                        | none             | GET   | 200 200 200 200 200 200 200 200 200 200
language                             | none             | GET   | 302 302 302 302 302 302 302 302 302 302
language                             | none             | POST  | 302 302 302 302 302 302 302 302 302 302
privacy                              | none             | GET   | 200 200 200 200 200 200 200 200 200 200
patterns                             | none             | GET   | 200 200 200 200 200 200 200 200 200 200

account_login                        | none             | GET   | 200 302 302 302 302 302 302 302 302 302
account_login                        | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_logout                       | none             | GET   | 302 200 200 200 200 200 200 200 200 200
account_logout                       | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_inactive                     | none             | GET   | 200 200 200 200 200 200 200 200 200 200
account_signup                       | none             | GET   | 200 302 302 302 302 302 302 302 302 302
account_signup                       | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_reauthenticate               | none             | GET   | 302 200 200 200 200 200 200 200 200 200
account_reauthenticate               | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_email                        | none             | GET   | 302 200 200 200 200 200 200 200 200 200
account_email                        | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_email_verification_sent      | none             | GET   | 200 200 200 200 200 200 200 200 200 200
account_change_password              | none             | GET   | 302 200 200 200 200 200 200 200 200 200
account_change_password              | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_set_password                 | none             | GET   | 302 302 302 302 302 302 302 302 302 302
account_set_password                 | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_reset_password               | none             | GET   | 200 200 200 200 200 200 200 200 200 200
account_reset_password               | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_confirm_login_code           | none             | GET   | 302 302 302 302 302 302 302 302 302 302
account_confirm_login_code           | none             | POST  | 302 302 302 302 302 302 302 302 302 302
account_reset_password_from_key_done | none             | GET   | 200 200 200 200 200 200 200 200 200 200
account_reset_password_done          | none             | GET   | 200 200 200 200 200 200 200 200 200 200
orcid_login                          | none             | GET   | 404 404 404 404 404 404 404 404 404 404
orcid_login                          | none             | POST  | 404 404 404 404 404 404 404 404 404 404
orcid_callback                       | none             | GET   | 404 404 404 404 404 404 404 404 404 404
socialaccount_signup                 | none             | GET   | 404 404 404 404 404 404 404 404 404 404
orcid_disconnect                     | none             | POST  | 404 404 404 404 404 404 404 404 404 404
account_confirm_email                | mailed link      | GET   | 200 200 200 200 200 200 200 200 200 200
account_confirm_email                | mailed link      | POST  | 404 404 404 404 404 404 404 404 404 404
account_reset_password_from_key      | mailed link      | GET   | 200 200 200 200 200 200 200 200 200 200
account_reset_password_from_key      | mailed link      | POST  | 200 200 200 200 200 200 200 200 200 200

people:profile                       | none             | GET   | 302 200 200 200 200 200 200 200 200 200
people:profile                       | none             | POST  | 302 302 302 302 302 302 302 302 302 302
people:organisations                 | none             | GET   | 302 200 200 200 200 200 200 200 200 200
people:tokens                        | none             | GET   | 302 200 200 200 200 200 200 200 200 200
people:tokens                        | none             | POST  | 302 200 200 200 200 200 200 200 200 200
people:revoke_token                  | token            | POST  | 302 302 404 404 404 404 404 404 404 404

home                                 | none             | GET   | 302 200 200 200 200 200 200 200 200 200
mail                                 | none             | GET   | 302 200 200 200 200 200 200 200 200 200
message                              | message          | GET   | 302 200 404 404 404 404 404 404 404 404
mailbox                              | none             | GET   | 200 200 200 200 200 200 200 200 200 200

apply:home                           | none             | GET   | 302 200 200 200 200 200 200 200 200 200
apply:start                          | open call        | GET   | 302 200 200 200 200 200 200 200 200 200
apply:start                          | open call        | POST  | 302 302 302 302 302 302 302 302 302 302
apply:start                          | new call         | GET   | 302 404 404 404 404 404 200 200 200 200
apply:start                          | invited call     | GET   | 302 200 200 200 200 200 200 200 200 200
apply:start                          | invited call     | POST  | 302 302 302 302 302 302 302 302 302 302
apply:decline-call                   | invited call     | POST  | 302 302 404 404 404 404 404 404 404 404
before:quiz                          | invited call     | GET   | 200 200 200 200 200 200 200 200 200 200
before:quiz                          | invited call     | POST  | 302 302 302 302 302 302 302 302 302 302
apply:invitation                     | invitation       | POST  | 302 302 404 404 404 404 404 404 404 404
apply:file                           | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:file                           | submitted        | GET   | 302 200 404 200 404 200 200 404 200 404
apply:file                           | closed file      | GET   | 302 404 404 404 404 404 404 404 404 404
apply:file-pages                     | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:file-pages                     | submitted        | GET   | 302 200 404 200 404 200 200 404 200 404
apply:file-pages                     | closed file      | GET   | 302 404 404 404 404 404 404 404 404 404
apply:file-page                      | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:file-page                      | submitted        | GET   | 302 200 404 200 404 200 200 404 200 404
apply:file-report                    | draft            | GET   | 302 403 404 404 404 404 404 404 404 404
apply:file-report                    | submitted        | GET   | 302 403 404 200 404 200 200 404 200 404
apply:file-report                    | submitted        | POST  | 302 403 404 302 404 302 302 404 302 404
incidents:list                       | none             | GET   | 302 403 403 403 403 403 200 403 200 200
incidents:detail                     | incident         | GET   | 302 404 404 404 404 404 200 404 200 404
incidents:hand_over                  | incident         | POST  | 302 404 404 404 404 404 302 404 403 404
incidents:settle                     | incident         | POST  | 302 404 404 404 404 404 302 404 403 404
apply:detail                         | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:detail                         | submitted        | GET   | 302 200 404 403 404 403 403 404 403 404
apply:detail                         | returned         | GET   | 302 200 404 404 404 404 403 404 403 404
apply:read                           | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:read                           | submitted        | GET   | 302 200 404 403 404 403 403 404 403 404
apply:read                           | returned         | GET   | 302 200 404 404 404 404 403 404 403 404
apply:check                          | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:check                          | submitted        | GET   | 302 302 404 403 404 403 403 404 403 404
apply:check                          | returned         | GET   | 302 200 404 404 404 404 403 404 403 404
apply:submit                         | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:submit                         | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:submit                         | submitted        | POST  | 302 302 404 403 404 403 403 404 403 404
apply:ready                          | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:ready                          | submitted        | POST  | 302 302 404 403 404 403 403 404 403 404
apply:sign                           | draft            | GET   | 302 403 404 404 404 404 404 404 404 404
apply:receipt                        | submitted        | GET   | 302 200 404 403 404 403 403 404 403 404
apply:withdraw                       | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:withdraw                       | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:withdraw                       | submitted        | POST  | 302 302 404 403 404 403 403 404 403 404
apply:inquiry                        | inquiry          | GET   | 302 200 404 403 404 403 403 404 403 404
apply:inquiry                        | inquiry          | POST  | 302 302 404 403 404 403 403 404 403 404
apply:autosave                       | draft            | POST  | 302 200 404 404 404 404 404 404 404 404
apply:autosave                       | submitted        | POST  | 302 409 404 403 404 403 403 404 403 404
apply:versions                       | draft            | GET   | 302 404 404 404 404 404 404 404 404 404
apply:versions                       | submitted        | GET   | 302 200 404 403 404 403 403 404 403 404
apply:watch                          | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:watch                          | submitted        | GET   | 302 200 404 403 404 403 403 404 403 404
apply:history                        | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:history                        | submitted        | GET   | 302 200 404 403 404 403 403 404 403 404
apply:restore                        | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:restore                        | submitted        | POST  | 302 302 404 403 404 403 403 404 403 404
apply:budget                         | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:paste                          | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:paste                          | draft            | POST  | 302 200 404 404 404 404 404 404 404 404
apply:team                           | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:from-profile                   | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:member                         | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:member                         | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:editors                        | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:editors                        | submitted        | POST  | 302 302 404 403 404 403 403 404 403 404
apply:access                         | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:access                         | submitted        | POST  | 302 302 404 403 404 403 403 404 403 404
apply:hand-over                      | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:hand-over                      | draft            | POST  | 302 200 404 404 404 404 404 404 404 404
apply:remove-member                  | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:attach                         | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:detach                         | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:section                        | draft            | GET   | 302 200 404 404 404 404 404 404 404 404
apply:section                        | draft            | POST  | 302 302 404 404 404 404 404 404 404 404
apply:section                        | returned         | GET   | 302 200 404 404 404 404 403 404 403 404
apply:section                        | submitted        | POST  | 302 409 404 403 404 403 403 404 403 404

awards:index                         | none             | GET   | 302 200 200 200 200 200 200 200 200 200
awards:detail                        | award            | GET   | 302 200 404 404 404 404 404 404 404 404
awards:detail                        | accepted award   | GET   | 302 404 404 404 404 404 404 404 404 404
awards:accept                        | award            | GET   | 302 200 404 404 404 404 404 404 404 404
awards:accept                        | award            | POST  | 302 302 404 404 404 404 404 404 404 404
awards:decline                       | award            | GET   | 302 200 404 404 404 404 404 404 404 404
awards:decline                       | award            | POST  | 302 302 404 404 404 404 404 404 404 404

review:queue                         | none             | GET   | 302 200 200 200 200 200 200 200 200 200
review:bids                          | call in review   | GET   | 302 404 404 200 404 200 403 403 403 403
review:bids                          | call in review   | POST  | 302 404 404 302 404 302 403 403 403 403
review:calibration                   | call in review   | GET   | 302 404 404 200 404 200 403 403 403 403
review:calibration_case              | calibration case | GET   | 302 404 404 200 404 200 403 404 403 403
review:calibration_case              | calibration case | POST  | 302 404 404 302 404 302 403 404 403 403
review:calibration_save              | calibration case | POST  | 302 404 404 200 404 200 403 404 403 403
review:bid_tie                       | approved         | GET   | 302 404 404 200 404 200 403 403 403 403
review:bid_tie                       | approved         | POST  | 302 404 404 302 404 302 403 403 403 403
review:conflicts                     | none             | GET   | 302 200 200 200 200 200 200 200 200 200
review:invitation                    | panel invitation | GET   | 302 404 404 200 404 404 403 404 403 403
review:invitation                    | panel invitation | POST  | 302 404 404 302 404 404 403 404 403 403
review:terms                         | chair member     | GET   | 302 404 404 404 404 200 403 404 403 403
review:terms                         | chair member     | POST  | 302 404 404 404 404 302 403 404 403 403
review:closing                       | reviewing member | GET   | 302 404 404 200 404 403 403 404 403 403
review:closing                       | reviewing member | POST  | 302 404 404 409 404 403 403 404 403 403
review:interests                     | none             | GET   | 302 403 403 200 200 200 403 403 403 403
review:interests                     | none             | POST  | 302 403 403 302 302 302 403 403 403 403
review:meeting                       | meeting          | GET   | 302 404 404 200 404 200 403 404 403 403
review:vote                          | meeting item     | GET   | 302 404 404 200 404 403 403 404 403 403
review:vote                          | meeting item     | POST  | 302 404 404 302 404 403 403 404 403 403
review:pause                         | none             | GET   | 302 403 403 200 200 200 403 403 403 403
review:pause                         | none             | POST  | 302 403 403 302 302 302 403 403 403 403
review:desk                          | assignment       | GET   | 302 404 404 200 404 403 403 404 403 404
review:desk                          | assignment       | POST  | 302 404 404 302 404 403 403 404 403 404
review:desk                          | proposed         | GET   | 302 404 404 404 404 404 404 404 404 404
review:declare                       | assignment       | GET   | 302 404 404 200 404 403 403 404 403 404
review:declare                       | assignment       | POST  | 302 404 404 302 404 403 403 404 403 404
review:autosave                      | assignment       | POST  | 302 404 404 200 404 403 403 404 403 404
review:changes                       | assignment       | GET   | 302 404 404 302 404 403 403 404 403 404
review:changes                       | assignment       | POST  | 302 404 404 302 404 403 403 404 403 404
review:hand_back                     | assignment       | GET   | 302 404 404 200 404 403 403 404 403 404
review:hand_back                     | assignment       | POST  | 302 404 404 302 404 403 403 404 403 404

manage:calls                         | none             | GET   | 302 404 404 404 404 200 200 403 200 200
manage:overview                      | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:applications                  | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:bulk                          | waiting          | POST  | 302 404 404 404 404 403 200 403 403 200
manage:desk                          | submitted        | GET   | 302 404 404 404 404 200 200 403 200 404
manage:tick                          | waiting          | POST  | 302 404 404 404 404 403 302 403 403 302
manage:tick                          | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
manage:note                          | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
manage:put_label                     | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
manage:take_label                    | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
manage:beside                        | alike            | GET   | 302 404 404 404 404 200 200 403 200 404
manage:checklist                     | call in review   | GET   | 302 404 404 404 404 403 200 403 200 200
manage:checklist                     | call in review   | POST  | 302 404 404 404 404 403 302 403 403 302
reports:offline                      | call in review   | GET   | 302 404 404 200 404 200 403 403 403 403
reports:offline                      | call in review   | POST  | 302 404 404 422 404 422 403 403 403 403
reports:offline_sheet                | call in review   | GET   | 302 404 404 200 404 200 403 403 403 403
reports:export                       | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
reports:export                       | call in review   | POST  | 302 404 404 404 404 302 302 403 302 302
manage:keep_view                     | call in review   | POST  | 302 404 404 404 404 302 302 403 302 302
manage:forget_view                   | view             | POST  | 302 404 404 404 404 404 302 403 404 404
manage:application                   | submitted        | GET   | 302 404 404 404 404 200 200 403 200 404
manage:send_to_review                | submitted        | POST  | 302 404 404 404 404 403 409 403 403 404
manage:screening                     | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:screening                     | waiting          | POST  | 302 404 404 404 404 403 302 403 403 302
manage:return                        | waiting          | GET   | 302 404 404 404 404 403 200 403 403 200
manage:return                        | waiting          | POST  | 302 404 404 404 404 403 302 403 403 302
manage:changes                       | waiting          | GET   | 302 404 404 404 404 404 404 403 404 404
manage:changes                       | corrected        | GET   | 302 404 404 404 404 200 200 403 200 200
manage:ask                           | submitted        | GET   | 302 404 404 404 404 403 200 403 403 404
manage:ask                           | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
manage:inquiry                       | answered inquiry | POST  | 302 404 404 404 404 403 302 403 403 404
manage:panel                         | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:calibration                   | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:calibration                   | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:calibration_case              | calibration case | GET   | 302 404 404 404 404 200 200 403 200 200
manage:calibration_case              | calibration case | POST  | 302 404 404 404 404 302 302 403 403 302
manage:invite                        | call in review   | GET   | 302 404 404 404 404 403 200 403 403 200
manage:invite                        | call in review   | POST  | 302 404 404 404 404 403 302 403 403 302
manage:import_panel                  | call in review   | GET   | 302 404 404 404 404 403 200 403 403 200
manage:import_panel                  | call in review   | POST  | 302 404 404 404 404 403 200 403 403 200
manage:pool                          | none             | GET   | 302 404 404 404 404 404 200 403 200 200
manage:pool                          | none             | POST  | 302 404 404 404 404 404 302 403 403 302
manage:suggestion                    | suggestion       | POST  | 302 404 404 404 404 403 302 403 403 302
manage:look_for_conflicts            | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:ranking                       | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:ranking                       | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:funding_rule                  | call in review   | GET   | 302 404 404 404 404 403 200 403 403 200
manage:funding_rule                  | release          | POST  | 302 404 404 404 404 404 302 403 403 403
manage:draw                          | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:draw                          | call in review   | POST  | 302 404 404 404 404 403 302 403 403 404
reports:ranking                      | call in review   | POST  | 302 404 404 404 404 302 302 403 302 302
reports:minutes                      | meeting          | POST  | 302 404 404 409 404 409 409 404 409 409
reports:reviews                      | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
reports:reviews                      | call in review   | POST  | 302 404 404 404 404 302 302 403 302 302
manage:leniency                      | call in review   | GET   | 302 404 404 404 404 200 403 403 403 403
manage:basis                         | approved         | GET   | 302 404 404 404 404 403 200 403 200 200
manage:basis                         | released         | GET   | 302 404 404 404 404 404 200 403 200 404
manage:afterwards                    | submitted        | GET   | 302 404 404 404 404 403 200 403 200 404
manage:afterwards                    | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
decided:decision                     | decided application | GET | 302 200 404 404 404 404 404 404 404 404
decided:decision                     | decided application | POST | 302 302 404 404 404 404 404 404 404 404
manage:recommendation                | submitted        | GET   | 302 404 404 404 404 200 200 403 403 404
manage:recommendation                | submitted        | POST  | 302 404 404 404 404 302 302 403 403 404
manage:meetings                      | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:meetings                      | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:meeting                       | meeting          | GET   | 302 404 404 404 404 200 200 403 200 200
manage:meeting                       | meeting          | POST  | 302 404 404 404 404 302 302 403 403 302
manage:minutes                       | meeting          | GET   | 302 404 404 404 404 200 200 403 200 200
manage:minutes                       | meeting          | POST  | 302 404 404 404 404 302 302 403 403 302
manage:conclude                      | meeting item     | GET   | 302 404 404 404 404 200 200 403 403 403
manage:conclude                      | meeting item     | POST  | 302 404 404 404 404 302 302 403 403 403
manage:decisions                     | call in review   | GET   | 302 404 404 404 404 403 200 403 200 200
manage:prepare_all                   | call in review   | POST  | 302 404 404 404 404 403 200 403 403 200
manage:approve                       | call in review   | POST  | 302 404 404 404 404 403 302 403 403 200
manage:release_check                 | call in review   | GET   | 302 404 404 404 404 403 200 403 403 200
manage:release_check                 | call in review   | POST  | 302 404 404 404 404 403 302 403 403 302
manage:decide                        | submitted        | GET   | 302 404 404 404 404 403 200 403 403 404
manage:decide                        | submitted        | POST  | 302 404 404 404 404 403 302 403 403 404
manage:unapprove                     | approved         | POST  | 302 404 404 404 404 403 302 403 403 302
manage:release                       | release          | GET   | 302 404 404 404 404 404 200 403 200 200
manage:rule                          | tie              | POST  | 302 404 404 404 404 302 302 403 403 302
manage:assignment                    | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:propose                       | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:release_assignments           | call in review   | GET   | 302 404 404 404 404 200 200 403 403 200
manage:release_assignments           | call in review   | POST  | 302 404 404 404 404 302 302 403 403 200
manage:reassign                      | call in review   | GET   | 302 404 404 404 404 200 200 403 403 200
manage:reassign                      | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:plan                          | plan             | GET   | 302 404 404 404 404 200 200 403 403 200
manage:plan                          | plan             | POST  | 302 404 404 404 404 302 302 403 403 302
manage:assign_one                    | submitted        | GET   | 302 404 404 404 404 200 200 403 200 404
manage:assign_one                    | submitted        | POST  | 302 404 404 404 404 302 302 403 403 404
manage:progress                      | call in review   | GET   | 302 404 404 404 404 200 200 403 200 200
manage:progress                      | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
manage:reviewer                      | member           | GET   | 302 404 404 404 404 200 200 403 200 200
manage:prepare_all                   | call in review   | GET   | 302 404 404 404 404 403 200 403 403 200
manage:approve                       | call in review   | GET   | 302 404 404 404 404 403 200 403 403 200
manage:reviewer                      | reviewing member | POST  | 302 404 404 404 404 302 302 403 403 404

manage_fund:call_new                 | none             | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_new                 | none             | POST  | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_edit                | call in review   | GET   | 302 403 403 403 403 403 200 403 200 200
manage_fund:call_criteria            | new call         | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_criteria            | new call         | POST  | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_answers             | open call        | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_answers             | open call        | POST  | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_deadline            | open call        | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_deadline            | open call        | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:call_step                | new call         | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_step                | open call        | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:call_form                | new call         | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_form                | new call         | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:form_section             | form section     | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:form_section             | form section     | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:form_question            | form question    | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:form_question            | form question    | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:form_start               | new call         | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:form_start               | new call         | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:form_export              | new call         | GET   | 302 403 403 403 403 403 200 403 200 200
manage_fund:form_changes             | changed form     | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:form_changes             | changed form     | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:form_change              | form change      | GET   | 302 403 403 403 403 403 200 403 200 200
apply:preview                        | form section     | GET   | 302 403 403 403 403 403 200 403 200 200
apply:preview                        | form section     | POST  | 302 403 403 403 403 403 200 403 200 200
manage_fund:call_part                | new call         | GET   | 302 403 403 403 403 403 200 403 403 200
manage_fund:call_part                | new call         | POST  | 302 403 403 403 403 403 200 403 403 200
manage_fund:awards                   | none             | GET   | 302 403 403 403 403 403 200 200 200 200
manage_apply:drafts                  | open call        | GET   | 302 403 403 403 403 403 200 403 200 200
manage_apply:extend                  | draft            | GET   | 302 403 403 403 403 403 200 403 403 200
manage_apply:give                    | draft            | GET   | 302 403 403 403 403 403 200 403 403 200
manage_apply:extend                  | draft            | POST  | 302 403 403 403 403 403 302 403 403 302
manage_apply:give                    | draft            | POST  | 302 403 403 403 403 403 422 403 403 422
manage_apply:invitations             | invited call     | GET   | 302 403 403 403 403 403 200 403 200 200
manage_apply:invite                  | invited call     | GET   | 302 403 403 403 403 403 200 403 403 200
manage_apply:invite                  | invited call     | POST  | 302 403 403 403 403 403 302 403 403 302
manage_apply:withdraw-invitation     | invited call     | POST  | 302 403 403 403 403 403 302 403 403 302
manage_fund:award                    | award            | GET   | 302 403 403 403 403 403 200 200 200 404
manage_fund:award                    | accepted award   | GET   | 302 403 403 403 403 403 200 200 200 200
manage_fund:condition                | condition        | POST  | 302 403 403 403 403 403 302 302 403 404
manage_fund:grantee                  | accepted award   | GET   | 302 403 403 403 403 403 200 200 403 200
manage_fund:grantee                  | accepted award   | POST  | 302 403 403 403 403 403 302 302 403 302
manage_fund:award_step               | accepted award   | GET   | 302 403 403 403 403 403 200 200 403 200
manage_fund:award_step               | accepted award   | POST  | 302 403 403 403 403 403 302 302 403 302
manage_fund:finance                  | none             | GET   | 302 403 403 403 403 403 200 200 200 200
manage_fund:pledge                   | none             | GET   | 302 403 403 403 403 403 200 200 403 200
manage_fund:pledge                   | none             | POST  | 302 403 403 403 403 403 302 302 403 302
manage_fund:receipt                  | contribution     | GET   | 302 403 403 403 403 403 200 200 403 200
manage_fund:receipt                  | contribution     | POST  | 302 403 403 403 403 403 302 302 403 302
manage_fund:reversal                 | entry            | GET   | 302 403 403 403 403 403 200 200 403 200
manage_fund:reversal                 | entry            | POST  | 302 403 403 403 403 403 302 302 403 302

templates:index                      | none             | GET   | 302 403 403 403 403 403 200 403 200 200
templates:template                   | letter template  | GET   | 302 403 403 403 403 403 200 403 200 200
templates:template                   | letter template  | POST  | 302 403 403 403 403 403 302 403 403 302
templates:version                    | letter template  | GET   | 302 403 403 403 403 403 200 403 200 200
templates:preview                    | letter template  | GET   | 302 403 403 403 403 403 200 403 403 200
templates:preview                    | letter template  | POST  | 302 403 403 403 403 403 200 403 403 200
templates:preview_page               | letter preview   | GET   | 302 403 403 403 403 403 200 403 403 404

manage_core:people                   | none             | GET   | 302 403 403 403 403 403 200 403 200 200
manage_core:invite                   | none             | GET   | 302 403 403 403 403 403 200 403 403 200
manage_core:invite                   | none             | POST  | 302 403 403 403 403 403 302 403 403 302
manage_core:person                   | person           | GET   | 302 403 403 403 403 403 200 403 200 200
manage_core:give_role                | person           | POST  | 302 403 403 403 403 403 302 403 403 302
manage_core:take_role                | administrator    | POST  | 302 403 403 403 403 403 302 403 403 302
manage_core:audit                    | none             | GET   | 302 403 403 403 403 403 200 403 200 200
manage_core:outbox                   | none             | GET   | 302 403 403 403 403 403 200 403 200 200
manage_core:outbox_message           | draft letter     | GET   | 302 403 403 403 403 403 200 403 200 404
manage_core:send_again               | failed letter    | POST  | 302 404 404 404 404 404 302 404 403 404
manage_core:send_again               | unknown letter   | POST  | 302 404 404 404 404 404 302 404 403 404
manage_core:was_sent                 | unknown letter   | POST  | 302 404 404 404 404 404 302 404 403 404
manage_core:leave_out                | draft letter     | POST  | 302 404 404 404 404 404 302 404 403 404
manage_core:put_back                 | left out letter  | POST  | 302 404 404 404 404 404 302 404 403 404
manage_core:letters                  | batch            | GET   | 302 403 403 403 403 403 200 403 200 404
manage_core:send_letters             | batch            | POST  | 302 404 404 404 404 404 302 404 403 404
manage_core:take_back_letters        | mailing          | POST  | 302 404 404 404 404 404 302 404 403 404

letters:register                     | none             | GET   | 302 403 403 403 403 403 200 403 200 200
letters:mend_held                    | none             | POST  | 302 403 403 403 403 403 302 403 403 302
letters:letter                       | register         | GET   | 302 403 403 403 403 403 200 403 200 404
letters:mend                         | held letter      | POST  | 302 403 403 403 403 403 302 403 403 404
letters:replace                      | register         | POST  | 302 403 403 403 403 403 302 403 403 404
letters:withdraw                     | register         | POST  | 302 403 403 403 403 403 302 403 403 404
documents:list                       | none             | GET   | 302 200 200 200 200 200 200 200 200 200
documents:batch                      | batch            | GET   | 302 404 404 404 404 404 200 404 200 404
documents:download                   | letter           | GET   | 302 200 404 404 404 404 200 200 200 404
documents:download                   | receipt          | GET   | 302 200 404 404 404 404 200 404 200 404
documents:download                   | summary          | GET   | 302 404 404 200 404 404 404 404 404 404

jobs:batches                         | none             | GET   | 302 200 200 200 200 200 200 200 200 200
jobs:batch                           | batch            | GET   | 302 404 404 404 404 404 200 404 200 404
jobs:retry_failed                    | none             | POST  | 302 403 403 403 403 403 302 403 403 302
jobs:let_be                          | none             | POST  | 302 403 403 403 403 403 302 403 403 302
jobs:retry                           | batch            | POST  | 302 404 404 404 404 404 302 404 403 404
jobs:cancel                          | batch            | POST  | 302 404 404 404 404 404 302 404 403 404
jobs:resume                          | batch            | POST  | 302 404 404 404 404 404 302 404 403 404

reports:index                        | none             | GET   | 302 404 404 404 404 404 200 200 200 200
reports:programme                    | none             | POST  | 302 404 404 404 404 404 302 403 302 302
reports:register                     | none             | POST  | 302 404 404 404 404 404 302 302 302 302
reports:paper                        | none             | POST  | 302 404 404 404 404 404 302 403 403 302
reports:signatory                    | none             | POST  | 302 404 404 404 404 404 302 403 403 302
reports:own_reviews                  | call in review   | POST  | 302 403 403 403 403 403 403 403 403 403
reports:schedule                     | award            | POST  | 302 302 404 404 404 404 302 302 302 404
reports:feedback                     | submitted        | POST  | 302 403 404 404 404 404 404 404 404 404
reports:summaries                    | call in review   | POST  | 302 403 403 302 403 302 302 403 302 302
reports:book                         | call in review   | POST  | 302 403 403 302 403 302 302 403 302 302
reports:books                        | call in review   | POST  | 302 404 404 404 404 302 302 403 403 302
reports:copy                         | submitted        | POST  | 302 302 404 302 404 302 302 404 302 404
reports:summary                      | submitted        | POST  | 302 404 404 302 404 302 302 404 302 404

api:call-list                        | none             | GET   | 200 200 200 200 200 200 200 200 200 200
api:call-detail                      | open call        | GET   | 200 200 200 200 200 200 200 200 200 200
api:call-detail                      | new call         | GET   | 404 404 404 404 404 404 200 200 200 200
api:call-questions                   | open call        | GET   | 200 200 200 200 200 200 200 200 200 200
api:call-questions                   | open call        | POST  | 401 201 201 201 201 201 201 201 201 201
api:call-answers-schema              | open call        | GET   | 200 200 200 200 200 200 200 200 200 200
api:call-answers-schema              | new call         | GET   | 404 404 404 404 404 404 200 200 200 200
api:my-application-list              | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:my-application-list              | none             | POST  | 401 201 201 201 201 201 201 201 201 201
api:my-application-detail            | draft            | GET   | 401 200 404 404 404 404 404 404 404 404
api:my-application-detail            | submitted        | GET   | 401 200 404 404 404 404 404 404 404 404
api:my-application-answers           | draft            | GET   | 401 200 404 404 404 404 404 404 404 404
api:my-application-answers           | draft            | PATCH | 401 200 404 404 404 404 404 404 404 404
api:my-application-answers           | submitted        | PATCH | 401 409 404 404 404 404 404 404 404 404
api:my-application-budget            | draft            | GET   | 401 200 404 404 404 404 404 404 404 404
api:my-application-budget            | draft            | PUT   | 401 200 404 404 404 404 404 404 404 404
api:my-application-budget            | submitted        | PUT   | 401 409 404 404 404 404 404 404 404 404
api:my-application-problems          | draft            | GET   | 401 200 404 404 404 404 404 404 404 404
api:my-application-ready             | draft            | POST  | 401 200 404 404 404 404 404 404 404 404
api:my-application-ready             | submitted        | POST  | 401 409 404 404 404 404 404 404 404 404
api:my-application-sign              | draft            | POST  | 401 403 404 404 404 404 404 404 404 404
api:my-application-submit            | draft            | POST  | 401 200 404 404 404 404 404 404 404 404
api:my-application-submit            | submitted        | POST  | 401 409 404 404 404 404 404 404 404 404
api:my-application-withdraw          | draft            | POST  | 401 200 404 404 404 404 404 404 404 404
api:my-application-withdraw          | submitted        | POST  | 401 200 404 404 404 404 404 404 404 404
api:application-list                 | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:application-detail               | draft            | GET   | 401 404 404 404 404 404 404 404 404 404
api:application-detail               | submitted        | GET   | 401 404 404 200 404 200 200 404 200 404
api:application-screen               | waiting          | POST  | 401 404 404 404 404 403 200 404 403 200
api:application-screen               | submitted        | POST  | 401 404 404 403 404 403 409 404 403 404
api:draft-list                       | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:draft-detail                     | draft            | GET   | 401 404 404 404 404 404 200 404 200 200
api:draft-extend                     | draft            | POST  | 401 404 404 404 404 404 200 404 403 200
api:call-invitation-list             | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:call-invitation-list             | none             | POST  | 401 403 403 403 403 403 201 403 403 201
api:call-invitation-detail           | invited call     | GET   | 401 200 404 404 404 404 200 404 200 200
api:call-invitation-withdraw         | invited call     | POST  | 401 403 404 404 404 404 200 404 403 200
api:call-invitation-decline          | invited call     | POST  | 401 200 404 404 404 404 403 404 403 403
api:assignment-list                  | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:application-return-for-correction | waiting         | POST  | 401 404 404 404 404 403 200 404 403 200
api:inquiry-list                     | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:inquiry-list                     | submitted        | POST  | 401 404 404 403 404 403 201 404 403 404
api:inquiry-detail                   | api inquiry      | GET   | 401 200 404 404 404 404 200 404 200 404
api:inquiry-answer                   | api inquiry      | POST  | 401 200 404 404 404 404 403 404 403 404
api:inquiry-share                    | api answered inquiry | POST | 401 403 404 404 404 404 200 404 403 404
api:assignment-detail                | assignment       | GET   | 401 404 404 200 404 200 200 404 200 404
api:assignment-detail                | proposed         | GET   | 401 404 404 404 404 200 200 404 200 404
api:assignment-declare               | assignment       | POST  | 401 404 404 204 404 403 403 404 403 404
api:assignment-open                  | assignment       | POST  | 401 404 404 200 404 403 403 404 403 404
api:assignment-open                  | proposed         | POST  | 401 404 404 404 404 403 403 404 403 404
api:assignment-submit                | assignment       | POST  | 401 404 404 200 404 403 403 404 403 404
api:assignment-hand-back             | assignment       | POST  | 401 404 404 204 404 403 403 404 403 404
api:assignment-due                   | assignment       | POST  | 401 404 404 403 404 200 200 404 403 404
api:assignment-remind                | assignment       | POST  | 401 404 404 403 404 204 204 404 403 404
api:assigning-detail                 | call in review   | GET   | 401 404 404 404 404 200 200 403 200 200
api:assigning-propose                | call in review   | POST  | 401 404 404 404 404 201 201 403 403 201
api:assigning-anew                   | call in review   | POST  | 401 404 404 404 404 201 201 403 403 201
api:assigning-release                | call in review   | POST  | 401 404 404 404 404 200 200 403 403 409
api:assigning-possible               | submitted        | GET   | 401 404 404 404 404 200 200 403 200 404
api:assigning-add                    | submitted        | POST  | 401 404 404 404 404 201 201 403 403 404
api:assigning-keep                   | submitted        | POST  | 401 404 404 404 404 200 200 403 403 404
api:assigning-remove                 | submitted        | POST  | 401 404 404 404 404 204 204 403 403 404
api:assigning-cost                   | submitted        | POST  | 401 404 404 404 404 200 200 403 403 404
api:reassignment-list                | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:reassignment-detail              | plan             | GET   | 401 404 404 404 404 200 200 404 403 200
api:reassignment-store               | plan             | POST  | 401 404 404 404 404 409 409 404 403 409
api:place-list                       | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:place-detail                     | reviewing member | GET   | 401 404 404 200 404 200 200 404 200 200
api:place-answer                     | panel invitation | POST  | 401 404 404 200 404 404 403 404 403 403
api:place-terms                      | reviewing member | POST  | 401 404 404 200 404 403 403 404 403 403
api:place-wish                       | reviewing member | POST  | 401 404 404 200 404 403 403 404 403 403
api:place-certify                    | reviewing member | POST  | 401 404 404 409 404 403 403 404 403 403
api:place-interests                  | none             | POST  | 401 403 403 204 204 204 403 403 403 403
api:place-suggest                    | reviewing member | POST  | 401 404 404 409 404 403 403 404 403 403
api:place-import-list                | none             | POST  | 401 404 404 404 404 403 200 403 403 200
api:suggestion-list                  | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:suggestion-detail                | suggestion       | GET   | 401 404 404 404 404 404 200 404 404 200
api:suggestion-detail                | suggestion       | DELETE | 401 404 404 404 404 404 204 404 404 204
api:suggestion-invite                | suggestion       | POST  | 401 404 404 404 404 404 201 404 404 201
api:pool-list                        | none             | GET   | 401 404 404 404 404 404 200 403 200 200
api:pool-invite                      | none             | POST  | 401 404 404 404 404 404 201 403 403 201
api:offline-detail                   | call in review   | GET   | 401 404 404 200 404 200 403 403 403 403
api:offline-upload                   | call in review   | POST  | 401 404 404 400 404 400 403 403 403 403
api:bid-list                         | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:bid-list                         | approved         | POST  | 401 404 404 204 404 204 404 404 404 404
api:bid-tie                          | approved         | POST  | 401 404 404 204 404 204 404 404 404 404
api:bid-detail                       | bid              | GET   | 401 404 404 200 404 200 200 404 200 200
api:calibration-case-list            | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:calibration-case-detail          | calibration case | GET   | 401 404 404 200 404 200 200 404 200 200
api:calibration-case-score           | calibration case | POST  | 401 404 404 200 404 200 403 404 403 403
api:calibration-case-submit          | calibration case | POST  | 401 404 404 200 404 400 403 404 403 403
api:review-list                      | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:review-detail                    | review           | GET   | 401 404 404 200 404 404 404 404 404 404
api:review-detail                    | review           | PATCH | 401 404 404 200 404 404 404 404 404 404
api:ranking-detail                   | call in review   | GET   | 401 404 404 404 404 200 200 403 200 200
api:order-ranking                    | none             | POST  | 401 404 404 404 404 201 201 403 201 201
api:order-book                       | none             | POST  | 401 403 403 201 403 201 201 403 201 201
api:order-books                      | none             | POST  | 401 404 404 404 404 201 201 403 403 201
api:order-application                | submitted        | POST  | 401 201 404 201 404 201 201 404 201 404
api:order-minutes                    | meeting          | POST  | 401 404 404 409 404 409 409 404 409 409
api:order-reviews                    | none             | POST  | 401 404 404 404 404 201 201 403 403 201
api:ranking-compute                  | call in review   | POST  | 401 404 404 404 404 409 409 403 403 409
api:ranking-leniency                 | call in review   | GET   | 401 404 404 404 404 200 403 403 403 403
api:ranking-rule                     | call in review   | GET   | 401 404 404 404 404 200 200 403 200 200
api:ranking-rule                     | release          | PUT   | 401 404 404 404 404 404 200 403 403 403
api:draw-list                        | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:draw-list                        | call in review   | POST  | 401 403 403 403 403 403 409 403 403 403
api:draw-detail                      | draw             | GET   | 401 404 404 404 404 200 200 404 200 404
api:draw-hold                        | draw             | POST  | 401 404 404 404 404 403 409 404 403 404
api:draw-prepare                     | draw             | POST  | 401 404 404 404 404 403 409 404 403 404
api:draw-annul                       | draw             | POST  | 401 404 404 404 404 403 200 404 403 404
api:decision-basis                   | approved         | GET   | 401 404 404 404 404 404 200 404 200 200
api:feedback-list                    | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:feedback-list                    | submitted        | POST  | 401 404 404 403 404 403 409 404 403 404
api:feedback-detail                  | feedback         | GET   | 401 404 404 404 404 404 200 404 200 404
api:feedback-detail                  | feedback         | PATCH | 401 404 404 404 404 404 200 404 403 404
api:feedback-approve                 | feedback         | POST  | 401 404 404 404 404 404 200 404 403 404
api:decision-inquiry-list            | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:decision-inquiry-list            | decided application | POST | 401 201 404 404 404 404 404 404 404 404
api:decision-inquiry-detail          | decision inquiry | GET   | 401 404 404 404 404 404 200 404 200 200
api:decision-inquiry-answer          | decision inquiry | POST  | 401 404 404 404 404 404 403 404 403 200
api:meeting-list                     | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:meeting-detail                   | meeting          | GET   | 401 404 404 200 404 200 200 404 200 200
api:meeting-list                     | none             | POST  | 401 403 403 403 403 201 201 403 403 201
api:meeting-minutes                  | meeting          | PUT   | 401 404 404 403 404 200 200 404 403 200
api:meeting-approve-minutes          | meeting          | POST  | 401 404 404 403 404 409 409 404 403 409
api:meeting-vote                     | meeting item     | POST  | 401 404 404 204 404 403 403 404 403 403
api:meeting-open                     | meeting          | POST  | 401 404 404 403 404 409 409 404 403 409
api:meeting-present                  | meeting          | POST  | 401 404 404 403 404 200 200 404 403 200
api:meeting-begin                    | meeting item     | POST  | 401 404 404 403 404 409 409 404 403 403
api:meeting-call-vote                | meeting item     | POST  | 401 404 404 403 404 409 409 404 403 403
api:meeting-put-off                  | meeting item     | POST  | 401 404 404 403 404 200 200 404 403 403
api:meeting-conclude                 | meeting item     | POST  | 401 404 404 403 404 200 200 404 403 403
api:decision-list                    | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:decision-list                    | prepared         | POST  | 401 404 404 403 404 403 201 404 403 404
api:decision-detail                  | prepared         | GET   | 401 404 404 404 404 404 200 404 200 404
api:decision-detail                  | released         | GET   | 401 200 404 404 404 404 200 404 200 404
api:decision-approve                 | prepared         | POST  | 401 404 404 404 404 404 200 404 403 404
api:decision-release                 | none             | POST  | 401 403 403 403 403 403 201 403 403 201
api:award-list                       | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:award-detail                     | award            | GET   | 401 200 404 404 404 404 200 200 200 404
api:award-detail                     | accepted award   | GET   | 401 404 404 404 404 404 200 200 200 200
api:award-accept                     | award            | POST  | 401 200 404 404 404 404 403 403 403 404
api:award-decline                    | award            | POST  | 401 200 404 404 404 404 403 403 403 404
api:letter-list                      | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:letter-detail                    | register         | GET   | 401 404 404 404 404 404 200 404 200 404
api:document-list                    | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:document-detail                  | letter           | GET   | 401 200 404 404 404 404 200 200 200 404
api:document-detail                  | receipt          | GET   | 401 200 404 404 404 404 200 404 200 404
api:document-detail                  | summary          | GET   | 401 404 404 200 404 404 404 404 404 404
api:mail-list                        | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:mail-detail                      | draft letter     | GET   | 401 404 404 404 404 404 200 404 200 404
api:mail-send-again                  | failed letter    | POST  | 401 404 404 404 404 404 200 404 403 404
api:mail-was-sent                    | unknown letter   | POST  | 401 404 404 404 404 404 200 404 403 404
api:mail-leave-out                   | draft letter     | POST  | 401 404 404 404 404 404 200 404 403 404
api:mail-put-back                    | left out letter  | POST  | 401 404 404 404 404 404 200 404 403 404
api:mailing-list                     | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:mailing-list                     | batch            | POST  | 401 404 404 404 404 404 201 404 403 404
api:mailing-detail                   | api mailing      | GET   | 401 404 404 404 404 404 200 404 200 404
api:mailing-take-back                | api mailing      | POST  | 401 404 404 404 404 404 200 404 403 404
api:batch-list                       | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:batch-detail                     | batch            | GET   | 401 404 404 404 404 404 200 404 200 404
api:job-list                         | none             | GET   | 401 200 200 200 200 200 200 200 200 200
api:job-detail                       | job              | GET   | 401 404 404 404 404 404 200 404 200 404
api:schema                           | none             | GET   | 200 200 200 200 200 200 200 200 200 200
api:docs                             | none             | GET   | 200 200 200 200 200 200 200 200 200 200
api:resource                         | resource         | GET   | 200 200 200 200 200 200 200 200 200 200
"""

ROWS = [_read(line) for line in TABLE.splitlines() if line]
