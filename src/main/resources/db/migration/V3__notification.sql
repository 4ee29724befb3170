-- What people and other systems are told of, written with what it tells of.
create table hp_notification (
    id              bigint generated always as identity primary key,
    -- the task or the line of evidence that it tells of: nothing is told of twice
    occasion        varchar(128)             not null,
    event           varchar(16)              not null,
    case_id         varchar(64)              not null,
    document        varchar(255)             not null,
    task_id         varchar(64),
    hold_id         varchar(64),
    role            varchar(64),
    content         text                     not null,
    happened_at     timestamp with time zone not null,
    attempts        integer                  not null default 0,
    next_attempt_at timestamp with time zone not null,
    -- when it was settled who hears of it
    spread_at       timestamp with time zone,
    constraint hp_notification_once unique (occasion)
);
create index hp_notification_due on hp_notification (spread_at, next_attempt_at);
create index hp_notification_of_case on hp_notification (case_id);

-- What one recipient is told of over one channel: a person by mail, a subscriber by webhook.
create table hp_delivery (
    id              bigint generated always as identity primary key,
    notification_id bigint                   not null,
    channel         varchar(16)              not null,
    recipient       varchar(255)             not null,
    body            text,
    state           varchar(16)              not null,
    attempts        integer                  not null default 0,
    due_at          timestamp with time zone not null,
    created_at      timestamp with time zone not null,
    finished_at     timestamp with time zone,
    -- the mail that this is a part of; the same after a mail was tried in vain
    letter          varchar(64),
    answer          varchar(2000),
    constraint hp_delivery_once unique (notification_id, channel, recipient),
    constraint hp_delivery_notification foreign key (notification_id) references hp_notification (id)
);
create index hp_delivery_due on hp_delivery (channel, state, recipient, due_at);

-- When a person gets the next mail, and got the last one. Its lock keeps two nodes from writing to one person at once.
create table hp_mailbox (
    person       varchar(255) not null primary key,
    due_at       timestamp with time zone,
    leased_until timestamp with time zone,
    mailed_at    timestamp with time zone
);
create index hp_mailbox_due on hp_mailbox (due_at);
