import { type Delegation, DelegationForm, libraryEntityRoutes } from '@hufu/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { day, today } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { useSaid } from '../../i18n/said.ts';
import { Button } from '../../ui/button.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorSummary } from '../../ui/error-summary.tsx';
import { checkForm, complaints, serverComplaints } from '../../ui/field-errors.ts';
import { Choices, type FieldErrors, TextArea, TextField } from '../../ui/form.tsx';
import { Empty, Loaded, Skeleton } from '../../ui/loaded.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Status } from '../../ui/status.tsx';
import { useMember } from '../session/library-session.ts';
import { modulesFor } from '../session/modules.ts';
import { KeyTabs } from './keys-page.tsx';
import { delegationsQuery } from './keys-query.ts';
import { useSayPerson } from './say-person.ts';

/** Who maintains which modules for the entity with a certificate of their own, and until when. */
export function DelegatesPage() {
  const t = useTexts(library).keys;
  const said = useSaid();
  const modules = modulesFor(useMember());
  const delegations = useQuery(delegationsQuery);
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Delegation>();
  const names = new Map(modules.map(({ name, label }) => [name, said(label)]));
  const separator = useTexts(common).listSeparator;
  const columns: readonly Column<Delegation>[] = [
    { key: 'person', label: t.delegates.person, render: ({ personName }) => personName },
    {
      key: 'idNo',
      label: t.delegates.idNo,
      render: ({ personIdNo }) => <span className="figures">{personIdNo}</span>,
    },
    {
      key: 'modules',
      label: t.delegates.modules,
      render: ({ modules: granted }) => granted.map((name) => names.get(name) ?? name).join(separator),
    },
    {
      key: 'until',
      label: t.delegates.until,
      render: ({ expiresAt }) => <time className="figures nowrap">{day(expiresAt)}</time>,
    },
    {
      key: 'state',
      label: t.state,
      render: (one) => (
        <>
          <Status tone={one.state === 'GRANTED' ? 'good' : 'bad'}>{t.delegates.states[one.state]}</Status>
          {one.state === 'GRANTED' ? (
            <button type="button" className="link-button menu-destroy" onClick={() => setEnding(one)}>
              {t.delegates.revoke}
            </button>
          ) : null}
        </>
      ),
    },
  ];
  return (
    <Page
      title={t.title}
      lead={t.delegates.lead}
      aside={
        <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
          {t.delegates.add}
        </Button>
      }
    >
      <KeyTabs />
      <Loaded query={delegations} skeleton={<Skeleton lines={4} />}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t.delegates.empty} />
          ) : (
            <DataTable caption={t.title} rows={rows} columns={columns} rowKey={({ id }) => id} cards />
          )
        }
      </Loaded>
      {adding ? <Grant onClose={() => setAdding(false)} /> : null}
      {ending ? <Revoke delegation={ending} onClose={() => setEnding(undefined)} /> : null}
    </Page>
  );
}

function Grant({ onClose }: { onClose: () => void }) {
  const t = useTexts(library).keys.delegates;
  const texts = useTexts(common);
  const said = useSaid();
  const say = useSayPerson();
  const client = useQueryClient();
  const modules = modulesFor(useMember());
  const [values, setValues] = useState({
    personName: '',
    personIdNo: '',
    until: '',
    modules: [] as string[],
  });
  const [attempt, setAttempt] = useState(0);
  const checked = checkForm(DelegationForm, values);
  const send = useMutation({
    mutationFn: () => call(libraryEntityRoutes.delegate, { body: values }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: delegationsQuery.queryKey });
      onClose();
    },
  });
  const refused = send.error ? toProblem(send.error) : undefined;
  const errors: FieldErrors = {
    ...serverComplaints(refused?.errors ?? []),
    ...(attempt > 0 && !checked.success ? complaints(checked.error, say) : {}),
  };
  const change = (part: Partial<typeof values>) => {
    send.reset();
    setValues({ ...values, ...part });
  };
  const submit = () => {
    setAttempt(attempt + 1);
    if (checked.success) send.mutate();
  };
  return (
    <Dialog
      title={t.add}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button kind="primary" busy={send.isPending} onClick={submit}>
            {texts.confirm}
          </Button>
        </>
      }
    >
      <ErrorSummary
        errors={errors}
        labels={{ personName: t.person, personIdNo: t.idNo, until: t.until, modules: t.modules }}
        attempt={attempt}
      />
      <div className="form-grid">
        <TextField
          name="personName"
          label={t.person}
          maxLength={50}
          value={values.personName}
          error={errors['personName']}
          onValue={(personName) => change({ personName })}
        />
        <TextField
          name="personIdNo"
          label={t.idNo}
          maxLength={18}
          value={values.personIdNo}
          error={errors['personIdNo']}
          onValue={(personIdNo) => change({ personIdNo })}
        />
        <TextField
          name="until"
          label={t.until}
          type="date"
          hint={t.untilHint}
          min={today()}
          value={values.until}
          error={errors['until']}
          onValue={(until) => change({ until })}
        />
      </div>
      <Choices
        name="modules"
        label={t.modules}
        error={errors['modules']}
        options={modules.map(({ name, label }) => ({ value: name, label: said(label) }))}
        values={values.modules}
        onValues={(next) => change({ modules: [...next] })}
      />
      {refused && refused.errors.length === 0 ? <ProblemBox error={refused} /> : null}
    </Dialog>
  );
}

function Revoke({ delegation, onClose }: { delegation: Delegation; onClose: () => void }) {
  const t = useTexts(library).keys.delegates;
  const texts = useTexts(common);
  const client = useQueryClient();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const send = useMutation({
    mutationFn: () =>
      call(libraryEntityRoutes.revokeDelegation, {
        params: { id: delegation.id },
        body: { reason: reason.trim() },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: delegationsQuery.queryKey });
      onClose();
    },
  });
  return (
    <Dialog
      title={t.revokeTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind="destroy"
            busy={send.isPending}
            onClick={() => {
              setTried(true);
              if (reason.trim() !== '') send.mutate();
            }}
          >
            {t.revoke}
          </Button>
        </>
      }
    >
      <p>{t.revokeText(delegation.personName)}</p>
      <TextArea
        name="revoke-reason"
        label={t.reason}
        maxLength={200}
        value={reason}
        onValue={setReason}
        error={tried && reason.trim() === '' ? texts.required : undefined}
      />
      {send.error ? <ProblemBox error={send.error} /> : null}
    </Dialog>
  );
}
