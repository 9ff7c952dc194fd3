import { type DeskRaOrder, deskRaRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button } from '../../ui/button.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { CheckDialog } from './check-dialog.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { RaChecks, RaFacts, RaHistory } from './ra-order.tsx';
import { RaPictures } from './ra-pictures.tsx';
import { raOrderQuery } from './ra-query.ts';
import { ReturnDialog } from './return-dialog.tsx';

const route = getRouteApi('/desk/ra/$id');

type Act = 'complete' | 'check' | 'approve' | 'issue' | 'return' | 'cancel';

/** What can be done in each state, in the order of the buttons: the one that goes on comes first. */
function actsOf(order: DeskRaOrder): readonly Act[] {
  const checked = order.checks.length > 0 && order.checks.every(({ passed }) => passed);
  const ticket = order.channel !== 'APP';
  switch (order.state) {
    case 'RECEIVED':
      return ['complete', 'return', 'cancel'];
    case 'RETURNED':
      return ticket ? ['complete', 'cancel'] : ['cancel'];
    case 'UNDER_REVIEW':
      return checked ? ['approve', 'check', 'return'] : ['check', 'return'];
    case 'IN_PROCESS':
      return checked ? ['issue', 'check', 'return', 'cancel'] : ['check', 'return', 'cancel'];
    case 'TO_PAY':
    case 'TO_DOWNLOAD':
      return ['cancel'];
    case 'DRAFT':
    case 'EFFECTIVE':
    case 'ISSUED':
    case 'MAILED':
    case 'COMPLETED':
    case 'CANCELLED':
      return [];
  }
}

export function RaDrawer() {
  const t = useTexts(ra);
  const { id } = route.useParams();
  const has = useDeskRoles();
  const client = useQueryClient();
  const order = useQuery(raOrderQuery(id));
  const [act, setAct] = useState<Act>();
  const close = () => setAct(undefined);
  const done = () => {
    close();
    void client.invalidateQueries({ queryKey: ['desk', 'ra'] });
  };
  const complete = useMutation({
    mutationFn: (version: number) => call(deskRaRoutes.complete, { params: { id }, body: { version } }),
    onSuccess: done,
  });
  const may = has('clerk', 'reviewer');
  const acts = order.data && may ? actsOf(order.data) : [];
  const usable = acts.filter((one) => one !== 'approve' || (order.data?.approvable && has('reviewer')));
  const words = (one: Act): string =>
    one === 'issue' && order.data && !issuesCertificate(order.data) ? t.finish : t[one];
  return (
    <Drawer
      title={order.data ? `${t.kinds[order.data.kind]} · ${nameOf(order.data)}` : t.title}
      back="/desk/ra"
      wide
      actions={usable.map((one, at) => (
        <Button
          key={one}
          kind={at === 0 && one !== 'cancel' ? 'primary' : one === 'cancel' ? 'destroy' : 'plain'}
          busy={one === 'complete' && complete.isPending}
          onClick={() => (one === 'complete' ? complete.mutate(order.data!.version) : setAct(one))}
        >
          {words(one)}
        </Button>
      ))}
    >
      <Loaded query={order}>
        {(data) => (
          <div className="stack">
            {complete.error ? <ProblemBox error={complete.error} /> : null}
            {acts.includes('approve') && !data.approvable ? <p className="faint">{t.selfNote}</p> : null}
            <RaFacts order={data} mayReveal={may} />
            <RaPictures
              order={data}
              mayAdd={
                may && data.channel !== 'APP' && ['RECEIVED', 'RETURNED', 'IN_PROCESS'].includes(data.state)
              }
            />
            <RaChecks order={data} />
            <RaHistory order={data} />
            {act === undefined ? null : <ActDialog act={act} order={data} onDone={done} onClose={close} />}
          </div>
        )}
      </Loaded>
    </Drawer>
  );
}

const nameOf = (order: DeskRaOrder): string =>
  order.applicant === 'ENTERPRISE' ? order.form.enterpriseName : order.applicantName;

const issuesCertificate = ({ kind }: DeskRaOrder): boolean => kind !== 'CANCEL' && kind !== 'RESET_PIN';

type ActDialogProps = { act: Act; order: DeskRaOrder; onDone: () => void; onClose: () => void };

function ActDialog({ act, order, onDone, onClose }: ActDialogProps) {
  const t = useTexts(ra);
  const on = { params: { id: order.id } };
  const { version } = order;
  switch (act) {
    case 'check':
      return <CheckDialog order={order} onDone={onDone} onClose={onClose} />;
    case 'return':
      return <ReturnDialog order={order} onDone={onDone} onClose={onClose} />;
    case 'issue':
      return <IssueDialog order={order} issues={issuesCertificate(order)} onClose={onClose} />;
    case 'complete':
      return null;
    case 'approve':
      return (
        <ReasonDialog
          title={t.approveTitle}
          confirm={t.approve}
          destroys={!issuesCertificate(order)}
          act={async (note) => {
            await call(deskRaRoutes.approve, { ...on, body: { version, note } });
            onDone();
          }}
          onClose={onClose}
        >
          <p>{issuesCertificate(order) ? t.approveText : t.approveEnds}</p>
        </ReasonDialog>
      );
    case 'cancel':
      return (
        <ReasonDialog
          title={t.cancelTitle}
          confirm={t.cancel}
          destroys
          act={async (reason) => {
            await call(deskRaRoutes.cancel, { ...on, body: { version, reason } });
            onDone();
          }}
          onClose={onClose}
        >
          <p>{t.cancelText}</p>
        </ReasonDialog>
      );
  }
}
