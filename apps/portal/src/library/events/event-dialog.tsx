import { type RecordDetail, recordRoutes } from '@hufu/contracts';
import {
  type Event,
  type Field,
  NONE,
  type RecordType,
  readNeeds,
  readTaken,
  type Value,
  type Values,
} from '@hufu/library';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { call } from '../../api/client.ts';
import { toProblem } from '../../api/problem.ts';
import { today } from '../../format/dates.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { FormField } from '../form/form-field.tsx';
import { createFormStore, useFormPart } from '../form/form-store.ts';
import { serverIssues } from '../form/server-issues.ts';
import { detailQuery, touched } from '../records-query.ts';
import { useMember } from '../session/library-session.ts';
import { destroys } from './events.ts';
import '../form/form.css';

type Recorded = Pick<RecordDetail, 'id' | 'title' | 'state' | 'version'> & { readonly values: object };

type EventDialogProps = {
  type: RecordType;
  event: Event;
  record: Recorded;
  /** After the step; undefined when the record was deleted. */
  onDone?: (record: RecordDetail | undefined) => void;
  onClose: () => void;
};

/** One step of a life cycle: what will happen and to what, with the reason and the proof that it needs (GEN-006). */
export function EventDialog({ type, event, record, onDone, onClose }: EventDialogProps) {
  const t = useTexts(records);
  const texts = useTexts(common);
  const said = useSaid();
  const client = useQueryClient();
  const { owner } = useMember();
  const fields = useMemo(() => fieldsOfEvent(event), [event]);
  const [store] = useState(() =>
    createFormStore(initialOf(fields), {
      derive: (values) => values,
      check: (values) => {
        const taken = readTaken(type, ownFields(event, values), {
          of: event,
          today: today(),
          entity: owner,
          before: record.values as Values,
        });
        const needs = readNeeds(event, { reason: values['reason'], proof: values['proof'] });
        return [...(taken.ok ? taken.warnings : taken.issues), ...(needs.ok ? [] : needs.issues)];
      },
    }),
  );
  const busy = useFormPart(store, (state) => state.busy.size > 0);
  const send = useMutation({
    mutationFn: () => {
      const { values } = store.read();
      return call(recordRoutes.change, {
        params: { type: type.name, id: record.id },
        body: {
          event: event.name,
          version: record.version,
          ...(event.takes && 'fields' in event.takes
            ? { fields: ownFields(event, values) as Record<string, unknown> }
            : {}),
          ...(event.needs?.reason ? { reason: String(values['reason'] ?? '') } : {}),
          ...(event.needs?.proof ? { proof: values['proof'] as never } : {}),
        },
      });
    },
    onSuccess: (next) => {
      if (next === undefined) client.removeQueries(detailQuery(type.name, record.id));
      else client.setQueryData(detailQuery(type.name, record.id).queryKey, next);
      void client.invalidateQueries(touched);
      onClose();
      onDone?.(next);
    },
    onError: (error) => {
      const issues = serverIssues(toProblem(error));
      if (issues.length > 0) store.refuse(issues);
    },
  });
  const submit = () => {
    if (busy || store.attempt().length > 0) return;
    send.mutate();
  };
  const destroying = destroys(event);
  const what = event.to === NONE ? t.event.deleteText : event.name === 'void' ? t.event.voidText : undefined;
  return (
    <Dialog
      title={said(event.dialog ?? event.button ?? type.label)}
      wide={fields.length > 2}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind={destroying ? 'destroy' : 'primary'}
            busy={send.isPending}
            disabled={busy}
            onClick={submit}
          >
            {event.confirm ? said(event.confirm) : texts.confirm}
          </Button>
        </>
      }
    >
      <p>{t.event.what(said(type.label), record.title)}</p>
      {what ? <Alert tone={destroying ? 'attention' : 'info'} title={what} /> : null}
      {fields.map((field) => (
        <FormField key={field.name} field={field} store={store} event={event.name} locks={UNLOCKED} />
      ))}
      {send.error && serverIssues(toProblem(send.error)).length === 0 ? (
        <ProblemBox error={send.error} />
      ) : null}
    </Dialog>
  );
}

const UNLOCKED = { locked: [], settled: false };

/** What the step takes of its own, then its reason and its proof. */
function fieldsOfEvent(event: Event): readonly Field[] {
  const own = event.takes && 'fields' in event.takes ? event.takes.fields : [];
  const { reason, proof } = event.needs ?? {};
  const words = event.name === 'void' ? VOID_REASON : REASON;
  return [
    ...own,
    ...(reason
      ? [
          {
            kind: 'text',
            max: 500,
            multiline: true,
            name: 'reason',
            label: words,
            required: 'always',
          } as const,
        ]
      : []),
    ...(proof
      ? [{ kind: 'files', min: 1, max: 10, name: 'proof', label: PROOF, required: 'always' } as const]
      : []),
  ];
}

const REASON = { zh: '变更原因', en: 'Reason for the change' };
const VOID_REASON = { zh: '作废原因', en: 'Reason for voiding' };
const PROOF = { zh: '证明材料', en: 'Proof' };

function ownFields(event: Event, values: Values): Values | undefined {
  if (!(event.takes && 'fields' in event.takes)) return undefined;
  return Object.fromEntries(event.takes.fields.map(({ name }) => [name, values[name]]));
}

const initialOf = (fields: readonly Field[]): Values =>
  Object.fromEntries(
    fields.flatMap(({ name, initial }): [string, Value][] =>
      initial === undefined ? [] : [[name, initial]],
    ),
  );
