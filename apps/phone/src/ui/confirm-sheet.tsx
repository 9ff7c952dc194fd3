import type { ReactNode } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { ProblemBox } from './problem-box.tsx';
import { Sheet } from './sheet.tsx';

type ConfirmSheetProps = {
  title: string;
  children: ReactNode;
  /** What pressing does. */
  action: string;
  destroys?: boolean;
  disabled?: boolean;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
};

/** An act that is explained and confirmed. */
export function ConfirmSheet({ title, children, action, destroys = false, ...rest }: ConfirmSheetProps) {
  const t = useTexts(common);
  const { disabled = false, busy, error, onConfirm, onClose } = rest;
  return (
    <Sheet
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button
            kind={destroys ? 'destroy' : 'primary'}
            block
            busy={busy}
            disabled={disabled}
            onClick={onConfirm}
          >
            {action}
          </Button>
          <Button block onClick={onClose}>
            {t.cancel}
          </Button>
        </>
      }
    >
      {children}
      {error ? <ProblemBox error={error} /> : null}
    </Sheet>
  );
}
