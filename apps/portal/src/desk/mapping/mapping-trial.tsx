import type { MappingTrial } from '@hufu/contracts';
import { useTexts } from '../../i18n/language.tsx';
import { mapping } from '../../i18n/mapping.ts';
import { Alert } from '../../ui/alert.tsx';

const TOTALS = ['complete', 'placed', 'unmapped', 'missing'] as const;
type Placement = NonNullable<MappingTrial['entity']>['before'];

/** What a mapping would do: its faults, what changes, and how files would fall. */
export function TrialResult({ trial }: { trial: MappingTrial }) {
  const t = useTexts(mapping);
  const { faults, changes, sample, entity } = trial;
  return (
    <section className="stack" aria-live="polite">
      <h3>{t.trial}</h3>
      <p className="faint">{t.trialText}</p>
      {faults.length === 0 ? null : (
        <Alert tone="bad" title={t.faultsTitle} announced>
          <ul>
            {faults.map(({ libNode, fault }) => (
              <li key={`${libNode} ${fault}`}>
                {changes.find((one) => one.libNode === libNode)?.label ?? libNode}：{t.faults[fault]}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <Changes changes={changes} />
      <p>{t.sample(sample.entities)}</p>
      {sample.entities === 0 ? null : (
        <table className="diff">
          <thead>
            <tr>
              <th scope="col">{t.measure}</th>
              <th scope="col">{t.before}</th>
              <th scope="col">{t.after}</th>
            </tr>
          </thead>
          <tbody>
            {TOTALS.map((name) => (
              <tr key={name}>
                <th scope="row">{t.totals[name]}</th>
                <td className="figures">{sample.before[name]}</td>
                <td className="figures">{sample.after[name]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {entity === null ? null : (
        <>
          <h4>{t.ofEntity(entity.name)}</h4>
          <div className="mapping-sides">
            <Falls title={t.before} placement={entity.before} />
            <Falls title={t.after} placement={entity.after} />
          </div>
        </>
      )}
    </section>
  );
}

function Changes({ changes }: { changes: MappingTrial['changes'] }) {
  const t = useTexts(mapping);
  const said = (row: MappingTrial['changes'][number]['after']) =>
    row === null
      ? t.none
      : row.platformNode === null
        ? `${t.notMirrored}：${row.hint ?? ''}`
        : `${row.platformNode}${row.required ? `（${t.required}）` : ''}`;
  if (changes.length === 0) return <p>{t.changes(0)}</p>;
  return (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">{t.libraryNode}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ libNode, label, before, after }) => (
          <tr key={libNode}>
            <th scope="row">{label}</th>
            <td>{said(before)}</td>
            <td>{said(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** One entity's files under one mapping. */
function Falls({ title, placement }: { title: string; placement: Placement }) {
  const t = useTexts(mapping);
  return (
    <section className="card stack-tight">
      <h5>{title}</h5>
      <ul className="stack-tight">
        {placement.placed.map(({ libraryNode, platformNode, files }) => (
          <li key={`${libraryNode} ${platformNode}`}>
            {platformNode} <span className="faint">{t.files(files)}</span>
          </li>
        ))}
        {placement.unmapped.map(({ libraryNode, hint, files }) => (
          <li key={libraryNode}>
            <strong>{t.notMirrored}</strong> {libraryNode} <span className="faint">{t.files(files)}</span>
            <div className="faint">{hint}</div>
          </li>
        ))}
        {placement.missing.map(({ platformNode }) => (
          <li key={platformNode}>
            <strong>{t.missing}</strong> {platformNode}
          </li>
        ))}
      </ul>
    </section>
  );
}
