import { type RecordDetail, recordRoutes } from '@hufu/contracts';
import {
  type Event,
  type Field,
  fieldsOf,
  initialValues,
  isComputed,
  isFilled,
  isTaken,
  type RecordType,
  readValues,
  sectionsOf,
  type Values,
  withDerived,
  withoutHidden,
} from '@hufu/library';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { call } from '../../api/client.ts';
import { isCode, toProblem } from '../../api/problem.ts';
import { ago, today } from '../../format/dates.ts';
import { useLanguage, useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { useSaid } from '../../i18n/said.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { detailQuery, touched } from '../records-query.ts';
import { codeListsOf, useCodeLists } from './code-lists.ts';
import { loadDraft } from './draft-store.ts';
import { FormContents, sectionId } from './form-contents.tsx';
import { FormField, type Locks } from './form-field.tsx';
import { createFormStore, type FormRules, useFormPart } from './form-store.ts';
import { FormSummary } from './form-summary.tsx';
import { useLeaveQuestion } from './leave-question.tsx';
import { serverIssues } from './server-issues.ts';
import { StaleEdit } from './stale-edit.tsx';
import { useDraft } from './use-draft.ts';
import './form.css';

export type Owner = { readonly id: string; readonly name: string; readonly uscc: string | null };

type RecordFormProps = {
  type: RecordType;
  /** The step that takes complete values. */
  event: Event;
  /** The step that keeps a draft, where the life cycle has one. */
  draftEvent?: Event | undefined;
  owner: Owner;
  /** Absent for a new one. */
  record?: RecordDetail | undefined;
  parentId?: string | undefined;
  /** Values at the start of a new one, beside the declaration's. */
  initial?: Values;
  /** After a step; nothing is handed over when the draft was deleted. */
  onDone: (record: RecordDetail) => void;
  onCancel: () => void;
  cancel: string;
  children?: ReactNode;
};

/** A form made from a declaration: the same rules as on the server, draft kept, nothing lost. */
export function RecordForm(props: RecordFormProps) {
  const { type, event, draftEvent, owner, record, parentId, onDone, onCancel } = props;
  const t = useTexts(records).form;
  const said = useSaid();
  const client = useQueryClient();
  const [base, setBase] = useState(record);
  const place = [owner.id, type.name, record?.id ?? parentId ?? 'new', event.name].join('.');
  const [draft, setDraft] = useState(() => loadDraft(place));
  const [start] = useState<Values>(
    () => (record?.values as Values) ?? { ...initialValues(type), ...props.initial },
  );
  const [opened] = useState<Opened>(() => ({ record }));
  const [store] = useState(() =>
    createFormStore(draft?.values ?? start, rulesOf({ type, event, owner, opened })),
  );
  const ready = useCodeLists(codeListsOf(type));
  useEffect(() => {
    if (ready) store.fill(store.read().values);
  }, [ready, store]);
  const kept = useDraft(store, { place, version: base?.version });
  const sections = useMemo(
    () => sectionsOf(type).filter(({ fields }) => fields.some((one) => isTaken(one, event.name))),
    [type, event],
  );
  const labels = useMemo(() => new Map(fieldsOf(type).map(({ name, label }) => [name, label])), [type]);
  const locks = useMemo((): Locks => ({ locked: base?.locked ?? [], settled: isSettled(base) }), [base]);
  const busy = useFormPart(store, (state) => state.busy.size > 0);
  const dirty = useFormPart(store, ({ typed }) => typed);
  const [sentAs, setSentAs] = useState<Event>();

  const send = useMutation({
    mutationFn: async (step: Event): Promise<RecordDetail | undefined> => {
      const values = toSend(type, store.read().values) as Record<string, unknown>;
      if (base === undefined) {
        return call(recordRoutes.create, {
          params: { type: type.name },
          body: { event: step.name, values, ...(parentId === undefined ? {} : { parentId }) },
        });
      }
      return call(recordRoutes.change, {
        params: { type: type.name, id: base.id },
        body: { event: step.name, version: base.version, values },
      });
    },
    onSuccess: (next) => {
      kept.end();
      setSentAs(event);
      if (next === undefined) return;
      client.setQueryData(detailQuery(type.name, next.id).queryKey, next);
      void client.invalidateQueries(touched);
      onDone(next);
    },
    onError: (error) => {
      const issues = serverIssues(toProblem(error));
      if (issues.length > 0) store.refuse(issues);
    },
  });
  const leaving = useLeaveQuestion({
    dirty: dirty && sentAs === undefined && !send.isPending,
    uploading: busy,
  });

  const submit = (step: Event) => {
    if (busy || send.isPending) return;
    if (isComplete(step) && store.attempt().length > 0) return;
    send.mutate(step);
  };
  const stale = isCode(send.error, 'RECORD_STALE') && base !== undefined;
  return (
    <div className="record-form">
      <FormContents sections={sections} store={store} event={event.name} />
      <form
        className="form record-form-body"
        noValidate
        onSubmit={(submitted) => {
          submitted.preventDefault();
          submit(event);
        }}
      >
        {draft ? (
          <RestoredNote
            at={draft.at}
            onDrop={() => {
              setDraft(undefined);
              store.forget(start);
              kept.drop();
            }}
          />
        ) : null}
        {props.children}
        <FormSummary store={store} labels={labels} />
        {stale ? (
          <StaleEdit
            type={type}
            base={base}
            store={store}
            onMerged={(fresh) => {
              opened.record = fresh;
              setBase(fresh);
              send.reset();
            }}
          />
        ) : send.error && serverIssues(toProblem(send.error)).length === 0 ? (
          <ProblemBox error={send.error} />
        ) : null}
        {sections.map((section) => (
          <FormSection key={section.name} name={section.name} title={said(section.label)}>
            {section.fields
              .filter((field) => isTaken(field, event.name))
              .map((field) => (
                <FormField key={field.name} field={field} store={store} event={event.name} locks={locks} />
              ))}
          </FormSection>
        ))}
        <footer className="form-foot">
          <Button onClick={onCancel}>{props.cancel}</Button>
          {draftEvent ? (
            <Button busy={send.isPending && send.variables === draftEvent} onClick={() => submit(draftEvent)}>
              {said(draftEvent.confirm ?? draftEvent.button ?? DRAFT)}
            </Button>
          ) : null}
          <Button
            kind="primary"
            type="submit"
            busy={send.isPending && send.variables === event}
            disabled={busy}
          >
            {said(event.confirm ?? event.button ?? event.dialog ?? type.label)}
          </Button>
          <span className="faint" role="status">
            {busy ? t.uploading : dirty ? t.draftSaved : ''}
          </span>
        </footer>
        {leaving}
      </form>
    </div>
  );
}

function FormSection({ name, title, children }: { name: string; title: string; children: ReactNode }) {
  return (
    <section className="form-section" aria-labelledby={sectionId(name)}>
      <h3 id={sectionId(name)} tabIndex={-1}>
        {title}
      </h3>
      <div className="form-grid">{children}</div>
    </section>
  );
}

function RestoredNote({ at, onDrop }: { at: string; onDrop: () => void }) {
  const t = useTexts(records).form;
  const { language } = useLanguage();
  return (
    <Alert
      tone="info"
      title={t.draftRestored(ago(at, Date.now(), language))}
      actions={
        <Button kind="quiet" icon="close" onClick={onDrop}>
          {t.draftDrop}
        </Button>
      }
    >
      {t.draftRestoredText}
    </Alert>
  );
}

const DRAFT = { zh: '保存草稿', en: 'Save as draft' };

const isComplete = ({ takes }: Event): boolean => takes !== undefined && 'values' in takes && takes.complete;

const isSettled = (record: RecordDetail | undefined): boolean =>
  record !== undefined &&
  Object.keys(record.history.events).some((event) => event !== 'save' && event !== 'import');

/** The record against which values are read: another one after a merge. */
type Opened = { record: RecordDetail | undefined };
type Rules = { type: RecordType; event: Event; owner: Owner; opened: Opened };

function rulesOf({ type, event, owner, opened }: Rules): FormRules {
  const entity = { name: owner.name, uscc: owner.uscc };
  const complete = isComplete(event);
  const asked = { event: event.name, complete, today: today(), entity };
  // What a certificate says is filled in, and judged, by the server.
  const fromOutside = new Set(fieldsOf(type).flatMap((field) => (isTyped(field) ? [] : [field.name])));
  return {
    derive: (values) => withDerived(type, values),
    check: (values) => {
      const { record } = opened;
      const read = readValues(type, toSend(type, values), {
        ...asked,
        ...(record === undefined ? {} : contextOf(record)),
      });
      return (read.ok ? read.warnings : read.issues).filter(({ path }) => !fromOutside.has(path));
    },
  };
}

/** Typed by a person, rather than taken from a certificate. */
const isTyped = ({ source }: Field): boolean => source !== 'certificate';

/** The values of the fields that are shown and typed; what is computed is computed again. */
function toSend(type: RecordType, values: Values): Values {
  const sent = withoutHidden(type, values);
  const typed = fieldsOf(type).filter((field) => isTyped(field) && !isComputed(field, values));
  return Object.fromEntries(typed.flatMap(({ name }) => (isFilled(sent[name]) ? [[name, sent[name]]] : [])));
}

const contextOf = (record: RecordDetail) => ({
  locked: record.locked,
  before: record.values as Values,
  system: record.system as Values,
  settled: isSettled(record),
});
