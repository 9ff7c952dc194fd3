import type { SealView } from '@hufu/contracts';

export type SealsChosen = {
  readonly items: readonly SealView[];
  readonly total: number;
  readonly page: number;
  readonly pageSize: number;
};

const SIZES: readonly unknown[] = [20, 50, 100];

const wholeFrom = (value: unknown, fallback: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 ? value : fallback;

/** What the address asks for of an enterprise's own seals: a state, a part of name or number, a page. */
export function chooseSeals(
  all: readonly SealView[],
  search: Readonly<Record<string, unknown>>,
): SealsChosen {
  const text = String(search['q'] ?? '')
    .trim()
    .toLowerCase();
  const { state } = search;
  const found = all.filter(
    (seal) =>
      (state === undefined || seal.state === state) &&
      [seal.name, seal.number].some((part) => part.toLowerCase().includes(text)),
  );
  const pageSize = SIZES.includes(search['pageSize']) ? (search['pageSize'] as number) : 20;
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  // An address of when there were more still shows something.
  const page = Math.min(wholeFrom(search['page'], 1), pages);
  return { items: found.slice((page - 1) * pageSize, page * pageSize), total: found.length, page, pageSize };
}
