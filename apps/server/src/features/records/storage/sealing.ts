import { personalFields, type RecordType, type Value, type Values } from '@hufu/library';
import type { FieldCipher } from '../../../infra/privacy/field-cipher.ts';

/** Values as they are stored: what is personal is `{sealed, hash}`. */
export type StoredValues = Readonly<Record<string, unknown>>;

/** Personal fields at rest. The hash lets equal values be found and kept unique without being read. */
export type Sealing = {
  seal(type: RecordType, id: string, values: Values): StoredValues;
  open(type: RecordType, id: string, stored: StoredValues): Values;
  /** Keyed hash by which a personal value is found. */
  hash(type: RecordType, field: string, value: Value): string;
  sealReason(id: string, reason: string): string;
  openReason(id: string, sealed: string): string;
};

type Sealed = { readonly sealed: string; readonly hash: string };

const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'sealed' in value && 'hash' in value;

export function createSealing(cipher: FieldCipher): Sealing {
  const place = (type: RecordType, field: string, id: string) => `library_${type.name}.${field}:${id}`;
  const reasonPlace = (id: string) => `library_record_version.reason:${id}`;
  const hash: Sealing['hash'] = (type, field, value) =>
    cipher.index(typeof value === 'string' ? value : JSON.stringify(value), `library_${type.name}.${field}`);
  return {
    hash,
    seal(type, id, values) {
      const stored: Record<string, unknown> = { ...values };
      for (const { name } of personalFields(type)) {
        const value = values[name];
        if (value === undefined || value === null) continue;
        stored[name] = {
          sealed: cipher.seal(JSON.stringify(value), place(type, name, id)),
          hash: hash(type, name, value),
        } satisfies Sealed;
      }
      return stored;
    },
    open(type, id, stored) {
      const values: Record<string, Value> = { ...(stored as Record<string, Value>) };
      for (const { name } of personalFields(type)) {
        const value = stored[name];
        if (isSealed(value)) {
          values[name] = JSON.parse(cipher.open(value.sealed, place(type, name, id))) as Value;
        }
      }
      return values;
    },
    sealReason: (id, reason) => cipher.seal(reason, reasonPlace(id)),
    openReason: (id, sealed) => cipher.open(sealed, reasonPlace(id)),
  };
}
