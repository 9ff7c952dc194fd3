import { type Approval, deskRoutes, stewardRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { addressOf, call } from '../../api/client.ts';
import { minute } from '../../format/dates.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button, ButtonAnchor } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Empty, Loaded } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ApprovalState } from './approval-state.tsx';
import { approvalsQuery } from './approvals-query.ts';
import { DecideApproval } from './decide-approval.tsx';

const route = getRouteApi('/desk/approvals/$id');

export function ApprovalDrawer() {
  const t = useTexts(desk).approvals;
  const { id } = route.useParams();
  const listed = useQuery(approvalsQuery(route.useSearch()));
  const closed = useQuery({
    ...approvalsQuery({ state: 'CLOSED', pageSize: 100 }),
    enabled: listed.data !== undefined && !listed.data.items.some((one) => one.id === id),
  });
  const approval = [...(listed.data?.items ?? []), ...(closed.data?.items ?? [])].find(
    (one) => one.id === id,
  );
  return (
    <Drawer title={approval ? t.kinds[approval.kind] : t.title} back="/desk/approvals">
      <Loaded query={listed}>
        {() =>
          approval ? <Details approval={approval} /> : closed.isFetching ? null : <Empty title={t.missing} />
        }
      </Loaded>
    </Drawer>
  );
}

function Details({ approval }: { approval: Approval }) {
  const texts = useTexts(desk);
  const t = texts.approvals;
  const has = useDeskRoles();
  const open = approval.state === 'OPEN';
  return (
    <>
      <Facts
        facts={[
          { label: t.summary, value: approval.summary, wide: true },
          { label: t.state, value: <ApprovalState state={approval.state} /> },
          { label: t.proposedBy, value: approval.proposedBy },
          { label: t.proposedAt, value: <time>{minute(approval.proposedAt)}</time> },
          { label: t.subject, value: approval.subject },
          { label: texts.reason, value: approval.reason, wide: true },
          ...(approval.decidedBy ? [{ label: t.decidedBy, value: approval.decidedBy }] : []),
          ...(approval.decidedAt
            ? [{ label: t.decided, value: <time>{minute(approval.decidedAt)}</time> }]
            : []),
          ...(approval.decisionNote
            ? [{ label: t.decisionNote, value: approval.decisionNote, wide: true }]
            : []),
        ]}
      />
      {approval.kind === 'KEY_PRIMARY' && has('reviewer', 'admin') ? (
        <ButtonAnchor
          icon="download"
          download
          href={addressOf(stewardRoutes.recoveryProof, { params: { id: approval.subject } })}
        >
          {t.proof}
        </ButtonAnchor>
      ) : null}
      <Changes approval={approval} />
      {open && approval.mine ? <Withdraw approval={approval} /> : null}
      {open && !approval.mine && has('reviewer', 'admin') ? <DecideApproval approval={approval} /> : null}
    </>
  );
}

/** Before and after, side by side. */
function Changes({ approval }: { approval: Approval }) {
  const texts = useTexts(desk);
  const t = texts.approvals;
  const words: Readonly<Record<string, unknown>> = {
    ...texts.operators,
    ...texts.platforms,
    ...texts.authorities,
  };
  const nameOf = (field: string) => {
    const word = words[field];
    return typeof word === 'string' ? word : field;
  };
  const said = (value: string | null) =>
    value === null ? t.nothing : value === 'true' ? texts.yes : value === 'false' ? texts.no : value;
  if (approval.changes.length === 0) return null;
  return (
    <section className="card">
      <table className="diff">
        <thead>
          <tr>
            <th scope="col">{t.field}</th>
            <th scope="col">{t.before}</th>
            <th scope="col">{t.after}</th>
          </tr>
        </thead>
        <tbody>
          {approval.changes.map((change) => (
            <tr key={change.field}>
              <th scope="row">{nameOf(change.field)}</th>
              <td>{said(change.before)}</td>
              <td>{said(change.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Withdraw({ approval }: { approval: Approval }) {
  const t = useTexts(desk).approvals;
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const withdraw = useMutation({
    mutationFn: () => call(deskRoutes.withdrawApproval, { params: { id: approval.id } }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['desk'] }),
  });
  return (
    <Alert
      tone="info"
      title={t.mine}
      actions={
        sure ? (
          <>
            <Button kind="destroy" busy={withdraw.isPending} onClick={() => withdraw.mutate()}>
              {t.withdraw}
            </Button>
            <span>{t.withdrawTitle}</span>
          </>
        ) : (
          <Button onClick={() => setSure(true)}>{t.withdraw}</Button>
        )
      }
    >
      {withdraw.error ? <ProblemBox error={withdraw.error} /> : null}
    </Alert>
  );
}
