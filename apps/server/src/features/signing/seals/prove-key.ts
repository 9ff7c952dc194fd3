import { buffer } from 'node:stream/consumers';
import type { ProvenSeal } from '@hufu/contracts';
import { CodedError, equalBytes, fromBase64, toBase64Url, utf8 } from '@hufu/kernel';
import { type AuthStatement, parseAuthStatement } from '@hufu/keybridge-client';
import type { SigningDeps } from '../deps.ts';
import { signingError } from '../errors.ts';
import { sealsOf } from './seal-store.ts';
import { sealView } from './views.ts';

const LIFETIME_MS = 3 * 60_000;
const PLACE = 'seal-proof.nonce';
const FORM = /^([0-9a-z]{8})_([A-Za-z0-9_-]{16})_([A-Za-z0-9_-]{43})$/;

const originOf = ({ config }: SigningDeps): string => new URL(config.baseUrl).origin;

/**
 * A nonce that any of our servers recognises as its own, for a few minutes. It may serve more than once in that time:
 * it shows a picture to whoever holds the key, and changes nothing.
 */
export function issueNonce(deps: SigningDeps): { nonce: string; audience: string; expiresAt: string } {
  const now = deps.clock.now();
  const head = `${now.toString(36).padStart(8, '0')}_${toBase64Url(deps.random(12))}`;
  return {
    nonce: `${head}_${deps.cipher.index(head, PLACE)}`,
    audience: originOf(deps),
    expiresAt: new Date(now + LIFETIME_MS).toISOString(),
  };
}

function isFresh(deps: SigningDeps, nonce: string): boolean {
  const [, time, random, keyed] = FORM.exec(nonce) ?? [];
  if (time === undefined || keyed === undefined) return false;
  const age = deps.clock.now() - Number.parseInt(time, 36);
  const expected = deps.cipher.index(`${time}_${random}`, PLACE);
  return age >= 0 && age <= LIFETIME_MS && equalBytes(utf8(expected), utf8(keyed));
}

function readStatement(bytes: Uint8Array): AuthStatement {
  try {
    return parseAuthStatement(bytes);
  } catch (cause) {
    throw signingError('SEAL_PROOF_INVALID', {}, cause);
  }
}

export type KeyProof = {
  readonly statement: string;
  readonly signature: string;
  readonly certificate: string;
};

/**
 * AST-008: whoever has just signed with a recognised key is shown the seals that it may use.
 *
 * @param proof base64 @throws SEAL_PROOF_INVALID, and the judge's refusal of the certificate
 */
export async function provenSeals(deps: SigningDeps, proof: KeyProof): Promise<ProvenSeal[]> {
  const certificate = await deps.judge.read(fromBase64(proof.certificate));
  const bytes = fromBase64(proof.statement);
  const statement = readStatement(bytes);
  const bound =
    statement.act === 'test' &&
    statement.audience === originOf(deps) &&
    statement.certificateSha256 === certificate.fingerprint &&
    isFresh(deps, statement.nonce);
  if (!bound || !(await deps.judge.verify(certificate, bytes, fromBase64(proof.signature)))) {
    throw signingError('SEAL_PROOF_INVALID');
  }
  const verdict = await deps.judge.judge(certificate);
  if (!verdict.allowed) throw new CodedError(verdict.code, verdict.fields);
  const { db } = deps.database;
  const owner = certificate.uscc === null ? undefined : await deps.records.byUscc(db, certificate.uscc);
  const seals = owner === undefined ? [] : await sealsOf(db, owner.id);
  const own = seals.filter(
    ({ state, fingerprints }) => state === 'ACTIVE' && fingerprints.includes(certificate.fingerprint),
  );
  return Promise.all(
    own.map(async (row) => {
      const view = await sealView(deps, row, certificate.fingerprint);
      const { stream } = await deps.attachments.open(row.picture_sha256);
      const { number, kind, name, word, state, sample, usable, width, height, validFrom, validTo } = view;
      const picture = (await buffer(stream)).toString('base64');
      return { number, kind, name, word, state, sample, usable, width, height, validFrom, validTo, picture };
    }),
  );
}
