import { type FormEvent, type ReactNode, useState } from 'react';
import { fill } from '../../shared/language.ts';
import { OwnProblem, own } from '../../shared/own-api.ts';
import { useTexts } from '../context.ts';
import { Field } from '../ui/field.tsx';
import { ProblemNotice } from '../ui/notice.tsx';

type FormProps = { readonly onDone: () => void };

type ActionFormProps = {
  readonly action: string;
  readonly children: ReactNode;
  /** Sends what the form holds. Nothing is sent when it returns undefined. */
  readonly send: (values: FormData) => Promise<unknown> | undefined;
  readonly onDone: () => void;
};

/** A form that keeps its values until the assistant has taken them. */
function ActionForm({ action, children, send, onDone }: ActionFormProps) {
  const { tokens: t } = useTexts();
  const [problem, setProblem] = useState<OwnProblem>();
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const sent = send(new FormData(event.currentTarget));
    if (sent === undefined) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await sent;
      onDone();
    } catch (error) {
      if (!(error instanceof OwnProblem)) throw error;
      setProblem(error);
      setBusy(false);
    }
  };
  const left = problem?.fields['attemptsLeft'];
  return (
    <form className="card stack" onSubmit={(event) => void submit(event)}>
      {children}
      <ProblemNotice problem={problem} />
      {typeof left === 'number' ? <p className="soft">{fill(`${t.attempts}: {left}`, { left })}</p> : null}
      <div className="row">
        <button type="submit" className="primary" disabled={isBusy}>
          {action}
        </button>
      </div>
    </form>
  );
}

const text = (values: FormData, name: string): string => String(values.get(name) ?? '');

function NewPinFields({ isDifferent }: { readonly isDifferent: boolean }) {
  const { tokens: t } = useTexts();
  return (
    <>
      <Field
        label={t.newPin}
        name="newPin"
        type="password"
        required
        minLength={6}
        maxLength={16}
        hint={t.pinRule}
        autoComplete="new-password"
      />
      <Field
        label={t.repeatPin}
        name="repeat"
        type="password"
        required
        autoComplete="new-password"
        error={isDifferent ? t.mismatch : undefined}
      />
    </>
  );
}

export function CreateTokenForm({ onDone }: FormProps) {
  const { tokens: t } = useTexts();
  const [isDifferent, setDifferent] = useState(false);
  const send = (values: FormData): Promise<unknown> | undefined => {
    const differs = text(values, 'newPin') !== text(values, 'repeat');
    setDifferent(differs);
    if (differs) return undefined;
    return own('/soft-tokens', { label: text(values, 'label'), pin: text(values, 'newPin') });
  };
  return (
    <ActionForm action={t.create} send={send} onDone={onDone}>
      <Field label={t.label} name="label" required maxLength={100} />
      <NewPinFields isDifferent={isDifferent} />
    </ActionForm>
  );
}

export function ChangePinForm({ tokenId, onDone }: FormProps & { readonly tokenId: string }) {
  const { tokens: t } = useTexts();
  const [isDifferent, setDifferent] = useState(false);
  const send = (values: FormData): Promise<unknown> | undefined => {
    const differs = text(values, 'newPin') !== text(values, 'repeat');
    setDifferent(differs);
    if (differs) return undefined;
    return own(`/soft-tokens/${tokenId}/pin`, { pin: text(values, 'pin'), newPin: text(values, 'newPin') });
  };
  return (
    <ActionForm action={t.pin} send={send} onDone={onDone}>
      <Field label={t.oldPin} name="pin" type="password" required autoComplete="off" />
      <NewPinFields isDifferent={isDifferent} />
    </ActionForm>
  );
}

export function ImportForm({ tokenId, onDone }: FormProps & { readonly tokenId: string }) {
  const { tokens: t } = useTexts();
  const send = async (values: FormData): Promise<unknown> => {
    const chosen = values.get('file');
    const file = chosen instanceof File ? await base64Of(chosen) : '';
    const body = { file, password: text(values, 'password'), pin: text(values, 'pin') };
    return own(`/soft-tokens/${tokenId}/import`, body);
  };
  return (
    <ActionForm action={t.import} send={send} onDone={onDone}>
      <Field label={t.file} name="file" type="file" required accept=".p12,.pfx,.pem" />
      <Field label={t.password} name="password" type="password" autoComplete="off" />
      <Field label={t.pinField} name="pin" type="password" required autoComplete="off" />
    </ActionForm>
  );
}

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
