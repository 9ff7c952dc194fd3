import { createRa, httpProvider, readCounterRules } from '../../../src/features/ra/index.ts';
import { createScan, scanPages } from '../../../src/features/scan/index.ts';
import { DATA, type WorldOptions } from '../hub/hub-world.ts';
import { phoneOf } from './phone-world.ts';

/** Everything of the phone certificate beside the features of the hub, without a vault and without an authority. */
export const wholePhone: NonNullable<WorldOptions['more']> = async (parts) => {
  const { infra, hub, entities, desk, platforms, signing, files, judge } = parts;
  const phone = phoneOf(parts, { halves: undefined, realNames: undefined });
  const scan = createScan({
    ...infra,
    phones: phone,
    judge,
    authorityName: async () => undefined,
    origin: infra.config.baseUrl,
    site: { name: '测试区CA互认系统', nameEn: 'Test hub' },
    pages: scanPages({
      database: infra.database,
      hub,
      holders: entities.signingHolders(hub.caller),
      members: entities.members,
      records: entities.signingRecords(hub.records),
      preparedDocuments: signing.preparedDocuments,
    }),
  });
  const ra = createRa(
    infra,
    {
      phone,
      operators: desk.caller,
      operatorNames: desk.names,
      filedName: async () => undefined,
      organisation: entities.identities.organisation,
      platforms: (executor) => platforms.all(executor),
      authority: async () => undefined,
      refreshAuthority: async () => undefined,
      takeFile: files.judge,
      openEnvelopes: async () => [],
      payments: httpProvider(
        { url: 'http://127.0.0.1:9', merchant: 'nobody', secret: 'of-a-provider-that-never-answers' },
        { clock: infra.clock, notifyUrl: infra.config.baseUrl },
      ),
    },
    { rules: readCounterRules(`${DATA}/ra/counter.json`), authorities: [] },
  );
  return { features: [phone.feature, scan, ra.feature], kinds: {} };
};
