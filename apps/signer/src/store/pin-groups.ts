import type { HalfRecord } from '../halves/half-record.ts';

type Member = Pick<HalfRecord, 'id' | 'device' | 'pinGroup'>;

/** Which halves one PIN entry opens. A group is its device's own: another device cannot have it locked. */
export class PinGroups {
  readonly #members = new Map<string, Set<string>>();

  add(half: Member): void {
    const name = nameOf(half);
    if (name === undefined) return;
    const members = this.#members.get(name) ?? new Set();
    this.#members.set(name, members.add(half.id));
  }

  remove(half: Member): void {
    const name = nameOf(half);
    if (name === undefined) return;
    const members = this.#members.get(name);
    members?.delete(half.id);
    if (members?.size === 0) this.#members.delete(name);
  }

  /** Ids of its group; itself alone where it has none. */
  of(half: Member): readonly string[] {
    const name = nameOf(half);
    return name === undefined ? [half.id] : [...(this.#members.get(name) ?? [])];
  }
}

const nameOf = ({ device, pinGroup }: Member): string | undefined =>
  pinGroup === undefined ? undefined : `${device}\n${pinGroup}`;
