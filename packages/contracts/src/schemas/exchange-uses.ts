import { z } from 'zod';
import { Id, Text, Timestamp } from './common.ts';
import { ExchangeEntity, ExchangeRecord, UsccCode } from './exchange-parts.ts';

export const UsableQuery = z.object({
  uscc: UsccCode,
  /** Comma-separated names of record types; all that can be used in bidding where it is absent. */
  types: z
    .string()
    .regex(/^[a-z-]{1,40}(,[a-z-]{1,40}){0,29}$/)
    .optional(),
  /** What it is for; written down. */
  tender: Text(100),
});

export const UsableAnswer = z.object({ entity: ExchangeEntity, records: z.array(ExchangeRecord) });
export type UsableAnswer = z.infer<typeof UsableAnswer>;

/** F-CALLBACK, PLAT-042, OD-22. */
export const UseForm = z.object({
  /** Makes the call idempotent by itself. */
  callbackId: z.uuid(),
  /** Of the enterprise whose performance it is. */
  uscc: UsccCode,
  tenderNo: Text(100),
  performanceId: Id,
  /** As the platform calls it, e.g. 已调用, 已投标, 已中标: each counts once. */
  useStatus: Text(40),
  usedAt: Timestamp,
});

export const UseAnswer = z.object({
  callbackId: z.uuid(),
  performanceId: z.string(),
  /** 使用次数 after this use. */
  useCount: z.int(),
});
export type UseAnswer = z.infer<typeof UseAnswer>;

/** 使用记录 of a performance (LIB-PERF-08). */
export const UseLogEntry = z
  .object({ platform: z.string(), tenderNo: z.string(), useStatus: z.string(), usedAt: Timestamp })
  .meta({ id: 'UseLogEntry' });
export type UseLogEntry = z.infer<typeof UseLogEntry>;
