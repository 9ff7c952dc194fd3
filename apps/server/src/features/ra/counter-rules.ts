import fs from 'node:fs';
import {
  RaApplicant,
  type RaKind,
  RaKind as RaKindSchema,
  type RaOptions,
  RaReturnReason,
} from '@hufu/contracts';
import { CHINA_CALENDAR_YEARS, workingCalendar } from '@hufu/kernel';
import { z } from 'zod';
import type { ClockRule } from './domain/clock.ts';

const Data = z.strictObject({
  /** OD-30: what 第二天 of CA-022 means. */
  onlineDays: z.enum(['every day', 'working days']),
  sealOrgs: z.array(z.strictObject({ id: z.string(), name: z.string() })).min(1),
  prices: z.array(
    z.strictObject({
      applicant: RaApplicant,
      kinds: z.array(RaKindSchema).min(1),
      years: z.int().min(1).max(10),
      /** 分. */
      amount: z.int().min(0),
    }),
  ),
  returnReasons: z.record(RaReturnReason, z.string()),
  declaration: z.array(z.string()),
});

/** Fee standard (CA-024, GOV-003) and what else the counter decides by. */
export type CounterRules = {
  readonly days: ClockRule['days'];
  readonly sealOrgs: RaOptions['sealOrgs'];
  readonly prices: RaOptions['prices'];
  readonly returnReasons: Readonly<Record<RaReturnReason, string>>;
  readonly declaration: readonly string[];
};

/** @throws what reading and parsing throws: a broken file must not start */
export function readCounterRules(file: string): CounterRules {
  const data = Data.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  return {
    days: data.onlineDays === 'every day' ? 'every day' : workingCalendar(CHINA_CALENDAR_YEARS),
    sealOrgs: data.sealOrgs,
    prices: data.prices.flatMap(({ kinds, ...price }) => kinds.map((kind) => ({ ...price, kind }))),
    returnReasons: data.returnReasons,
    declaration: data.declaration,
  };
}

export type PriceAsked = {
  readonly applicant: RaApplicant;
  readonly kind: RaKind;
  readonly years: number;
};

/** 分; undefined where the standard has no such line. */
export const priceOf = ({ prices }: Pick<CounterRules, 'prices'>, asked: PriceAsked): number | undefined =>
  prices.find(
    ({ applicant, kind, years }) =>
      applicant === asked.applicant && kind === asked.kind && years === asked.years,
  )?.amount;

export const yearsOf = (
  { prices }: Pick<CounterRules, 'prices'>,
  asked: Omit<PriceAsked, 'years'>,
): ReadonlySet<number> =>
  new Set(
    prices
      .filter(({ applicant, kind }) => applicant === asked.applicant && kind === asked.kind)
      .map(({ years }) => years),
  );
