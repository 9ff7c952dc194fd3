import * as oidc from 'openid-client';
import { z } from 'zod';

/** What the provider says of who logged in there. */
export type Citizen = {
  readonly kind: 'person' | 'organisation';
  readonly verified: boolean;
  readonly name: string;
  readonly idNo: string;
};

type StartedLogin = {
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
};
export type AwaitedAnswer = Pick<StartedLogin, 'state' | 'nonce' | 'verifier'>;

/** An upstream OpenID provider of natural persons (decision on OD-12; MOB-003). */
export type PeopleProvider = {
  readonly label: { readonly label: string; readonly labelEn: string };
  start(): Promise<StartedLogin>;
  /** @param answer the address that the browser came back to, with its query */
  finish(answer: URL, awaited: AwaitedAnswer): Promise<Citizen>;
};

export type PeopleProviderConfig = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly label: string;
  readonly labelEn: string;
};

export type PeopleProviderUse = {
  /** Where answers come to: an address of our own. */
  readonly redirectUri: string;
  /** What is thrown when the provider cannot be reached, or its answer is not the one to what was asked. */
  readonly failed: (cause: unknown) => Error;
};

/** Scope and claims of the provider's interface: real name, ID number, level of verification, kind of subject. */
const SCOPE = 'openid profile identity';
const Claims = z.object({
  name: z.string().min(1).max(50),
  id_number: z.string().min(15).max(40),
  identity_verified: z.boolean(),
  subject_kind: z.enum(['person', 'organisation']),
});

export function openPeopleProvider(
  config: PeopleProviderConfig,
  { redirectUri, failed }: PeopleProviderUse,
): PeopleProvider {
  // A demo's provider lives on this machine; elsewhere the issuer has a certificate.
  const isPlain = config.issuer.startsWith('http:');
  let known: oidc.Configuration | undefined;
  const discover = async (): Promise<oidc.Configuration> => {
    known ??= await oidc.discovery(
      new URL(config.issuer),
      config.clientId,
      config.clientSecret,
      oidc.ClientSecretBasic(config.clientSecret),
      // The token's signature counts, not only the way that it came.
      { execute: [oidc.enableNonRepudiationChecks, ...(isPlain ? [oidc.allowInsecureRequests] : [])] },
    );
    return known;
  };
  const trying = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      throw failed(error);
    }
  };
  return {
    label: { label: config.label, labelEn: config.labelEn },
    start: () =>
      trying(async () => {
        const verifier = oidc.randomPKCECodeVerifier();
        const state = oidc.randomState();
        const nonce = oidc.randomNonce();
        const url = oidc.buildAuthorizationUrl(await discover(), {
          redirect_uri: redirectUri,
          scope: SCOPE,
          state,
          nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          // Somebody else may have used this browser there: whoever comes says who they are.
          prompt: 'login',
        });
        return { url: url.href, state, nonce, verifier };
      }),
    finish: (answer, { state, nonce, verifier }) =>
      trying(async () => {
        const tokens = await oidc.authorizationCodeGrant(await discover(), answer, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = Claims.parse(tokens.claims());
        return {
          kind: claims.subject_kind,
          verified: claims.identity_verified,
          name: claims.name,
          idNo: claims.id_number,
        };
      }),
  };
}
