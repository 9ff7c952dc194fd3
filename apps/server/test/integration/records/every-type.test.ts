import type { RecordDetail } from '@hufu/contracts';
import {
  type Event,
  findEvent,
  MODULES,
  NONE,
  RECORD_TYPES,
  type RecordType,
  SAME,
  type Spoiled,
  spoiled,
} from '@hufu/library';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exampleClock, Maker, NEEDS } from '../../support/records/made-records.ts';
import {
  type Person,
  RECORDS,
  type RecordsWorld,
  recordsWorld,
} from '../../support/records/records-world.ts';

/** From the declarations alone: every step of every life cycle, and every refusal, through the API. */
let world: RecordsWorld;
beforeAll(async () => {
  world = await recordsWorld({ clock: exampleClock });
});
afterAll(() => world?.close());

const ownerOf = (type: RecordType) =>
  world.entity({ entityKind: type.owner === 'natural-person' ? 'NATURAL_PERSON' : 'ORGANISATION' });

const isPersons = (event: Event): boolean => event.by.includes('primary');

/** The steps that lead to a state, the fewest first. */
function wayTo(type: RecordType, state: string): Event[] {
  const ways: { state: string; events: Event[] }[] = [{ state: NONE, events: [] }];
  const seen = new Set([NONE]);
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    if (way.state === state) return way.events;
    // A person's own steps before those of the system: what is imported may not be deleted.
    for (const event of type.lifeCycle.events.toSorted(
      (a, b) => Number(isPersons(b)) - Number(isPersons(a)),
    )) {
      const to = event.to === SAME ? way.state : event.to;
      if (!event.from.includes(way.state) || seen.has(to) || event.name === 'reopen') continue;
      seen.add(to);
      ways.push({ state: to, events: [...way.events, event] });
    }
  }
  throw new Error(`${type.name} never comes to ${state}`);
}

async function at(type: RecordType, state: string, maker: Maker): Promise<RecordDetail> {
  let row: RecordDetail | undefined;
  for (const event of wayTo(type, state)) {
    if (row === undefined && type.name.startsWith('performance-')) row = await maker.performance(type.name);
    else if (row === undefined)
      row = isPersons(event) ? await maker.born(type, event.name) : await maker.bySystem(type, event);
    else
      row = isPersons(event) ? await maker.press(type, row, event) : await maker.bySystem(type, event, row);
  }
  return row!;
}

