-- The day from which a measured age counts: what has only become older since a decision is no worse.
alter table hp_hold add column since date;
