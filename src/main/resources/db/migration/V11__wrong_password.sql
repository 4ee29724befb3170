-- Wrong passwords of people of a directory since the last right one. The engine counts those of users of its own.
create table hp_wrong_password (
    login        varchar(64)              not null primary key,
    attempts     integer                  not null,
    -- until then nobody is let in, be the password right
    locked_until timestamp with time zone not null
);
