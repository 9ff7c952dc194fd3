import type { RaOrder } from '@hufu/contracts';
import { change } from '../../i18n/change.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { CheckField } from '../../ui/form.tsx';

type LossWarningProps = {
  warning: NonNullable<RaOrder['warning']>;
  accepted: boolean;
  onAccepted: (accepted: boolean) => void;
  envelopes: ReadonlySet<string>;
  onEnvelopes: (envelopes: ReadonlySet<string>) => void;
  /** It was tried without a confirmation. */
  complain: boolean;
};

/** MOB-045 word for word, and OD-31: each bid that waits for its opening is confirmed by its name. */
export function LossWarning({ warning, complain, ...state }: LossWarningProps) {
  const t = useTexts(change);
  const waiting = warning.envelopes.filter((one) => one.waiting);
  const missing = complain && (!state.accepted || waiting.some(({ id }) => !state.envelopes.has(id)));
  const toggle = (id: string, chosen: boolean) => {
    const next = new Set(state.envelopes);
    if (chosen) next.add(id);
    else next.delete(id);
    state.onEnvelopes(next);
  };
  return (
    <Alert tone="bad" title={t.warning}>
      <p>{warning.envelopes.length === 0 ? t.none : t.some(warning.envelopes.length)}</p>
      {warning.envelopes.length > 0 ? (
        <>
          <ul className="envelopes">
            {warning.envelopes.map(({ id, title, waiting: open }) => (
              <li key={id}>
                {title}
                {open ? <span className="badge">{t.waiting}</span> : null}
              </li>
            ))}
          </ul>
          <p>{t.rewrapOffer}</p>
        </>
      ) : null}
      {waiting.length > 0 ? <p>{t.nameEach}</p> : null}
      {waiting.map(({ id, title }) => (
        <CheckField key={id} checked={state.envelopes.has(id)} onChecked={(chosen) => toggle(id, chosen)}>
          {t.acceptEnvelope(title)}
        </CheckField>
      ))}
      <CheckField checked={state.accepted} onChecked={state.onAccepted}>
        {t.accept}
      </CheckField>
      {missing ? (
        <p className="field-error" role="alert">
          {t.acceptMissing}
        </p>
      ) : null}
    </Alert>
  );
}
