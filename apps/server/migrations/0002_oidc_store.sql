-- 2026-11-20  The OpenID provider's store. Ids that are bearer secrets are kept as SHA-256, so that reading
-- the database opens no session and redeems no token.

create table login_session (
  id text primary key,
  uid text not null unique,
  entity_id text,
  certificate_id text,
  facts jsonb,
  payload jsonb not null,
  logged_in_at timestamptz,
  expires_at timestamptz not null,
  check ((entity_id is null) = (facts is null) and (entity_id is null) = (certificate_id is null))
);
create index login_session_entity on login_session (entity_id) where entity_id is not null;
create index login_session_certificate on login_session (certificate_id) where certificate_id is not null;
create index login_session_expiry on login_session (expires_at);
create index login_session_recent on login_session (logged_in_at desc) where entity_id is not null;

create table oidc_artefact (
  kind text not null,
  id text not null,
  grant_id text,
  session_uid text,
  payload jsonb not null,
  expires_at timestamptz not null,
  consumed_at timestamptz,
  primary key (kind, id)
);
create index oidc_artefact_grant on oidc_artefact (grant_id) where grant_id is not null;
create index oidc_artefact_session on oidc_artefact (session_uid) where session_uid is not null;
create index oidc_artefact_expiry on oidc_artefact (expires_at);

-- A login that began on the hub: both confirmations are given, the platform's request is awaited.
create table login_intent (
  session_uid text not null references login_session (uid) on delete cascade,
  client_id text not null,
  expires_at timestamptz not null,
  primary key (session_uid, client_id)
);

-- Applies all writes of one request, or none: one round trip, one commit. A code that was redeemed, an intent
-- that was used and a session that was ended meanwhile stop the whole.
create function oidc_apply(steps jsonb) returns void language plpgsql as $$
declare
  step jsonb;
  expected boolean;
begin
  for step in select jsonb_array_elements(steps) loop
    expected := true;
    case step ->> 'do'
      when 'put' then
        insert into oidc_artefact (kind, id, grant_id, session_uid, payload, expires_at)
        values (step ->> 'kind', step ->> 'id', step ->> 'grantId', step ->> 'sessionUid', step -> 'payload',
                now() + make_interval(secs => (step ->> 'ttl')::float8))
        on conflict (kind, id) do update
          set payload = excluded.payload, grant_id = excluded.grant_id, expires_at = excluded.expires_at;
      when 'consume' then
        update oidc_artefact set consumed_at = now()
         where kind = step ->> 'kind' and id = step ->> 'id' and consumed_at is null;
        expected := found;
      when 'remove' then
        delete from oidc_artefact where kind = step ->> 'kind' and id = step ->> 'id';
      when 'revoke' then
        delete from oidc_artefact where grant_id = step ->> 'grantId';
        delete from oidc_artefact where kind = 'Grant' and id = step ->> 'grantId';
      when 'open-session' then
        insert into login_session (id, uid, payload, expires_at)
        values (step ->> 'id', step ->> 'uid', step -> 'payload',
                now() + make_interval(secs => (step ->> 'ttl')::float8));
      when 'change-session' then
        update login_session set payload = step -> 'payload' where uid = step ->> 'uid' and expires_at > now();
        expected := found;
      when 'end-session' then
        delete from oidc_artefact
         where session_uid = (select uid from login_session where id = step ->> 'id') and kind <> 'Interaction';
        delete from login_session where id = step ->> 'id';
      when 'use-intent' then
        delete from login_intent
         where session_uid = step ->> 'uid' and client_id = step ->> 'clientId' and expires_at > now();
        expected := found;
      when 'audit' then
        insert into audit_entry (actor_kind, actor_id, actor_certificate, action, subject_kind, subject_id, outcome, request_id)
        values ('entity', step ->> 'entityId', step ->> 'certificate', step ->> 'action', 'platform', step ->> 'clientId', 'ok',
                step ->> 'requestId');
      when 'job' then
        insert into job (queue, subject_key, payload)
        values (step ->> 'queue', step ->> 'subject', step -> 'payload');
    end case;
    if not expected then
      raise exception 'stale: %', step ->> 'do' using errcode = 'HF001';
    end if;
  end loop;
end
$$;