const refusals = async (entityId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from audit_entry where outcome = 'refused' and actor_id = ${entityId}`.execute(
    world.infra.database.db,
  );
  return rows[0]!.n;
};

/** The first of each field, and of each code: all of them are tried where values are read. */
function oneOfEach(cases: readonly Spoiled[]): Spoiled[] {
  const [fields, codes] = [new Set<string>(), new Set<string>()];
  return cases.filter(({ path, code }) => {
    const isNew = !fields.has(path) || !codes.has(code);
    fields.add(path);
    codes.add(code);
    return isNew;
  });
}

describe.each(RECORD_TYPES.map((type) => [type.name, type] as const))('%s', (name, type) => {
  const states = type.lifeCycle.states.map((state) => state.name);
  const names = [...new Set(type.lifeCycle.events.map((event) => event.name))];
  const module = MODULES.find(({ types }) => types.includes(type))!;

  /** Records that exclude each other need a new owner each time. */
  const fresh = async (known?: { person: Person; maker: Maker }) => {
    if (known !== undefined && type.single !== true && type.unique === undefined) return known;
    const person = await ownerOf(type);
    return { person, maker: new Maker(world, person) };
  };

  test('every step that a person may take, from every state', async () => {
    let known: { person: Person; maker: Maker } | undefined;
    for (const event of type.lifeCycle.events.filter(isPersons)) {
      for (const from of event.from) {
        // What comes after a voided performance has tests of its own.
        if (event.name === 'reopen') continue;
        known = await fresh(known);
        const { person, maker } = known;
        if (from === NONE) {
          const made = await maker.born(type, event.name);
          expect(made).toMatchObject({ state: event.to, version: 1, type: name });
          continue;
        }
        const row = await at(type, from, maker);
        const after = await maker.press(type, row, event);
        const to = event.to === SAME ? from : event.to;
        if (to === NONE) expect((await person.detail(name, row.id)).status).toBe(404);
        else expect(after).toMatchObject({ state: to, version: row.version + 1 });
        const history = await person.call<{ total: number; items: { event: string; evidence: unknown }[] }>(
          `${RECORDS}/${name}/${row.id}/history`,
        );
        expect(history.body.total).toBe(row.version + 1);
        expect(history.body.items[0]).toMatchObject({
          event: event.name,
          evidence: { id: expect.any(String) },
        });
      }
    }
  });

  test('every step that is not listed is refused, audited, and changes nothing', async () => {
    let known: { person: Person; maker: Maker } | undefined;
    for (const state of states) {
      known = await fresh(known);
      const { person, maker } = known;
      const row = await at(type, state, maker);
      const unlisted = names.filter((event) => {
        const found = findEvent(type, event, state);
        return found === undefined || !isPersons(found);
      });
      const before = await refusals(person.member.entityId);
      for (const event of unlisted) {
        const answer = await person.change(name, row.id, {
          event,
          version: row.version,
          values: {},
          ...NEEDS,
        });
        expect(answer.body, `${event} in ${state}`).toMatchObject({
          code: expect.stringMatching(/^LIB_(STATE|SETTER|INVALID)$/),
        });
      }
      expect(await refusals(person.member.entityId)).toBe(before + unlisted.length);
      expect((await person.detail(name, row.id)).body).toEqual(row);
    }
  });

  test('GEN-006: what must be given with a step is asked for, and nothing changes without', async () => {
    const needing = type.lifeCycle.events.filter((event) => event.needs !== undefined && isPersons(event));
    for (const event of needing) {
      const { person, maker } = await fresh();
      const row = await at(type, event.from[0]!, maker);
      const bare = await person.change(name, row.id, {
        event: event.name,
        version: row.version,
        ...(event.takes === undefined ? {} : { fields: await maker.fields(type, event, row) }),
      });
      const asked = Object.keys(event.needs ?? {}).sort();
      expect(bare.status).toBe(422);
      const { errors } = bare.body as unknown as { errors: { path: string }[] };
      expect(errors.map(({ path }) => path).sort()).toEqual(asked);
      expect((await person.detail(name, row.id)).body.state).toBe(row.state);
    }
  });

  test('each rule of its declaration is kept at the API', async () => {
    const births = new Set(
      type.lifeCycle.events
        .filter((event) => event.from.includes(NONE) && isPersons(event))
        .map((event) => event.name),
    );
    const { person, maker } = await fresh();
    const parent = await maker.parent(type);
    const cases = oneOfEach(spoiled(type)).filter(
      ({ context, severity }) =>
        severity === 'error' &&
        births.has(context.event ?? '') &&
        context.before === undefined &&
        context.locked === undefined &&
        context.system === undefined,
    );
    const passed: string[] = [];
    for (const { rule, raw, path, code, context } of cases) {
      world.given.set(`${person.member.entityId}/${name}`, context.given ?? {});
      const answer = await person.create(name, context.event!, raw, parent);
      const { errors = [] } = answer.body as unknown as { errors?: { path: string; code: string }[] };
      const isTold = errors.some((error) => error.path === path && error.code === code);
      if (answer.status !== 422 || !isTold) passed.push(`${rule}: ${path} ${code} → ${answer.status}`);
    }
    expect(passed).toEqual([]);
    if (births.size > 0) expect((await person.list(name)).body.total).toBe(0);
  });

  test('who may not: other entities, secondary keys, other modules, frozen and half-registered entities', async () => {
    const { person, maker } = await fresh();
    const row = await at(type, states[0]!, maker);
    const stranger = await ownerOf(type);
    expect((await stranger.detail(name, row.id)).body).toMatchObject({ code: 'RECORD_UNKNOWN' });
    const step = { event: names[0], version: row.version, values: {}, ...NEEDS };
    expect((await stranger.change(name, row.id, step)).body).toMatchObject({ code: 'RECORD_UNKNOWN' });
    expect(await refusals(stranger.member.entityId)).toBe(1);
    const refusedTo = async (one: Person) => (await one.change(name, row.id, step)).body;
    if (type.owner !== 'natural-person') {
      expect(await refusedTo(person.as({ standing: 'SECONDARY' }))).toMatchObject({
        code: 'LIBRARY_PRIMARY_ONLY',
        title: '当前锁不是主锁，仅可查看；如需维护信息请使用主锁登录',
      });
      const delegate = person.as({ standing: 'DELEGATE', modules: ['another'] });
      expect(await refusedTo(delegate)).toMatchObject({ code: 'RECORD_NOT_DELEGATED' });
      const own = person.as({ standing: 'DELEGATE', modules: [module.name] });
      expect(await refusedTo(own)).not.toMatchObject({ code: 'RECORD_NOT_DELEGATED' });
      expect((await delegate.detail(name, row.id)).status).toBe(200);
    }
    expect(await refusedTo(person.as({ entityState: 'FROZEN' }))).toMatchObject({
      code: 'LIBRARY_ENTITY_FROZEN',
    });
    const half = person.as({ entityState: 'REGISTERED_SIMPLE' });
    const shown = (await half.list(name)).body;
    if (type.single === true) expect(shown).toMatchObject({ total: 1 });
    else
      expect(shown).toMatchObject({ code: 'RECORD_BASE_FIRST', title: '请先完善企业基本信息并签署承诺书' });
    expect((await person.detail(name, row.id)).body).toEqual(row);
  });
});
