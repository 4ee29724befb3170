-- Somebody who decides several holds at once. Rows are only ever added; what was chosen is written once.
create table hp_bulk_decision (
    -- the process instance that offers, decides and shows
    id        varchar(64)              not null primary key,
    person    varchar(255)             not null,
    begun_at  timestamp with time zone not null,
    -- release or reject; null while nothing was chosen
    answer    varchar(16),
    reason    varchar(4000),
    chosen_at timestamp with time zone
);

-- A hold as it was offered to this person, whether it was chosen, and what became of it.
create table hp_bulk_decision_hold (
    bulk_id    varchar(64)              not null,
    task_id    varchar(64)              not null,
    -- its place in the list that was offered
    number     integer                  not null,
    hold_id    varchar(64)              not null,
    case_id    varchar(64)              not null,
    document   varchar(255)             not null,
    workflow   varchar(64)              not null,
    code       varchar(64)              not null,
    severity   varchar(16)              not null,
    company    varchar(255)             not null,
    -- the numbers that the person saw: to others no answer is given
    round      integer                  not null,
    measured   double precision         not null,
    amount     double precision         not null,
    shown      varchar(1000)            not null,
    -- how many the table let the person decide at once
    at_most    integer                  not null,
    -- which one of those chosen it is; null when it was not chosen
    place      integer,
    -- RELEASED, REJECTED, REFUSED, CHANGED or GONE; null until it was decided
    result     varchar(16),
    words      varchar(2000),
    decided_at timestamp with time zone,
    constraint hp_bulk_decision_hold_once primary key (bulk_id, task_id),
    constraint hp_bulk_decision_hold_of foreign key (bulk_id) references hp_bulk_decision (id),
    constraint hp_bulk_decision_hold_hold foreign key (hold_id) references hp_hold (id)
);
create index hp_bulk_decision_hold_of_hold on hp_bulk_decision_hold (hold_id);
