import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_PORT } from '@hufu/keybridge-client/protocol';
import { z } from 'zod';

export type Config = {
  readonly port: number;
  readonly dataDir: string;
  readonly hub: string;
  /** Paths of PKCS#11 modules. */
  readonly pkcs11Modules: readonly string[];
  readonly webDir: string;
};

/** Options of the command line; each also has an environment variable. */
export const CONFIG_OPTIONS = {
  port: { type: 'string' },
  data: { type: 'string' },
  hub: { type: 'string' },
  pkcs11: { type: 'string', multiple: true },
} as const;

export type ConfigOptions = {
  readonly port?: string | undefined;
  readonly data?: string | undefined;
  readonly hub?: string | undefined;
  readonly pkcs11?: readonly string[] | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

const portSchema = z.coerce.number().int().min(0).max(65_535);
const hubSchema = z.url({ protocol: /^https?$/ });

/**
 * Command line before environment before default: HUFU_KEYBRIDGE_PORT, HUFU_KEYBRIDGE_DATA, HUFU_KEYBRIDGE_HUB,
 * HUFU_KEYBRIDGE_PKCS11 (paths joined as in PATH). Throws a ZodError on a value out of form.
 */
export function readConfig(options: ConfigOptions, environment: Environment): Config {
  const env = (name: string): string | undefined => environment[`HUFU_KEYBRIDGE_${name}`] || undefined;
  const modules = options.pkcs11 ?? env('PKCS11')?.split(delimiter) ?? knownModules();
  return {
    port: portSchema.parse(options.port ?? env('PORT') ?? DEFAULT_PORT),
    dataDir: options.data ?? env('DATA') ?? defaultDataDir(environment),
    hub: new URL(hubSchema.parse(options.hub ?? env('HUB') ?? 'http://127.0.0.1:8700')).origin,
    pkcs11Modules: modules.filter((path) => path !== ''),
    webDir: findWebDir(),
  };
}

function defaultDataDir(environment: Environment): string {
  const home = homedir();
  if (process.platform === 'win32') {
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'HufuKeybridge');
  }
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'HufuKeybridge');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'hufu-keybridge');
}

/** Where installers of OpenSC, the common driver of smart cards, put their module. */
const KNOWN_MODULES: Readonly<Record<string, readonly string[]>> = {
  linux: ['/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so', '/usr/lib64/opensc-pkcs11.so'],
  darwin: ['/Library/OpenSC/lib/opensc-pkcs11.so'],
  win32: ['C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll'],
};

const knownModules = (): readonly string[] =>
  (KNOWN_MODULES[process.platform] ?? []).filter((path) => existsSync(path));

/** Beside the installed program, beside the built bundle, or in the repository. */
function findWebDir(): string {
  const places = ['./web', '../keybridge-web', '../../../dist/keybridge-web'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  return places.find((place) => existsSync(join(place, 'index.html'))) ?? places[1] ?? '';
}
