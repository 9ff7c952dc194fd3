import { Sm2Group, type Sm2Point } from '../sm2/curve.ts';
import { type Affine, assertMachine, PointMachine } from './machine.ts';

/** Products of points. Scalars are from 1 to n - 1; undefined stands for the point at infinity. */
export type Sm2Products = {
  /** [k]G */
  ofBase(k: bigint): Affine;
  /** [k]P */
  ofPoint(point: Affine, k: bigint): Affine;
  /** [k](P + [u]G) */
  masked(point: Affine, scalars: { readonly k: bigint; readonly u: bigint }): Affine | undefined;
  /** [s]G + [t]P, for what is public. */
  joint(point: Affine, scalars: { readonly s: bigint; readonly t: bigint }): Affine | undefined;
};

let chosen: Sm2Products | undefined;

/**
 * In WebAssembly: without a branch on a scalar, and several times as fast as BigInt. Where no WebAssembly may be used
 * (an old engine, a content security policy), portable instead.
 */
export function sm2Products(): Sm2Products {
  chosen ??= chooseProducts();
  return chosen;
}

/** @throws GM_SELF_TEST */
export const chooseProducts = (): Sm2Products => machineProducts() ?? portableSm2Products;

/** With BigInt: not constant in time. */
export const portableSm2Products: Sm2Products = {
  ofBase: (k) => Sm2Group.BASE.multiply(k).toAffine(),
  ofPoint: (point, k) => Sm2Group.fromAffine(point).multiply(k).toAffine(),
  masked: (point, { k, u }) =>
    finite(Sm2Group.fromAffine(point).add(Sm2Group.BASE.multiply(u)), (sum) => sum.multiply(k)),
  joint: (point, { s, t }) => finite(Sm2Group.BASE.mulAddUnsafe(s, Sm2Group.fromAffine(point), t)),
};

const finite = (point: Sm2Point, then = (other: Sm2Point) => other): Affine | undefined =>
  point.equals(Sm2Group.ZERO) ? undefined : then(point).toAffine();

function openMachine(): PointMachine | undefined {
  try {
    return new PointMachine();
  } catch {
    return undefined;
  }
}

function machineProducts(): Sm2Products | undefined {
  const machine = openMachine();
  if (machine === undefined) return undefined;
  assertMachine(machine);
  /** [k]Q is at infinity for k a multiple of n alone. */
  const certain = (point: Affine | undefined): Affine => {
    if (point === undefined) throw new RangeError('A scalar from 1 to n - 1 was expected');
    return point;
  };
  return {
    ofBase(k) {
      machine.clear();
      machine.addBase(k);
      return certain(machine.take());
    },
    ofPoint(point, k) {
      machine.load(point);
      machine.multiply(k);
      return certain(machine.take());
    },
    masked(point, { k, u }) {
      machine.load(point);
      machine.addBase(u);
      machine.multiply(k);
      return machine.take();
    },
    joint(point, { s, t }) {
      machine.load(point);
      machine.multiply(t);
      machine.addBase(s);
      return machine.take();
    },
  };
}
