import { HALF_OPS, type HalfOp, signedRequestSchema } from '@hufu/phone-key';
import { z } from 'zod';
import { defineRoute, PHONE_VERIFIED } from '../route.ts';
import { Id } from '../schemas/common.ts';
import { PhoneHalfAnswer, PhoneOffer, PhoneOfferForm, PhoneReceiver } from '../schemas/phone-halves.ts';
import { PhoneAnswer } from '../schemas/phone-people.ts';

const byId = z.object({ id: Id });

/** What a device says to the vault, and halves that are handed to another device. */
export const phoneHalvesRoutes = {
  receivers: defineRoute({
    id: 'phoneReceivers',
    method: 'GET',
    path: '/api/v1/phone/certificates/:id/receivers',
    summary: 'Devices to which this certificate can be shared',
    actors: PHONE_VERIFIED,
    params: byId,
    responses: { 200: z.array(PhoneReceiver) },
  }),
  callVault: defineRoute({
    id: 'phoneCallVault',
    method: 'POST',
    path: '/api/v1/phone/halves/:op',
    summary:
      'One signed message of this device to the vault; signing takes certificate requests of an order alone',
    actors: PHONE_VERIFIED,
    params: z.object({ op: z.enum(HALF_OPS as readonly [HalfOp, ...HalfOp[]]) }),
    body: signedRequestSchema,
    responses: { 200: PhoneHalfAnswer },
  }),
  offer: defineRoute({
    id: 'phoneOffer',
    method: 'POST',
    path: '/api/v1/phone/offers',
    summary: 'Share a certificate with another device',
    actors: PHONE_VERIFIED,
    body: PhoneOfferForm,
    responses: { 201: PhoneOffer },
  }),
  withdrawOffer: defineRoute({
    id: 'phoneWithdrawOffer',
    method: 'DELETE',
    path: '/api/v1/phone/offers/:id',
    summary: 'Take it back: the new halves are destroyed',
    actors: PHONE_VERIFIED,
    params: byId,
    responses: { 204: null },
  }),
  answerOffer: defineRoute({
    id: 'phoneAnswerOffer',
    method: 'POST',
    path: '/api/v1/phone/offers/:id/answer',
    summary: 'The receiving device has stored its halves, or declines',
    actors: PHONE_VERIFIED,
    params: byId,
    body: PhoneAnswer,
    responses: { 200: PhoneOffer },
  }),
} as const;
