import type { StoredRingKey } from '@hufu/pki/node';
import type { Epoch, HalfRecord } from '../halves/half-record.ts';

/** What was asked with a PIN, as the journal keeps it: enough to tell later which device asked for what. */
export type Opened = {
  readonly half: string;
  readonly nonce: string;
  /** SHA-256 of the ratchet token that was shown, and of the one given out. */
  readonly shown: string;
  readonly issued: string;
  /** SHA-256 of the device's request, and its signature (r ‖ s). Base64. */
  readonly request: string;
  readonly signature: string;
};

/** Everything that changes the vault, and every use of a key. Each event has its moment (ms) beside it. */
export type VaultEvent =
  | { readonly type: 'founded'; readonly root: string }
  | { readonly type: 'keys'; readonly keys: readonly StoredRingKey[] }
  /** A use of a service key; `digest` is SHA-256 of what was signed. */
  | { readonly type: 'key-used'; readonly client: string; readonly key: string; readonly digest: string }
  | { readonly type: 'secret-read'; readonly client: string; readonly name: string }
  | { readonly type: 'enrolled'; readonly half: HalfRecord; readonly session: string }
  | { readonly type: 'confirmed'; readonly half: string; readonly epoch: number }
  | (Opened & {
      readonly type: 'used';
      readonly op: 'sign' | 'decrypt';
      readonly order: string;
      /** e of each message; SM3 of each ciphertext. Base64. */
      readonly items: readonly string[];
    })
  | (Opened & { readonly type: 'renewed'; readonly pending: Epoch })
  | (Opened & { readonly type: 'split'; readonly made: HalfRecord })
  | {
      readonly type: 'accepted';
      readonly half: string;
      readonly epoch: Epoch;
      readonly issued: string;
      readonly pinGroup?: string;
    }
  | { readonly type: 'pin-wrong'; readonly half: string; readonly nonce: string }
  | { readonly type: 'cloned'; readonly half: string; readonly nonce: string }
  /** A run that broke: told by the device, or by a proof that does not hold. */
  | {
      readonly type: 'aborted';
      readonly half: string;
      readonly nonce: string;
      readonly by: 'device' | 'vault';
    }
  | { readonly type: 'held' | 'released'; readonly half: string; readonly client: string }
  | { readonly type: 'destroyed'; readonly half: string; readonly by: string }
  /** After the vault was restored from a copy: the next token of every device is believed. */
  | { readonly type: 'resynchronised' };

export type Dated<E = VaultEvent> = E & { readonly at: number };
