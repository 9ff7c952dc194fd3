import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Running, startProgram } from './programs.ts';

const APACHE = '/usr/sbin/apache2';
const MODULES = '/usr/lib/apache2/modules';
/** What Debian's own installation loads, as far as these pages need it; mod_include shows what a page is told. */
const LOADED = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'dir',
  'mime',
  'include',
  'auth_openidc',
];

/** Read by the page from its environment, as an application behind Apache would. */
const SHOWN = [
  'REMOTE_USER',
  'OIDC_CLAIM_sub',
  'OIDC_CLAIM_uscc',
  'OIDC_CLAIM_entity_name',
  'OIDC_CLAIM_entity_roles',
  'OIDC_CLAIM_cert_serial',
  'OIDC_CLAIM_cert_kind',
  'OIDC_CLAIM_key_role',
] as const;

export type ApacheOrder = {
  readonly port: number;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type Apache = { readonly base: string; stop(): Promise<void> };

export const apacheAddresses = (port: number) => {
  const base = `http://127.0.0.1:${port}`;
  const redirectUri = `${base}/protected/redirect_uri`;
  return { base, redirectUri, backchannel: `${redirectUri}?logout=backchannel`, goodbye: `${base}/bye.html` };
};

function configuration(folder: string, { port, issuer, clientId, clientSecret }: ApacheOrder): string {
  const { base, redirectUri, goodbye } = apacheAddresses(port);
  return [
    `ServerRoot "${folder}"`,
    `ServerName 127.0.0.1`,
    `Listen 127.0.0.1:${port}`,
    `PidFile "${folder}/pid"`,
    `DefaultRuntimeDir "${folder}"`,
    `ErrorLog "${folder}/error.log"`,
    'LogLevel warn auth_openidc:info',
    ...LOADED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
    ...(process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []),
    'TypesConfig /etc/mime.types',
    `DocumentRoot "${folder}/pages"`,
    `<Directory "${folder}/pages">`,
    '  Options +IncludesNOEXEC',
    '  Require all granted',
    '</Directory>',
    'AddType text/html .shtml',
    'AddOutputFilter INCLUDES .shtml',
    `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration`,
    `OIDCClientID ${clientId}`,
    `OIDCClientSecret ${clientSecret}`,
    `OIDCRedirectURI ${redirectUri}`,
    `OIDCDefaultURL ${base}/protected/index.shtml`,
    `OIDCDefaultLoggedOutURL ${goodbye}`,
    'OIDCCryptoPassphrase for-tests-only-for-tests-only',
    'OIDCPKCEMethod S256',
    'OIDCScope "openid entity certificate"',
    'OIDCRemoteUserClaim uscc',
    'OIDCPassClaimsAs environment',
    '<Location /protected>',
    '  AuthType openid-connect',
    '  Require valid-user',
    '</Location>',
    '<Location /protected/agencies>',
    '  AuthType openid-connect',
    '  Require claim entity_roles:AGENCY',
    '</Location>',
    '',
  ].join('\n');
}

const PAGE = SHOWN.map((name) => `${name}=<!--#echo encoding="none" var="${name}" -->`).join('\n');

/** Debian's Apache with mod_auth_openidc as it is, as a platform's server of its own. */
export async function startApache(order: ApacheOrder): Promise<Apache> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hufu-apache-'));
  await chmod(folder, 0o755);
  for (const name of ['pages', 'pages/protected', 'pages/protected/agencies']) {
    await mkdir(path.join(folder, name));
  }
  await writeFile(path.join(folder, 'pages/protected/index.shtml'), PAGE);
  await writeFile(path.join(folder, 'pages/protected/agencies/index.shtml'), PAGE);
  await writeFile(path.join(folder, 'pages/bye.html'), 'logged out');
  await writeFile(path.join(folder, 'apache.conf'), configuration(folder, order));
  const { base } = apacheAddresses(order.port);
  let running: Running;
  try {
    running = await startProgram({
      command: APACHE,
      args: ['-f', path.join(folder, 'apache.conf'), '-D', 'FOREGROUND'],
      env: {},
      ready: `${base}/bye.html`,
    });
  } catch (error) {
    throw new Error(await readFile(path.join(folder, 'error.log'), 'utf8').catch(() => ''), { cause: error });
  }
  return {
    base,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
