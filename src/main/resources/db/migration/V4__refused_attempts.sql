-- What somebody tried to change and was refused, at every door. The same attempt within a minute is counted in one row.
create table hp_refused_attempt (
    id        bigint generated always as identity primary key,
    -- a user id, or "anonymous"
    person    varchar(255)             not null,
    -- method and path, without ids and secrets
    what      varchar(400)             not null,
    why       varchar(1000)            not null,
    status    integer                  not null,
    -- empty when no case is known
    case_id   varchar(64)              not null,
    document  varchar(255)             not null,
    began_at  timestamp with time zone not null,
    last_at   timestamp with time zone not null,
    times     bigint                   not null,
    constraint hp_refused_attempt_once unique (began_at, person, what, status, case_id)
);
create index hp_refused_attempt_of_case on hp_refused_attempt (case_id);
