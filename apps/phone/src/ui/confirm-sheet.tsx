import { type ReactNode, useState } from 'react';
import { common } from '../i18n/common.ts';
import { useTexts } from '../i18n/language.tsx';
import { Button } from './button.tsx';
import { CheckField } from './form.tsx';
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
  /** Where 取消 leads, when not out. */
  onCancel?: () => void;
};

/** An act that is explained and confirmed. */
export function ConfirmSheet({ title, children, action, destroys = false, ...rest }: ConfirmSheetProps) {
  const t = useTexts(common);
  const { disabled = false, busy, error, onConfirm, onClose, onCancel = onClose } = rest;
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
          <Button block onClick={onCancel}>
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

type DestroySheetProps = Omit<ConfirmSheetProps, 'destroys' | 'disabled'> & {
  /** What is ticked first. */
  sure: string;
};

/** An act that cannot be undone: whoever does it says first that they know. */
export function DestroySheet({ sure, children, ...rest }: DestroySheetProps) {
  const [ticked, setTicked] = useState(false);
  return (
    <ConfirmSheet {...rest} destroys disabled={!ticked}>
      {children}
      <CheckField checked={ticked} onChecked={setTicked}>
        {sure}
      </CheckField>
    </ConfirmSheet>
  );
}
