"""Who may do what with the texts of letters."""

import rules

from core.people.rules import is_administrator, reads_all

rules.add_perm("reports.see_templates", reads_all)
rules.add_perm("reports.write_templates", is_administrator)
