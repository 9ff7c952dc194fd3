import { type DeskRole, deskRoutes, type Operator } from '@hufu/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../../api/client.ts';
import { day, minute } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Drawer } from '../../ui/drawer.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Loaded } from '../../ui/loaded.tsx';
import { useDeskRoles } from '../desk-session.ts';
import { ProposedNote } from '../parts/proposed-note.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { operatorsQuery } from './operators-query.ts';
import { RoleChoices } from './role-choices.tsx';

const route = getRouteApi('/desk/operators/$id');
type OperatorView = z.infer<typeof Operator>;

export function OperatorDrawer() {
  const { id } = route.useParams();
  const operators = useQuery(operatorsQuery);
  return (
    <Loaded query={operators}>
      {(list) => {
        const operator = list.find((one) => one.id === id);
        return operator ? <Details operator={operator} /> : null;
      }}
    </Loaded>
  );
}

function Details({ operator }: { operator: OperatorView }) {
  const texts = useTexts(desk);
  const t = texts.operators;
  const { listSeparator, none, certificate } = useTexts(common);
  const has = useDeskRoles();
  const client = useQueryClient();
  const [step, setStep] = useState<'roles' | 'disable'>();
  const [roles, setRoles] = useState<readonly DeskRole[]>(operator.roles);
  const [proposed, setProposed] = useState<string>();
  const params = { id: operator.id };
  return (
    <Drawer
      title={operator.name}
      back="/desk/operators"
      actions={
        has('admin') && operator.state === 'ACTIVE' ? (
          <>
            <Button onClick={() => setStep('roles')}>{t.changeRoles}</Button>
            <Button kind="destroy" onClick={() => setStep('disable')}>
              {t.disable}
            </Button>
          </>
        ) : null
      }
    >
      {proposed ? <ProposedNote id={proposed} /> : null}
      <Facts
        facts={[
          { label: t.roles, value: operator.roles.map((role) => texts.roles[role]).join(listSeparator) },
          { label: t.state, value: t.states[operator.state] },
          { label: t.createdAt, value: <time>{day(operator.createdAt)}</time> },
          {
            label: t.lastLoginAt,
            value: operator.lastLoginAt ? <time>{minute(operator.lastLoginAt)}</time> : none,
          },
          { label: certificate.serial, value: <CodeText value={operator.certSerial} copyable />, wide: true },
          { label: certificate.issuer, value: operator.issuerName, wide: true },
        ]}
      />
      {step === 'disable' ? (
        <ReasonDialog
          title={t.disableTitle}
          confirm={t.disable}
          destroys
          onClose={() => setStep(undefined)}
          act={async (reason) => {
            await call(deskRoutes.disableOperator, { params, body: { reason } });
            await client.invalidateQueries({ queryKey: ['desk'] });
          }}
        >
          <p>{t.disableText(operator.name)}</p>
        </ReasonDialog>
      ) : null}
      {step === 'roles' ? (
        <ReasonDialog
          title={t.changeRoles}
          confirm={t.propose}
          onClose={() => setStep(undefined)}
          act={async (reason) => {
            const approval = await call(deskRoutes.changeOperatorRoles, {
              params,
              body: { roles: [...roles], reason },
            });
            setProposed(approval.id);
            await client.invalidateQueries({ queryKey: ['desk'] });
          }}
        >
          <p>{texts.second}</p>
          <RoleChoices
            roles={roles}
            onRoles={setRoles}
            error={roles.length === 0 ? t.rolesMissing : undefined}
          />
        </ReasonDialog>
      ) : null}
    </Drawer>
  );
}
