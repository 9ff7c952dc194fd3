import { z } from 'zod';
import { defineRoute, EVERYONE, PHONE } from '../route.ts';
import { Redirect } from '../schemas/hub.ts';
import {
  DemoSms,
  PhoneCodeForm,
  PhoneCodeSent,
  PhoneLoginForm,
  PhoneSession,
} from '../schemas/phone-login.ts';

/** Login by SMS code, real name. */
export const phoneLoginRoutes = {
  sendCode: defineRoute({
    id: 'phoneSendCode',
    method: 'POST',
    path: '/api/v1/phone/login-codes',
    summary: 'Send a code by SMS (MOB-002)',
    actors: EVERYONE,
    body: PhoneCodeForm,
    responses: { 202: PhoneCodeSent },
  }),
  login: defineRoute({
    id: 'phoneLogin',
    method: 'POST',
    path: '/api/v1/phone/logins',
    summary: 'Log in with the code; the first login makes the account',
    actors: EVERYONE,
    body: PhoneLoginForm,
    responses: { 201: PhoneSession },
  }),
  session: defineRoute({
    id: 'phoneSession',
    method: 'GET',
    path: '/api/v1/phone/session',
    summary: 'Who is logged in on this phone',
    actors: PHONE,
    responses: { 200: PhoneSession },
  }),
  logout: defineRoute({
    id: 'phoneLogout',
    method: 'DELETE',
    path: '/api/v1/phone/session',
    summary: 'Log out',
    actors: PHONE,
    responses: { 204: null },
  }),
  startRealName: defineRoute({
    id: 'phoneStartRealName',
    method: 'POST',
    path: '/api/v1/phone/real-names',
    summary: '去认证: to the identity provider (MOB-003)',
    actors: PHONE,
    responses: { 201: Redirect },
  }),
  /** Answers 303 to the app, with `?problem=CODE` when it failed. */
  realNameCallback: defineRoute({
    id: 'phoneRealNameCallback',
    method: 'GET',
    path: '/api/v1/phone/real-names/callback',
    summary: 'The identity provider’s answer',
    actors: EVERYONE,
    responses: { 303: null },
  }),
  demoSms: defineRoute({
    id: 'demoSms',
    method: 'GET',
    path: '/api/v1/demo/sms',
    summary: 'Messages that the demo would have sent; 404 on a configured installation',
    actors: EVERYONE,
    responses: { 200: z.array(DemoSms) },
  }),
} as const;
