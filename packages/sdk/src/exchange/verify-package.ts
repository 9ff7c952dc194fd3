import type { ExchangeRecord, MirrorPackage, PullAnswer } from '@hufu/contracts';
import { sm3 } from '@hufu/gm';
import { canonicalJsonBytes, type JsonValue, toHex } from '@hufu/kernel';
import { personalFields, RECORD_TYPES } from '@hufu/library';
import { sdkError } from '../errors.ts';
import type { HubStatements } from './hub-statements.ts';

const plain = (value: unknown): JsonValue => JSON.parse(JSON.stringify(value)) as JsonValue;

/** SHA-256, hex. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', new Uint8Array(bytes))));
}

/**
 * The SM3 that the evidence of a version commits to, computed from what was received: over everything that is not
 * personal. Undefined for a type that this version of the package does not know.
 */
export function recordDigest(record: ExchangeRecord): string | undefined {
  const type = RECORD_TYPES.find(({ name }) => name === record.type);
  if (type === undefined) return undefined;
  const personal = new Set(personalFields(type).map(({ name }) => name));
  const values = Object.fromEntries(Object.entries(record.values).filter(([name]) => !personal.has(name)));
  const { id, version, state, system, locked } = record;
  return toHex(
    sm3(canonicalJsonBytes(plain({ type: type.name, id, version, state, values, system, locked }))),
  );
}

/**
 * A package is taken only as the hub signed it, for this platform, and if each record is what its evidence says.
 * @throws CodedError SDK_SIGNATURE_INVALID, SDK_PACKAGE_CHANGED
 */
export async function verifyPackage(
  { package: received, signature }: PullAnswer,
  statements: HubStatements,
): Promise<MirrorPackage> {
  const said = await statements(signature, 'hufu-package+jws');
  const sha256 = await sha256Hex(canonicalJsonBytes(plain(received)));
  const told =
    said['sha256'] === sha256 &&
    said['jti'] === received.pull &&
    said['entity'] === received.entity.id &&
    said['libVersion'] === received.libVersion;
  if (!told) throw sdkError('SDK_PACKAGE_CHANGED');
  const changed = received.records.find((record) => {
    const digest = recordDigest(record);
    return digest !== undefined && digest !== record.sm3;
  });
  if (changed !== undefined) throw sdkError('SDK_PACKAGE_CHANGED', { record: changed.id });
  return received;
}
