import { canonicalJsonBytes, concatBytes, equalBytes, fromUtf8, utf8 } from '@hufu/kernel';
import { z } from 'zod';
import { bridgeError } from './errors.ts';

/** What a key holder agrees to by entering the PIN. A bridge signs nothing else. */
export const AUTH_ACTS = [
  'login',
  'bind',
  'activate',
  'desk-login',
  'desk-approve',
  'library-register',
  'library-login',
  'library-key',
  'platform-login',
  'test',
] as const;

export type AuthAct = (typeof AUTH_ACTS)[number];

/** An ASCII serialised web origin (HTML §7.1.1): scheme, host and, when it is not the default, port. Never `null`. */
export const webOrigin = z
  .string()
  .max(300)
  .refine((text) => {
    if (!/^https?:\/\//.test(text) || !URL.canParse(text)) return false;
    return new URL(text).origin === text;
  }, 'not a web origin');

/** RFC 3339 in UTC with milliseconds, exactly as `Date.prototype.toISOString` writes it. */
const instant = z.string().refine((text) => {
  const time = Date.parse(text);
  return /^\d{4}-/.test(text) && !Number.isNaN(time) && new Date(time).toISOString() === text;
}, 'not a UTC instant');

/** Control characters, bidirectional overrides and lone surrogates could make a user read what is not signed. */
const HIDDEN_TEXT = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export const visibleText = (maximum: number) =>
  z
    .string()
    .min(1)
    .max(maximum)
    .refine((text) => !HIDDEN_TEXT.test(text), 'holds invisible characters');

/** The part of a statement that comes from whoever asked, issued by the verifier. */
export const challengeSchema = z.strictObject({
  challengeId: z.string().regex(/^[A-Za-z0-9_-]{1,128}$/),
  /** base64url without padding, at least 16 random bytes. */
  nonce: z.string().regex(/^[A-Za-z0-9_-]{22,128}$/),
  /** Who will accept the signature: an origin, an issuer or a client identifier. */
  audience: z.string().regex(/^[\x21-\x7e]{1,512}$/),
  issuedAt: instant,
  /** Shown to the holder above the PIN field, and signed. */
  summary: visibleText(500).optional(),
});

export type AuthChallenge = z.infer<typeof challengeSchema>;

const statementSchema = z.strictObject({
  act: z.enum(AUTH_ACTS),
  /** The origin of the page that asked, as the browser reported it to the bridge. */
  origin: webOrigin,
  ...challengeSchema.shape,
  /** SHA-256 of the signing certificate's DER, lower case hexadecimal: binds the statement to one certificate. */
  certificateSha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** One authentication by one certificate: composed by the bridge, never by the page that asks for it. */
export type AuthStatement = z.infer<typeof statementSchema>;

/** Domain separation: no other signed object of the project, and no TLS or CMS structure, begins like this. */
const PREFIX = utf8('HUFU-AUTH-V1\n');

const MAX_BYTES = 8192;

/**
 * The bytes to be signed: the prefix, then the statement as canonical JSON (RFC 8785). All members are strings.
 *
 * @throws CodedError BRIDGE_STATEMENT_INVALID when a member is missing, unknown or out of its form
 */
export function authStatementBytes(statement: AuthStatement): Uint8Array {
  const checked = statementSchema.safeParse(statement);
  if (!checked.success) throw bridgeError('BRIDGE_STATEMENT_INVALID', { reason: 'members' });
  const { summary, ...always } = checked.data;
  return concatBytes(PREFIX, canonicalJsonBytes(summary === undefined ? always : { ...always, summary }));
}

/**
 * Reads signed bytes back, for a verifier that is handed them. There is exactly one encoding of a statement: other
 * member order, white space, duplicate members, escapes or trailing bytes are refused.
 *
 * @throws CodedError BRIDGE_STATEMENT_INVALID
 */
export function parseAuthStatement(bytes: Uint8Array): AuthStatement {
  if (bytes.length > MAX_BYTES || !equalBytes(bytes.subarray(0, PREFIX.length), PREFIX)) {
    throw bridgeError('BRIDGE_STATEMENT_INVALID', { reason: 'prefix' });
  }
  const checked = statementSchema.safeParse(parseJson(bytes.subarray(PREFIX.length)));
  if (!checked.success) throw bridgeError('BRIDGE_STATEMENT_INVALID', { reason: 'members' });
  if (!equalBytes(authStatementBytes(checked.data), bytes)) {
    throw bridgeError('BRIDGE_STATEMENT_INVALID', { reason: 'encoding' });
  }
  return checked.data;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(fromUtf8(bytes));
  } catch (cause) {
    throw bridgeError('BRIDGE_STATEMENT_INVALID', { reason: 'json' }, cause);
  }
}

export type StatementMismatch =
  | 'act'
  | 'origin'
  | 'challengeId'
  | 'nonce'
  | 'audience'
  | 'issuedAt'
  | 'summary'
  | 'certificateSha256';

/**
 * Compares a signed statement with what the verifier expects, member by member, and names the first difference.
 * The verifier builds `expected` from its own records; nothing in it may come from the signer.
 */
export function statementMismatch(
  signed: AuthStatement,
  expected: AuthStatement,
): StatementMismatch | undefined {
  const members: readonly StatementMismatch[] = [
    'act',
    'origin',
    'challengeId',
    'nonce',
    'audience',
    'issuedAt',
    'summary',
    'certificateSha256',
  ];
  return members.find((member) => signed[member] !== expected[member]);
}
