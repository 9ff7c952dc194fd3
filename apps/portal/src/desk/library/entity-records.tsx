import { type StewardRecord, stewardRoutes } from '@hufu/contracts';
import { fieldsOf, labelOf, recordType, stateOf } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { recordsQuery } from './stewards-query.ts';

type Asked = { readonly entityId: string; readonly type: string };

/** Records of one type, the newest first; what is personal is masked. */
export function EntityRecords({ entityId, type }: Asked) {
  const records = useQuery(recordsQuery(entityId, type));
  return (
    <Loaded query={records}>
      {({ items }) => (
        <ul className="stack">
          {items.map((record) => (
            <li key={record.id} className="card">
              <OneRecord entityId={entityId} record={record} />
            </li>
          ))}
        </ul>
      )}
    </Loaded>
  );
}

function OneRecord({ entityId, record }: { entityId: string; record: StewardRecord }) {
  const t = useTexts(stewards);
  const said = useSaid();
  const has = useDeskRoles();
  const [clear, setClear] = useState<StewardRecord>();
  const [asking, setAsking] = useState(false);
  const shown = clear ?? record;
  const state = stateOf(recordType(record.type), record.state);
  return (
    <>
      <p className="row">
        <strong>{shown.title}</strong> {state ? said(state.label) : record.state}
      </p>
      <RecordFacts record={shown} />
      {shown.masked.length > 0 && has('clerk', 'reviewer', 'admin') ? (
        <Button onClick={() => setAsking(true)}>{t.reveal}</Button>
      ) : null}
      {asking ? (
        <ReasonDialog
          title={t.revealTitle}
          confirm={t.reveal}
          onClose={() => setAsking(false)}
          act={async (reason) => {
            const params = { id: entityId, type: record.type, record: record.id };
            setClear(await call(stewardRoutes.reveal, { params, body: { reason } }));
          }}
        >
          <p>{t.revealText}</p>
        </ReasonDialog>
      ) : null}
    </>
  );
}

function RecordFacts({ record }: { record: StewardRecord }) {
  const said = useSaid();
  const { language } = useLanguage();
  const values = record.values as Parameters<typeof labelOf>[2]['values'];
  const fields = fieldsOf(recordType(record.type)).filter(({ name }) => record.values[name] !== undefined);
  return (
    <Facts
      compact
      facts={fields.map((field) => ({
        label: said(field.label),
        value: labelOf(field, values?.[field.name], {
          language,
          ...(values === undefined ? {} : { values }),
        }),
      }))}
    />
  );
}
