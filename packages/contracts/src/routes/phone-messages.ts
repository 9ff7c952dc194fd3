import { defineRoute, PHONE } from '../route.ts';
import { PhoneApprovals, PhoneMessageQuery, PhoneMessages, PhoneRead } from '../schemas/phone-messages.ts';

/** What waits for a person, and what they are told. */
export const phoneMessagesRoutes = {
  approvals: defineRoute({
    id: 'phoneApprovals',
    method: 'GET',
    path: '/api/v1/phone/approvals',
    summary: 'What waits for this person',
    actors: PHONE,
    responses: { 200: PhoneApprovals },
  }),
  messages: defineRoute({
    id: 'phoneMessages',
    method: 'GET',
    path: '/api/v1/phone/messages',
    summary: 'Messages, newest first',
    actors: PHONE,
    query: PhoneMessageQuery,
    responses: { 200: PhoneMessages },
  }),
  readMessages: defineRoute({
    id: 'phoneReadMessages',
    method: 'POST',
    path: '/api/v1/phone/messages/read',
    summary: 'Mark as read; all without ids',
    actors: PHONE,
    body: PhoneRead,
    responses: { 204: null },
  }),
} as const;
