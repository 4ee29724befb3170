-- What came from outside, kept before anything else is done with it.
create table hp_event (
    id              bigint generated always as identity primary key,
    source          varchar(255)             not null,
    event_id        varchar(255)             not null,
    type            varchar(255)             not null,
    document        varchar(255),
    workflow        varchar(64),
    body            text                     not null,
    state           varchar(16)              not null,
    attempts        integer                  not null default 0,
    received_at     timestamp with time zone not null,
    next_attempt_at timestamp with time zone not null,
    finished_at     timestamp with time zone,
    answer          varchar(2000),
    case_id         varchar(64),
    constraint hp_event_once unique (source, event_id)
);
create index hp_event_due on hp_event (state, next_attempt_at);

-- One row per case. open_key is set while the case is open: the constraint, not a check, keeps it alone.
create table hp_case (
    case_id   varchar(64)              not null primary key,
    workflow  varchar(64)              not null,
    document  varchar(255)             not null,
    open_key  varchar(400),
    opened_at timestamp with time zone not null,
    opened_by varchar(255),
    closed_at timestamp with time zone,
    outcome   varchar(64),
    -- whose matters decide it, for example res.partner,14: changes there concern the case too
    party     varchar(255),
    constraint hp_case_one_open unique (open_key)
);
create index hp_case_document on hp_case (document, opened_at);
create index hp_case_party on hp_case (party, open_key);

-- One failed check of a case. Its decisions are in hp_decision.
create table hp_hold (
    id          varchar(64)              not null primary key,
    case_id     varchar(64)              not null,
    code        varchar(64)              not null,
    state       varchar(16)              not null,
    severity    varchar(16)              not null,
    sentence    varchar(1000)            not null,
    measure     varchar(64)              not null,
    measured    double precision         not null,
    allowed     double precision,
    decision    varchar(255)             not null,
    rule        varchar(255)             not null,
    party       varchar(255)             not null,
    round       integer                  not null,
    -- the process instance of hold-resolution that asks for the answer
    resolution  varchar(64),
    opened_at   timestamp with time zone not null,
    closed_at   timestamp with time zone,
    constraint hp_hold_case foreign key (case_id) references hp_case (case_id)
);
create index hp_hold_of_case on hp_hold (case_id, state);
create index hp_hold_of_resolution on hp_hold (resolution);

-- Who answered a hold, written by the engine's own listener; rows are only ever added.
create table hp_decision (
    id         bigint generated always as identity primary key,
    hold_id    varchar(64)              not null,
    case_id    varchar(64)              not null,
    round      integer                  not null,
    step       integer                  not null,
    answer     varchar(16)              not null,
    reason     varchar(4000),
    person     varchar(255)             not null,
    role       varchar(64),
    task_id    varchar(64)              not null,
    decided_at timestamp with time zone not null,
    constraint hp_decision_hold foreign key (hold_id) references hp_hold (id)
);
create index hp_decision_of_hold on hp_decision (hold_id);

-- What happened in a case, in order; rows are only ever added.
create table hp_evidence (
    id         bigint generated always as identity primary key,
    case_id    varchar(64)              not null,
    document   varchar(255)             not null,
    kind       varchar(32)              not null,
    element    varchar(128),
    actor      varchar(255)             not null,
    at_moment  timestamp with time zone not null,
    content    text                     not null
);
create index hp_evidence_of_case on hp_evidence (case_id, id);
create index hp_evidence_of_document on hp_evidence (document, id);

-- How far the reconciliation sweep has read.
create table hp_watermark (
    name     varchar(128)             not null primary key,
    read_to  timestamp with time zone not null
);
