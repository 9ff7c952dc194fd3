import { z } from 'zod';
import { defineRoute, EVERYONE } from '../route.ts';
import {
  AuthorityContact,
  DemoGuide,
  DemoMail,
  Download,
  FaqEntry,
  PlatformPublic,
  Site,
  SupportContact,
} from '../schemas/site.ts';

export const publicRoutes = {
  site: defineRoute({
    id: 'site',
    method: 'GET',
    path: '/api/v1/site',
    summary: 'Region profile (GEN-009)',
    actors: EVERYONE,
    responses: { 200: Site },
  }),
  platforms: defineRoute({
    id: 'platforms',
    method: 'GET',
    path: '/api/v1/platforms',
    summary: 'Register of trading platforms (HUB-010, HUB-011)',
    actors: EVERYONE,
    responses: { 200: z.array(PlatformPublic) },
  }),
  authorities: defineRoute({
    id: 'authorities',
    method: 'GET',
    path: '/api/v1/authorities',
    summary: 'Certificate authorities with contact and health (HUB-121)',
    actors: EVERYONE,
    responses: { 200: z.array(AuthorityContact) },
  }),
  support: defineRoute({
    id: 'support',
    method: 'GET',
    path: '/api/v1/support',
    summary: 'Support telephone directory (HUB-120)',
    actors: EVERYONE,
    responses: { 200: z.array(SupportContact) },
  }),
  faq: defineRoute({
    id: 'faq',
    method: 'GET',
    path: '/api/v1/faq',
    summary: 'Help (HUB-123)',
    actors: EVERYONE,
    responses: { 200: z.array(FaqEntry) },
  }),
  downloads: defineRoute({
    id: 'downloads',
    method: 'GET',
    path: '/api/v1/downloads',
    summary: 'Driver packages and templates (AST-001, AST-013, HUB-102)',
    actors: EVERYONE,
    responses: { 200: z.array(Download) },
  }),
  demoGuide: defineRoute({
    id: 'demoGuide',
    method: 'GET',
    path: '/api/v1/demo/guide',
    summary: 'Keys and PINs of the demo; 404 on a configured installation',
    actors: EVERYONE,
    responses: { 200: DemoGuide },
  }),
  demoMail: defineRoute({
    id: 'demoMail',
    method: 'GET',
    path: '/api/v1/demo/mail',
    summary: 'Mails that the demo would have sent; 404 on a configured installation',
    actors: EVERYONE,
    responses: { 200: z.array(DemoMail) },
  }),
} as const;
