import { z } from 'zod';
import { DESK, defineRoute } from '../route.ts';
import { Id } from '../schemas/common.ts';
import {
  PhoneAdminForm,
  PhoneAdminProposed,
  PhoneAdminQuery,
  PhoneAdminReplacements,
} from '../schemas/desk-phone.ts';

const COUNTER = ['desk.clerk', 'desk.reviewer'] as const;

/** The administrator of an enterprise is gone: replaced at the counter (SM-MOB-ADMIN, OD-32). */
export const deskPhoneRoutes = {
  list: defineRoute({
    id: 'deskPhoneAdmins',
    method: 'GET',
    path: '/api/v1/desk/phone/replacements',
    summary: 'Replacements of administrators, the newest first',
    actors: DESK,
    query: PhoneAdminQuery,
    responses: { 200: PhoneAdminReplacements },
  }),
  /** The letter is the part `letter`; JPG, PNG or PDF by content. */
  propose: defineRoute({
    id: 'deskProposePhoneAdmin',
    method: 'POST',
    path: '/api/v1/desk/phone/replacements',
    summary: 'Another administrator, by letter of the enterprise (second person approves: PHONE_ADMIN)',
    actors: COUNTER,
    form: PhoneAdminForm,
    responses: { 202: PhoneAdminProposed },
  }),
  /** Answers the file itself. */
  letter: defineRoute({
    id: 'deskPhoneAdminLetter',
    method: 'GET',
    path: '/api/v1/desk/phone/replacements/:id/letter',
    summary: 'The letter, for the person who decides',
    actors: DESK,
    params: z.object({ id: Id }),
    responses: { 200: null },
  }),
} as const;
