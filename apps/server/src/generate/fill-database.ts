import type { Values } from '@hufu/library';
import { loadAccounts } from '../features/entities/index.ts';
import { type LoadedRecord, recordLoader } from '../features/records/index.ts';
import { writeSearch } from '../features/stewards/index.ts';
import { type Tx, withTransaction } from '../infra/database/database.ts';
import type { Infra } from '../infra/infra.ts';
import { type Dice, diceOf } from './dice.ts';
import { type Example, type ExamplePool, poolOf } from './example-pool.ts';
import { type Organisation, organisationOf } from './organisation.ts';
import { withoutIndexes } from './without-indexes.ts';

export type Filling = {
  /** How many there are at the end. */
  readonly entities: number;
  /** How many there are already, by the same seed. */
  readonly from?: number;
  /** The same seed fills the same database. */
  readonly seed: number;
  /** Indexes and foreign keys are made at the end; without it, for many entities. */
  readonly isBulk?: boolean;
  readonly onProgress?: (done: number) => void;
};

const BATCH = 500;
/** From so many on, to make the indexes anew takes less time than to keep them. */
const BULK = 10_000;
const POOL = 120;
const DAY_MS = 86_400_000;
/** Registrations lie within this many days before the first of 2026-11. */
const SPAN_DAYS = 1500;
const LAST_DAY = Date.UTC(2026, 10, 1);
/** Of the ids of the first one's records; those of the next one follow them. */
const FIRST_IDS = Date.UTC(2022, 8, 1);
const BETWEEN_IDS_MS = 60_000;

/** What an entity has of each type, at least and at most. */
const SHARES: readonly (readonly [type: string, least: number, most: number])[] = [
  ['bank-account', 1, 1],
  ['qualification-housing', 0, 2],
  ['certificate', 0, 2],
  ['award', 0, 1],
  ['finance', 0, 1],
  ['social-credit', 0, 1],
  ['credit-rating', 0, 1],
  ['project-general', 0, 3],
  ['performance-general', 0, 1],
];
const PEOPLE: readonly [least: number, most: number] = [1, 4];

/**
 * Fills the library with organisations and about ten records each, and what they are found by, without evidence, in
 * one transaction. Repeatable by its seed.
 */
export async function fillDatabase(infra: Infra, filling: Filling): Promise<void> {
  const { entities, from = 0, isBulk = entities - from >= BULK } = filling;
  const loader = recordLoader(infra);
  await loader.prepare();
  await withTransaction(infra.database, async (tx) => {
    const fill = async () => {
      await loadEntities(tx, loader, filling);
      await writeSearch(tx);
    };
    await (isBulk ? withoutIndexes(tx, fill) : fill());
  });
}

type Loader = ReturnType<typeof recordLoader>;

async function loadEntities(
  tx: Tx,
  loader: Loader,
  { entities, from = 0, seed, onProgress }: Filling,
): Promise<void> {
  const pools = new Map(
    ['organisation', 'person', 'person-certificate', ...SHARES.map(([type]) => type)].map((type, at) => [
      type,
      poolOf(type, { seed: seed + 1000 * at, size: POOL }),
    ]),
  );
  for (let first = from; first < entities; first += BATCH) {
    const numbers = Array.from({ length: Math.min(BATCH, entities - first) }, (_, at) => first + at);
    const owners = numbers.map((number) => ownerOf(diceOf(seed + 7919 * number), number));
    await loadAccounts(tx, owners);
    await loader.load(
      tx,
      owners.flatMap((owner) => recordsOf(owner, pools)),
    );
    onProgress?.(first + numbers.length);
  }
}

type Owner = Organisation & {
  readonly id: string;
  readonly number: number;
  readonly roles: readonly string[];
  readonly at: Date;
  readonly dice: Dice;
};

function ownerOf(dice: Dice, number: number): Owner {
  const organisation = organisationOf(dice, number);
  const at = new Date(LAST_DAY - dice.whole(SPAN_DAYS * 24) * (DAY_MS / 24));
  return { ...organisation, id: dice.hex(), number, roles: ['BIDDER'], at, dice };
}

function recordsOf(owner: Owner, pools: ReadonlyMap<string, ExamplePool>): LoadedRecord[] {
  const { dice } = owner;
  const poolFor = (type: string) => pools.get(type)!;
  const make = (type: string, example: Example, more: Partial<LoadedRecord> = {}): LoadedRecord => ({
    id: dice.uuid(FIRST_IDS + owner.number * BETWEEN_IDS_MS),
    entityId: owner.id,
    type,
    ...example,
    at: new Date(owner.at.getTime() + dice.whole(DAY_MS)),
    ...more,
  });
  const between = ([least, most]: readonly [number, number]) => least + dice.whole(most - least + 1);

  const [base] = drawn(poolFor('organisation'), dice, 1);
  const named = { uscc: owner.uscc, entityName: owner.name, region: owner.region };
  const people = drawn(poolFor('person'), dice, between(PEOPLE)).map((example) => make('person', example));
  const papers = drawn(poolFor('person-certificate'), dice, 1).map((example) =>
    make('person-certificate', example, { parentId: people[0]!.id }),
  );
  const others = SHARES.flatMap(([type, least, most]) =>
    drawn(poolFor(type), dice, between([least, most])).map((example) =>
      make(type, {
        ...example,
        values: pointing(example.values, poolFor(type).references, dice.pick(people).id),
      }),
    ),
  );
  return [
    make('organisation', { ...base!, values: { ...base!.values, ...named } }),
    ...people,
    ...papers,
    ...others,
  ];
}

/** Different ones: what must be unique in an entity stays so. */
function drawn({ examples }: ExamplePool, dice: Dice, count: number): Example[] {
  const start = dice.whole(examples.length);
  return Array.from({ length: count }, (_, at) => examples[(start + at * 7) % examples.length]!);
}

function pointing(values: Values, references: readonly string[], person: string): Values {
  const given = references.filter((name) => values[name] !== undefined);
  return given.length === 0
    ? values
    : { ...values, ...Object.fromEntries(given.map((name) => [name, person])) };
}
