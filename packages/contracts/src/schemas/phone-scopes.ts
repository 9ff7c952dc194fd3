import { z } from 'zod';

/** Where a grant counts: a trading platform's code, or 互认系统, 主体信息库, everywhere. */
export const PhoneScope = z
  .union([z.enum(['ALL', 'HUB', 'LIBRARY']), z.string().regex(/^[a-z][a-z0-9-]{1,39}$/)])
  .meta({ id: 'PhoneScope' });
export type PhoneScope = z.infer<typeof PhoneScope>;

export const PhoneScopeEntry = z
  .object({ scope: PhoneScope, name: z.string(), nameEn: z.string().nullable() })
  .meta({ id: 'PhoneScopeEntry' });
export type PhoneScopeEntry = z.infer<typeof PhoneScopeEntry>;
