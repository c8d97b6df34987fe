//! Signing in, people, teams, roles, tokens, jobs and the audit trail.
