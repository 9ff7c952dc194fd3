import type { Tx } from '../../../infra/database/database.ts';
import type { AuthorityRecord } from '../domain/authority.ts';
import { policyToForm } from '../domain/policy-form.ts';
import { trustError } from '../errors.ts';
import { type ApplyParts, type ApprovedStep, findUnchanged, note, write } from './apply-change.ts';
import {
  certificateChanges,
  differences,
  findAuthority,
  type Proposal,
  type ProposeParts,
  sortCertificates,
  stateOf,
} from './propose-change.ts';

/** One that is registered, and of whose certificates nobody is let in yet (HUB-012, MSG-22). */
export type Joining = { readonly id: string };

/**
 * Shows all that will be trusted, as at a first recognition: nobody need have looked at it before.
 *
 * @throws CodedError TRUST_AUTHORITY_UNKNOWN, TRUST_JOINED_ALREADY, TRUST_CERTIFICATE_REFUSED, TRUST_NO_ANCHOR
 */
export async function proposeJoining(id: string, parts: ProposeParts): Promise<Proposal<Joining>> {
  const record = await findAuthority(id, parts.executor);
  await checkJoining(record, parts);
  const { name, nameEn, phone, website, region, profile, crlAddresses, ocspAddresses } = record;
  const registered = {
    name,
    nameEn,
    phone,
    website,
    region,
    profileId: profile.id,
    crlUrls: crlAddresses,
    ocspUrl: ocspAddresses[0],
  };
  return {
    subject: id,
    subjectState: stateOf(record),
    changes: [
      { field: 'joined', before: 'false', after: 'true' },
      ...differences({}, registered),
      ...differences({ region }, policyToForm(record)),
      ...certificateChanges([...record.anchors, ...record.intermediates]),
    ],
    payload: { id },
  };
}

/** @throws CodedError as `proposeJoining`, and TRUST_STALE_CHANGE */
export async function joinAuthority(tx: Tx, step: ApprovedStep<Joining>, parts: ApplyParts): Promise<void> {
  const { id } = step.payload;
  const record = await findUnchanged(tx, id, step.subjectState);
  await checkJoining(record, parts);
  await write(tx, { id, version: record.version, set: 'joined' });
  const noted = { before: { joined: false }, after: { joined: true } };
  await note(tx, { authorityId: id, change: 'recognise', ...noted }, { order: step, parts });
}

async function checkJoining(
  record: AuthorityRecord,
  { clock, engine }: Pick<ProposeParts, 'clock' | 'engine'>,
): Promise<void> {
  if (record.joined) throw trustError('TRUST_JOINED_ALREADY');
  // Registered long ago, perhaps: what has run out since then is not let in.
  await sortCertificates([...record.anchors, ...record.intermediates], engine, clock.now());
}
