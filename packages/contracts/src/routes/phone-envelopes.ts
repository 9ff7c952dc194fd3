import { z } from 'zod';
import { defineRoute, PHONE_VERIFIED } from '../route.ts';
import { Id } from '../schemas/common.ts';
import { PhoneEnvelopes, PhoneRewrap, PhoneRewrapForm, PhoneRewrapped } from '../schemas/phone-envelopes.ts';

const byId = z.object({ id: Id });

/** Files that are encrypted to a certificate which has been changed, and how they go to its successor (OD-31). */
export const phoneEnvelopesRoutes = {
  envelopes: defineRoute({
    id: 'phoneEnvelopes',
    method: 'GET',
    path: '/api/v1/phone/certificates/:id/envelopes',
    summary: 'Files that this certificate alone opens; for its administrator',
    actors: PHONE_VERIFIED,
    params: byId,
    responses: { 200: PhoneEnvelopes },
  }),
  rewrap: defineRoute({
    id: 'phoneRewrap',
    method: 'POST',
    path: '/api/v1/phone/certificates/:id/rewraps',
    summary: 'Begin to encrypt their content keys to the successor as well',
    actors: PHONE_VERIFIED,
    params: byId,
    body: PhoneRewrapForm,
    responses: { 201: PhoneRewrap },
  }),
  rewrapped: defineRoute({
    id: 'phoneRewrapped',
    method: 'POST',
    path: '/api/v1/phone/rewraps/:id/results',
    summary: 'The content keys as the device has encrypted them: one recipient more for each file',
    actors: PHONE_VERIFIED,
    params: byId,
    body: PhoneRewrapped,
    responses: { 204: null },
  }),
} as const;
