import { ANSWERS } from '@hufu/phone-key';
import { z } from 'zod';
import { defineRoute, EVERYONE, PHONE_VERIFIED } from '../route.ts';
import { Id } from '../schemas/common.ts';
import {
  OpenedScan,
  PhoneScan,
  ScanCode,
  ScanConfirmation,
  ScanOrder,
  ScanOutcome,
  ScanSession,
  ScanToken,
} from '../schemas/scan.ts';

const byId = z.object({ id: Id });
const wait = z.object({ wait: z.coerce.number().int().min(0).max(20).default(0) });

/** The page's side. A scan belongs to the browser that opened it, by its cookie: elsewhere its address is worthless. */
export const scanRoutes = {
  open: defineRoute({
    id: 'openScan',
    method: 'POST',
    path: '/api/v1/scan/sessions',
    summary: 'A QR code for one act, one batch of documents or of ciphertexts (HUB-040, SIGN-003, MOB-061)',
    actors: EVERYONE,
    body: ScanOrder,
    responses: { 201: OpenedScan },
  }),
  find: defineRoute({
    id: 'scan',
    method: 'GET',
    path: '/api/v1/scan/sessions/:id',
    summary: 'How far it is; with `wait`, answers on change or after so many seconds',
    actors: EVERYONE,
    params: byId,
    query: wait.extend({ version: z.coerce.number().int().min(0).optional() }),
    responses: { 200: ScanSession },
  }),
  /** Answers text/event-stream: events `scan`, data a ScanSession, id its version. */
  events: defineRoute({
    id: 'scanEvents',
    method: 'GET',
    path: '/api/v1/scan/sessions/:id/events',
    summary: 'Every change as a server-sent event, beginning with the present state; ends with the scan',
    actors: EVERYONE,
    params: byId,
    responses: { 200: null },
  }),
  code: defineRoute({
    id: 'enterScanCode',
    method: 'POST',
    path: '/api/v1/scan/sessions/:id/code',
    summary: 'The code that the phone shows, typed into the page',
    actors: EVERYONE,
    params: byId,
    body: ScanCode,
    responses: { 200: ScanSession },
  }),
  cancel: defineRoute({
    id: 'cancelScan',
    method: 'DELETE',
    path: '/api/v1/scan/sessions/:id',
    summary: 'The page gives up; repeating it changes nothing',
    actors: EVERYONE,
    params: byId,
    responses: { 204: null },
  }),
} as const;

/** The phone's side (MOB-032, MOB-033, MOB-060 … MOB-063). */
export const phoneScanRoutes = {
  read: defineRoute({
    id: 'readScan',
    method: 'POST',
    path: '/api/v1/phone/scans',
    summary:
      'A scanned code: who asks for what, and which certificates may be used; repeating it changes nothing',
    actors: PHONE_VERIFIED,
    body: z.object({ token: ScanToken }),
    responses: { 200: PhoneScan },
  }),
  find: defineRoute({
    id: 'phoneScan',
    method: 'GET',
    path: '/api/v1/phone/scans/:id',
    summary: 'The same scan; with `wait`, answers on change or after so many seconds',
    actors: PHONE_VERIFIED,
    params: byId,
    query: wait.extend({ version: z.coerce.number().int().min(0).optional() }),
    responses: { 200: PhoneScan },
  }),
  confirm: defineRoute({
    id: 'confirmScan',
    method: 'POST',
    path: '/api/v1/phone/scans/:id/confirm',
    summary: 'The device’s request to the vault, checked against the scan and relayed; the vault’s answer',
    actors: PHONE_VERIFIED,
    params: byId,
    body: ScanConfirmation,
    responses: { 200: z.union([ANSWERS.sign, ANSWERS.decrypt]) },
  }),
  finish: defineRoute({
    id: 'finishScan',
    method: 'POST',
    path: '/api/v1/phone/scans/:id/finish',
    summary: 'The signatures, verified before the page gets them; repeating it changes nothing',
    actors: PHONE_VERIFIED,
    params: byId,
    body: ScanOutcome,
    responses: { 200: PhoneScan },
  }),
  refuse: defineRoute({
    id: 'refuseScan',
    method: 'POST',
    path: '/api/v1/phone/scans/:id/refuse',
    summary: 'The person says no; repeating it changes nothing',
    actors: PHONE_VERIFIED,
    params: byId,
    responses: { 204: null },
  }),
} as const;
