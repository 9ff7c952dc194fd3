import { type StewardImport, stewardRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { useTexts } from '../../i18n/language.tsx';
import { useSaid } from '../../i18n/said.ts';
import { stewards } from '../../i18n/stewards.ts';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { Pager } from '../../ui/pager.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status, type Tone } from '../../ui/status.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { NewImport } from './new-import.tsx';

const route = getRouteApi('/desk/imports');
const KEY = ['desk', 'library', 'imports'];
const STILL_MOVING_MS = 2_000;
const TONES: Readonly<Record<StewardImport['state'], Tone>> = {
  READING: 'busy',
  READ: 'attention',
  WRITING: 'busy',
  DONE: 'good',
  FAILED: 'bad',
  CANCELLED: 'idle',
};

const isMoving = ({ state }: StewardImport): boolean => state === 'READING' || state === 'WRITING';

/** 批量导入: sheets on their way into the library. */
export function ImportsPage() {
  const t = useTexts(stewards);
  const has = useDeskRoles();
  const client = useQueryClient();
  const query = route.useSearch();
  const [committing, setCommitting] = useState<StewardImport>();
  const [proposed, setProposed] = useState<string>();
  const imports = useQuery({
    queryKey: [...KEY, query],
    queryFn: ({ signal }) => call(stewardRoutes.imports, { query, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isMoving) ? STILL_MOVING_MS : false),
  });
  return (
    <Page title={t.imports}>
      {proposed === undefined ? null : <ProposedNote id={proposed} />}
      {has('clerk', 'reviewer', 'admin') ? (
        <NewImport onStarted={() => void client.invalidateQueries({ queryKey: KEY })} />
      ) : null}
      <Loaded query={imports} skeleton={<Skeleton lines={6} />}>
        {(page) => (
          <>
            <Imports rows={page.items} onCommit={setCommitting} />
            <Pager {...page} />
          </>
        )}
      </Loaded>
      {committing === undefined ? null : (
        <ReasonDialog
          title={t.commitTitle}
          confirm={t.commit}
          onClose={() => setCommitting(undefined)}
          act={async (reason) => {
            const approval = await call(stewardRoutes.commitImport, {
              params: { id: committing.id },
              body: { reason },
            });
            setProposed(approval.id);
          }}
        >
          <p>{t.commitText(committing.good, committing.bad)}</p>
        </ReasonDialog>
      )}
    </Page>
  );
}

type ImportsProps = { rows: readonly StewardImport[]; onCommit: (one: StewardImport) => void };

function Imports({ rows, onCommit }: ImportsProps) {
  const t = useTexts(stewards);
  const said = useSaid();
  return (
    <DataTable
      caption={t.imports}
      rows={rows}
      rowKey={(row) => row.id}
      columns={[
        { key: 'file', label: t.file, render: (row) => row.fileName },
        { key: 'type', label: t.type, render: (row) => said(row.label), wide: true },
        {
          key: 'state',
          label: t.state,
          render: (row) => (
            <Status tone={TONES[row.state]}>
              {t.importStates[row.state]} {row.failure}
            </Status>
          ),
        },
        {
          key: 'rows',
          label: t.verdicts,
          render: (row) => (
            <span className="figures">{t.counts(row.good, row.bad + row.refused, row.written)}</span>
          ),
        },
        { key: 'at', label: t.startedAt, render: (row) => <time>{minute(row.createdAt)}</time>, wide: true },
        { key: 'acts', label: t.acts, render: (row) => <Acts one={row} onCommit={onCommit} /> },
      ]}
    />
  );
}

function Acts({ one, onCommit }: { one: StewardImport; onCommit: ImportsProps['onCommit'] }) {
  const t = useTexts(stewards);
  const has = useDeskRoles();
  const client = useQueryClient();
  const params = { id: one.id };
  const cancel = useMutation({
    mutationFn: () => call(stewardRoutes.cancelImport, { params }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
  if (!has('clerk', 'reviewer', 'admin')) return null;
  return (
    <div className="row">
      {one.bad + one.refused > 0 ? (
        <ButtonAnchor icon="download" download href={addressOf(stewardRoutes.importFaults, { params })}>
          {t.faults}
        </ButtonAnchor>
      ) : null}
      {one.state === 'READ' && one.good > 0 && has('reviewer', 'admin') ? (
        <Button kind="primary" onClick={() => onCommit(one)}>
          {t.commit}
        </Button>
      ) : null}
      {one.state === 'READ' ? (
        <Button busy={cancel.isPending} onClick={() => cancel.mutate()}>
          {t.cancelImport}
        </Button>
      ) : null}
      {cancel.error ? <ProblemBox error={cancel.error} /> : null}
    </div>
  );
}
