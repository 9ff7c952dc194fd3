import { changeLog } from '../../../src/features/evidence/index.ts';
import { createExchange } from '../../../src/features/exchange/index.ts';
import { activations } from '../../../src/features/hub/index.ts';
import { createRecords, type RecordHook, verifiedValues } from '../../../src/features/records/index.ts';
import { createStewards } from '../../../src/features/stewards/index.ts';
import { createWarnings } from '../../../src/features/warnings/index.ts';
import type { WorldOptions } from '../hub/hub-world.ts';

/** Everything of the library beside the features of the hub. */
export const wholeLibrary: NonNullable<WorldOptions['more']> = async (parts) => {
  const { infra, desk, entities, evidence, identity, platforms, signing, files } = parts;
  const warnings = createWarnings(infra);
  const hooks: RecordHook[] = [entities.recordHook];
  const records = createRecords(infra, {
    members: entities.members,
    owner: entities.directory.verified,
    given: async (executor, id) => verifiedValues(await entities.directory.verified(executor, id)),
    ownFiles: files.own,
    evidence: evidence.ofRecord,
    hooks,
  });
  await records.prepare();
  const exchange = await createExchange(infra, {
    members: entities.members,
    operators: desk.caller,
    propose: desk.propose,
    tokens: identity.serverTokens,
    sessions: identity.sessions,
    platforms,
    activations,
    changes: changeLog,
    entities: entities.directory,
    syncCodes: entities.syncCodes,
    records,
    files,
    sealings: {
      open: ({ entityId, title, file, actor, from }) =>
        signing.documents.open({ file, form: { title }, by: { enterpriseId: entityId, actor, from } }),
      standing: signing.documents.standing,
    },
    notify: warnings.notify,
  });
  const stewards = createStewards(infra, {
    operators: desk.caller,
    propose: desk.propose,
    standing: entities.standing,
    directory: entities.directory,
    records,
    takeFile: files.judge,
    frozen: exchange.entityFrozen,
  });
  hooks.push(exchange.recordHook, stewards.recordHook);
  return {
    features: [
      records.feature,
      warnings.feature({ members: entities.members, sources: [] }),
      exchange.feature,
      stewards.feature,
    ],
    kinds: { ...stewards.kinds, ...exchange.kinds },
  };
};
