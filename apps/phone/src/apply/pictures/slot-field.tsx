import { type RaFile, type RaOrder, raRoutes } from '@hufu/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { call } from '../../api/client.ts';
import { apply } from '../../i18n/apply.ts';
import { common } from '../../i18n/common.ts';
import { useTexts } from '../../i18n/language.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { fileAddress } from '../file-address.ts';
import { putOrder } from '../order-queries.ts';
import { sendFile } from '../send-file.ts';
import { ACCEPTED, type FileFault, readyFile } from './ready-file.ts';
import { Thumb } from './thumb.tsx';

type SlotFieldProps = { order: RaOrder; slot: RaOrder['slots'][number]; error: string | undefined };

/** One thing to hand in: from the camera or the album, made fit, sent, shown. */
export function SlotField({ order, slot, error }: SlotFieldProps) {
  const t = useTexts(apply);
  const { optional } = useTexts(common);
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const sending = useSendFile(order, slot.slot);
  const files = order.files.filter((file) => file.slot === slot.slot);
  const label = t.slots[slot.slot];
  const wrong = sending.fault === undefined ? error : t.picture[sending.fault];
  const word = files.length === 0 ? t.picture.choose : slot.several ? t.picture.add : t.picture.replace;
  return (
    <div className={wrong ? 'field field-wrong slot slot-wrong' : 'field slot'}>
      <label htmlFor={id}>
        {label}
        {slot.required ? null : <span className="faint">{optional}</span>}
      </label>
      <p id={`${id}-hint`} className="field-hint">
        {t.slotHints[slot.slot]}
      </p>
      <div className="thumbs">
        {files.map((file) => (
          <SentFile key={file.id} order={order} file={file} label={label} />
        ))}
        <input
          ref={input}
          id={id}
          name={slot.slot}
          type="file"
          hidden
          accept={ACCEPTED}
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) sending.send(file);
          }}
        />
        <button
          type="button"
          className="slot-button"
          aria-label={`${label}：${word}`}
          aria-describedby={`${id}-hint`}
          aria-disabled={sending.busy || undefined}
          onClick={() => sending.busy || input.current?.click()}
        >
          {sending.busy ? <span className="spinner" aria-hidden="true" /> : <Icon name="image" size={26} />}
          <span>{sending.word ?? word}</span>
        </button>
      </div>
      <span className="visually-hidden" role="status">
        {sending.word}
      </span>
      {wrong ? (
        <p className="field-error" role="alert">
          <Icon name="warning" size={16} />
          {wrong}
        </p>
      ) : null}
      {sending.error ? <ProblemBox error={sending.error} /> : null}
    </div>
  );
}

function SentFile({ order, file, label }: { order: RaOrder; file: RaFile; label: string }) {
  const t = useTexts(apply).picture;
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => call(raRoutes.detach, { params: { id: order.id, fileId: file.id } }),
    onSuccess: (answer) => putOrder(client, answer),
  });
  const warnings: Readonly<Record<string, string>> = {
    LOW_RESOLUTION: t.lowResolution,
    UNREADABLE: t.unreadable,
  };
  return (
    <div className="sent-file">
      <Thumb address={fileAddress(order.id, file.id)} file={file} label={label} />
      <Button
        kind="quiet"
        busy={remove.isPending}
        onClick={() => remove.mutate()}
        aria-label={`${t.remove}：${label}`}
      >
        {t.remove}
      </Button>
      {file.warnings.map((warning) =>
        warnings[warning] === undefined ? null : (
          <p key={warning} className="field-hint slot-warning">
            {warnings[warning]}
          </p>
        ),
      )}
    </div>
  );
}

function useSendFile(order: RaOrder, slot: RaFile['slot']) {
  const t = useTexts(apply).picture;
  const client = useQueryClient();
  const [share, setShare] = useState<number>();
  const [fault, setFault] = useState<FileFault>();
  const send = useMutation({
    mutationFn: async (chosen: File) => {
      setFault(undefined);
      const ready = await readyFile(chosen);
      if ('fault' in ready) {
        setFault(ready.fault);
        return;
      }
      setShare(0);
      putOrder(client, await sendFile({ orderId: order.id, slot, file: ready.file, onProgress: setShare }));
    },
    onSettled: () => setShare(undefined),
  });
  const word = share === undefined ? t.preparing : t.sending(Math.round(share * 100));
  return {
    send: send.mutate,
    busy: send.isPending,
    word: send.isPending ? word : undefined,
    fault,
    error: send.error,
  };
}
