import type { Preparation } from '@hufu/contracts';
import type { FastifyRequest } from 'fastify';
import type { Database } from '../../infra/database/database.ts';
import type { CallerFinder, Holder } from '../access/index.ts';
import type { EnterpriseRecords, Hub } from '../hub/index.ts';
import type { ScanPages } from './deps.ts';

export type PageOwners = {
  readonly database: Database;
  readonly hub: Pick<Hub, 'browser' | 'openChallenge'>;
  /** The hub's holder, or the library's key where the page says so: whoever may seal. */
  readonly holders: CallerFinder;
  readonly members: CallerFinder;
  readonly records: Pick<EnterpriseRecords, 'byId'>;
  preparedDocuments(asked: {
    readonly id: string;
    readonly holder: Holder;
  }): Promise<Preparation['documents']>;
};

/** The features that own the pages, as scanning sees them. */
export function scanPages(owners: PageOwners): ScanPages {
  const { database, hub, holders, members, records } = owners;
  const holderOf = async (request: FastifyRequest): Promise<Holder | undefined> => {
    const caller = await holders(request);
    return caller.kind === 'holder' ? caller : undefined;
  };
  return {
    browser: hub.browser,
    challenge: hub.openChallenge,
    async holder(request) {
      const holder = await holderOf(request);
      if (holder === undefined) return undefined;
      const { enterpriseId: entityId, fingerprint } = holder;
      return {
        entityId,
        fingerprint,
        scope: request.headers['x-hufu-realm'] === 'library' ? 'LIBRARY' : 'HUB',
      };
    },
    async member(request) {
      const caller = await members(request);
      return caller.kind === 'member' ? caller.entityId : undefined;
    },
    async documents(request, id) {
      const holder = await holderOf(request);
      return holder === undefined ? [] : owners.preparedDocuments({ id, holder });
    },
    entityName: async (id) => (await records.byId(database.db, id))?.unitName,
  };
}
