import { raRoutes } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { addressOf } from '../../api/client.ts';
import { apply } from '../../i18n/apply.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { Slots } from './slots.tsx';
import type { StepProps } from './step-props.ts';

/** 上传申请书 (MOB-014): the form as it was filled in, to be stamped and handed in. */
export function FormStep(props: StepProps) {
  const t = useTexts(apply);
  const { order, draft } = props;
  const unit = order.applicant === 'ENTERPRISE';
  // The form is made from what is stored: what was typed last must be there first.
  const fetchForm = useMutation({
    mutationFn: () => draft.flush(),
    onSuccess: () => location.assign(addressOf(raRoutes.template, { params: { id: order.id } })),
  });
  return (
    <>
      <section className="panel">
        <p>{unit ? t.template.note : t.template.notePerson}</p>
        <Button icon="download" busy={fetchForm.isPending} onClick={() => fetchForm.mutate()}>
          {unit ? t.template.ENTERPRISE : t.template.PERSON}
        </Button>
        {fetchForm.error ? <ProblemBox error={fetchForm.error} /> : null}
      </section>
      <Slots step="form" {...props} />
    </>
  );
}
