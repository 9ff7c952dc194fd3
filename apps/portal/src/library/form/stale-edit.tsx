import type { RecordDetail } from '@hufu/contracts';
import { differences, type RecordType, type Value, type Values } from '@hufu/library';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { detailQuery } from '../records-query.ts';
import { FieldValue } from '../view/field-value.tsx';
import type { FormStore } from './form-store.ts';

type StaleEditProps = {
  type: RecordType;
  /** As it was when the form was opened. */
  base: RecordDetail;
  store: FormStore;
  /** With the record as it stands now, once every difference was looked at. */
  onMerged: (fresh: RecordDetail) => void;
};

/** Somebody was faster: what they changed beside what was typed here. Fields changed by them alone are taken over. */
export function StaleEdit({ type, base, store, onMerged }: StaleEditProps) {
  const t = useTexts(records).form;
  const fresh = useQuery({ ...detailQuery(type.name, base.id), staleTime: 0, refetchOnMount: 'always' });
  return (
    <Alert tone="attention" announced title={t.staleTitle}>
      <p>{t.staleText}</p>
      <Loaded query={fresh}>
        {(record) =>
          record.version === base.version ? null : (
            <Merge type={type} base={base} fresh={record} store={store} onMerged={onMerged} />
          )
        }
      </Loaded>
    </Alert>
  );
}

type MergeProps = StaleEditProps & { fresh: RecordDetail };

function Merge({ type, base, fresh, store, onMerged }: MergeProps) {
  const t = useTexts(records).form;
  const said = useSaid();
  const [mine] = useState(() => store.read().values);
  const theirs = fresh.values as Values;
  const changed = differences(type, base.values as Values, theirs).filter(
    ({ field }) => field.source !== 'derived',
  );
  const both = new Set(
    differences(type, base.values as Values, mine)
      .map(({ field }) => field.name)
      .filter((name) => changed.some(({ field }) => field.name === name)),
  );
  const [taken, setTaken] = useState<ReadonlySet<string>>(new Set());
  const merge = () => {
    const values: Record<string, Value | undefined> = { ...mine };
    for (const { field } of changed) {
      if (!both.has(field.name) || taken.has(field.name)) values[field.name] = theirs[field.name];
    }
    store.fill(values);
    onMerged(fresh);
  };
  return (
    <div className="stack-tight">
      <table className="diff">
        <thead>
          <tr>
            <th scope="col">
              <span className="visually-hidden">{said(type.label)}</span>
            </th>
            <th scope="col">{t.mine}</th>
            <th scope="col">{t.theirs}</th>
            <th scope="col">
              <span className="visually-hidden">{t.choose}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {changed.map(({ field }) => (
            <tr key={field.name}>
              <th scope="row">{said(field.label)}</th>
              <td>
                <FieldValue field={field} value={mine[field.name]} values={mine} />
              </td>
              <td>
                <FieldValue field={field} value={theirs[field.name]} values={theirs} />
              </td>
              <td>
                {both.has(field.name) ? (
                  <select
                    className="control"
                    aria-label={said(field.label)}
                    value={taken.has(field.name) ? 'theirs' : 'mine'}
                    onChange={(event) => {
                      const next = new Set(taken);
                      if (event.target.value === 'theirs') next.add(field.name);
                      else next.delete(field.name);
                      setTaken(next);
                    }}
                  >
                    <option value="mine">{t.keepMine}</option>
                    <option value="theirs">{t.takeTheirs}</option>
                  </select>
                ) : (
                  t.takeTheirs
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <Button kind="primary" onClick={merge}>
          {t.submitAnyway}
        </Button>
      </div>
    </div>
  );
}
