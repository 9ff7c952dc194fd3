import { type ReactNode, useEffect, useId, useRef } from 'react';

type DialogProps = {
  title: string;
  children: ReactNode;
  /** Primary action last. */
  actions: ReactNode;
  /** For pictures, and for forms of several fields. */
  wide?: boolean;
  onClose: () => void;
};

/** The browser's own modal dialog: it keeps the focus and closes on Escape. Mount it to open it. */
export function Dialog({ title, children, actions, wide = false, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        if (event.target !== ref.current) return;
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      <div className="dialog-body">{children}</div>
      <div className="dialog-actions">{actions}</div>
    </dialog>
  );
}
