import { stewardRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { call } from '../../api/client.ts';
import { useTexts } from '../../i18n/language.tsx';
import { stewards } from '../../i18n/stewards.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';

export type StandingAct = 'freeze' | 'thaw';

type StandingDialogProps = {
  act: StandingAct;
  id: string;
  onProposed: (approval: string) => void;
  onClose: () => void;
};

/** Freezing at once; releasing for a second person. */
export function StandingDialog({ act, id, onProposed, onClose }: StandingDialogProps) {
  const t = useTexts(stewards);
  const client = useQueryClient();
  const run = async (reason: string): Promise<string | undefined> => {
    const params = { id };
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
    </ReasonDialog>
  );
}
