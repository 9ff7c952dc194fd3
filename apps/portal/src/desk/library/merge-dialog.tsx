import { type EntityPageView, stewardRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { desk } from '../../i18n/desk.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { CompareEntities } from './compare-entities.tsx';
import { EntityPicker, type PickedEntity } from './entity-picker.tsx';

type MergeDialogProps = {
  entity: Pick<EntityPageView, 'id' | 'kind'>;
  onProposed: (approval: string) => void;
  onClose: () => void;
};

/** Find the account that stays, look at both, and hand it to a second person. */
export function MergeDialog({ entity, onProposed, onClose }: MergeDialogProps) {
  const t = useTexts(stewards);
  const texts = useTexts(desk);
  const words = useTexts(common);
  const client = useQueryClient();
  const [into, setInto] = useState<PickedEntity>();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const merge = useMutation({
    mutationFn: (target: PickedEntity) =>
      call(stewardRoutes.merge, {
        params: { id: entity.id },
        body: { reason: reason.trim(), into: target.id },
      }),
    onSuccess: async (approval) => {
      await client.invalidateQueries({ queryKey: ['desk'] });
      onProposed(approval.id);
      onClose();
    },
  });
  const submit = () => {
    setTried(true);
    if (into !== undefined && reason.trim() !== '') merge.mutate(into);
  };
  return (
    <Dialog
      wide
      title={t.mergeTitle}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="destroy" busy={merge.isPending} onClick={submit}>
            {t.merge}
          </Button>
        </>
      }
    >
      <p>{t.mergeText}</p>
      <EntityPicker
        name="into"
        label={t.mergeInto}
        hint={t.mergeIntoHint}
        picked={into}
        required
        fits={(other) => other.id !== entity.id && other.kind === entity.kind && other.mergedInto === null}
        error={tried && into === undefined ? words.required : undefined}
        onPick={setInto}
      />
      {into === undefined ? null : <CompareEntities closing={entity.id} staying={into.id} />}
      <TextArea
        name="reason"
        label={texts.reason}
        hint={texts.reasonHint}
        maxLength={500}
        value={reason}
        onValue={setReason}
        error={tried && reason.trim() === '' ? words.required : undefined}
      />
      {merge.error ? <ProblemBox error={merge.error} /> : null}
    </Dialog>
  );
}
