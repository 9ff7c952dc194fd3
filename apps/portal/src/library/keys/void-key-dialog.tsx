import { type LibraryKey, libraryEntityRoutes } from '@hufu/contracts';
import { type Event, type Field, type FileValue, readNeeds, type Values } from '@hufu/library';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { library } from '../../i18n/library.ts';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeText } from '../../ui/code-text.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { FormField } from '../form/form-field.tsx';
import { createFormStore, useFormPart } from '../form/form-store.ts';
import '../form/form.css';

const FIELDS: readonly Field[] = [
  {
    kind: 'text',
    max: 500,
    multiline: true,
    name: 'reason',
    label: { zh: '作废原因', en: 'Reason for voiding' },
    required: 'always',
  },
  {
    kind: 'files',
    min: 1,
    max: 10,
    name: 'proof',
    label: { zh: '证明材料', en: 'Proof' },
    required: 'always',
  },
];

/** The same needs as every record's 作废 has. */
const VOID: Event = { name: 'void', from: [], to: '', by: ['primary'], needs: { reason: true, proof: true } };

const check = ({ reason, proof }: Values) => {
  const needs = readNeeds(VOID, { reason, proof });
  return needs.ok ? [] : needs.issues;
};

/** 「作废」数字证书 (KEY-018): reason and proof. */
export function VoidKeyDialog({ certificate, onClose }: { certificate: LibraryKey; onClose: () => void }) {
  const t = useTexts(library).keys;
  const texts = useTexts(common);
  const client = useQueryClient();
  const [store] = useState(() => createFormStore({}, { derive: (values) => values, check }));
  const busy = useFormPart(store, (state) => state.busy.size > 0);
  const send = useMutation({
    mutationFn: () => {
      const { reason, proof } = store.read().values;
      return call(libraryEntityRoutes.voidKey, {
        params: { id: certificate.id },
        body: { version: certificate.version, reason: String(reason), proof: [...(proof as FileValue[])] },
      });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['library', 'keys'] });
      onClose();
    },
  });
  return (
    <Dialog
      title={t.voidTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{texts.cancel}</Button>
          <Button
            kind="destroy"
            busy={send.isPending}
            disabled={busy}
            onClick={() => {
              if (store.attempt().length === 0) send.mutate();
            }}
          >
            {texts.confirm}
          </Button>
        </>
      }
    >
      <p>
        {t.serialNo} <CodeText value={certificate.serialNo} /> · {certificate.holderName}
      </p>
      <Alert tone="attention" title={t.voidText} />
      {FIELDS.map((field) => (
        <FormField key={field.name} field={field} store={store} event="void" locks={UNLOCKED} />
      ))}
      {send.error ? <ProblemBox error={send.error} /> : null}
    </Dialog>
  );
}

const UNLOCKED = { locked: [], settled: false };
