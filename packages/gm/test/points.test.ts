import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { portableSm2Products, SM2_CURVE, Sm2Group, type Sm2Products, sm2Products } from '../src/index.ts';
import { PointMachine } from '../src/points/machine.ts';
import { chooseProducts } from '../src/points/products.ts';

afterEach(() => vi.unstubAllGlobals());

const { n, p } = SM2_CURVE;
const products = sm2Products();
const G = Sm2Group.BASE.toAffine();
const infinity = undefined;

/** Scalars at every edge, and at random. */
const scalar = fc.oneof(
  fc.bigInt({ min: 1n, max: n - 1n }),
  fc.constantFrom(1n, 2n, 15n, 16n, 17n, 1n << 128n, (1n << 255n) - 1n, n >> 1n, n - 16n, n - 2n, n - 1n),
);
const point = scalar.map((k) => Sm2Group.BASE.multiply(k).toAffine());
const negative = ({ x, y }: typeof G) => ({ x, y: p - y });
const runs = { numRuns: 20, seed: randomBytes(4).readInt32BE() };

test('here products are made in WebAssembly, by the same curve as BigInt’s', () => {
  expect(products).not.toBe(portableSm2Products);
});

describe('WebAssembly and BigInt agree', () => {
  const agree = (product: (from: Sm2Products, of: typeof G, a: bigint, b: bigint) => typeof G | undefined) =>
    fc.assert(
      fc.property(point, scalar, scalar, (of, a, b) => {
        expect(product(products, of, a, b)).toEqual(product(portableSm2Products, of, a, b));
      }),
      runs,
    );

  test('on [k]G', () => agree((from, _of, a) => from.ofBase(a)));
  test('on [k]P', () => agree((from, of, a) => from.ofPoint(of, a)));
  test('on [k](P + [u]G)', () => agree((from, of, k, u) => from.masked(of, { k, u })));
  test('on [s]G + [t]P', () => agree((from, of, s, t) => from.joint(of, { s, t })));
});

describe.each([
  ['WebAssembly', products],
  ['BigInt', portableSm2Products],
])('%s, where a formula with cases would go wrong:', (_name, from) => {
  test('the sum of a point and its opposite is infinity, and nothing is told of it', () => {
    expect(from.joint(negative(G), { s: 5n, t: 5n })).toBe(infinity);
    expect(from.masked(negative(from.ofBase(7n)), { k: 3n, u: 7n })).toBe(infinity);
  });

  test('a point added to itself is doubled', () => {
    expect(from.joint(G, { s: 5n, t: 5n })).toEqual(Sm2Group.BASE.multiply(10n).toAffine());
    expect(from.masked(from.ofBase(7n), { k: 3n, u: 7n })).toEqual(Sm2Group.BASE.multiply(42n).toAffine());
  });

  test('[n - 1]P is -P', () => {
    expect(from.ofBase(n - 1n)).toEqual(negative(G));
    expect(from.ofPoint(from.ofBase(9n), n - 1n)).toEqual(negative(from.ofBase(9n)));
  });
});

test('where WebAssembly is forbidden, BigInt takes its place', () => {
  const refuse = () => {
    throw new Error('refused by a content security policy');
  };
  vi.stubGlobal('WebAssembly', { Module: refuse, Instance: refuse });
  expect(chooseProducts()).toBe(portableSm2Products);
  vi.stubGlobal('WebAssembly', undefined);
  expect(chooseProducts()).toBe(portableSm2Products);
  vi.unstubAllGlobals();
  expect(chooseProducts()).not.toBe(portableSm2Products);
});

test('a machine that was used for one product knows nothing of it at the next', () => {
  const machine = new PointMachine();
  machine.load(G);
  machine.multiply(12_345n);
  machine.take();
  expect(machine.take()).toBe(infinity);
});
