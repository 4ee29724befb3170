-- The to-do in Odoo by which a person sees on the document that it waits for them; at most one for each open task.
create table hp_activity (
    -- by which Odoo knows it
    id         varchar(64)              not null primary key,
    case_id    varchar(64)              not null,
    document   varchar(255)             not null,
    hold_id    varchar(64),
    -- the process instance: its tasks that follow one another without an answer are one to-do
    question   varchar(64)              not null,
    task_id    varchar(64)              not null,
    -- whom the table wants to have it: a person, the requester or nobody
    whom       varchar(16)              not null,
    reminded   boolean                  not null default false,
    -- whether Odoo was asked for it and may have it, be it that its answer was lost
    asked      boolean                  not null default false,
    -- the login in Odoo of who has it; null while nobody does
    person     varchar(255),
    -- when it is looked at next; null while nothing has changed
    due_at     timestamp with time zone,
    attempts   integer                  not null default 0,
    answer     varchar(2000),
    created_at timestamp with time zone not null,
    closed_at  timestamp with time zone,
    constraint hp_activity_of_task unique (task_id)
);
create index hp_activity_due on hp_activity (due_at);
create index hp_activity_of_question on hp_activity (question);
