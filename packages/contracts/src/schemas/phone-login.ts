import { z } from 'zod';
import { Id, Timestamp } from './common.ts';
import { Mobile } from './library-entities.ts';
import { PhoneDeviceState } from './phone-devices.ts';

export const PhoneCodeForm = z.object({ mobile: Mobile });
export const PhoneCodeSent = z
  .object({
    mobileMasked: z.string(),
    expiresAt: Timestamp,
    /** Earliest time of another one. */
    againAt: Timestamp,
  })
  .meta({ id: 'PhoneCodeSent' });
export type PhoneCodeSent = z.infer<typeof PhoneCodeSent>;

export const PhoneLoginForm = z.object({
  mobile: Mobile,
  code: z.string().regex(/^\d{6}$/),
});

export const PhoneSession = z
  .object({
    /** Signed by a device that registers itself. */
    id: Id,
    mobileMasked: z.string(),
    verified: z.boolean(),
    /** Own name, in full; null before real-name authentication. */
    name: z.string().nullable(),
    idNumberMasked: z.string().nullable(),
    /** The device of this session; null until it has registered itself. */
    device: z.object({ id: Id, name: z.string(), state: PhoneDeviceState }).nullable(),
    /** Where real names are proved; null when nowhere here. */
    realName: z.object({ label: z.string(), labelEn: z.string() }).nullable(),
    /** Without a vault no key can be made or used. */
    vault: z.boolean(),
    unread: z.int(),
    waiting: z.int().meta({ description: 'Approvals that wait for this person' }),
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneSession' });
export type PhoneSession = z.infer<typeof PhoneSession>;

export const DemoSms = z.object({
  id: z.string(),
  to: z.string(),
  text: z.string(),
  at: Timestamp,
});
