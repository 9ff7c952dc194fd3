import { stewardRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { TextField } from '../../ui/form.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';

export type StandingAct = 'freeze' | 'thaw' | 'merge';

type StandingDialogProps = {
  act: StandingAct;
  id: string;
  onProposed: (approval: string) => void;
  onClose: () => void;
};

/** Freezing at once; releasing and merging for a second person. */
export function StandingDialog({ act, id, onProposed, onClose }: StandingDialogProps) {
  const t = useTexts(stewards);
  const client = useQueryClient();
  const [into, setInto] = useState('');
  const run = async (reason: string): Promise<string | undefined> => {
    const params = { id };
    if (act === 'merge') {
      return (await call(stewardRoutes.merge, { params, body: { reason, into: into.trim() } })).id;
    }
    if (act === 'thaw') return (await call(stewardRoutes.thaw, { params, body: { reason } })).id;
    await call(stewardRoutes.freeze, { params, body: { reason } });
    return undefined;
  };
  return (
    <ReasonDialog
      title={t[`${act}Title`]}
      confirm={t[act]}
      destroys={act !== 'thaw'}
      act={async (reason) => {
        const approval = await run(reason);
        await client.invalidateQueries({ queryKey: ['desk'] });
        if (approval !== undefined) onProposed(approval);
      }}
      onClose={onClose}
    >
      <p>{t[`${act}Text`]}</p>
      {act === 'merge' ? (
        <TextField name="into" label={t.mergeInto} hint={t.mergeIntoHint} value={into} onValue={setInto} />
      ) : null}
    </ReasonDialog>
  );
}
