-- 2026-11-21  Seals and documents belong to the shared identity, and name certificates by their fingerprints: a key of
-- the library seals as one of the hub does.

alter table seal drop constraint seal_enterprise_id_fkey;
alter table seal add constraint seal_entity foreign key (enterprise_id) references entity (id);
alter table signing_task drop constraint signing_task_enterprise_id_fkey;
alter table signing_task add constraint signing_task_entity foreign key (enterprise_id) references entity (id);
alter table signing_preparation drop constraint signing_preparation_enterprise_id_fkey;
alter table signing_preparation add constraint signing_preparation_entity foreign key (enterprise_id) references entity (id);

alter table seal add column fingerprints jsonb;
update seal set fingerprints = (
  select jsonb_agg(distinct c.fingerprint)
    from jsonb_array_elements_text(seal.certificate_ids) given (id)
    join enterprise_certificate c on c.id = given.id);
alter table seal alter column fingerprints set not null;
alter table seal add constraint seal_fingerprints_check
  check (jsonb_typeof(fingerprints) = 'array' and jsonb_array_length(fingerprints) > 0);
alter table seal drop column certificate_ids;

alter table seal drop constraint seal_applied_with_fkey;
update seal set applied_with = c.fingerprint from enterprise_certificate c where c.id = seal.applied_with;
alter table signing_task drop constraint signing_task_created_with_fkey;
update signing_task set created_with = c.fingerprint from enterprise_certificate c where c.id = signing_task.created_with;
-- null: the library made the document for the entity
alter table signing_task alter column created_with drop not null;

alter table signing_acknowledgement drop constraint signing_acknowledgement_certificate_id_fkey;
update signing_acknowledgement set certificate_id = c.fingerprint
  from enterprise_certificate c where c.id = signing_acknowledgement.certificate_id;
alter table signing_acknowledgement rename column certificate_id to fingerprint;

alter table signing_preparation drop constraint signing_preparation_certificate_id_fkey;
update signing_preparation set certificate_id = c.fingerprint
  from enterprise_certificate c where c.id = signing_preparation.certificate_id;
alter table signing_preparation rename column certificate_id to fingerprint;
