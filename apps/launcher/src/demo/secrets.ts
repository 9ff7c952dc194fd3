import { generateKeyPairSync, type JsonWebKey, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Secrets between the demo's own processes. Made once for each data directory. */
export type DemoSecrets = {
  readonly authorityPassphrase: string;
  readonly authorityToken: string;
  readonly platformSecrets: Readonly<Record<string, string>>;
  /** With which the platforms report traded projects: private JWKs, P-256. */
  readonly platformKeys: Readonly<Record<string, JsonWebKey & { readonly kid: string }>>;
  readonly reviewerPassword: string;
  /** Of the hub, as a client of the citizens’ identity provider. */
  readonly citizenSecret: string;
  /** Of the phone certificate, as another client there. */
  readonly realNameSecret: string;
  /** Of the hub, at the payment provider. */
  readonly paymentSecret: string;
};

const signingKey = (kid: string) => ({
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
  kid,
});
const secret = () => randomBytes(24).toString('base64url');

export function demoSecrets(dir: string, platforms: readonly string[]): DemoSecrets {
  const file = path.join(dir, 'secrets.json');
  const known = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as Partial<DemoSecrets>)
    : {};
  const made: DemoSecrets = {
    authorityPassphrase: secret(),
    authorityToken: secret(),
    platformSecrets: Object.fromEntries(platforms.map((code) => [code, secret()])),
    platformKeys: Object.fromEntries(platforms.map((code) => [code, signingKey(`${code}-1`)])),
    // Shown in the guide: the demo's visitor plays the reviewer of a platform, too.
    reviewerPassword: 'shenhe-2026',
    citizenSecret: secret(),
    realNameSecret: secret(),
    paymentSecret: secret(),
    ...known,
  };
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  fs.writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  return made;
}
