-- Warnings that the key by which Holdpoint calls Odoo is about to expire, so that of several nodes one gives each.
create table hp_key_warning (
    expires_at timestamp with time zone not null,
    -- 14, 7 or 1
    days       integer                  not null,
    warned_at  timestamp with time zone not null,
    constraint hp_key_warning_once primary key (expires_at, days)
);
