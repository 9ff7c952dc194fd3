import { deskExchangeRoutes, type Mapping, type MappingTrial } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { mapping as texts } from '../../i18n/mapping.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { EntityPicker, type PickedEntity } from '../library/entity-picker.tsx';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { type Row, useMappingDraft } from './mapping-draft.ts';
import { MappingTable } from './mapping-table.tsx';
import { TrialResult } from './mapping-trial.tsx';
import { MappingVersions } from './mapping-versions.tsx';

const sent = ({ libNode, platformNode, required, hint }: Row) => ({
  libNode,
  platformNode: platformNode?.trim() || null,
  required,
  hint: hint?.trim() || null,
});

/** Edit, try, and send for a second person's yes. */
export function MappingEditor({ mapping }: { mapping: Mapping }) {
  const t = useTexts(texts);
  const has = useDeskRoles();
  const client = useQueryClient();
  const draft = useMappingDraft(mapping);
  const [entity, setEntity] = useState<PickedEntity>();
  const [asking, setAsking] = useState(false);
  const [proposed, setProposed] = useState<string>();
  const params = { code: mapping.platform };
  const trial = useMutation({
    mutationFn: (): Promise<MappingTrial> =>
      call(deskExchangeRoutes.tryMapping, {
        params,
        body: { rows: draft.rows.map(sent), ...(entity ? { entity: entity.id } : {}) },
      }),
  });
  const touched = draft.changed.size > 0;
  const mayEdit = has('admin');
  const edit = (libNode: string, to: Partial<Row>) => {
    trial.reset();
    draft.change(libNode, to);
  };
  return (
    <div className="stack">
      <p className="faint">
        {mapping.updatedAt === null ? t.initial : t.present(mapping.version, minute(mapping.updatedAt))}
        {mayEdit ? null : ` ${t.readOnly}`}
      </p>
      {proposed === undefined ? null : <ProposedNote id={proposed} />}
      <MappingTable rows={draft.rows} changed={draft.changed} onChange={mayEdit ? edit : undefined} />
      {mayEdit ? (
        <section className="card stack mapping-foot" aria-label={t.trial}>
          <EntityPicker
            name="trial-entity"
            label={t.entity}
            hint={t.entityHint}
            picked={entity}
            onPick={setEntity}
          />
          <div className="row">
            <strong>{t.changes(draft.changed.size)}</strong>
            {touched ? <span className="faint">{t.draftKept}</span> : null}
          </div>
          <div className="row">
            <Button busy={trial.isPending} onClick={() => trial.mutate()}>
              {t.tryIt}
            </Button>
            {touched ? (
              <>
                <Button kind="primary" onClick={() => setAsking(true)}>
                  {t.propose}
                </Button>
                <Button
                  kind="quiet"
                  onClick={() => {
                    trial.reset();
                    draft.reset();
                  }}
                >
                  {t.reset}
                </Button>
              </>
            ) : null}
          </div>
          {trial.error ? <ProblemBox error={trial.error} /> : null}
          {trial.data ? <TrialResult trial={trial.data} /> : null}
        </section>
      ) : null}
      <MappingVersions code={mapping.platform} onLoad={mayEdit ? draft.replace : undefined} />
      {asking ? (
        <ReasonDialog
          title={t.proposeTitle}
          confirm={t.propose}
          onClose={() => setAsking(false)}
          act={async (reason) => {
            const body = { version: mapping.version, rows: draft.rows.map(sent), reason };
            const approval = await call(deskExchangeRoutes.changeMapping, { params, body });
            draft.forget();
            setProposed(approval.id);
            await client.invalidateQueries({ queryKey: ['desk', 'session'] });
          }}
        >
          <p>{t.proposeText(draft.changed.size)}</p>
        </ReasonDialog>
      ) : null}
    </div>
  );
}
