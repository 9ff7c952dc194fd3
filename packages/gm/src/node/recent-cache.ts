/** Keeps what was made for the most recently used names. */
export class RecentCache<Source, Made> {
  readonly #limit: number;
  readonly #make: (source: Source) => Made;
  readonly #entries = new Map<string, Made>();

  constructor(limit: number, make: (source: Source) => Made) {
    this.#limit = limit;
    this.#make = make;
  }

  get(name: string, source: Source): Made {
    const found = this.#entries.get(name);
    if (found !== undefined) {
      this.#entries.delete(name);
      this.#entries.set(name, found);
      return found;
    }
    const made = this.#make(source);
    this.#entries.set(name, made);
    if (this.#entries.size > this.#limit) {
      for (const oldest of this.#entries.keys()) {
        this.#entries.delete(oldest);
        break;
      }
    }
    return made;
  }
}
