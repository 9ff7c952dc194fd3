import { z } from 'zod';
import { defineRoute, EVERYONE } from '../route.ts';
import { UnbindApplication, UnbindForm, UnbindReceipt } from '../schemas/unbind.ts';

const byToken = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,64}$/) });

/** CA证书解绑 (HUB-100 …). Applicants cannot log in, so the status page is reached by a secret link. */
export const unbindRoutes = {
  submit: defineRoute({
    id: 'submitUnbind',
    method: 'POST',
    path: '/api/v1/unbind-applications',
    summary: 'Apply, with the two scans (HUB-101)',
    actors: EVERYONE,
    form: UnbindForm,
    responses: { 201: UnbindReceipt },
  }),
  status: defineRoute({
    id: 'unbindStatus',
    method: 'GET',
    path: '/api/v1/unbind-applications/:token',
    summary: 'Status by secret link',
    actors: EVERYONE,
    params: byToken,
    responses: { 200: UnbindApplication },
  }),
  resubmit: defineRoute({
    id: 'resubmitUnbind',
    method: 'PUT',
    path: '/api/v1/unbind-applications/:token',
    summary: 'Resubmit a rejected application, corrected (SM-UNBIND)',
    actors: EVERYONE,
    params: byToken,
    form: UnbindForm,
    responses: { 200: UnbindReceipt },
  }),
  deadline: defineRoute({
    id: 'unbindDeadline',
    method: 'GET',
    path: '/api/v1/unbind-deadline',
    summary: 'When an application that is sent now will be handled (HUB-106)',
    actors: EVERYONE,
    responses: {
      200: z.object({ dueAt: z.string(), withinHours: z.boolean(), calendarComplete: z.boolean() }),
    },
  }),
} as const;
