import { z } from 'zod';
import { Text } from './common.ts';
import { CompactJws, UsccCode } from './exchange-parts.ts';

/** A project that was traded on the platform (PLAT-043, LIB-PROJ-02). The payload of the signed statement. */
export const TradedProject = z
  .object({
    iss: z.string(),
    aud: z.string(),
    /** Seconds since the epoch: a later statement replaces an earlier one of the same project. */
    iat: z.int().min(0),
    /** 招标项目编号 */
    tradeNo: Text(60),
    /** 标段（包）编号 */
    section: Text(60),
    board: z.enum(['general', 'transport', 'water']),
    /** Of the enterprise that won it. */
    uscc: UsccCode,
    /** Fields of the project's type; each of them is locked for the enterprise (LIB-PERF-11). */
    values: z.record(z.string().regex(/^[a-zA-Z]\w{0,59}$/), z.unknown()),
  })
  .meta({ id: 'TradedProject' });
export type TradedProject = z.infer<typeof TradedProject>;

export const ProjectForm = z.object({
  /** TradedProject, signed with a key that is registered for the platform; `typ` is `hufu-project+jws`. */
  statement: CompactJws,
});

export const ProjectAnswer = z.object({
  tradeNo: z.string(),
  section: z.string(),
  /** WAITING: the enterprise is not in the library yet; its list gets the project when it is. */
  state: z.enum(['ENTERED', 'WAITING']),
  record: z.string().nullable(),
});
export type ProjectAnswer = z.infer<typeof ProjectAnswer>;
