import fs from 'node:fs';
import path from 'node:path';
import { DemoManifest } from '@hufu/contracts';
import { toBase64 } from '@hufu/kernel';
import type { Ports } from '../ports.ts';
import { DEMO_AUTHORITIES, type DemoAuthority } from './authorities.ts';
import type { AuthorityClient } from './authority-client.ts';
import { DEMO_PEOPLE } from './people.ts';
import { DEMO_PLATFORMS } from './platforms.ts';
import type { DemoSecrets } from './secrets.ts';
import type { DemoToken } from './tokens.ts';

type Scene = {
  readonly ports: Ports;
  readonly secrets: DemoSecrets;
  readonly tokens: readonly DemoToken[];
  readonly clients: ReadonlyMap<string, AuthorityClient>;
};

const local = (port: number) => `http://localhost:${port}`;

async function authorityEntry(authority: DemoAuthority, { ports, clients }: Scene) {
  const client = clients.get(authority.id);
  if (client === undefined) throw new Error(`no client of ${authority.id}`);
  const base = local(ports[authority.port]);
  const certificates = [await client.certificate('root'), await client.certificate('intermediate')];
  const profile = await client.profile();
  return {
    profile,
    entry: {
      id: authority.id,
      name: authority.name,
      nameEn: authority.nameEn,
      phone: authority.phone,
      website: `${base}/status`,
      region: authority.region,
      profileId: profile.id,
      certificates: certificates.map(toBase64),
      crlUrls: [`${base}/crl/root.crl`, `${base}/crl/intermediate.crl`],
      ocspUrl: `${base}/ocsp`,
      joined: authority.joined,
      policy: {
        graceSeconds: 0,
        graceUntil: null,
        ocspBudgetMs: authority.ocspBudgetMs,
        // A slow authority is asked at every login, so that the wait can be seen.
        ocspCacheSeconds: authority.delayMs > 0 ? 0 : 300,
        sources: authority.delayMs > 0 ? ('OCSP_ONLY' as const) : ('CRL_THEN_OCSP' as const),
        algorithms: [authority.algorithm],
        region: authority.region,
      },
    },
  };
}

function platformEntry(
  { code, port, recognises }: (typeof DEMO_PLATFORMS)[number],
  { ports, secrets }: Scene,
) {
  const base = local(ports[port]);
  const { x, y, kid } = secrets.platformKeys[code] ?? {};
  return {
    code,
    clientId: code,
    clientSecret: secrets.platformSecrets[code] ?? '',
    joined: true,
    homeUrl: `${base}/`,
    redirectUris: [`${base}/oidc/callback`],
    postLogoutRedirectUris: [`${base}/`],
    initiateLoginUri: `${base}/oidc/initiate`,
    backchannelLogoutUri: `${base}/oidc/backchannel-logout`,
    exchange: {
      webhookUrl: `${base}/hufu/notices`,
      keys: [{ kty: 'EC' as const, crv: 'P-256' as const, x: x ?? '', y: y ?? '', kid: kid ?? '' }],
      recognises: [...recognises],
    },
  };
}

function guideEntry({ key, tokenId }: DemoToken) {
  const authority = DEMO_AUTHORITIES.find(({ id }) => id === key.authority);
  return {
    id: tokenId,
    label: key.label,
    labelEn: key.labelEn,
    holder: key.holder,
    uscc: key.group === 'DESK' ? null : key.uscc,
    authority: authority?.name ?? '',
    pin: key.pin,
    expectation: key.expectation,
    expectationEn: key.expectationEn,
    group: key.group,
  };
}

/** Tells the demo server, before it starts, who the authorities, operators and platforms are. */
export async function writeManifest(dir: string, scene: Scene): Promise<void> {
  const authorities = await Promise.all(DEMO_AUTHORITIES.map((one) => authorityEntry(one, scene)));
  const manifest = DemoManifest.parse({
    assistantUrl: `http://127.0.0.1:${scene.ports.assistant}/`,
    mailboxUrl: '/demo#mail',
    profiles: [...new Map(authorities.map(({ profile }) => [profile.id, profile])).values()],
    authorities: authorities.map(({ entry }) => entry),
    operators: scene.tokens.flatMap(({ key, certificate }) =>
      key.deskRoles === undefined
        ? []
        : [{ name: key.personName ?? key.id, roles: key.deskRoles, certificate: toBase64(certificate) }],
    ),
    platforms: DEMO_PLATFORMS.map((platform) => platformEntry(platform, scene)),
    tokens: scene.tokens.map(guideEntry),
    people: [...DEMO_PEOPLE],
  });
  const file = path.join(dir, 'manifest.json');
  fs.writeFileSync(`${file}.new`, JSON.stringify(manifest, null, 2), { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}
