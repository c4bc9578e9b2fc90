"""Pages that belong to core: home, account, people, documents, jobs, the audit trail."""
