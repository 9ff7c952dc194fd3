import { z } from 'zod';
import { Timestamp } from './common.ts';

/** A page outside that says how something is done. */
export const Guide = z.object({
  name: z.string().min(1),
  nameEn: z.string().min(1),
  url: z.url({ protocol: /^https?$/ }),
});

/** Everything that differs from one region to the next (GEN-009): no host, name or number stands in code. */
export const Site = z
  .object({
    hubTitle: z.string(),
    authTitle: z.string(),
    regionName: z.string(),
    hotline: z.string(),
    version: z.string(),
    demo: z.boolean(),
    issuer: z.string(),
    cities: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string() })),
    keyBridge: z.object({ ports: z.array(z.int()) }),
    unbind: z.object({ mailbox: z.string(), templateUrl: z.string() }),
    loginMethods: z.array(z.object({ id: z.string(), label: z.string(), labelEn: z.string() })),
    /** How certificates are applied for, by issuer (AST-019). */
    guides: z.array(Guide),
  })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof Site>;

export const PlatformGroup = z
  .enum(['REGIONAL_CENTRE', 'WEST', 'EAST', 'LIBRARY'])
  .meta({ id: 'PlatformGroup' });
export type PlatformGroup = z.infer<typeof PlatformGroup>;

/** F-PLATREG, the part that everyone may see. */
export const PlatformPublic = z
  .object({
    code: z.string(),
    name: z.string(),
    nameEn: z.string(),
    group: PlatformGroup,
    joined: z.boolean(),
    suspended: z.boolean(),
    homeUrl: z.string().nullable(),
    supportPhone: z.string(),
    subsystems: z.array(z.string()),
  })
  .meta({ id: 'Platform' });
export type PlatformPublic = z.infer<typeof PlatformPublic>;

export const SupportContact = z.object({
  name: z.string(),
  nameEn: z.string(),
  phone: z.string(),
  note: z.string().nullable(),
});

/** HUB-121: the region's authorities and seal makers, with whether they have joined. */
export const AuthorityContact = z
  .object({
    id: z.string(),
    name: z.string(),
    nameEn: z.string(),
    phone: z.string(),
    website: z.string().nullable(),
    joined: z.boolean(),
    status: z.enum(['ACTIVE', 'SUSPENDED']),
    health: z.enum(['GOOD', 'SLOW', 'STALE', 'UNREACHABLE', 'UNKNOWN']),
  })
  .meta({ id: 'AuthorityContact' });
export type AuthorityContact = z.infer<typeof AuthorityContact>;

export const FaqEntry = z.object({
  id: z.string(),
  question: z.string(),
  answer: z.string(),
  questionEn: z.string(),
  answerEn: z.string(),
  links: z.array(z.object({ label: z.string(), labelEn: z.string(), href: z.string() })),
});

export const Download = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  version: z.string(),
  url: z.string(),
  size: z.int(),
  sha256: z.string(),
  systems: z.array(z.string()),
});

/** The demo's guide: which key does what. Served only by a demo installation. */
export const DemoGuide = z.object({
  assistantUrl: z.string(),
  tokens: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      labelEn: z.string(),
      holder: z.string(),
      uscc: z.string().nullable(),
      authority: z.string(),
      pin: z.string(),
      expectation: z.string(),
      expectationEn: z.string(),
      group: z.enum(['GOOD', 'BAD', 'DESK']),
    }),
  ),
  platforms: z.array(z.object({ code: z.string(), name: z.string(), url: z.string() })),
  /** Invented persons for the phone certificate: with this number they log in, and prove their names. */
  people: z.array(
    z.object({
      name: z.string(),
      mobile: z.string(),
      expectation: z.string(),
      expectationEn: z.string(),
    }),
  ),
  mailboxUrl: z.string(),
});

export const DemoMail = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  at: Timestamp,
});
