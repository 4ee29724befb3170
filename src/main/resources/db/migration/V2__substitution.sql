-- Who stands in for whom, from when to when. Rows are only ever added; one that was ended early says when and by whom.
create table hp_substitution (
    -- the process instance that hands tasks over and brings them back
    id         varchar(64)              not null primary key,
    person     varchar(255)             not null,
    substitute varchar(255)             not null,
    begins_at  timestamp with time zone not null,
    ends_at    timestamp with time zone not null,
    -- slugs with commas between them; null for all workflows
    workflows  varchar(1000),
    -- in the currency of the document's company; null for no limit
    up_to      double precision,
    named_by   varchar(255)             not null,
    named_at   timestamp with time zone not null,
    ended_at   timestamp with time zone,
    ended_by   varchar(255)
);
create index hp_substitution_until on hp_substitution (ends_at);

-- Who is offered which open task as a substitute, by which substitution.
create table hp_substitution_offer (
    task_id         varchar(64)  not null,
    substitute      varchar(255) not null,
    substitution_id varchar(64)  not null,
    constraint hp_substitution_offer_once primary key (task_id, substitute),
    constraint hp_substitution_offer_by foreign key (substitution_id) references hp_substitution (id)
);

-- What an absent person had taken, and gets back.
create table hp_substitution_claim (
    task_id varchar(64)  not null primary key,
    person  varchar(255) not null
);

-- One row: whoever names a substitute, or hands tasks over, holds it until the end of the transaction.
create table hp_substitution_lock (
    id integer not null primary key
);
insert into hp_substitution_lock (id) values (1);

-- In whose stead somebody answered: the absent person first; null for nobody's. And how much the document was about.
alter table hp_decision add on_behalf_of varchar(600);
alter table hp_decision add amount double precision;

-- What the document is about, in the currency of its company, as it was read last.
alter table hp_case add amount double precision;
