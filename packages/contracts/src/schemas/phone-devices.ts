import { pointText } from '@hufu/phone-key';
import { z } from 'zod';
import { Base64, Id, Text, Timestamp } from './common.ts';

export const PhoneDeviceState = z.enum(['ACTIVE', 'FROZEN', 'REMOVED']).meta({ id: 'PhoneDeviceState' });
export type PhoneDeviceState = z.infer<typeof PhoneDeviceState>;

/**
 * A device says who it is: a first time it is registered, later it is recognised by its signing key. `proof` is the
 * signature (ECDSA P-256 with SHA-256, r ‖ s, 64 bytes) over `phoneDeviceStatement`; keys are points 04 ‖ x ‖ y.
 */
export const PhoneDeviceForm = z.object({
  name: Text(40),
  signingKey: pointText,
  agreementKey: pointText,
  proof: Base64(88).length(88),
});
export type PhoneDeviceForm = z.infer<typeof PhoneDeviceForm>;

/** What the proof of a device signs, UTF-8: bound to one login session, so that it proves nothing elsewhere. */
export const phoneDeviceStatement = (facts: {
  readonly sessionId: string;
  readonly signingKey: string;
  readonly agreementKey: string;
}): string => ['hufu-phone-device:v1', facts.sessionId, facts.signingKey, facts.agreementKey].join('\n');

export const PhoneDevice = z
  .object({
    id: Id,
    name: z.string(),
    state: PhoneDeviceState,
    current: z.boolean(),
    certificates: z.int(),
    registeredAt: Timestamp,
    lastSeenAt: Timestamp,
    frozenAt: Timestamp.nullable(),
  })
  .meta({ id: 'PhoneDevice' });
export type PhoneDevice = z.infer<typeof PhoneDevice>;

export const PhoneDeviceName = z.object({ name: Text(40) });
export const PhoneReason = z.object({ reason: Text(200) });

/** A phone that can use certificates of an enterprise, as that enterprise sees it. */
export const EnterprisePhone = z
  .object({
    /** Of the device. */
    id: Id,
    deviceName: z.string(),
    personMasked: z.string(),
    role: z.enum(['ADMIN', 'OPERATOR', 'FORMER']),
    state: z.enum(['ACTIVE', 'FROZEN']),
    certificates: z.array(z.object({ id: Id, serialNumber: z.string() })),
    lastSeenAt: Timestamp,
    lastUsedAt: Timestamp.nullable(),
  })
  .meta({ id: 'EnterprisePhone' });
export type EnterprisePhone = z.infer<typeof EnterprisePhone>;
