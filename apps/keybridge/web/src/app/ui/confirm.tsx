import { useEffect, useRef } from 'react';
import { useTexts } from '../context.ts';

type ConfirmProps = {
  readonly text: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
};

/** Says what will happen, to what, before it happens. The browser's own dialogue keeps the keyboard inside. */
export function Confirm({ text, action, onConfirm, onCancel }: ConfirmProps) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-label={action} onClose={onCancel}>
      <div className="stack">
        <p>{text}</p>
        <div className="row">
          <button type="button" onClick={() => dialog.current?.close()}>
            {t.cancel}
          </button>
          <button type="button" className="danger" onClick={onConfirm}>
            {action}
          </button>
        </div>
      </div>
    </dialog>
  );
}
