import type { RaOptions, RaOrder } from '@hufu/contracts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { apply } from '../i18n/apply.ts';
import { useTexts } from '../i18n/language.tsx';
import { order as orderTexts } from '../i18n/order.ts';
import { Alert } from '../ui/alert.tsx';
import { Button } from '../ui/button.tsx';
import { ProblemBox } from '../ui/problem-box.tsx';
import { Screen } from '../ui/screen.tsx';
import { checkStep, type Filled, firstOpenStep } from './check-step.ts';
import { CertificateStep } from './parts/certificate-step.tsx';
import { EnterpriseStep } from './parts/enterprise-step.tsx';
import { FormStep } from './parts/form-step.tsx';
import { MaterialsStep } from './parts/materials-step.tsx';
import { PlatformStep } from './parts/platform-step.tsx';
import { faultWords, type StepProps } from './parts/step-props.ts';
import { SubmitStep } from './parts/submit-step.tsx';
import { type StepId, stepHolding, stepsOf } from './steps.ts';
import { useClaim } from './use-claim.ts';
import { useDraft } from './use-draft.ts';
import { useOrderTitle } from './use-order-title.ts';
import { useSubmit } from './use-submit.ts';

const route = getRouteApi('/member/verified/orders/$id/edit');

/** One step at a time; every step has an address, so that the phone's own way back works. */
export function Wizard({ order, options }: { order: RaOrder; options: RaOptions }) {
  const t = useTexts(apply);
  const title = useOrderTitle(order);
  const navigate = useNavigate();
  const draft = useDraft(order);
  const filled: Filled = { ...order, form: draft.form };
  const steps = stepsOf(filled);
  const asked = route.useSearch().step;
  const [first] = useState(() => (order.state === 'RETURNED' ? steps[0] : firstOpenStep(filled, Date.now())));
  const step: StepId = asked !== undefined && steps.includes(asked) ? asked : (first ?? 'submit');
  const at = steps.indexOf(step);

  const go = (to: StepId | undefined) => {
    if (to === undefined) return;
    void navigate({ to: '/orders/$id/edit', params: { id: order.id }, search: { step: to } });
  };
  const [tried, setTried] = useState<ReadonlySet<StepId>>(new Set());
  const claim = useClaim(draft);
  const submit = useSubmit(order, draft);
  const form = useRef<HTMLFormElement>(null);
  useFocusOnWrong(form, tried);

  const faults = checkStep(step, filled, Date.now());
  const said = (tried.has(step) || submit.error !== undefined) && faultWords(faults, t.faults);
  const errors = { ...submit.complaints, ...(step === 'enterprise' ? claim.complaints : {}), ...said };
  const props: StepProps = { order, options, draft, errors };

  const next = async (event: FormEvent) => {
    event.preventDefault();
    setTried(new Set([...tried, step]));
    if (Object.keys(faults).length > 0) return;
    if (step === 'enterprise' && order.kind === 'NEW' && !(await claim.take())) return;
    go(steps[at + 1]);
  };

  return (
    <Screen
      title={title}
      back="/orders"
      footer={
        step === 'submit' ? undefined : (
          <div className="wizard-buttons">
            {at > 0 ? <Button onClick={() => go(steps[at - 1])}>{t.back}</Button> : null}
            <Button kind="primary" type="submit" form="wizard" busy={claim.busy}>
              {t.next}
            </Button>
          </div>
        )
      }
    >
      <Progress steps={steps} at={at} applicant={order.applicant} />
      {order.state === 'RETURNED' && order.returned ? <Returned returned={order.returned} /> : null}
      <form id="wizard" ref={form} className="wizard" noValidate onSubmit={(event) => void next(event)}>
        <StepBody step={step} props={props} submit={submit} goTo={(name) => go(stepHolding(name, filled))} />
      </form>
      {step === 'enterprise' && claim.error ? <ProblemBox error={claim.error} /> : null}
      <SaveState draft={draft} />
    </Screen>
  );
}

type BodyProps = {
  step: StepId;
  props: StepProps;
  submit: ReturnType<typeof useSubmit>;
  goTo: (name: string) => void;
};

function StepBody({ step, props, submit, goTo }: BodyProps) {
  switch (step) {
    case 'platform':
      return <PlatformStep {...props} />;
    case 'enterprise':
      return <EnterpriseStep {...props} />;
    case 'materials':
      return <MaterialsStep {...props} />;
    case 'certificate':
      return <CertificateStep {...props} />;
    case 'form':
      return <FormStep {...props} />;
    case 'submit':
      return <SubmitStep {...props} submit={submit} goTo={goTo} />;
  }
}

function Progress({
  steps,
  at,
  applicant,
}: {
  steps: readonly StepId[];
  at: number;
  applicant: RaOrder['applicant'];
}) {
  const t = useTexts(apply);
  const step = steps[at] ?? 'submit';
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(step);
  // A screen reader says where one is now; whoever looks sees the top of the step.
  useEffect(() => {
    if (before.current === step) return;
    before.current = step;
    heading.current?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
  }, [step]);
  const name = step === 'materials' && applicant !== 'ENTERPRISE' ? t.steps.materialsPerson : t.steps[step];
  return (
    <div className="wizard-progress">
      <div className="wizard-bar" aria-hidden="true">
        {steps.map((one, index) => (
          <span key={one} className={index <= at ? 'wizard-bar-done' : undefined} />
        ))}
      </div>
      <h2 ref={heading} tabIndex={-1}>
        {name}
      </h2>
      <p className="faint">{t.stepOf(at + 1, steps.length)}</p>
    </div>
  );
}

function Returned({ returned }: { returned: NonNullable<RaOrder['returned']> }) {
  const t = useTexts(orderTexts);
  const reasons = returned.reasons.map((reason) => t.returnReasons[reason]).join('；');
  return (
    <Alert tone="attention" title={`${t.reasons}：${reasons}`}>
      {returned.note}
    </Alert>
  );
}

function SaveState({ draft }: Pick<StepProps, 'draft'>) {
  const t = useTexts(apply);
  const word = { saved: t.saved, saving: t.saving, unsaved: navigator.onLine ? t.saving : t.unsaved }[
    draft.state
  ];
  return (
    <p className="faint wizard-saved" role="status">
      {word}
    </p>
  );
}

/** After 下一步 the first wrong field takes the focus. */
function useFocusOnWrong(form: RefObject<HTMLFormElement | null>, tried: unknown): void {
  useEffect(() => {
    if (tried === undefined) return;
    form.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"], .slot-wrong button, .pick-wrong input')
      ?.focus();
  }, [form, tried]);
}
