-- Which challenge of a page a use has answered: who stands behind the session that the page opened with it.
alter table phone_use add column challenge_id text;
create index phone_use_challenge on phone_use (challenge_id) where challenge_id is not null;
