import { timingSafeEqual } from 'node:crypto';
import { fromUtf8, utf8 } from '@hufu/kernel';
import { webOrigin } from '@hufu/keybridge-client/protocol';
import { z } from 'zod';
import { sha256Hex } from '../ids.ts';
import { readIfPresent, writeDurably } from '../storage/durable-file.ts';

const siteSchema = z.strictObject({
  origin: webOrigin,
  title: z.string().max(60).optional(),
  approvedAt: z.iso.datetime(),
  /** The secret itself is known to the site's page only. */
  secretSha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Beyond this the oldest approvals are forgotten. */
const MOST_SITES = 500;

const fileSchema = z.strictObject({ version: z.literal(1), sites: z.array(siteSchema).max(MOST_SITES) });

/** One approval: a browser profile on one site. The same site approved in two browsers has two. */
export type ApprovedSite = z.infer<typeof siteSchema>;

/** Sites that the user has allowed to ask for the use of a key, kept in one file. */
export type ApprovedSites = {
  list(): readonly ApprovedSite[];
  isApproved(origin: string): boolean;
  /** The approval that this secret belongs to, only if it was given to this origin. */
  find(origin: string, secret: string): ApprovedSite | undefined;
  approve(site: ApprovedSite): Promise<void>;
  /** Takes back every approval of the origin, or only the one with this secret. */
  revoke(origin: string, secretSha256?: string): Promise<void>;
};

export async function openApprovedSites(path: string): Promise<ApprovedSites> {
  let sites = await load(path);
  let writing: Promise<void> = Promise.resolve();

  function replace(next: readonly ApprovedSite[]): Promise<void> {
    sites = next;
    const data = utf8(`${JSON.stringify({ version: 1, sites: next }, null, 2)}\n`);
    const written = writing.then(() => writeDurably(path, data));
    // One write that failed, on a full disk, is told to its caller and does not stand in the way of the next.
    writing = written.catch(() => {});
    return written;
  }

  return {
    list: () => sites,
    isApproved: (origin) => sites.some((site) => site.origin === origin),
    find(origin, secret) {
      const digest = sha256Hex(secret);
      return sites.find((site) => site.origin === origin && sameDigest(site.secretSha256, digest));
    },
    approve: (site) => replace([...sites, site].slice(-MOST_SITES)),
    revoke: (origin, secretSha256) =>
      replace(
        sites.filter(
          (site) =>
            site.origin !== origin || (secretSha256 !== undefined && site.secretSha256 !== secretSha256),
        ),
      ),
  };
}

const sameDigest = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));

async function load(path: string): Promise<readonly ApprovedSite[]> {
  const bytes = await readIfPresent(path);
  return bytes === undefined ? [] : fileSchema.parse(JSON.parse(fromUtf8(bytes))).sites;
}
