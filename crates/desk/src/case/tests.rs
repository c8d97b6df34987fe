use super::*;

fn case() -> Case {
    Case {
        id: CaseId(1),
        number: CaseNumber { kind: CaseType::Query, year: 2026, serial: 1 },
        case_type: CaseType::Query,
        subject: "Bill".into(),
        contact_id: ContactId(2),
        account_id: None,
        category_id: None,
        priority: Priority::Normal,
        status_id: StatusId(3),
        status: StatusType::New,
        queue_id: None,
        owner_id: None,
        conversation_id: ConversationId(4),
        related_id: None,
        channel: Channel::Email,
        opened_at: UtcMs(1_000),
        first_replied_at: None,
        last_customer_at: None,
        last_agent_at: None,
        waiting_since: None,
        resolved_at: None,
        closed_at: None,
        unread: false,
        snippet: String::new(),
        version: 1,
    }
}

fn status(status_type: StatusType) -> CaseStatus {
    CaseStatus { id: StatusId(9), label: "x".into(), status_type, position: 1, active: true }
}

#[test]
fn who_has_waited_longest_comes_first_within_a_priority() {
    let mut first = case();
    first.customer_wrote(UtcMs(5_000), "Hello");
    let mut second = case();
    second.customer_wrote(UtcMs(6_000), "Hello");
    assert!(first.urgency() < second.urgency());
    // Writing again does not lose one's place.
    first.customer_wrote(UtcMs(9_000), "Anyone there?");
    assert!(first.urgency() < second.urgency());
    assert_eq!(first.waiting_since, Some(UtcMs(5_000)));
    first.member_replied(UtcMs(9_500), "Yes");
    assert!(second.urgency() < first.urgency());
    first.priority = Priority::High;
    assert!(first.urgency() < second.urgency());
    assert_eq!(first.first_replied_at, Some(UtcMs(9_500)));
}

#[test]
fn a_late_answer_opens_a_new_case() {
    let mut case = case();
    assert_eq!(case.verdict(UtcMs(i64::MAX), 0), Verdict::Continue);
    case.enter(&status(StatusType::Resolved), UtcMs(10));
    assert_eq!(case.verdict(UtcMs(i64::MAX), 0), Verdict::Reopen, "resolved, not yet closed");
    case.enter(&status(StatusType::Closed), UtcMs(20));
    assert_eq!((case.resolved_at, case.closed_at), (Some(UtcMs(10)), Some(UtcMs(20))));
    assert_eq!(case.verdict(UtcMs(25), 5), Verdict::Reopen);
    assert_eq!(case.verdict(UtcMs(26), 5), Verdict::OpenNew);
    case.enter(&status(StatusType::Open), UtcMs(30));
    assert_eq!((case.resolved_at, case.closed_at), (None, None));
}

#[test]
fn a_snippet_is_one_short_line() {
    assert_eq!(snippet(" The\r\n\tbrakes  squeak "), "The brakes squeak");
    assert_eq!(snippet(&"सुनीता ".repeat(99)).chars().count(), SNIPPET_MAX);
}
