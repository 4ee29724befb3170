-- When each hold point is looked at next for documents that passed it without a release, and by whom.
create table hp_inspection (
    -- workflow and model, for example order-release/sale.order
    hold_point   varchar(128)             not null primary key,
    -- what was written in Odoo since is looked at; empty until all was taken as it stands once
    read_from    timestamp with time zone,
    due_at       timestamp with time zone not null,
    leased_until timestamp with time zone not null
);

-- Documents of which nobody has to be told (again): past their hold point from before, or reported.
create table hp_known_passage (
    hold_point  varchar(128)             not null,
    document    varchar(255)             not null,
    finding     varchar(128)             not null,
    known_since timestamp with time zone not null,
    constraint hp_known_passage_once primary key (hold_point, document, finding)
);
