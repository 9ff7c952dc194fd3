import { useBlocker } from '@tanstack/react-router';
import { useTexts } from '../../i18n/language.tsx';
import { records } from '../../i18n/records.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asks before what was typed is left behind; a tab that is closed asks while something is still being sent. */
export function useLeaveQuestion({ dirty, uploading }: { dirty: boolean; uploading: boolean }) {
  const t = useTexts(records).form;
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => (dirty || uploading) && current.pathname !== next.pathname,
    enableBeforeUnload: () => uploading,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      title={t.leaveTitle}
      onClose={blocker.reset}
      actions={
        <>
          <Button onClick={blocker.proceed}>{t.leave}</Button>
          <Button kind="primary" onClick={blocker.reset}>
            {t.stay}
          </Button>
        </>
      }
    >
      <p>{uploading ? t.uploading : t.leaveText}</p>
    </Dialog>
  );
}
