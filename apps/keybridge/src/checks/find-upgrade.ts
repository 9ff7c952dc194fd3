import { z } from 'zod';
import type { Bridge } from '../bridge.ts';
import type { Upgrade } from './upgrade.ts';

const PATIENCE_MS = 8_000;

/** The hub's download list, as far as it is needed here. */
const downloadSchema = z.object({
  id: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  url: z.string().max(2_000),
  sha256: z.string().max(64),
});

const PACKAGE_ID = 'assistant';

/** 软件升级 (AST-013): compares this version with what the hub offers. Nothing is downloaded or run by itself. */
export async function findUpgrade({ hub, version }: Bridge): Promise<Upgrade> {
  const listed = await readDownloads(hub);
  const offered = listed.find(({ id }) => id === PACKAGE_ID);
  if (offered === undefined) return { state: 'unknown' };
  if (!isNewer(offered.version, version)) return { state: 'current', version };
  const url = new URL(offered.url, hub);
  if (url.origin !== new URL(hub).origin) return { state: 'unknown' };
  return { state: 'available', version: offered.version, url: url.href, sha256: offered.sha256 };
}

async function readDownloads(hub: string): Promise<readonly z.infer<typeof downloadSchema>[]> {
  try {
    const answer = await fetch(new URL('/api/v1/downloads', hub), {
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const rows = z.array(z.unknown()).parse(await answer.json());
    return rows.flatMap((row) => {
      const checked = downloadSchema.safeParse(row);
      return checked.success ? [checked.data] : [];
    });
  } catch {
    return [];
  }
}

function isNewer(offered: string, installed: string): boolean {
  const [a, b] = [offered, installed].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const at = a.findIndex((part, index) => part !== b[index]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}
