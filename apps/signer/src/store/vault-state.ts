import type { StoredRingKey } from '@hufu/pki/node';
import type { Epoch, HalfRecord, Uses } from '../halves/half-record.ts';
import type { Dated, Opened, VaultEvent } from './events.ts';
import { PinGroups } from './pin-groups.ts';

/** Nonces of the latest requests of one half. An older request is refused by its ratchet token anyway. */
const NONCES_KEPT = 256;

export type Snapshot = {
  readonly root: string | null;
  readonly keys: readonly StoredRingKey[];
  readonly keysRevision: number;
  readonly halves: readonly HalfRecord[];
  readonly sessions: readonly string[];
};

/** The vault's memory: what its events make of it, and nothing else. */
export class VaultState {
  root: string | null = null;
  keys: readonly StoredRingKey[] = [];
  keysRevision = 0;
  readonly #halves = new Map<string, HalfRecord>();
  readonly #groups = new PinGroups();
  /** Sessions of key generations that were finished: none serves twice. */
  readonly sessions = new Set<string>();

  get halves(): ReadonlyMap<string, HalfRecord> {
    return this.#halves;
  }

  /** Wrong PINs of this half and of those of its device that the same PIN entry opens. */
  wrongPinsOf(half: HalfRecord): number {
    return this.#groups.of(half).reduce((sum, id) => sum + (this.#halves.get(id)?.wrongPins ?? 0), 0);
  }

  /** Takes a state over; this one is still empty. */
  restore(snapshot: Snapshot): void {
    this.root = snapshot.root;
    this.keys = snapshot.keys;
    this.keysRevision = snapshot.keysRevision;
    for (const half of snapshot.halves) this.#put(half);
    for (const session of snapshot.sessions) this.sessions.add(session);
  }

  snapshot(): Snapshot {
    const { root, keys, keysRevision } = this;
    return { root, keys, keysRevision, halves: [...this.halves.values()], sessions: [...this.sessions] };
  }

  apply(event: Dated): void {
    switch (event.type) {
      case 'founded':
        this.root = event.root;
        return;
      case 'keys':
        this.keys = event.keys;
        this.keysRevision++;
        return;
      case 'enrolled':
        this.sessions.add(event.session);
        this.#put(event.half);
        return;
      case 'split':
        this.#put(event.made);
        break;
      case 'destroyed':
        this.#drop(event.half);
        return;
      case 'resynchronised':
        for (const half of [...this.#halves.values()]) this.#put({ ...half, ratchet: null });
        return;
      case 'key-used':
      case 'secret-read':
        return;
    }
    const half = this.halves.get(event.half);
    if (half !== undefined) this.#put(changed(half, event));
  }

  #put(half: HalfRecord): void {
    this.#halves.set(half.id, half);
    this.#groups.add(half);
  }

  /** Its count goes on with the PIN: otherwise a thief would guess at one key, destroy it, and go on with the other. */
  #drop(id: string): void {
    const gone = this.#halves.get(id);
    if (gone === undefined) return;
    this.#halves.delete(id);
    this.#groups.remove(gone);
    const heir = this.#groups.of(gone).find((other) => this.#halves.has(other));
    const left = heir === undefined ? undefined : this.#halves.get(heir);
    if (left !== undefined) this.#put({ ...left, wrongPins: left.wrongPins + gone.wrongPins });
  }
}

type HalfEvent = Dated<
  Exclude<
    VaultEvent,
    { type: 'founded' | 'keys' | 'key-used' | 'secret-read' | 'enrolled' | 'destroyed' | 'resynchronised' }
  >
>;

function changed(half: HalfRecord, event: HalfEvent): HalfRecord {
  switch (event.type) {
    case 'used':
      return { ...opened(half, event), uses: counted(half.uses, event.at, event.items.length) };
    case 'renewed':
      return { ...opened(half, event), pending: event.pending };
    case 'split':
      return opened(half, event);
    case 'confirmed':
      return confirmed(half, event.epoch);
    case 'accepted':
      return {
        ...half,
        epoch: event.epoch,
        ratchet: { shown: null, issued: event.issued },
        ...(event.pinGroup === undefined ? {} : { pinGroup: event.pinGroup }),
      };
    case 'pin-wrong':
      return { ...half, wrongPins: half.wrongPins + 1, nonces: remembered(half.nonces, event.nonce) };
    case 'cloned':
      return { ...half, isCopied: true, nonces: remembered(half.nonces, event.nonce) };
    case 'aborted':
      return {
        ...half,
        aborts: half.aborts + 1,
        nonces: remembered(half.nonces, event.nonce),
        abortedNonces: remembered(half.abortedNonces, event.nonce),
      };
    case 'held':
      return { ...half, isHeld: true };
    case 'released':
      return { ...half, isHeld: false };
  }
}

const opened = (half: HalfRecord, { shown, issued, nonce }: Opened): HalfRecord => ({
  ...half,
  wrongPins: 0,
  ratchet: { shown, issued },
  nonces: remembered(half.nonces, nonce),
});

/** New halves begin with a clean count: what broken runs told about the old ones is worth nothing beside them. */
function confirmed(half: HalfRecord, number: number): HalfRecord {
  const pending: Epoch | null = half.pending?.number === number ? half.pending : null;
  if (pending === null) return { ...half, isConfirmed: true };
  return { ...half, isConfirmed: true, epoch: pending, pending: null, aborts: 0, abortedNonces: [] };
}

function remembered(nonces: readonly string[], nonce: string): readonly string[] {
  if (nonces.includes(nonce)) return nonces;
  return [...nonces.slice(-(NONCES_KEPT - 1)), nonce];
}

const MINUTE = 60_000;
const DAY = 86_400_000;

export function counted(uses: Uses, at: number, count: number): Uses {
  const [minute, day] = [Math.floor(at / MINUTE), Math.floor(at / DAY)];
  return {
    minute,
    inMinute: (uses.minute === minute ? uses.inMinute : 0) + count,
    day,
    inDay: (uses.day === day ? uses.inDay : 0) + count,
  };
}
