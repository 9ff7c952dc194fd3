import { type DeskRaOrder, deskRaRoutes, type RaCheckItem } from '@hufu/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/client.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { ra } from '../../i18n/ra.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextArea } from '../../ui/form.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';

type Item = RaCheckItem['item'];
type CheckDialogProps = { order: DeskRaOrder; onDone: () => void; onClose: () => void };

/** CA-020: every item gets a result. */
export function CheckDialog({ order, onDone, onClose }: CheckDialogProps) {
  const t = useTexts(ra);
  const { cancel } = useTexts(common);
  const [results, setResults] = useState<Readonly<Partial<Record<Item, boolean>>>>({});
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const complete = order.checkItems.every((item) => results[item] !== undefined);
  const save = useMutation({
    mutationFn: () =>
      call(deskRaRoutes.check, {
        params: { id: order.id },
        body: {
          version: order.version,
          checks: order.checkItems.map((item) => ({ item, passed: results[item] === true })),
          note,
        },
      }),
    onSuccess: onDone,
  });
  return (
    <Dialog
      title={t.checkTitle}
      wide
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{cancel}</Button>
          <Button
            kind="primary"
            busy={save.isPending}
            onClick={() => {
              setTried(true);
              if (complete) save.mutate();
            }}
          >
            {t.saveCheck}
          </Button>
        </>
      }
    >
      <p>{t.checkText}</p>
      {order.checkItems.map((item) => (
        <fieldset key={item} className="ra-check">
          <legend>{t.checkItems[item]}</legend>
          {[true, false].map((passed) => (
            <label key={String(passed)} className="choice">
              <input
                type="radio"
                name={`check-${item}`}
                checked={results[item] === passed}
                onChange={() => setResults((old) => ({ ...old, [item]: passed }))}
              />
              <span>{passed ? t.passed : t.failed}</span>
            </label>
          ))}
        </fieldset>
      ))}
      {tried && !complete ? (
        <p className="field-error" role="alert">
          {t.checkMissing}
        </p>
      ) : null}
      <TextArea name="note" label={t.note} optional maxLength={500} value={note} onValue={setNote} />
      {save.error ? <ProblemBox error={save.error} /> : null}
    </Dialog>
  );
}
