import { deskPhoneRoutes } from '@hufu/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { upload } from '../../api/upload.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { FileField } from '../../ui/file-field.tsx';
import { TextField } from '../../ui/form.tsx';
import { ReasonDialog } from '../parts/reason-dialog.tsx';

type ReplaceAdminProps = { onProposed: (approval: string) => void; onClose: () => void };

/** One person takes it down, with the enterprise's letter; a second one decides. */
export function ReplaceAdmin({ onProposed, onClose }: ReplaceAdminProps) {
  const texts = useTexts(ra);
  const t = texts.admins;
  const client = useQueryClient();
  const [uscc, setUscc] = useState('');
  const [mobile, setMobile] = useState('');
  const [letter, setLetter] = useState<File>();
  return (
    <ReasonDialog
      title={t.replaceTitle}
      confirm={t.replace}
      act={async (reason) => {
        const { approvalId } = await upload(deskPhoneRoutes.propose, {
          form: { uscc: uscc.trim(), mobile: mobile.trim(), reason },
          files: letter === undefined ? {} : { letter },
          onProgress: () => undefined,
        });
        await client.invalidateQueries({ queryKey: ['desk'] });
        onProposed(approvalId);
      }}
      onClose={onClose}
    >
      <p>{t.replaceText}</p>
      <TextField name="uscc" label={texts.form.uscc} autoComplete="off" value={uscc} onValue={setUscc} />
      <TextField
        name="mobile"
        label={t.mobile}
        hint={t.mobileHint}
        autoComplete="off"
        value={mobile}
        onValue={setMobile}
      />
      <FileField
        name="letter"
        label={t.letter}
        accept="image/png,image/jpeg,application/pdf"
        file={letter}
        texts={t.letterTexts}
        onFile={setLetter}
      />
    </ReasonDialog>
  );
}
