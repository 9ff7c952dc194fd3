import type { Executor, Tx } from '../../infra/database/database.ts';
import type { Fragment } from '../../infra/database/fragment.ts';

/** A platform's registration as an OpenID client. Kept by the platforms' register. */
export type ClientRegistration = {
  readonly clientId: string;
  readonly name: string;
  /** Refused at once everywhere: at the start, between the confirmations, at the token endpoint. */
  readonly suspended: boolean;
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** Where a login begins again after an expired page, and where the hub sends a user who starts there. */
  readonly initiateLoginUri: string | null;
  readonly backchannelLogoutUri: string | null;
  readonly subjectType: 'public' | 'pairwise';
  /** `none`: a public client, bound by PKCE alone. */
  readonly authentication: 'client_secret_basic' | 'client_secret_post' | 'none';
  readonly idTokenAlgorithm?: 'ES256' | 'RS256';
};

export type KnownOfRegister = { readonly executor: Executor } | { readonly revision: string };

export type ClientDirectory = {
  /** An SQL expression for the register's revision, as text: read along with something else, it spares a look. */
  readonly revisionSql: string;
  /**
   * Asked in every request of a login: must be quick, and must know of a suspension at once. The answer is the same
   * object as long as the register has not changed.
   * @param known the transaction in which the question is asked, or the revision that this request has read
   */
  find(clientId: string, known?: KnownOfRegister): Promise<ClientRegistration | undefined>;
  /** Of a client that was found in this request. Compares in constant time; the register keeps only a hash. */
  verifySecret(clientId: string, secret: string): Promise<boolean>;
};

/** What is true of an entity now (OD-07). Its certificate is a fact of the session, not of the entity. */
export type EntityClaims = {
  readonly uscc: string;
  readonly name: string;
  readonly roles: readonly string[];
};

/** What `EntityDirectory.recordSql` gave for an entity; null: there is none. Only its directory knows the shape. */
export type EntityRecord = unknown;

export type EntityDirectory = {
  /** An SQL expression, jsonb: read along with a code or token. @param entityId an SQL expression, text */
  recordSql(entityId: string): string;
  /** Undefined: unknown, or no longer bound; logins and tokens are refused then. */
  claims(record: EntityRecord): EntityClaims | undefined;
};

/** How the holder logged in: kept in the session, told to platforms. */
export type SessionFacts = {
  readonly entityId: string;
  /** Row of the bound certificate. */
  readonly certificateId: string;
  readonly role: 'PRIMARY' | 'SECONDARY';
  readonly certificate: {
    /** Hex. */
    readonly serial: string;
    /** Distinguished name, RFC 4514. */
    readonly issuer: string;
    readonly kind: string;
    readonly medium: string;
  };
  /** The user of 标证通 who scanned; absent with a lock. Told to nobody. */
  readonly phoneUserId?: string;
  /** Authentication context by medium, e.g. `urn:hufu:acr:usb-key`. */
  readonly acr: string;
  /** RFC 8176, e.g. `['hwk', 'pin', 'mfa']`. */
  readonly amr: readonly string[];
};

export type LiveSession = {
  /** Stable name of the session: `sid`-independent, safe to show at the desk. */
  readonly id: string;
  readonly facts: SessionFacts;
  readonly loggedInAt: Date;
  readonly expiresAt: Date;
  /** Client ids of the platforms reached in this session. */
  readonly platforms: readonly string[];
};

/** A platform has exchanged its code: the entity is logged in there. */
export type PlatformLogin = {
  readonly entityId: string;
  readonly certificateId: string;
  readonly clientId: string;
  readonly sessionId: string;
  readonly entity: EntityRecord;
};

/** Something to tell the rest of the hub, together with the issue of the token or not at all (HUB-065). */
export type LoginListener = {
  /** One data-modifying statement, if that is all there is to do at this login; undefined: it needs a transaction. */
  inOneStatement(login: PlatformLogin): Fragment | undefined;
  /** Called at every other login, must be idempotent. */
  platformEntered(tx: Tx, login: PlatformLogin): Promise<void>;
};
