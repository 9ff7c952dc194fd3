import { z } from 'zod';
import { defineRoute, PHONE } from '../route.ts';
import { Id } from '../schemas/common.ts';
import {
  PhoneCertificate,
  PhoneCertificateDetail,
  PhoneCertificateQuery,
} from '../schemas/phone-certificates.ts';
import { PhoneUseQuery, PhoneUses } from '../schemas/phone-uses.ts';

const byId = z.object({ id: Id });

/** 证书管理, and what certificates were used for. */
export const phoneCertificatesRoutes = {
  certificates: defineRoute({
    id: 'phoneCertificates',
    method: 'GET',
    path: '/api/v1/phone/certificates',
    summary: '证书管理 (MOB-041)',
    actors: PHONE,
    query: PhoneCertificateQuery,
    responses: { 200: z.array(PhoneCertificate) },
  }),
  certificate: defineRoute({
    id: 'phoneCertificate',
    method: 'GET',
    path: '/api/v1/phone/certificates/:id',
    summary: 'One certificate',
    actors: PHONE,
    params: byId,
    responses: { 200: PhoneCertificateDetail },
  }),
  uses: defineRoute({
    id: 'phoneUses',
    method: 'GET',
    path: '/api/v1/phone/uses',
    summary: 'Recent use: one’s own, and of the certificates that one administers',
    actors: PHONE,
    query: PhoneUseQuery,
    responses: { 200: PhoneUses },
  }),
} as const;
