import type { RecordDetail } from '@hufu/contracts';
import { shanghaiInstant } from '@hufu/kernel';
import {
  type Event,
  EXAMPLE_DAY,
  exampleTaken,
  exampleValues,
  NONE,
  type RecordType,
  recordType,
  userFields,
  type Values,
} from '@hufu/library';
import { withTransaction } from '../../../src/infra/database/database.ts';
import { FILE, type Person, type RecordsWorld } from './records-world.ts';

/** Examples are of a day; its afternoon goes on as time does. */
const started = Date.now();
export const exampleClock = {
  now: () => shanghaiInstant(EXAMPLE_DAY, '14:00:00') + (Date.now() - started),
};

export const NEEDS = { reason: '登记有误', proof: [FILE] };
const SYSTEM = { kind: 'system' } as const;

let seeds = 0;
const MOST_EXAMPLES = 20;

/** Records that others refer to, or belong to: made where they are first needed. */
export class Maker {
  readonly #world: RecordsWorld;
  readonly #person: Person;
  readonly #known = new Map<string, string>();

  constructor(world: RecordsWorld, person: Person) {
    this.#world = world;
    this.#person = person;
  }

  /** A record of that type in its usable state. */
  async known(name: string): Promise<string> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const type = recordType(name);
    const made = name.startsWith('performance-') ? await this.performance(name) : await this.submitted(type);
    this.#known.set(name, made.id);
    return made.id;
  }

  async #options(type: RecordType, event?: Event) {
    const fields = [
      ...userFields(type),
      ...(event?.takes !== undefined && 'fields' in event.takes ? event.takes.fields : []),
    ];
    const ids = new Map<string, string>();
    for (const field of fields)
      if (field.kind === 'reference') ids.set(field.name, await this.known(field.to[0]!));
    seeds += 1;
    return {
      seed: seeds,
      ...(event === undefined ? {} : { event: event.name }),
      file: () => FILE,
      reference: (field: { name: string }) => ids.get(field.name),
    };
  }

  /** What a person sends: without what a certificate says. */
  async values(type: RecordType, event?: Event): Promise<Values> {
    const values = exampleValues(type, await this.#options(type, event));
    const given = userFields(type).filter(({ source }) => source === 'certificate');
    this.#world.given.set(
      `${this.#person.member.entityId}/${type.name}`,
      Object.fromEntries(given.map(({ name }) => [name, values[name]])),
    );
    return Object.fromEntries(
      Object.entries(values).filter(([name]) => !given.some((field) => field.name === name)),
    );
  }

  /** What an event with fields of its own takes. */
  async fields(type: RecordType, event: Event, row: RecordDetail): Promise<Values> {
    const options = await this.#options(type, event);
    // Not the person who is there already (OD-18).
    const other =
      event.name === 'change-leader' ? (await this.submitted(recordType('person'))).id : undefined;
    const reference = other === undefined ? options.reference : () => other;
    return exampleTaken(type, event, { ...options, reference, values: row.values as Values });
  }

  async parent(type: RecordType): Promise<{ parentId?: string }> {
    return type.parent === undefined ? {} : { parentId: await this.known(type.parent) };
  }

  async submitted(type: RecordType): Promise<RecordDetail> {
    return this.born(type, 'submit');
  }

  async born(type: RecordType, eventName: string): Promise<RecordDetail> {
    const event = type.lifeCycle.events.find(({ name, from }) => name === eventName && from.includes(NONE))!;
    for (let example = 1; ; example++) {
      const values = await this.values(type, event);
      const made = await this.#person.create(type.name, eventName, values, await this.parent(type));
      if (made.status === 201) return made.body;
      const said = JSON.stringify(made.body);
      // Examples of one field, a year, can be of one value.
      const again = said.includes('LIB_DUPLICATE') && example < MOST_EXAMPLES;
      if (!again) throw new Error(`${type.name} ${eventName}: ${said}`);
    }
  }

  /** LIB-PERF-02: there is no other way than a completed project. */
  async performance(name: string): Promise<RecordDetail> {
    const project = recordType(name.replace('performance', 'project'));
    const draft = await this.born(project, 'submit');
    const complete = project.lifeCycle.events.find((event) => event.name === 'complete')!;
    const values = { ...(await this.values(project, complete)), leaderId: draft.values['leaderId'] };
    await this.step(project, draft, { event: 'complete', values });
    const list = await this.#person.list(name, '?sort=-createdAt');
    return (await this.#person.detail(name, list.body.items[0]!.id)).body;
  }

  /** One event from where the record is, by whoever may set it off. */
  async press(type: RecordType, row: RecordDetail, event: Event): Promise<RecordDetail | undefined> {
    const takesValues = event.takes !== undefined && 'values' in event.takes;
    const fixed = userFields(type).filter((field) => field.fixed === true && field.source !== 'certificate');
    const kept = Object.fromEntries(fixed.map(({ name }) => [name, row.values[name]]));
    return this.step(type, row, {
      event: event.name,
      ...(takesValues ? { values: { ...(await this.values(type, event)), ...kept } } : {}),
      ...(event.takes !== undefined && !takesValues ? { fields: await this.fields(type, event, row) } : {}),
      ...(event.needs?.reason ? { reason: NEEDS.reason } : {}),
      ...(event.needs?.proof ? { proof: NEEDS.proof } : {}),
    });
  }

  async step(
    type: RecordType,
    row: RecordDetail,
    body: Record<string, unknown>,
  ): Promise<RecordDetail | undefined> {
    const done = await this.#person.change(type.name, row.id, { version: row.version, ...body });
    if (done.status === 204) return undefined;
    if (done.status !== 200) throw new Error(`${type.name} ${body['event']}: ${JSON.stringify(done.body)}`);
    return done.body;
  }

  /** What no person sets off: by the face of the feature. */
  async bySystem(type: RecordType, event: Event, row?: RecordDetail): Promise<RecordDetail> {
    const values = event.takes === undefined ? undefined : await this.values(type, event);
    const { entityId } = this.#person.member;
    const { id } = await withTransaction(this.#world.infra.database, (tx) =>
      this.#world.records.write(tx, {
        entityId,
        type: type.name,
        event: event.name,
        by: event.by[0]!,
        actor: SYSTEM,
        trustedFiles: true,
        ...(row === undefined ? {} : { id: row.id }),
        ...(values === undefined ? {} : { taken: values }),
      }),
    );
    return (await this.#person.detail(type.name, id)).body;
  }
}
