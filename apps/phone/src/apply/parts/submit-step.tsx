import { useState } from 'react';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Alert } from '../../ui/alert.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { CheckField } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { checkStep } from '../check-step.ts';
import { useOrderFacts } from '../order-content.tsx';
import { OrderPictures } from '../pictures/order-pictures.tsx';
import { stepHolding, stepsOf } from '../steps.ts';
import type { useSubmit } from '../use-submit.ts';
import { LossWarning } from './loss-warning.tsx';
import type { StepProps } from './step-props.ts';

type SubmitStepProps = StepProps & {
  submit: ReturnType<typeof useSubmit>;
  goTo: (name: string) => void;
};

/** What will be sent, the declaration (CA-007), and 提交. */
export function SubmitStep({ order, options, draft, submit, goTo }: SubmitStepProps) {
  const t = useTexts(apply);
  const [declared, setDeclared] = useState(false);
  const [acceptWarning, setAcceptWarning] = useState(false);
  const [envelopes, setEnvelopes] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState(false);
  const filled = { ...order, form: draft.form };
  const open = stepsOf(filled).flatMap((step) => Object.keys(checkStep(step, filled, Date.now())));
  const named = [...new Set([...open, ...Object.keys(submit.complaints)])].filter((name) =>
    stepHolding(name, filled),
  );
  const waiting = order.warning?.envelopes.filter((one) => one.waiting) ?? [];
  const confirmed =
    declared && (order.warning === null || (acceptWarning && waiting.every(({ id }) => envelopes.has(id))));
  const send = () => {
    setAsked(true);
    if (open.length > 0 || !confirmed) return;
    submit.send({ acceptWarning: order.warning !== null, acceptEnvelopes: waiting.map(({ id }) => id) });
  };
  const facts = useOrderFacts(filled);
  return (
    <>
      <p>{t.review}</p>
      {named.length > 0 ? <Missing names={named} goTo={goTo} /> : null}
      <section className="panel">
        <Facts facts={facts} />
        <OrderPictures order={order} />
      </section>
      {order.warning === null ? null : (
        <LossWarning
          warning={order.warning}
          accepted={acceptWarning}
          onAccepted={setAcceptWarning}
          envelopes={envelopes}
          onEnvelopes={setEnvelopes}
          complain={asked}
        />
      )}
      {options.declaration.length > 0 ? (
        <ul className="declaration">
          {options.declaration.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ) : null}
      <CheckField checked={declared} onChecked={setDeclared}>
        {t.declare}
      </CheckField>
      {asked && !declared ? (
        <p className="field-error" role="alert">
          {t.declareMissing}
        </p>
      ) : null}
      {submit.error ? <ProblemBox error={submit.error} /> : null}
      <Button kind="primary" block busy={submit.busy} onClick={send}>
        {order.state === 'RETURNED' ? t.resubmit : t.submit}
      </Button>
    </>
  );
}

function Missing({ names, goTo }: { names: readonly string[]; goTo: (name: string) => void }) {
  const t = useTexts(apply);
  const labels: Readonly<Record<string, string>> = { ...t.fields, ...t.slots };
  return (
    <Alert tone="attention" title={t.submitIncomplete} announced>
      <ul className="missing">
        {names.map((name) => (
          <li key={name}>
            <button type="button" className="link-button" onClick={() => goTo(name)}>
              {labels[name] ?? name}
            </button>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
