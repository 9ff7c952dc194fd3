import { z } from 'zod';
import { Id, Text, Timestamp } from './common.ts';
import { Uscc } from './hub.ts';

export const PhonePersonRole = z.enum(['ADMIN', 'OPERATOR']).meta({ id: 'PhonePersonRole' });
export type PhonePersonRole = z.infer<typeof PhonePersonRole>;

/** 认领企业 (MOB-011). */
export const PhoneClaimForm = z.object({ name: Text(200).min(2), uscc: Uscc });
export const PhoneEnterprise = z
  .object({
    /** Of the entity. */
    id: Id,
    name: z.string(),
    uscc: z.string(),
    /** CLAIMED: waits for its first certificate order to be approved. */
    standing: z.enum(['CLAIMED', 'ADMIN', 'OPERATOR']),
    claimId: Id.nullable(),
    frozen: z.boolean(),
    since: Timestamp,
  })
  .meta({ id: 'PhoneEnterprise' });
export type PhoneEnterprise = z.infer<typeof PhoneEnterprise>;

/** 企业信息 (MOB-044). */
export const PhoneEnterpriseDetail = PhoneEnterprise.extend({
  administrator: z.string().nullable(),
  people: z.int(),
  certificates: z.int(),
}).meta({ id: 'PhoneEnterpriseDetail' });
export type PhoneEnterpriseDetail = z.infer<typeof PhoneEnterpriseDetail>;

export const PhonePerson = z
  .object({
    id: Id,
    /** In full for the administrator and oneself, masked for colleagues. */
    name: z.string(),
    mobileMasked: z.string(),
    role: PhonePersonRole,
    self: z.boolean(),
    verified: z.boolean(),
    since: Timestamp,
    /** 转授管理员 waits for this person's answer. */
    transferId: Id.nullable(),
    grants: z.int(),
  })
  .meta({ id: 'PhonePerson' });
export type PhonePerson = z.infer<typeof PhonePerson>;

export const PhoneInvitation = z
  .object({
    id: Id,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }),
    mobileMasked: z.string(),
    invitedBy: z.string(),
    at: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneInvitation' });
export type PhoneInvitation = z.infer<typeof PhoneInvitation>;

export const PhonePeople = z
  .object({ people: z.array(PhonePerson), invitations: z.array(PhoneInvitation) })
  .meta({ id: 'PhonePeople' });
export type PhonePeople = z.infer<typeof PhonePeople>;

/** 转授管理员 (MOB-046, OD-32). */
export const PhoneTransferForm = z.object({ personId: Id });
export const PhoneTransfer = z
  .object({
    id: Id,
    enterprise: z.object({ id: Id, name: z.string(), uscc: z.string() }),
    from: z.string(),
    to: z.string(),
    state: z.enum(['OFFERED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED']),
    at: Timestamp,
    expiresAt: Timestamp,
  })
  .meta({ id: 'PhoneTransfer' });
export type PhoneTransfer = z.infer<typeof PhoneTransfer>;

export const PhoneAnswer = z.object({ accept: z.boolean() });
